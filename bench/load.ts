import { performance } from 'node:perf_hooks';

/** What a loop with a number of calls in flight did. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /**
   * Processor time of this process for one call, its threads included (µs): other work on the machine hardly changes
   * it.
   */
  readonly cpu: number;
}

/** Calls `work` with 0 to `count - 1`, with `inFlight` calls in hand. */
export async function underLoad(
  inFlight: number,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<Load> {
  const times = new Float64Array(count);
  let next = 0;
  const cpuBefore = process.cpuUsage();
  const from = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        const begun = performance.now();
        await work(index);
        times[index] = performance.now() - begun;
      }
    }),
  );
  const perSecond = (count * 1000) / (performance.now() - from);
  const used = process.cpuUsage(cpuBefore);
  times.sort();
  const at = (share: number): number => times[Math.min(count - 1, Math.floor(count * share))] ?? 0;
  return { perSecond, p50: at(0.5), p99: at(0.99), cpu: (used.user + used.system) / count };
}
