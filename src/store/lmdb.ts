import { LifelineError, type Store } from '../model/index.js';
import { list, read, readBytes } from './lmdb-access.js';
import { loadConversation, planCommit } from './lmdb-commit.js';
import { type LmdbDatabase, type LmdbSettings, openDatabase } from './lmdb-database.js';
import { firstRow, planSettle } from './lmdb-outbox.js';
import { planSweep } from './lmdb-sweep.js';
import {
  activeBundles,
  bundles,
  cases,
  counters,
  deadLetters,
  dueTimers,
  lanes,
  openedCases,
  values,
} from './lmdb-tables.js';

/**
 * Opens the store that keeps everything in one folder of this machine; its keys stand in `lmdb-tables.ts`. A write
 * resolves once it is on the disk. Throws `store-in-use` when another bot holds the folder, `store-damaged` when it
 * holds something else, `store-unavailable` when it cannot be used; every method throws the latter two.
 */
export async function openLmdbStore(settings: LmdbSettings): Promise<Store> {
  const database = await openDatabase(settings);
  return {
    ...conversationPart(database),
    ...outboxPart(database),
    ...supportPart(database),
    ...programPart(database),
    close: () => database.close(),
  };
}

function conversationPart({ read: reading, write }: LmdbDatabase): Pick<Store, 'load' | 'commit' | 'sweep'> {
  return {
    load: (conversation) => reading((db) => loadConversation(db, conversation)),
    commit: (commit) => write((db, draft) => planCommit(db, draft, commit)),
    async sweep(now) {
      let removed = 0;
      for (;;) {
        const batch = await write((db, draft) => planSweep(db, draft, now));
        removed += batch.removed;
        if (!batch.more) return removed;
      }
    },
  };
}

type OutboxMethods = 'nextRow' | 'settleRow' | 'dueLanes' | 'dueTimers' | 'nextDue';

function outboxPart({ read: reading, write }: LmdbDatabase): Pick<Store, OutboxMethods> {
  return {
    nextRow: (conversation, now) =>
      reading((db) => {
        const row = firstRow(db, conversation);
        return row !== null && row.notBefore <= now ? row : null;
      }),
    settleRow: (id, outcome) => write((db, draft) => planSettle(db, draft, { id, outcome })),
    dueLanes: (now, limit) =>
      reading((db) => list(db, lanes, { through: [now], limit }).map((lane) => lane.conversation)),
    dueTimers: (now, limit) => reading((db) => list(db, dueTimers, { through: [now], limit })),
    nextDue: () =>
      reading((db) => {
        const [lane] = list(db, lanes, { limit: 1 });
        const [timer] = list(db, dueTimers, { limit: 1 });
        if (lane === undefined) return timer?.dueAt ?? null;
        return timer === undefined ? lane.notBefore : Math.min(lane.notBefore, timer.dueAt);
      }),
  };
}

type SupportMethods = 'listCases' | 'updateCase' | 'readCounters' | 'listDead';

function supportPart({ read: reading, write }: LmdbDatabase): Pick<Store, SupportMethods> {
  return {
    listCases: (limit) =>
      reading((db) =>
        list(db, openedCases, { limit, newestFirst: true }).map((number) => {
          const stored = read(db, cases, [number]);
          if (stored === null) throw new LifelineError('store-damaged', 'a record of "case" is missing');
          return stored.case;
        }),
      ),
    updateCase: (number, change) =>
      write((db, draft) => {
        const stored = read(db, cases, [number]);
        if (stored === null) return false;
        draft.put(cases, [number], { ...stored, case: { ...stored.case, ...change } });
        return true;
      }),
    readCounters: () =>
      reading((db) => Object.fromEntries(list(db, counters, {}).map(({ name, count }) => [name, count]))),
    listDead: (limit) => reading((db) => list(db, deadLetters, { limit, newestFirst: true })),
  };
}

type ProgramMethods = 'getValue' | 'setValue' | 'putBundle' | 'getBundle' | 'activateBundle' | 'activeBundle';

function programPart({ read: reading, write }: LmdbDatabase): Pick<Store, ProgramMethods> {
  return {
    getValue: (name) => reading((db) => read(db, values, [name])),
    setValue: (name, value) => write((_db, draft) => draft.put(values, [name], value)),
    putBundle: (hash, bundle) => write((_db, draft) => draft.putBytes(bundles, [hash], bundle)),
    getBundle: (hash) => reading((db) => readBytes(db, bundles, [hash])),
    activateBundle: (hash) => write((_db, draft) => draft.put(activeBundles, [], hash)),
    activeBundle: () => reading((db) => read(db, activeBundles, [])),
  };
}
