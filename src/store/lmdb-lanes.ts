import type { LaneClaim, OutboxRow, RowOutcome, Settled, Store } from '../model/index.js';
import { list } from './lmdb-access.js';
import { nextNumber } from './lmdb-commit.js';
import { appendTried, conversationOf, firstRow, planSettle, planTakeDead, untried } from './lmdb-outbox.js';
import type { LmdbParts } from './lmdb-parts.js';
import { deadLetters, lanes, placePath, rows } from './lmdb-tables.js';

type Methods =
  | 'nextRow'
  | 'dueLanes'
  | 'claimLane'
  | 'renewLane'
  | 'settleRow'
  | 'listDead'
  | 'retryDead'
  | 'dropDead';

/** Lanes and dead letters. */
export function outboxPart({ database, claims }: LmdbParts): Pick<Store, Methods> {
  const { read: reading, write } = database;
  return {
    nextRow: (conversation, now) =>
      reading((db) => {
        const row = firstRow(db, conversation);
        return row !== null && row.notBefore <= now ? row : null;
      }),
    dueLanes: (now, limit) =>
      reading((db) =>
        list(db, lanes, { through: [now], limit: limit + claims.lanesHeld })
          .map((lane) => lane.conversation)
          .filter((conversation) => claims.laneUntil(conversation) <= now)
          .slice(0, limit),
      ),
    // A transaction that writes nothing: what is stored may be behind what the claims say already.
    claimLane: (conversation, sender, now) =>
      write((db): LaneClaim | null => {
        const row = firstRow(db, conversation);
        if (row === null || row.notBefore > now) return null;
        const claimed = claims.claimLane(conversation, sender, now);
        return claimed === null ? null : { conversation, row, ...claimed };
      }),
    renewLane: async (claim, leaseMs, now) =>
      claims.renewLane(claim.conversation, claim.token, now + leaseMs),
    async settleRow(id, outcome, settling) {
      const conversation = conversationOf(id);
      try {
        return await write((db, draft): Settled => {
          if (settling !== undefined && !claims.holds(conversation, settling.token)) return { kind: 'lost' };
          const first = planSettle(db, draft, { id, outcome });
          if (settling === undefined) return { kind: 'settled', next: null };
          const next = nextAfter(outcome, first, settling.now);
          claims.settleLane(conversation, settling, next !== null);
          return { kind: 'settled', next };
        });
      } catch (error) {
        // The row is still there: it is sent again when the claim is over, and not at once.
        if (settling !== undefined && claims.laneUntil(conversation) === 0) {
          claims.settleLane(conversation, settling, true);
        }
        throw error;
      }
    },
    listDead: (limit) => reading((db) => list(db, deadLetters, { limit, newestFirst: true })),
    retryDead: (id, now) =>
      write((db, draft) => {
        const letter = planTakeDead(db, draft, id);
        if (letter === null) return false;
        const { conversation } = letter.row;
        const empty = list(db, rows, { under: placePath(conversation), limit: 1 }).length === 0;
        const commit = nextNumber(db, draft);
        appendTried(draft, [untried(letter.row, conversation, now)], { conversation, commit, empty });
        return true;
      }),
    dropDead: (id) => write((db, draft) => planTakeDead(db, draft, id) !== null),
  };
}

function nextAfter(outcome: RowOutcome, first: OutboxRow | null, now: number): OutboxRow | null {
  const waits = outcome.kind === 'later' || outcome.kind === 'held';
  return waits || first === null || first.notBefore > now ? null : first;
}
