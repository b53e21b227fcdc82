import type { Clock, Intake, Lease, Log, Platform, Store } from '../model/index.js';

/** How long an intake is held without a sign of life; a dead worker's is taken over after this. */
const TTL_MS = 2_000;
/** How often it is prolonged, and how often a worker that waits asks. */
const RENEW_EVERY_MS = 500;

export interface IntakeParts {
  readonly store: Pick<Store, 'takeLease' | 'releaseLease' | 'now'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A name no other process has. */
  readonly worker: string;
  readonly platform: Platform;
  /** Told of each lease that is held, and of `null` when it is lost. */
  readonly held: (lease: Lease | null) => void;
}

/**
 * Holds an intake or waits for it: while it is ours, `work` runs. A worker that cannot reach the store ends its work
 * before the lease runs out, so that two never take in at once for long.
 */
export function startIntake(
  parts: IntakeParts,
  name: string,
  work: (lost: AbortSignal) => Promise<void>,
): Intake {
  const { store, clock, log, platform } = parts;
  let isStopped = false;
  let cancel = (): void => undefined;
  let lease: Lease | null = null;
  let heldUntil = 0;
  let running: { readonly lost: AbortController; readonly done: Promise<void> } | null = null;
  let asking: Promise<void> = Promise.resolve();

  const begin = (): void => {
    const lost = new AbortController();
    const done = work(lost.signal).catch((error: unknown) => {
      log.error({ event: 'intake-failed', platform, code: error instanceof Error ? error.name : 'unknown' });
    });
    running = { lost, done };
  };
  const end = async (): Promise<void> => {
    const before = running;
    running = null;
    before?.lost.abort();
    await before?.done;
  };
  /** What the work still writes on its way out is refused: it is another worker's by now. */
  const lose = async (): Promise<void> => {
    parts.held(null);
    await end();
  };

  const ask = async (): Promise<void> => {
    const now = store.now();
    try {
      const got = await store.takeLease(name, parts.worker, TTL_MS, now);
      if (got !== null) heldUntil = now + TTL_MS;
      const isNew = got !== null && got.token !== lease?.token;
      if (lease !== null && (got === null || isNew)) {
        log.warn({ event: 'intake-lost', platform });
        await lose();
      }
      lease = got;
      parts.held(lease);
      if (lease !== null && running === null && !isStopped) {
        log.info({ event: 'intake-taken', platform });
        begin();
      }
    } catch (error) {
      log.warn({ event: 'intake-unknown', platform, code: error instanceof Error ? error.name : 'unknown' });
      if (lease !== null && store.now() >= heldUntil - RENEW_EVERY_MS) {
        lease = null;
        await lose();
      }
    }
  };
  const loop = (): void => {
    asking = ask().finally(() => {
      if (!isStopped) cancel = clock.after(RENEW_EVERY_MS, loop);
    });
  };
  loop();

  return {
    async stop() {
      isStopped = true;
      cancel();
      await asking;
      await end();
      parts.held(null);
      if (lease !== null) await store.releaseLease(lease);
    },
  };
}
