import type { Clock, ConversationId, DueTimer, Log, Store } from '../model/index.js';

/** Rows and timers looked at in one round. */
const ROUND = 256;
/** Longest pause between two looks, so that a change made by another program is seen. */
const LONGEST_PAUSE_MS = 5_000;
/** Pause after a failed look at the store. */
const FAILURE_PAUSE_MS = 1_000;
/** How often what has outlived its lifetime is swept away. */
const SWEEP_EVERY_MS = 600_000;

export interface SchedulerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Starts sending for a conversation. */
  readonly kick: (conversation: ConversationId) => void;
  /** Takes a due timer through its turn. */
  readonly fire: (timer: DueTimer) => Promise<unknown>;
}

/** Wakes when the next row or timer is due. */
export interface Scheduler {
  start(): void;
  /** Something new may be due sooner than the next planned look. */
  nudge(dueAt: number): void;
  /** One look, for tests and simulations: fires and sends everything due now. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

/** One timer over the store's due index; nothing is kept in memory that a restart would lose. */
export function createScheduler({ store, clock, log, kick, fire }: SchedulerParts): Scheduler {
  let cancel: (() => void) | null = null;
  let plannedAt = Number.POSITIVE_INFINITY;
  let stopped = true;
  let looking: Promise<void> = Promise.resolve();
  let sweptAt = 0;

  const round = async (): Promise<void> => {
    const now = clock.now();
    for (const conversation of await store.dueLanes(now, ROUND)) kick(conversation);
    const due = await store.dueTimers(now, ROUND);
    const results = await Promise.allSettled(due.map((timer) => fire(timer)));
    const failed = results.filter((result) => result.status === 'rejected').length;
    if (failed > 0) throw new Error(`${failed} timers could not be fired`);
    if (now - sweptAt >= SWEEP_EVERY_MS) {
      sweptAt = now;
      await store.sweep(now);
    }
  };
  const plan = (at: number): void => {
    if (stopped || at >= plannedAt) return;
    cancel?.();
    plannedAt = at;
    cancel = clock.after(Math.max(0, at - clock.now()), () => {
      plannedAt = Number.POSITIVE_INFINITY;
      looking = look();
    });
  };
  const look = async (): Promise<void> => {
    try {
      await round();
      const next = await store.nextDue();
      const latest = clock.now() + LONGEST_PAUSE_MS;
      // What is due now is being sent; it is looked at again only after a moment.
      plan(next === null ? latest : Math.min(latest, Math.max(next, clock.now() + 50)));
    } catch (error) {
      log.error({ event: 'schedule-failed', code: error instanceof Error ? error.name : 'unknown' });
      plan(clock.now() + FAILURE_PAUSE_MS);
    }
  };

  return {
    round,
    start: () => {
      stopped = false;
      plan(clock.now());
    },
    nudge: plan,
    stop: async () => {
      stopped = true;
      cancel?.();
      await looking;
    },
  };
}
