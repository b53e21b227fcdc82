/** The hand-off that a browser has opened. */
export interface OpenHandOff {
  readonly id: string;
  /** Epoch ms. */
  readonly deadline: number;
  readonly match:
    | { readonly kind: 'return'; readonly nonce: string }
    | { readonly kind: 'handles'; readonly handles: readonly string[] };
  /** What the page shows once the person found their own name. */
  readonly picture: number | null;
  readonly state: 'open' | 'matched' | 'stopped';
}

/** A reset that has begun: nobody is told whether there is such an account. */
export interface Reset {
  readonly mail: string;
  readonly way: 'mail' | 'authenticator';
  /** Keyed hash of the code that was sent, or that would have been; `null` where an authenticator makes it. */
  readonly code: string | null;
  /** Epoch ms after which a code is not taken. */
  readonly until: number;
  readonly tries: number;
  /** Whether the code was right: from now on a new password may be set. */
  readonly isProved: boolean;
}

/** What a browser is doing here. */
export interface Visit {
  readonly handOff: OpenHandOff | null;
  readonly reset: Reset | null;
  readonly loggedIn: string | null;
  /** Just set a new password. */
  readonly isFresh: boolean;
}

/** What browsers are doing, by id, for two hours. */
export interface Visits {
  of(id: string): Visit;
  change(id: string, change: Partial<Visit>): void;
}

const NOTHING: Visit = { handOff: null, reset: null, loggedIn: null, isFresh: false };
const KEPT_MS = 2 * 3_600_000;
/** Browsers that are remembered; the ones that were away longest go first. */
const MAX_VISITS = 20_000;

/**
 * In memory: after a restart of the page a person opens the link of the chat again, in the same browser, and goes on. A
 * wallet with several servers keeps them where all of them look.
 */
export function createVisits(now: () => number): Visits {
  const visits = new Map<string, { visit: Visit; until: number }>();
  const of = (id: string): Visit => {
    const kept = visits.get(id);
    return kept === undefined || kept.until <= now() ? NOTHING : kept.visit;
  };
  return {
    of,
    change: (id, change) => {
      const visit = { ...of(id), ...change };
      visits.delete(id);
      visits.set(id, { visit, until: now() + KEPT_MS });
      if (visits.size > MAX_VISITS) visits.delete(visits.keys().next().value ?? id);
    },
  };
}
