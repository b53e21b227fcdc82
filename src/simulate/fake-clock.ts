import type { Clock } from '../model/index.js';

/** A clock that moves only when it is told to. */
export interface FakeClock extends Clock {
  /** Epoch ms of the next callback, or `null`. */
  next(): number | null;
  /** Moves to a time and calls back what is due by then, in order. */
  moveTo(at: number): void;
}

/** A fake clock at `start` (epoch ms). */
export function createFakeClock(start: number): FakeClock {
  let now = start;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after: (delayMs, callback) => {
      const entry = { at: now + delayMs, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    next: () => (waiting.length === 0 ? null : Math.min(...waiting.map((entry) => entry.at))),
    moveTo: (at) => {
      now = Math.max(now, at);
      const due = waiting.filter((entry) => entry.at <= now).sort((a, b) => a.at - b.at);
      waiting = waiting.filter((entry) => entry.at > now);
      for (const entry of due) entry.callback();
    },
  };
}
