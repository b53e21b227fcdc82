import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type FirstContent, firstContent } from './authoring/reload/first-content.js';
import { createJudgeApart } from './authoring/reload/judge-apart.js';
import { createPassed, type Passed } from './authoring/reload/passed.js';
import { createReload, type Reload } from './authoring/reload/reload.js';
import { watchFolder } from './authoring/reload/watch-folder.js';
import type { LiveContent } from './live-content.js';
import { type Clock, LifelineError, type Log, type Store } from './model/index.js';
import { passedShelves, programVersion } from './program.js';

export interface HotReloadParts {
  /** The content folder that is watched. */
  readonly folder: string;
  /** What is served from the start on. */
  readonly first: Omit<FirstContent, 'bundle'>;
  readonly passed: Passed;
  readonly live: LiveContent;
  readonly isForReal: boolean;
  /** Folder for trained models. */
  readonly cache: string;
  readonly worker: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** Hot reload of a content folder, with the thread in which content is judged and models are trained. */
export interface HotReload extends Pick<Reload, 'start' | 'now' | 'refusal' | 'stop'> {
  /** Has the models of the content trained that is live; free texts wait for it, and nothing else does. */
  learn(): Promise<void>;
}

/** The first words come first; the thread begins its work a little later. */
const LEARN_AFTER_MS = 500;

/** Joins watcher, thread and store for a bot. */
export function createHotReload(parts: HotReloadParts): HotReload {
  const { folder, first, passed, live, isForReal, store, clock, log } = parts;
  let isStopped = false;
  let begin = (): void => undefined;
  const notKept = (code: string): void => log.warn({ event: 'model-not-kept', code });
  const { judge, stop } = createJudgeApart({ cache: parts.cache, clock, notKept });
  const reload = createReload({
    ...{ folder, first, passed, isForReal, store, clock, log, judge },
    place: `${hostname()}:${resolve(folder)}`,
    worker: parts.worker,
    swap: (files, fit) => live.swap(files, fit),
    live: () => live.engine().bundle.hash,
    watch: watchFolder,
  });
  return {
    start: () => reload.start(),
    now: () => reload.now(),
    refusal: () => reload.refusal(),
    learn: async () => {
      try {
        await live.learn(async () => {
          await new Promise<void>((resolve) => {
            begin = resolve;
            clock.after(LEARN_AFTER_MS, resolve);
          });
          if (isStopped) return new Map();
          const judged = await judge({ files: first.files, isForReal: false, isLive: true });
          return judged.kind === 'fit' ? judged.models : new Map();
        });
      } catch (error) {
        if (isStopped) return;
        const code = error instanceof LifelineError ? error.code : 'unexpected';
        log.error({ event: 'models-not-trained', code });
      }
    },
    stop: async () => {
      isStopped = true;
      begin();
      const stopped = reload.stop();
      await stop();
      await stopped;
    },
  };
}

/** What passed the check of this very program: by a folder for what it keeps, by its build, and by the store. */
export function passedBy(store: Store, cache: string, log: Pick<Log, 'warn'>): Passed {
  const notKept = (code: string): void => log.warn({ event: 'check-not-kept', code });
  return createPassed(store, passedShelves(cache, notKept), programVersion());
}

/** What a bot serves from its start on, judged in a thread where it is new. Throws as `firstContent`. */
export async function firstContentOf(
  parts: Pick<HotReloadParts, 'folder' | 'isForReal' | 'store' | 'passed' | 'clock' | 'log' | 'cache'>,
): Promise<FirstContent> {
  const { clock, cache, log } = parts;
  const notKept = (code: string): void => log.warn({ event: 'model-not-kept', code });
  const { judge, stop } = createJudgeApart({ cache, clock, notKept });
  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
  try {
    return await firstContent({ ...parts, judge, pause });
  } finally {
    await stop();
  }
}
