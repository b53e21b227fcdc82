import type { Clock, Log } from '../model/index.js';
import { ask } from './ask.js';

/** How often the page is asked, and how soon again while it does not work. */
const EVERY_MS = 60_000;
const AGAIN_MS = 10_000;
const TIMEOUT_MS = 5_000;

/** Whether the official page works, by asking it as anybody may. */
export interface PageHealth {
  /** `false` until it answered once. */
  readonly isWell: () => boolean;
  /** Resolves when the first answer is there, or none came in time. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Asks an address again and again; only the status of the answer counts. */
export function createPageHealth(parts: {
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs?: number;
}): PageHealth {
  const { url, clock, log, timeoutMs = TIMEOUT_MS } = parts;
  let isWell = false;
  let isStopped = false;
  let cancel = (): void => undefined;
  let asking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const asked = await ask(url, { timeoutMs, now: () => clock.now() });
    const answered = asked.kind === 'answer' && asked.status === 200;
    if (answered !== isWell || (!answered && !isStopped))
      log[answered ? 'info' : 'warn']({
        event: answered ? 'page-well' : 'page-away',
        ...(asked.kind === 'answer' ? { status: asked.status } : { code: asked.code }),
      });
    isWell = answered;
    if (!isStopped) cancel = clock.after(isWell ? EVERY_MS : AGAIN_MS, again);
  };
  const again = (): void => {
    asking = look();
  };
  return {
    isWell: () => isWell,
    start: async () => {
      again();
      await asking;
    },
    stop: async () => {
      isStopped = true;
      cancel();
      await asking;
    },
  };
}
