import { type ConversationId, type InboundId, LifelineError, type Log, type Store } from '../model/index.js';

/** Inbounds whose failures this process remembers, for when the store cannot count. */
const REMEMBERED_FAILURES = 1_000;

/** Counts how often the turn of an inbound has failed. */
export interface Failures {
  /** Counts one more, and returns how many there were, over all workers. Never throws. */
  count(conversation: ConversationId, inbound: InboundId, now: number): Promise<number>;
}

/** Failures counted in the store; where that fails too, by this process alone. */
export function createFailures(store: Pick<Store, 'countFailure'>, log: Log): Failures {
  const own = new Map<InboundId, number>();
  return {
    count: async (conversation, inbound, now) => {
      const count = (own.get(inbound) ?? 0) + 1;
      own.delete(inbound);
      own.set(inbound, count);
      const oldest = own.keys().next().value;
      if (own.size > REMEMBERED_FAILURES && oldest !== undefined) own.delete(oldest);
      try {
        return await store.countFailure(conversation, inbound, now);
      } catch (error) {
        log.warn({ event: 'failure-not-counted', code: codeOf(error), conversation });
        return count;
      }
    },
  };
}

/** What may be told of a fault: its code or, without one, the name of its class. Never its message. */
export function codeOf(error: unknown): string {
  if (error instanceof LifelineError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** Whether a fault mends by itself, so that trying again later helps. */
export function isTransient(error: unknown): boolean {
  return error instanceof LifelineError && error.retryable;
}

/** Whether what is kept of a conversation cannot be read, by this version or by any. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof LifelineError && (error.code === 'store-damaged' || error.code === 'store-newer');
}
