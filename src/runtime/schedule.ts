import type { Clock, ConversationId, DueTimer, Log, Store } from '../model/index.js';

/** Rows and timers looked at in one round. */
const ROUND = 256;
/** Longest pause between two looks: what another worker left behind is taken up soon after its lease. */
const LONGEST_PAUSE_MS = 1_000;
/** Pause after a failed look at the store. */
const FAILURE_PAUSE_MS = 1_000;
/** How long a due timer is kept from other workers while its turn is computed. */
const TIMER_LEASE_MS = 3_000;
/** How often what has outlived its lifetime is swept away. */
const SWEEP_EVERY_MS = 600_000;
/** Pause after a batch of the sweep, in durations of the batch: it takes a hundredth of the time. */
const SWEEP_REST = 99;

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
  let sweepAt = 0;

  const round = async (): Promise<void> => {
    const now = store.now();
    for (const conversation of await store.dueLanes(now, ROUND)) kick(conversation);
    const due = await store.claimTimers(now, ROUND, TIMER_LEASE_MS);
    const results = await Promise.allSettled(due.map((timer) => fire(timer)));
    const failed = results.filter((result) => result.status === 'rejected').length;
    if (failed > 0) throw new Error(`${failed} timers could not be fired`);
    if (now < sweepAt) return;
    const { more } = await store.sweep(now);
    sweepAt = more ? now + SWEEP_REST * (store.now() - now + 1) : now + SWEEP_EVERY_MS;
  };
  const plan = (at: number): void => {
    if (stopped || at >= plannedAt) return;
    cancel?.();
    plannedAt = at;
    cancel = clock.after(Math.max(0, at - store.now()), () => {
      plannedAt = Number.POSITIVE_INFINITY;
      looking = look();
    });
  };
  const look = async (): Promise<void> => {
    try {
      await round();
      const next = await store.nextDue();
      const latest = store.now() + LONGEST_PAUSE_MS;
      // What is due now is being sent; it is looked at again only after a moment.
      plan(next === null ? latest : Math.min(latest, Math.max(next, store.now() + 50)));
    } catch (error) {
      log.error({ event: 'schedule-failed', code: error instanceof Error ? error.name : 'unknown' });
      plan(store.now() + FAILURE_PAUSE_MS);
    }
  };

  return {
    round,
    start: () => {
      stopped = false;
      plan(store.now());
    },
    nudge: plan,
    stop: async () => {
      stopped = true;
      cancel?.();
      await looking;
    },
  };
}
