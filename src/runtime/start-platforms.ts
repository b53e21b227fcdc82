import {
  type Adapter,
  type AdapterHost,
  type Clock,
  LifelineError,
  type Log,
  type Platform,
} from '../model/index.js';
import type { Health } from './health.js';

/** Pause before a platform that refused us is asked again, and the longest one: a person has to change something. */
const FIRST_MS = 30_000;
const LONGEST_MS = 300_000;

export interface PlatformParts {
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  readonly hostOf: (platform: Platform) => AdapterHost;
  readonly clock: Clock;
  readonly log: Log;
  /** Told what runs. */
  readonly health?: Pick<Health, 'mark'>;
  /** Told of a platform that cannot start while another one may, each time it was tried. */
  readonly refused?: (refusal: PlatformRefusal) => void;
  /** Hash of the live content. */
  readonly bundle: () => string;
}

/** A platform that would not have us. */
export interface PlatformRefusal {
  readonly platform: Platform;
  /** In words, with no secret in them. */
  readonly why: string;
  readonly retryInMs: number;
}

/** The platforms of a worker, each on its own. */
export interface Platforms {
  /**
   * Resolves when each platform was tried once; one that refused us is told of at once, and tried again until it
   * starts. Throws what they threw when all of them refused us.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts platforms side by side: one that has a wrong token, or is away, keeps none of the others from starting. */
export function createPlatforms(parts: PlatformParts): Platforms {
  const { adapters, clock, log } = parts;
  const retries = new Map<Platform, () => void>();
  let isStopping = false;

  /** One try: what went wrong, or `null`. */
  const tryOnce = async (platform: Platform, adapter: Adapter): Promise<unknown> => {
    try {
      await adapter.start(parts.hostOf(platform));
    } catch (error) {
      return error;
    }
    if (isStopping) return null;
    parts.health?.mark(platform, 'running');
    log.info({ event: 'platform-started', platform, bundle: parts.bundle() });
    return null;
  };
  const postpone = (platform: Platform, adapter: Adapter, error: unknown, tries: number): void => {
    if (isStopping) return;
    const retryInMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
    const code = error instanceof LifelineError ? error.code : 'unexpected';
    const why = error instanceof LifelineError ? error.message : 'an unexpected fault';
    log.error({ event: 'platform-refused', platform, code, count: tries, durationMs: retryInMs });
    parts.health?.mark(platform, 'refused', why);
    parts.refused?.({ platform, why, retryInMs });
    const again = async (): Promise<void> => {
      const failure = await tryOnce(platform, adapter);
      if (failure !== null) postpone(platform, adapter, failure, tries + 1);
    };
    retries.set(
      platform,
      clock.after(retryInMs, () => void again()),
    );
  };

  return {
    async start() {
      const failures: unknown[] = [];
      await Promise.all(
        [...adapters].map(async ([platform, adapter]) => {
          const failure = await tryOnce(platform, adapter);
          if (failure === null) return;
          failures.push(failure);
          // At once: another one may wait for its connection for hours.
          if (failures.length < adapters.size) postpone(platform, adapter, failure, 1);
        }),
      );
      if (failures.length > 0 && failures.length === adapters.size) throw together(failures);
    },
    async stop() {
      isStopping = true;
      for (const cancel of retries.values()) cancel();
      await Promise.all(
        [...adapters].map(async ([platform, adapter]) => {
          await adapter.stop();
          parts.health?.mark(platform, 'stopped');
        }),
      );
    },
  };
}

/** One fault that says what each says; the only one as it is. */
function together(failures: readonly unknown[]): unknown {
  const [first] = failures;
  const known = failures.filter((failure) => failure instanceof LifelineError);
  if (failures.length === 1 || known.length < failures.length || known[0] === undefined) return first;
  return new LifelineError(known[0].code, known.map(({ message }) => message).join('\n'), { cause: first });
}
