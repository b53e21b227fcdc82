import {
  type ConversationId,
  type LaneClaim,
  type OutboxRow,
  type RowId,
  type RowOutcome,
  type Sender,
  type Settled,
  type Settling,
  turnOfRow,
} from '../model/index.js';
import { codeOf, isTransient } from './failures.js';
import { createRowSender, type Done, isUnreachable, pause, type RowSenderParts } from './send-row.js';

/** How long a claimed lane is kept from other workers; what a dead worker held is taken up after this. */
export const LANE_LEASE_MS = 3_000;
/** How often a claim is prolonged while a call takes long. */
const RENEW_EVERY_MS = 1_000;
/** Lanes in hand at the same time; the others wait in the store. */
const MAX_LANES = 256;
/** How often the store is told that a row was sent, while it is away, and the pause in between. */
const SETTLE_TRIES = 40;
const SETTLE_PAUSE_MS = 250;

export interface DelivererParts extends RowSenderParts {
  /** A name no other process has. */
  readonly worker: string;
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

/** A row that tells of a deletion says that it happened only in the run of the lane that saw it happen. */
function wordedFor(row: OutboxRow, isDeleted: boolean): OutboxRow {
  const { unlessDeleted, ...sure } = row;
  return unlessDeleted === undefined || isDeleted ? sure : { ...sure, ...unlessDeleted };
}

/** What became of a turn's deletions in one run of a lane; they happened when all of them did. */
function createDeletions() {
  const turns = new Map<string, boolean>();
  return {
    note: (turn: string, happened: boolean): void => {
      turns.set(turn, happened && (turns.get(turn) ?? true));
    },
    happenedIn: (turn: string): boolean => turns.get(turn) ?? false,
  };
}

/** The station deliver. */
export function createDeliverer(parts: DelivererParts): Deliverer {
  const { store, clock, log } = parts;
  const sendRow = createRowSender(parts);
  const sender: Sender = { worker: parts.worker, leaseMs: LANE_LEASE_MS };
  const running = new Map<ConversationId, Promise<void>>();
  const again = new Set<ConversationId>();
  const untold = createUntold();

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
            log.warn({ event: 'renew-failed', code: codeOf(error), conversation: claim.conversation });
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

  /** What was sent is told until the store has it, or the row would be sent once more. */
  const settle = async (row: OutboxRow, outcome: RowOutcome, settling: Settling): Promise<Settled> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await store.settleRow(row.id, outcome, settling);
      } catch (error) {
        if (outcome.kind !== 'sent' || !isTransient(error) || tries >= SETTLE_TRIES) throw error;
        log.warn({
          event: 'settle-retried',
          code: codeOf(error),
          conversation: row.conversation,
          count: tries,
        });
        await pause(clock, SETTLE_PAUSE_MS);
      }
    }
  };

  const drain = async (first: LaneClaim): Promise<void> => {
    let gone: RowOutcome | null = null;
    const deletions = createDeletions();
    let claim = first;
    for (;;) {
      const { token, paceAt } = claim;
      const row = wordedFor(claim.row, deletions.happenedIn(turnOfRow(claim.row.id)));
      // A person who cannot be reached is not called again for the rest of this run.
      const known: Done | null = gone === null ? untold.take(row.id) : { outcome: gone, paceAt };
      const done: Done = known ?? (await whileHeld(claim, () => sendRow(row, paceAt)));
      const { outcome } = done;
      if (isUnreachable(outcome)) gone = outcome;
      if (row.shown.kind === 'delete') deletions.note(turnOfRow(row.id), outcome.kind === 'sent');
      const now = store.now();
      const settling = { token, paceAt: done.paceAt, now, leaseMs: LANE_LEASE_MS };
      const settled = await settle(row, outcome, settling);
      if (outcome.kind === 'later' || outcome.kind === 'held') parts.postponed(outcome.notBefore);
      if (settled.kind === 'lost') {
        log.warn({ event: 'lane-lost', conversation: row.conversation });
        untold.keep(row.id, done);
        return;
      }
      if (settled.next === null) return;
      claim = { ...claim, row: settled.next, paceAt: done.paceAt };
    }
  };

  const run = (conversation: ConversationId, work: () => Promise<void>): void => {
    const done = work()
      .catch((error: unknown) => {
        log.error({ event: 'deliver-failed', code: codeOf(error), conversation });
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

/** Rows of which the store could not be told, at most; the one kept longest goes first. */
const MAX_UNTOLD = 1_000;

/**
 * What became of rows whose lane ran out before the store could be told. When the lane comes back to this process, as
 * it does where it is the only one and was too busy to prolong it, such a row is settled and not sent again.
 */
function createUntold(): { keep(id: RowId, done: Done): void; take(id: RowId): Done | null } {
  const rows = new Map<RowId, Done>();
  return {
    keep: (id, done) => {
      if (done.outcome.kind !== 'sent') return;
      rows.set(id, done);
      const oldest = rows.keys().next().value;
      if (rows.size > MAX_UNTOLD && oldest !== undefined) rows.delete(oldest);
    },
    take: (id) => {
      const done = rows.get(id) ?? null;
      rows.delete(id);
      return done;
    },
  };
}
