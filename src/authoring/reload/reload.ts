import { type ContentFiles, type Finding, hashFiles } from '../../content/index.js';
import type { ReadContent } from '../../content/read-files.js';
import { type Clock, LifelineError, type Log, type Store } from '../../model/index.js';
import type { FirstContent } from './first-content.js';
import { type JudgeContent, type Judged, unreadable } from './judge.js';
import type { Passed } from './passed.js';
import { fingerprint, readSettled } from './read-settled.js';
import { keepRefusal, type Refusal, refusalOf } from './refusals.js';
import { lastSpoken, readShared, shareFiles } from './shared-bundles.js';

/** A save of an editor is several changes; this long after the last one, the files are read. */
const QUIET_MS = 60;
/** How often the store is asked which bundle is active, and whether the folder changed unnoticed (network disks). */
const LOOK_EVERY_MS = 2_000;

export interface ReloadParts {
  readonly folder: string;
  /** Names this folder among those of all workers: host and path. */
  readonly place: string;
  /** What the bot started with; it was judged. */
  readonly first: Omit<FirstContent, 'bundle'>;
  readonly passed: Passed;
  /** Real people will read it. */
  readonly isForReal: boolean;
  readonly worker: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly judge: JudgeContent;
  /** Puts what was judged in place of what is live, between two turns. */
  readonly swap: (files: ContentFiles, fit: Extract<Judged, { kind: 'fit' }>) => void;
  /** Hash of what is live. */
  readonly live: () => string;
  /** Tells of changes; returns how to end it. */
  readonly watch: (
    folder: string,
    changed: () => void,
    failed: (error: unknown) => void,
  ) => () => Promise<void>;
}

/** Keeps what is live equal to what was saved last and is fit. */
export interface Reload {
  /**
   * Says what this folder holds if it is new and fit, else takes what the others have; then watches. Throws what the
   * store throws.
   */
  start(): Promise<void>;
  /** Makes what the folder holds live on all workers, where it is fit; as after a change. */
  now(): Promise<void>;
  /** What the folder holds and may not go live; `null` when all is well. */
  refusal(): Refusal | null;
  /** Resolves when what was begun is done. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Reads content when it is saved, has it judged elsewhere, and swaps one reference. What is not fit never goes live:
 * the bundle before serves on, a log line and the refusal say why. A folder speaks for all workers when it changes, and
 * when asked to; else each worker follows the store.
 */
export function createReload(parts: ReloadParts): Reload {
  const { folder, place, store, clock, log, first } = parts;
  let looked = first.held;
  let printed = first.printed;
  let refusal: Refusal | null = null;
  let isRefusalKept = true;
  let failedToFollow: string | null = null;
  let unshared: { readonly files: ContentFiles; readonly hash: string } | null = null;
  let cancelQuiet = (): void => undefined;
  let cancelLook = (): void => undefined;
  let unwatch = async (): Promise<void> => undefined;
  let isStopped = false;
  let work: Promise<void> = Promise.resolve();

  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
  /** One thing at a time, in order; what fails is told and holds up nothing. */
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    work = work
      .then(() => (isStopped ? undefined : step()))
      .catch((error: unknown) => {
        log.error({ event: 'reload-failed', code: codeOf(error) });
      });
    return work;
  };

  const refuse = (findings: readonly Finding[]): void => {
    refusal = refusalOf(place, store.now(), findings);
    isRefusalKept = false;
    const [top] = findings;
    log.error({
      event: 'content-refused',
      code: top?.code ?? 'content-invalid',
      path: top === undefined ? folder : `${top.file}:${top.line}:${top.col}`,
      count: findings.length,
      bundle: parts.live(),
    });
  };
  const accept = (): void => {
    if (refusal !== null) isRefusalKept = false;
    refusal = null;
  };
  const judge = async (files: ContentFiles, isLive: boolean): Promise<Judged> =>
    parts.judge({ files, isForReal: parts.isForReal, isLive }).catch((error: unknown) => unreadable(error));
  const goLive = (
    files: ContentFiles,
    fit: Extract<Judged, { kind: 'fit' }>,
    since: number,
    path: string,
  ): void => {
    parts.swap(files, fit);
    log.info({ event: 'content-live', bundle: fit.bundle.hash, durationMs: store.now() - since, path });
  };
  const share = async (): Promise<void> => {
    if (unshared === null) return;
    await shareFiles(store, unshared.files, unshared.hash, place);
    await parts.passed.note(unshared.hash);
    unshared = null;
  };

  /** Reads the folder. Without `asked`, only what has changed since it was last read counts. */
  const look = async (asked: boolean): Promise<void> => {
    const since = store.now();
    printed = await fingerprint(folder);
    let read: ReadContent;
    try {
      read = await readSettled(folder, pause);
    } catch (error) {
      looked = '';
      return refuse(unreadable(error).findings);
    }
    const { files, unread } = read;
    if (unread.length > 0) {
      looked = '';
      return refuse(unread);
    }
    const hash = hashFiles(files, () => true);
    if (!asked && hash === looked) return;
    looked = hash;
    if (hash === parts.live()) {
      accept();
      unshared = { files, hash };
      return share();
    }
    const judged = await judge(files, false);
    if (isStopped) return;
    // Saved once more meanwhile: that is what counts.
    if ((await fingerprint(folder)) !== printed) return look(true);
    if (judged.kind === 'unfit') return refuse(judged.findings);
    accept();
    goLive(files, judged, since, folder);
    unshared = { files, hash };
    await share();
  };

  /** Takes what another worker made active. */
  const follow = async (): Promise<void> => {
    const active = await store.activeBundle();
    if (active === null || active === parts.live() || active === failedToFollow) return;
    const since = store.now();
    const files = await readShared(store, active);
    const judged: Judged =
      files === null
        ? unreadable(new LifelineError('content-invalid', 'it is not whole'))
        : await judge(files, true);
    if (isStopped) return;
    if (files === null || judged.kind === 'unfit') {
      failedToFollow = active;
      const [top] = judged.kind === 'unfit' ? judged.findings : [];
      log.error({
        event: 'content-not-followed',
        code: top?.code ?? 'content-invalid',
        path: top === undefined ? '' : `${top.file}:${top.line}:${top.col}`,
        bundle: active,
      });
      return;
    }
    failedToFollow = null;
    goLive(files, judged, since, 'store');
  };

  const keepUp = async (): Promise<void> => {
    await share();
    await follow();
    if (printed !== (await fingerprint(folder))) await look(false);
    if (!isRefusalKept) isRefusalKept = await keepRefusal(store, parts.worker, place, refusal);
  };
  const lookLater = (): void => {
    cancelLook = clock.after(LOOK_EVERY_MS, () => {
      void inTurn(keepUp).then(() => {
        if (!isStopped) lookLater();
      });
    });
  };

  return {
    async start() {
      if (isStopped) return;
      const [active, spoken] = await Promise.all([store.activeBundle(), lastSpoken(store, place)]);
      isRefusalKept = false;
      if (first.refused.length > 0) refuse(first.refused);
      else if (active === null || spoken !== looked) await shareFiles(store, first.files, looked, place);
      else await inTurn(follow);
      unwatch = parts.watch(
        folder,
        () => {
          cancelQuiet();
          cancelQuiet = clock.after(QUIET_MS, () => void inTurn(() => look(false)));
        },
        (error) => log.warn({ event: 'watch-failed', code: codeOf(error) }),
      );
      log.info({ event: 'reload-ready', bundle: parts.live(), path: folder });
      lookLater();
    },
    now: () => inTurn(() => look(true)),
    refusal: () => refusal,
    idle: () => work,
    async stop() {
      isStopped = true;
      cancelQuiet();
      cancelLook();
      await unwatch();
      await work;
    },
  };
}

function codeOf(error: unknown): string {
  if (error instanceof LifelineError) return error.code;
  return error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
}
