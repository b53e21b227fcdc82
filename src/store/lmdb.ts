import { type CommitResult, LifelineError, personOf, type Store } from '../model/index.js';
import { Claims } from './claims.js';
import { list, listReadable, read, readBytes } from './lmdb-access.js';
import { hashOf, loadConversation, planCommit } from './lmdb-commit.js';
import { type LmdbSettings, openDatabase } from './lmdb-database.js';
import { outboxPart } from './lmdb-lanes.js';
import { planImport, planReseal, storedItems } from './lmdb-move.js';
import type { LmdbParts } from './lmdb-parts.js';
import { putTombstone, removePerson } from './lmdb-remove.js';
import { planSweep } from './lmdb-sweep.js';
import {
  activeBundles,
  bundles,
  cases,
  counters,
  dueTimers,
  failures,
  failureTimes,
  keyNotes,
  lanes,
  openedCases,
  ownerPath,
  pointerEnds,
  pointers,
  positionPath,
  quarantine,
  quarantineOf,
  values,
} from './lmdb-tables.js';
import { auditPart } from './lmdb-trail.js';
import { closeUnanswered, listUnanswered } from './lmdb-unanswered.js';
import { seenMark } from './seen-mark.js';
import { createSteadyClock } from './steady-clock.js';

/** How often the note of the keys is looked at. */
const NOTE_EVERY_MS = 60_000;

/**
 * Opens the store that keeps everything in one folder of this machine; its keys stand in `lmdb-tables.ts`. A write
 * resolves once it is on the disk. Claims, timers in hand, buckets and leases live in this process alone: it is the
 * only one that works on the folder. Throws `store-in-use` when another bot holds the folder, `store-damaged` when it
 * holds something else, `store-wrong-key` for another secret, `store-unavailable` when it cannot be used, `store-full`
 * when there is no room; every method throws all but the first.
 */
export async function openLmdbStore(settings: LmdbSettings): Promise<Store> {
  const database = await openDatabase(settings);
  const parts: LmdbParts = { database, claims: new Claims(), now: settings.clock ?? createSteadyClock() };
  return {
    now: parts.now,
    ...conversationPart(parts),
    ...outboxPart(parts),
    ...duePart(parts),
    ...sharingPart(parts),
    ...supportPart(parts),
    ...programPart(parts),
    ...auditPart(parts),
    ...keepingPart(parts),
    close: () => database.close(),
  };
}

function conversationPart(parts: LmdbParts): Pick<Store, 'load' | 'commit' | 'forget' | 'sweep'> {
  const { claims } = parts;
  const { read: reading, write } = parts.database;
  return {
    load: (conversation) => reading((db) => loadConversation(db, conversation)),
    commit: (commit) =>
      write((db, draft): CommitResult => {
        const { result, first } = planCommit(db, draft, commit);
        if (result.kind !== 'ok') return result;
        for (const record of commit.records) if (record.kind === 'forget') dropLanes(claims, record.person);
        const { conversation, sender, now } = commit;
        if (sender === null || first === null || first.notBefore > now) return { ...result, claim: null };
        const claim = claims.claimLane(conversation, sender, now);
        return { ...result, claim: claim === null ? null : { conversation, row: first, ...claim } };
      }),
    async forget(person, now) {
      const removed = await write((db, draft) => {
        putTombstone(db, draft, person, now);
        dropLanes(claims, person);
        return removePerson(db, draft, person);
      });
      return removed > 0;
    },
    sweep: (now) =>
      write((db, draft) => {
        const { swept, ended } = planSweep(db, draft, now);
        for (const conversation of ended) claims.dropLane(conversation);
        return swept;
      }),
  };
}

function dropLanes(claims: Claims, person: string): void {
  claims.dropLanes((conversation) => personOf(conversation) === person);
}

function duePart({ database, claims, now }: LmdbParts): Pick<Store, 'dueTimers' | 'claimTimers' | 'nextDue'> {
  const { read: reading } = database;
  let notedAt = now();
  return {
    dueTimers: (at, limit) => reading((db) => listReadable(db, dueTimers, { through: [at], limit })),
    claimTimers: (at, limit, leaseMs) =>
      reading((db) => {
        const due = listReadable(db, dueTimers, { through: [at], limit: limit + claims.timersHeld });
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
          ...listReadable(db, dueTimers, { limit: held.timers + 1 }).map((timer) =>
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

function sharingPart({ database, claims }: LmdbParts): Pick<Store, SharingMethods> {
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

type SupportMethods = 'listCases' | 'updateCase' | 'readCounters' | 'listUnanswered' | 'closeUnanswered';

function supportPart({ database: { read: reading, write } }: LmdbParts): Pick<Store, SupportMethods> {
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
    listUnanswered: () => reading(listUnanswered),
    closeUnanswered: (id) => write((db, draft) => closeUnanswered(db, draft, id)),
  };
}

type ProgramMethods =
  | 'getValue'
  | 'setValue'
  | 'putPointer'
  | 'getPointer'
  | 'putBundle'
  | 'getBundle'
  | 'dropBundle'
  | 'activateBundle'
  | 'activeBundle';

function programPart({ database, claims }: LmdbParts): Pick<Store, ProgramMethods> {
  const { read: reading, write } = database;
  return {
    getValue: (name) => reading((db) => read(db, values, [name])),
    setValue: (name, value, under) =>
      write((_db, draft) => {
        if (under !== undefined && !claims.isCurrent(under)) return false;
        draft.put(values, [name], value);
        return true;
      }),
    putPointer: (name, conversation, until, now) =>
      write((db, draft) => {
        const hidden = db.sealer.hide(name);
        const before = read(db, pointers, [hidden]);
        if (before !== null && before.until > now && before.conversation !== conversation) return false;
        if (before !== null) draft.remove(pointerEnds, [before.until, hidden]);
        draft.put(pointers, [hidden], { conversation, until });
        draft.put(pointerEnds, [until, hidden], hidden);
        return true;
      }),
    getPointer: (name, now) =>
      reading((db) => {
        const pointer = read(db, pointers, [db.sealer.hide(name)]);
        return pointer !== null && pointer.until > now ? pointer.conversation : null;
      }),
    putBundle: (hash, bundle) => write((_db, draft) => draft.putBytes(bundles, [hash], bundle)),
    getBundle: (hash) => reading((db) => readBytes(db, bundles, [hash])),
    dropBundle: (hash) =>
      write((db, draft) => {
        if (read(db, activeBundles, []) === hash || readBytes(db, bundles, [hash]) === null) return false;
        draft.remove(bundles, [hash]);
        return true;
      }),
    activateBundle: (hash) => write((_db, draft) => draft.put(activeBundles, [], hash)),
    activeBundle: () => reading((db) => read(db, activeBundles, [])),
  };
}

type KeepingMethods = 'exportItems' | 'importItem' | 'reseal' | 'keyNote' | 'replaceKeyNote';

function keepingPart({ database }: LmdbParts): Pick<Store, KeepingMethods> {
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
