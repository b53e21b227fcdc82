import { Worker } from 'node:worker_threads';
import { type Clock, LifelineError } from '../../model/index.js';
import type { JudgeContent, Judged } from './judge.js';

/** Content that takes longer than this is no content, and ends its thread. */
const LONGEST_MS = 120_000;
/** Memory the thread may use: a file that unfolds to gigabytes ends the thread, and not the bot. */
const MAX_HEAP_MB = 1_536;

export interface ApartParts {
  /** Folder where trained models are kept. */
  readonly cache: string;
  readonly clock: Clock;
  /** Told the code when a model could not be kept there. */
  readonly notKept: (code: string) => void;
}

interface Asked {
  readonly resolve: (judged: Judged) => void;
  readonly reject: (error: Error) => void;
  readonly cancel: () => void;
}

type Answer =
  | { readonly kind: 'judged'; readonly id: number; readonly judged: Judged }
  | { readonly kind: 'not-kept'; readonly code: string };

/**
 * Judges content in a thread of its own, which stays: what has not changed since is not read anew. `judge` rejects with
 * `content-invalid` when the thread fails or takes too long; the next question begins a new one.
 */
export function createJudgeApart(parts: ApartParts): { readonly judge: JudgeContent; stop(): Promise<void> } {
  let thread: Worker | null = null;
  let asked = new Map<number, Asked>();
  let count = 0;

  const fail = (failed: Worker, why: string): void => {
    if (thread !== failed) return;
    const waiting = asked;
    thread = null;
    asked = new Map();
    for (const { reject, cancel } of waiting.values()) {
      cancel();
      reject(new LifelineError('content-invalid', `The content cannot be judged: ${why}.`));
    }
  };
  const begin = (): Worker => {
    const begun = new Worker(new URL('./judge-worker.js', import.meta.url), {
      workerData: { cache: parts.cache },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    // The bot runs for as long as its platforms do, and not for this.
    begun.unref();
    begun.on('message', (answer: Answer) => {
      if (answer.kind === 'not-kept') return parts.notKept(answer.code);
      const one = asked.get(answer.id);
      asked.delete(answer.id);
      one?.cancel();
      one?.resolve(answer.judged);
    });
    begun.on('error', () => fail(begun, 'its thread failed'));
    begun.on('exit', () => fail(begun, 'its thread ended'));
    return begun;
  };

  return {
    judge: ({ files, ...question }) =>
      new Promise((resolve, reject) => {
        count += 1;
        thread ??= begin();
        const here = thread;
        const cancel = parts.clock.after(LONGEST_MS, () => {
          fail(here, 'it takes too long');
          void here.terminate();
        });
        asked.set(count, { resolve, reject, cancel });
        here.postMessage({ id: count, files: new Map(files), ...question });
      }),
    async stop() {
      const last = thread;
      if (last === null) return;
      fail(last, 'the bot stops');
      await last.terminate();
    },
  };
}
