/** How many calls a route of one channel takes in a time. */
export interface RateLimit {
  readonly calls: number;
  readonly perMs: number;
}

/** What the headers of an answer say of its bucket. */
export interface Bucket {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; `null` when the call may go on. */
  readonly retryAfterS: number | null;
}

/** Counts calls by bucket: a route and what stands first in its path. Without a limit nothing is counted. */
export function createBuckets(limit: RateLimit | null, now: () => number) {
  const buckets = new Map<string, { count: number; resetAt: number }>();
  return (name: string, major: string): Bucket => {
    if (limit === null) return { headers: {}, retryAfterS: null };
    const key = `${name}:${major}`;
    const known = buckets.get(key);
    const bucket =
      known !== undefined && known.resetAt > now() ? known : { count: 0, resetAt: now() + limit.perMs };
    buckets.set(key, bucket);
    bucket.count += 1;
    const resetAfterS = Math.max(0, bucket.resetAt - now()) / 1000;
    const headers = {
      'x-ratelimit-limit': String(limit.calls),
      'x-ratelimit-remaining': String(Math.max(0, limit.calls - bucket.count)),
      'x-ratelimit-reset-after': resetAfterS.toFixed(3),
      'x-ratelimit-bucket': name,
    };
    return { headers, retryAfterS: bucket.count > limit.calls ? resetAfterS : null };
  };
}
