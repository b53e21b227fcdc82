import { messageOf } from '../content/index.js';
import {
  type Adapter,
  type Clock,
  type Log,
  type OutboxRow,
  type Platform,
  parseConversationId,
  type RowOutcome,
  type SendContext,
  type SendResult,
  type Store,
} from '../model/index.js';
import { backOffMs } from './back-off.js';
import { codeOf } from './failures.js';
import { nonceOf } from './nonce.js';
import { createRateLimits } from './rate-limits.js';
import { UNREACHABLE } from './reachability.js';
import type { Engine } from './turn-request.js';

/** Tries of one row before it becomes a dead letter. */
export const MAX_TRIES = 10;
/** A limit that lets a row go within this is waited for with the lane in hand. */
const SHORT_WAIT_MS = 1_000;
/** Pause of a row whose platform does not run here. */
const NO_ADAPTER_MS = 300_000;

/** Decides whether a row may leave: `null`, or the code of the rule it breaks. */
export type OutboundPolicy = (row: OutboxRow) => string | null;

export interface RowSenderParts {
  readonly engine: () => Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  readonly policy: OutboundPolicy;
  /** 0 to 1, for the spread of pauses. */
  readonly random: () => number;
}

/** What became of sending a row, and the state of the lane's own limit. */
export interface Done {
  readonly outcome: RowOutcome;
  readonly paceAt: number;
}

/** Sends one row; `lanePaceAt` is the state of its lane's limit (epoch ms). Throws what the store throws. */
export type SendRow = (row: OutboxRow, lanePaceAt: number) => Promise<Done>;

/** Whether an outcome says that the person cannot be reached at all. */
export function isUnreachable(outcome: RowOutcome): boolean {
  return outcome.kind === 'dead' && outcome.code.startsWith(UNREACHABLE);
}

/** One row: the last look, the limits, the call, and what its answer means. */
export function createRowSender(parts: RowSenderParts): SendRow {
  const { store, clock, log } = parts;
  const limits = createRateLimits(store);

  const sendOne: SendRow = async (row, lanePaceAt) => {
    const { platform } = parseConversationId(row.conversation);
    const adapter = parts.adapters.get(platform);
    if (adapter === undefined)
      return { outcome: { kind: 'held', notBefore: store.now() + NO_ADAPTER_MS }, paceAt: lanePaceAt };
    const broken = parts.policy(row);
    if (broken !== null) {
      log.error({ event: 'row-refused', code: broken, conversation: row.conversation, platform });
      await sendSafeText(adapter, row);
      return { outcome: { kind: 'dead', code: broken, at: store.now() }, paceAt: lanePaceAt };
    }
    let pace = await limits.pace(adapter, row, lanePaceAt);
    while (pace.kind === 'wait') {
      if (pace.ms > SHORT_WAIT_MS)
        return { outcome: { kind: 'held', notBefore: store.now() + pace.ms }, paceAt: lanePaceAt };
      await pause(clock, pace.ms);
      pace = await limits.pace(adapter, row, lanePaceAt);
    }
    const result = await callOf(adapter, row);
    return { outcome: outcomeOf(row, result), paceAt: pace.paceAt };
  };

  /** Adapters never throw for what a platform answers; what one throws all the same is an unclear answer. */
  const callOf = async (adapter: Adapter, row: OutboxRow): Promise<SendResult> => {
    try {
      return await adapter.send(row.call, contextOf(row, store.now()));
    } catch (error) {
      log.error({ event: 'send-faulted', code: codeOf(error), conversation: row.conversation });
      return { kind: 'unknown-outcome', code: codeOf(error) };
    }
  };

  const outcomeOf = (row: OutboxRow, result: SendResult): RowOutcome => {
    const { platform } = parseConversationId(row.conversation);
    const now = store.now();
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
        return { kind: 'dead', code, at: now };
      }
      case 'retry':
      case 'unknown-outcome': {
        const tries = row.tries + 1;
        const { conversation, call } = row;
        log.warn({
          event: tries >= MAX_TRIES ? 'row-dead' : 'row-retried',
          code: result.code,
          conversation,
          platform,
          method: call.method,
          count: tries,
        });
        if (tries >= MAX_TRIES) return { kind: 'dead', code: result.code, at: now };
        const wanted = result.kind === 'retry' ? (result.afterMs ?? 0) : 0;
        const unclearSince = row.unclearSince ?? (result.kind === 'unknown-outcome' ? now : null);
        const notBefore = now + Math.max(wanted, wanted > 0 ? 0 : backOffMs(tries, parts.random));
        return { kind: 'later', notBefore, unclearSince };
      }
    }
  };

  /**
   * What may not leave is replaced by words that may: the person is not left without an answer. Where others read, it
   * may have been for this person's eyes only, so the words go into the direct chat.
   */
  const sendSafeText = async (adapter: Adapter, row: OutboxRow): Promise<void> => {
    const { place: there, userId } = parseConversationId(row.conversation);
    const place = there.channel === userId ? there : { channel: userId };
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
    const context = contextOf(row, store.now());
    for (const call of adapter.encode(message, { place, userId, visibility: 'direct', botHandle: '' }))
      await adapter.send(call, context);
  };

  return sendOne;
}

/** What an adapter needs to know to send a row a second time. */
function contextOf(row: OutboxRow, now: number): SendContext {
  return { nonce: nonceOf(row.id), unclearSince: row.unclearSince, now };
}

/** Resolves after a pause (ms). */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
