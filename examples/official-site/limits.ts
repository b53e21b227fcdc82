/** So many in so long a time. */
export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

/** Counts before anything is looked up, for names that exist and names that do not alike. */
export interface Counter {
  /** Counts one more; `false` when that is too many. */
  take(name: string, limit: Limit): boolean;
}

/** Names that are remembered at most; the oldest go first. */
const MAX_NAMES = 50_000;

/** Counters of one process. A wallet with several keeps them where all of them look. */
export function createCounter(now: () => number): Counter {
  const counts = new Map<string, { count: number; until: number }>();
  return {
    take: (name, { max, windowMs }) => {
      const kept = counts.get(name);
      const isOver = kept === undefined || kept.until <= now();
      const entry = isOver ? { count: 1, until: now() + windowMs } : { ...kept, count: kept.count + 1 };
      counts.delete(name);
      counts.set(name, entry);
      if (counts.size > MAX_NAMES) counts.delete(counts.keys().next().value ?? name);
      return entry.count <= max;
    },
  };
}
