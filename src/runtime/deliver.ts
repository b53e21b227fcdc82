import { messageOf } from '../content/index.js';
import {
  type Adapter,
  type Clock,
  type ConversationId,
  type Log,
  type OutboxRow,
  type Platform,
  parseConversationId,
  type RowOutcome,
  type SendResult,
  type Store,
} from '../model/index.js';
import type { Engine } from './turn-request.js';

/** Tries of one row before it becomes a dead letter. */
export const MAX_TRIES = 10;
/** Marks the codes that say the person cannot be reached at all. */
const UNREACHABLE = 'unreachable: ';
const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 300_000;

/** Decides whether a row may leave: `null`, or the code of the rule it breaks. */
export type OutboundPolicy = (row: OutboxRow) => string | null;

export interface DelivererParts {
  readonly engine: () => Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  readonly policy: OutboundPolicy;
  /** Told when a row has to wait until `notBefore` (epoch ms). */
  readonly postponed: (notBefore: number) => void;
}

/** Sends what was committed, in order for each conversation; a conversation that must wait delays no other. */
export interface Deliverer {
  /** Starts on a conversation's rows unless that is under way. */
  kick(conversation: ConversationId): void;
  /** Resolves when every lane has sent what may be sent now. */
  idle(): Promise<void>;
}

/** The station deliver. */
export function createDeliverer(parts: DelivererParts): Deliverer {
  const { store, clock, log } = parts;
  const running = new Map<ConversationId, Promise<void>>();
  const again = new Set<ConversationId>();

  const sendOne = async (row: OutboxRow): Promise<RowOutcome> => {
    const { platform } = parseConversationId(row.conversation);
    const adapter = parts.adapters.get(platform);
    if (adapter === undefined) return { kind: 'later', notBefore: clock.now() + LONGEST_BACKOFF_MS };
    const broken = parts.policy(row);
    if (broken !== null) {
      log.error({ event: 'row-refused', code: broken, conversation: row.conversation, platform });
      await sendSafeText(adapter, row);
      return { kind: 'dead', code: broken, at: clock.now() };
    }
    return outcomeOf(row, await adapter.send(row.call));
  };

  const outcomeOf = (row: OutboxRow, result: SendResult): RowOutcome => {
    const { platform } = parseConversationId(row.conversation);
    switch (result.kind) {
      case 'sent':
      case 'already':
        return { kind: 'sent' };
      case 'unreachable':
      case 'refused': {
        const code = result.kind === 'unreachable' ? `${UNREACHABLE}${result.code}` : result.code;
        log.warn({
          event: 'row-dead',
          code,
          conversation: row.conversation,
          platform,
          method: row.call.method,
        });
        return { kind: 'dead', code, at: clock.now() };
      }
      case 'retry':
      case 'unknown-outcome': {
        if (row.tries + 1 >= MAX_TRIES) return { kind: 'dead', code: result.code, at: clock.now() };
        log.warn({
          event: 'row-retried',
          code: result.code,
          conversation: row.conversation,
          platform,
          method: row.call.method,
          count: row.tries + 1,
        });
        const wanted = result.kind === 'retry' ? result.afterMs : undefined;
        return {
          kind: 'later',
          notBefore:
            clock.now() + (wanted ?? Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** row.tries)),
        };
      }
    }
  };

  /** What may not leave is replaced by words that may: the person is not left without an answer. */
  const sendSafeText = async (adapter: Adapter, row: OutboxRow): Promise<void> => {
    const { place, userId } = parseConversationId(row.conversation);
    const { bundle } = parts.engine();
    const { snapshot } = await store.load(row.conversation);
    const text =
      messageOf(bundle, snapshot?.locale ?? bundle.locales.source, 'common.text-removed-safe')?.format(
        () => undefined,
      ) ?? '';
    const message = {
      kind: 'message',
      text,
      buttons: [],
      keys: ['common.text-removed-safe'],
      private: false,
    } as const;
    for (const call of adapter.encode(message, { place, userId, visibility: 'direct', botHandle: '' }))
      await adapter.send(call);
  };

  const drain = async (conversation: ConversationId): Promise<void> => {
    let gone: RowOutcome | null = null;
    for (;;) {
      const row = await store.nextRow(conversation, clock.now());
      if (row === null) return;
      // A person who cannot be reached is not called again for the rest of this run.
      const outcome: RowOutcome = gone ?? (await sendOne(row));
      if (outcome.kind === 'dead' && outcome.code.startsWith(UNREACHABLE)) gone = outcome;
      await store.settleRow(row.id, outcome);
      if (outcome.kind === 'later') return parts.postponed(outcome.notBefore);
    }
  };

  const kick = (conversation: ConversationId): void => {
    if (running.has(conversation)) {
      again.add(conversation);
      return;
    }
    const work = drain(conversation)
      .catch((error: unknown) => {
        const code = error instanceof Error ? error.name : 'unknown';
        log.error({ event: 'deliver-failed', code, conversation });
      })
      .finally(() => {
        running.delete(conversation);
        // What was committed while this run ended would otherwise wait for the next look at the store.
        if (again.delete(conversation)) kick(conversation);
      });
    running.set(conversation, work);
  };

  return {
    kick,
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
