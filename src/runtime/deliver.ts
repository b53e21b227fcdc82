import { messageOf } from '../content/index.js';
import {
  type Adapter,
  type Clock,
  type ConversationId,
  type LaneClaim,
  type Log,
  type OutboxRow,
  type Platform,
  parseConversationId,
  type RowOutcome,
  type SendContext,
  type Sender,
  type SendResult,
  type Settled,
  type Store,
} from '../model/index.js';
import { backOffMs } from './back-off.js';
import { nonceOf } from './nonce.js';
import { createRateLimits } from './rate-limits.js';
import type { Engine } from './turn-request.js';

/** Tries of one row before it becomes a dead letter. */
export const MAX_TRIES = 10;
/** How long a claimed lane is kept from other workers; what a dead worker held is taken up after this. */
export const LANE_LEASE_MS = 3_000;
/** How often a claim is prolonged while a call takes long. */
const RENEW_EVERY_MS = 1_000;
/** A limit that lets a row go within this is waited for with the lane in hand. */
const SHORT_WAIT_MS = 1_000;
/** Lanes in hand at the same time; the others wait in the store. */
const MAX_LANES = 256;
/** Marks the codes that say the person cannot be reached at all. */
const UNREACHABLE = 'unreachable: ';
/** Pause of a row whose platform does not run here. */
const NO_ADAPTER_MS = 300_000;

/** Decides whether a row may leave: `null`, or the code of the rule it breaks. */
export type OutboundPolicy = (row: OutboxRow) => string | null;

export interface DelivererParts {
  readonly engine: () => Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  readonly policy: OutboundPolicy;
  /** A name no other process has. */
  readonly worker: string;
  /** 0 to 1, for the spread of pauses. */
  readonly random: () => number;
  /** Told when a row has to wait until `notBefore` (epoch ms). */
  readonly postponed: (notBefore: number) => void;
}

/** Sends what was committed, in order for each conversation; a conversation that must wait delays no other. */
export interface Deliverer {
  /** Starts on a conversation's rows unless that is under way here or elsewhere. */
  kick(conversation: ConversationId): void;
  /** Goes on with a lane that was claimed by the commit. */
  take(claim: LaneClaim): void;
  /** Resolves when every lane in hand has sent what may be sent now. */
  idle(): Promise<void>;
}

/** What became of sending a row, and the state of the lane's own limit. */
interface Done {
  readonly outcome: RowOutcome;
  readonly paceAt: number;
}

/** The station deliver. */
export function createDeliverer(parts: DelivererParts): Deliverer {
  const { store, clock, log } = parts;
  const limits = createRateLimits(store);
  const sender: Sender = { worker: parts.worker, leaseMs: LANE_LEASE_MS };
  const running = new Map<ConversationId, Promise<void>>();
  const again = new Set<ConversationId>();

  const sendOne = async (row: OutboxRow, lanePaceAt: number): Promise<Done> => {
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
      log.error({ event: 'send-faulted', code: nameOf(error), conversation: row.conversation });
      return { kind: 'unknown-outcome', code: nameOf(error) };
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
    const context = contextOf(row, store.now());
    for (const call of adapter.encode(message, { place, userId, visibility: 'direct', botHandle: '' }))
      await adapter.send(call, context);
  };

  /** Keeps the claim alive while `work` runs; `lost` once another worker has the lane. */
  const whileHeld = async <Result>(claim: LaneClaim, work: () => Promise<Result>): Promise<Result> => {
    let cancel = (): void => undefined;
    const renew = (): void => {
      cancel = clock.after(RENEW_EVERY_MS, () => {
        store.renewLane(claim, LANE_LEASE_MS, store.now()).then(
          (isHeld) => {
            if (isHeld) renew();
          },
          (error: unknown) => {
            log.warn({ event: 'renew-failed', code: nameOf(error), conversation: claim.conversation });
            renew();
          },
        );
      });
    };
    renew();
    try {
      return await work();
    } finally {
      cancel();
      cancel = () => undefined;
    }
  };

  const drain = async (first: LaneClaim): Promise<void> => {
    let gone: RowOutcome | null = null;
    let claim = first;
    for (;;) {
      const { row, token, paceAt } = claim;
      // A person who cannot be reached is not called again for the rest of this run.
      const done: Done =
        gone === null ? await whileHeld(claim, () => sendOne(row, paceAt)) : { outcome: gone, paceAt };
      const { outcome } = done;
      if (outcome.kind === 'dead' && outcome.code.startsWith(UNREACHABLE)) gone = outcome;
      const now = store.now();
      const settling = { token, paceAt: done.paceAt, now, leaseMs: LANE_LEASE_MS };
      const settled: Settled = await store.settleRow(row.id, outcome, settling);
      if (outcome.kind === 'later' || outcome.kind === 'held') parts.postponed(outcome.notBefore);
      if (settled.kind === 'lost') {
        log.warn({ event: 'lane-lost', conversation: row.conversation });
        return;
      }
      if (settled.next === null) return;
      claim = { ...claim, row: settled.next, paceAt: done.paceAt };
    }
  };

  const run = (conversation: ConversationId, work: () => Promise<void>): void => {
    const done = work()
      .catch((error: unknown) => {
        log.error({ event: 'deliver-failed', code: nameOf(error), conversation });
      })
      .finally(() => {
        if (running.get(conversation) !== done) return;
        running.delete(conversation);
        // What was committed while this run ended would otherwise wait for the next look at the store.
        if (again.delete(conversation)) kick(conversation);
      });
    running.set(conversation, done);
  };

  const kick = (conversation: ConversationId): void => {
    if (running.has(conversation)) {
      again.add(conversation);
      return;
    }
    if (running.size >= MAX_LANES) return;
    run(conversation, async () => {
      const claim = await store.claimLane(conversation, sender, store.now());
      if (claim !== null) await drain(claim);
    });
  };

  const take = (claim: LaneClaim): void => {
    const { conversation } = claim;
    // A run in hand has settled its last row already, or the commit could not have claimed the lane.
    const before = running.get(conversation);
    run(conversation, async () => {
      await before;
      await drain(claim);
    });
  };

  return {
    kick,
    take,
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** What an adapter needs to know to send a row a second time. */
function contextOf(row: OutboxRow, now: number): SendContext {
  return { nonce: nonceOf(row.id), unclearSince: row.unclearSince, now };
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
