/** A fenced right that one worker at a time has, such as polling with a token. */
export interface Lease {
  readonly name: string;
  readonly worker: string;
  /** Rises whenever the lease goes to another worker. */
  readonly token: number;
}

/** A token bucket: `burst` at once, `perSecond` in the long run. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** No limit at all. */
export const UNLIMITED: Rate = { perSecond: Number.POSITIVE_INFINITY, burst: Number.POSITIVE_INFINITY };

/** How a bucket answered. */
export interface Tokens {
  /** As many as were wanted, or as there were. */
  readonly granted: number;
  /** Until there is one again (ms), when none was granted; else 0. */
  readonly waitMs: number;
}
