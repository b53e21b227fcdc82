import { type LaneClaim, LifelineError, personOf, type RowOutcome, type Store } from '../model/index.js';
import { Claims } from './claims.js';
import { list, read, readBytes } from './lmdb-access.js';
import { hashOf, loadConversation, nextNumber, planCommit } from './lmdb-commit.js';
import { type LmdbDatabase, type LmdbSettings, openDatabase } from './lmdb-database.js';
import { planImport, planReseal, storedItems } from './lmdb-move.js';
import { appendTried, conversationOf, firstRow, planSettle, planTakeDead, untried } from './lmdb-outbox.js';
import { putTombstone, removePerson } from './lmdb-remove.js';
import { planSweep } from './lmdb-sweep.js';
import {
  activeBundles,
  bundles,
  cases,
  counters,
  deadLetters,
  dueTimers,
  failures,
  failureTimes,
  keyNotes,
  lanes,
  openedCases,
  ownerPath,
  placePath,
  positionPath,
  quarantine,
  quarantineOf,
  rows,
  values,
} from './lmdb-tables.js';
import { seenMark } from './seen-mark.js';

/** How often the note of the keys is looked at. */
const NOTE_EVERY_MS = 60_000;

interface Parts {
  readonly database: LmdbDatabase;
  readonly claims: Claims;
  readonly now: () => number;
}

/**
 * Opens the store that keeps everything in one folder of this machine; its keys stand in `lmdb-tables.ts`. A write
 * resolves once it is on the disk. Claims, timers in hand, buckets and leases live in this process alone: it is the
 * only one that works on the folder. Throws `store-in-use` when another bot holds the folder, `store-damaged` when it
 * holds something else, `store-wrong-key` for another secret, `store-unavailable` when it cannot be used, `store-full`
 * when there is no room; every method throws all but the first.
 */
export async function openLmdbStore(settings: LmdbSettings): Promise<Store> {
  const database = await openDatabase(settings);
  const parts: Parts = { database, claims: new Claims(), now: settings.clock ?? Date.now };
  return {
    now: parts.now,
    ...conversationPart(parts),
    ...outboxPart(parts),
    ...duePart(parts),
    ...sharingPart(parts),
    ...supportPart(parts),
    ...programPart(parts),
    ...keepingPart(parts),
    close: () => database.close(),
  };
}

function conversationPart(parts: Parts): Pick<Store, 'load' | 'commit' | 'forget' | 'sweep'> {
  const { claims } = parts;
  const { read: reading, write } = parts.database;
  return {
    load: (conversation) => reading((db) => loadConversation(db, conversation)),
    async commit(commit) {
      const { result, first } = await write((db, draft) => planCommit(db, draft, commit));
      if (result.kind !== 'ok') return result;
      for (const record of commit.records) if (record.kind === 'forget') dropLanes(claims, record.person);
      const { conversation, sender, now } = commit;
      if (sender === null || claims.laneUntil(conversation) > now) return { ...result, claim: null };
      const row = first ?? (await reading((db) => firstRow(db, conversation)));
      const claim = row === null || row.notBefore > now ? null : claims.claimLane(conversation, sender, now);
      return { ...result, claim: claim === null || row === null ? null : { conversation, row, ...claim } };
    },
    async forget(person, now) {
      const removed = await write((db, draft) => {
        putTombstone(db, draft, person, now);
        return removePerson(db, draft, person);
      });
      dropLanes(claims, person);
      return removed > 0;
    },
    async sweep(now) {
      const { swept, ended } = await write((db, draft) => planSweep(db, draft, now));
      for (const conversation of ended) claims.dropLane(conversation);
      return swept;
    },
  };
}

function dropLanes(claims: Claims, person: string): void {
  claims.dropLanes((conversation) => personOf(conversation) === person);
}

type OutboxMethods =
  | 'nextRow'
  | 'dueLanes'
  | 'claimLane'
  | 'renewLane'
  | 'settleRow'
  | 'listDead'
  | 'retryDead'
  | 'dropDead';

function outboxPart({ database, claims }: Parts): Pick<Store, OutboxMethods> {
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
    claimLane: (conversation, sender, now) =>
      reading((db): LaneClaim | null => {
        const row = firstRow(db, conversation);
        if (row === null || row.notBefore > now) return null;
        const claimed = claims.claimLane(conversation, sender, now);
        return claimed === null ? null : { conversation, row, ...claimed };
      }),
    renewLane: async (claim, leaseMs, now) =>
      claims.renewLane(claim.conversation, claim.token, now + leaseMs),
    async settleRow(id, outcome, settling) {
      const conversation = conversationOf(id);
      const holds = () => settling === undefined || claims.holds(conversation, settling.token);
      const first = await write((db, draft) =>
        holds() ? { row: planSettle(db, draft, { id, outcome }) } : null,
      );
      if (first === null) return { kind: 'lost' };
      if (settling === undefined) return { kind: 'settled', next: null };
      const next = nextAfter(outcome, first.row, settling.now);
      claims.settleLane(conversation, settling, next !== null);
      return { kind: 'settled', next };
    },
    listDead: (limit) => reading((db) => list(db, deadLetters, { limit, newestFirst: true })),
    retryDead: (id, now) =>
      write((db, draft) => {
        const letter = planTakeDead(db, draft, id);
        if (letter === null) return false;
        const { conversation } = letter.row;
        const empty = list(db, rows, { under: placePath(conversation), limit: 1 }).length === 0;
        const commit = nextNumber(db, draft);
        appendTried(draft, [untried(letter.row, now)], { conversation, commit, empty });
        return true;
      }),
    dropDead: (id) => write((db, draft) => planTakeDead(db, draft, id) !== null),
  };
}

function nextAfter<Row extends { readonly notBefore: number }>(
  outcome: RowOutcome,
  first: Row | null,
  now: number,
): Row | null {
  const waits = outcome.kind === 'later' || outcome.kind === 'held';
  return waits || first === null || first.notBefore > now ? null : first;
}

function duePart({ database, claims, now }: Parts): Pick<Store, 'dueTimers' | 'claimTimers' | 'nextDue'> {
  const { read: reading } = database;
  let notedAt = now();
  return {
    dueTimers: (at, limit) => reading((db) => list(db, dueTimers, { through: [at], limit })),
    claimTimers: (at, limit, leaseMs) =>
      reading((db) => {
        const due = list(db, dueTimers, { through: [at], limit: limit + claims.timersHeld });
        return claims.claimTimers(due, limit, at, leaseMs);
      }),
    async nextDue() {
      if (now() - notedAt > NOTE_EVERY_MS) {
        notedAt = now();
        const note = await reading((db) => read(db, keyNotes, []));
        if (note !== null) database.takeNote(note);
      }
      return reading((db) => {
        const held = { lanes: claims.lanesHeld, timers: claims.timersHeld };
        const times = [
          ...list(db, lanes, { limit: held.lanes + 1 }).map((lane) =>
            Math.max(lane.notBefore, claims.laneUntil(lane.conversation)),
          ),
          ...list(db, dueTimers, { limit: held.timers + 1 }).map((timer) =>
            Math.max(timer.dueAt, claims.timerUntil(timer)),
          ),
        ];
        return times.length === 0 ? null : Math.min(...times);
      });
    },
  };
}

type SharingMethods =
  | 'takeTokens'
  | 'takeLease'
  | 'releaseLease'
  | 'countFailure'
  | 'listQuarantine'
  | 'dropQuarantine';

function sharingPart({ database, claims }: Parts): Pick<Store, SharingMethods> {
  const { read: reading, write } = database;
  return {
    takeTokens: async (bucket, want, rate, now) => claims.takeTokens(bucket, want, rate, now),
    takeLease: async (name, worker, ttlMs, now) => claims.takeLease(name, worker, ttlMs, now),
    releaseLease: async (lease) => claims.releaseLease(lease),
    countFailure: (conversation, inbound, now) =>
      write((db, draft) => {
        const hash = hashOf(seenMark(personOf(conversation), inbound));
        const before = read(db, failures, [hash]);
        const count = (before?.count ?? 0) + 1;
        if (before !== null) draft.remove(failureTimes, [before.at, hash]);
        draft.put(failures, [hash], { count, at: now });
        draft.put(failureTimes, [now, hash], { hash, at: now });
        return count;
      }),
    listQuarantine: (limit) => reading((db) => list(db, quarantine, { limit, newestFirst: true })),
    dropQuarantine: (id) =>
      write((db, draft) => {
        const entry = list(db, quarantine, {}).find((each) => each.id === id);
        if (entry === undefined) return false;
        const path = [...ownerPath(personOf(entry.conversation)), id];
        const position = read(db, quarantineOf, path);
        draft.remove(quarantineOf, path);
        if (position !== null) draft.remove(quarantine, positionPath(position));
        return true;
      }),
  };
}

type SupportMethods = 'listCases' | 'updateCase' | 'readCounters';

function supportPart({ database: { read: reading, write } }: Parts): Pick<Store, SupportMethods> {
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
  };
}

type ProgramMethods = 'getValue' | 'setValue' | 'putBundle' | 'getBundle' | 'activateBundle' | 'activeBundle';

function programPart({ database, claims }: Parts): Pick<Store, ProgramMethods> {
  const { read: reading, write } = database;
  return {
    getValue: (name) => reading((db) => read(db, values, [name])),
    setValue: (name, value, under) =>
      write((_db, draft) => {
        if (under !== undefined && !claims.isCurrent(under)) return false;
        draft.put(values, [name], value);
        return true;
      }),
    putBundle: (hash, bundle) => write((_db, draft) => draft.putBytes(bundles, [hash], bundle)),
    getBundle: (hash) => reading((db) => readBytes(db, bundles, [hash])),
    activateBundle: (hash) => write((_db, draft) => draft.put(activeBundles, [], hash)),
    activeBundle: () => reading((db) => read(db, activeBundles, [])),
  };
}

type KeepingMethods = 'exportItems' | 'importItem' | 'reseal' | 'keyNote' | 'replaceKeyNote';

function keepingPart({ database }: Parts): Pick<Store, KeepingMethods> {
  const { read: reading, write } = database;
  return {
    exportItems: () => database.moment(storedItems),
    importItem: (item) => write((db, draft) => planImport(db, draft, item)),
    reseal: (limit) => write((db, draft) => planReseal(db, draft, limit)),
    keyNote: () => reading((db) => read(db, keyNotes, [])),
    async replaceKeyNote(before, after) {
      const isReplaced = await write((db, draft) => {
        if (read(db, keyNotes, []) !== before) return false;
        draft.put(keyNotes, [], after);
        return true;
      });
      if (isReplaced) database.takeNote(after);
      return isReplaced;
    },
  };
}
