import { setMaxListeners } from 'node:events';
import type { Clock } from '../../src/model/index.js';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before try `attempt` (1 is the first repetition), doubling from half a second to 30 s. */
export function backOffMs(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 16));
}

/** Resolves after `delayMs`, or at once when the signal aborts. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    // One signal ends the pauses of all chats; Node takes more than ten of them for a leak.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Resolves with the promise, or after `delayMs` without it: `true` when it was in time. */
export async function within(clock: Clock, delayMs: number, work: Promise<void>): Promise<boolean> {
  const timeUp = new AbortController();
  const inTime = work.then(() => true);
  const late = pause(clock, delayMs, timeUp.signal).then(() => false);
  try {
    return await Promise.race([inTime, late]);
  } finally {
    timeUp.abort();
  }
}

/** The work's result, or `null` as soon as the signal aborts. */
export async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result | null> {
  const done = new AbortController();
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    done.abort();
  }
}
