import { randomUUID } from 'node:crypto';
import type { Commit, CommitResult, InboundId, LaneClaim, NewRow, Store } from '../../src/model/index.js';

/** What keeps the promises; each can be taken away, to see that it is missed. */
export const GUARDS = ['version', 'seen', 'lease', 'outbox'] as const;
export type Guard = (typeof GUARDS)[number];

/** A store without one of its guards. `send` is told of rows that are in no outbox. */
export function weaken(store: Store, guard: Guard, send: (row: NewRow) => void): Store {
  switch (guard) {
    case 'version':
      return { ...store, commit: (commit) => overwrite(store, commit) };
    case 'seen':
      return {
        ...store,
        commit: (commit) => store.commit({ ...commit, seen: randomUUID() as InboundId }),
      };
    case 'lease':
      return withoutLease(store);
    case 'outbox':
      return {
        ...store,
        commit: async (commit) => {
          const result = await store.commit({ ...commit, outbox: [] });
          if (result.kind === 'ok') for (const row of commit.outbox) send(row);
          return result;
        },
      };
  }
}

/** Commits on top of whatever is there, without computing again. */
async function overwrite(store: Store, commit: Commit): Promise<CommitResult> {
  const result = await store.commit(commit);
  if (result.kind !== 'conflict') return result;
  return overwrite(store, { ...commit, expectedVersion: result.fresh.version });
}

/** Everybody who looks sends the first row, whoever has it in hand already. */
function withoutLease(store: Store): Store {
  return {
    ...store,
    commit: (commit) => store.commit({ ...commit, sender: null }),
    claimLane: async (conversation): Promise<LaneClaim | null> => {
      const row = await store.nextRow(conversation, store.now());
      return row === null ? null : { conversation, token: 0, row, paceAt: 0 };
    },
    renewLane: async () => true,
    settleRow: async (id, outcome) => {
      await store.settleRow(id, outcome);
      return { kind: 'settled', next: null };
    },
  };
}
