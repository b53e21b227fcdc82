import {
  CASE_TTL_MS,
  type ConversationId,
  DEAD_TTL_MS,
  IDLE_TTL_MS,
  LIMIT_TTL_MS,
  PERSON_TTL_MS,
  personOf,
  SEEN_TTL_MS,
  type Swept,
  TOMBSTONE_TTL_MS,
} from '../model/index.js';
import { type Bytes, type Draft, each, isEmpty, list, read } from './lmdb-access.js';
import { sweepAudit } from './lmdb-audit.js';
import { removeCase, removeRows, removeTalk } from './lmdb-remove.js';
import {
  conversations,
  deadLetters,
  deadLettersOf,
  failures,
  failureTimes,
  idleAlarms,
  openedCases,
  ownerPath,
  people,
  personAlarms,
  placePath,
  pointerEnds,
  pointers,
  quarantine,
  quarantineOf,
  seenMarks,
  seenTimes,
  taken,
  takenTimes,
  tombstones,
  tombstoneTimes,
} from './lmdb-tables.js';
import { putTalk, readTalk } from './lmdb-talk.js';
import { sweepUnanswered } from './lmdb-unanswered.js';

/** Marks of one batch: a few milliseconds in which no commit runs. */
const MARKS = 500;
/** Larger records of one batch; each is read. */
const RECORDS = 100;

/**
 * Drafts the removal of the next batch of what has outlived its lifetime at `now`; `ended` are the conversations that
 * go.
 */
export function planSweep(
  db: Bytes,
  draft: Draft,
  now: number,
): { readonly swept: Swept; readonly ended: readonly ConversationId[] } {
  const talks = sweepTalks(db, draft, now);
  const parts = [
    sweepMarks(db, draft, now),
    talks,
    sweepPeople(db, draft, now),
    sweepFiled(db, draft, now),
    sweepShortLived(db, draft, now),
    sweepUnanswered(db, draft, now),
    sweepAudit(db, draft, now),
  ];
  const swept = {
    removed: parts.reduce((sum, part) => sum + part.removed, 0),
    more: parts.some((part) => part.more),
  };
  return { swept, ended: talks.ended };
}

function sweepMarks(db: Bytes, draft: Draft, now: number): Swept {
  const seen = list(db, seenTimes, { through: [now - SEEN_TTL_MS], limit: MARKS });
  for (const { hash, at } of seen) {
    draft.remove(seenMarks, [hash]);
    draft.remove(seenTimes, [at, hash]);
  }
  const failed = list(db, failureTimes, { through: [now - SEEN_TTL_MS], limit: MARKS });
  for (const { hash, at } of failed) {
    draft.remove(failures, [hash]);
    draft.remove(failureTimes, [at, hash]);
  }
  const forgotten = [...each(db, tombstoneTimes, { through: [now - TOMBSTONE_TTL_MS], limit: MARKS })];
  for (const { path, value } of forgotten) {
    draft.remove(tombstones, [value]);
    draft.remove(tombstoneTimes, path);
  }
  const counts = [seen.length, failed.length, forgotten.length];
  return { removed: counts.reduce((sum, count) => sum + count, 0), more: counts.includes(MARKS) };
}

function sweepTalks(
  db: Bytes,
  draft: Draft,
  now: number,
): Swept & { readonly ended: readonly ConversationId[] } {
  const ended: ConversationId[] = [];
  let removed = 0;
  const ringing = list(db, idleAlarms, { through: [now], limit: RECORDS });
  for (const { conversation, ringsAt } of ringing) {
    const place = placePath(conversation);
    const stored = readTalk(db, place);
    draft.remove(idleAlarms, [ringsAt, ...place]);
    if (stored === null) continue;
    const { lastAt } = stored.snapshot;
    const next = lastAt + IDLE_TTL_MS;
    if (next > now) {
      draft.put(idleAlarms, [next, ...place], { conversation, ringsAt: next });
      putTalk(draft, conversation, { ...stored, ringsAt: next });
      continue;
    }
    removed += removeTalk(db, draft, conversation) + removeRows(db, draft, place);
    ended.push(conversation);
    const owner = ownerPath(personOf(conversation));
    const known = read(db, people, owner);
    if (known !== null && known.at < lastAt) draft.put(people, owner, { ...known, at: lastAt });
  }
  return { removed, more: ringing.length === RECORDS, ended };
}

/** A person is kept while they talk; their record notes the last turn only when a conversation ends. */
function sweepPeople(db: Bytes, draft: Draft, now: number): Swept {
  let removed = 0;
  const ringing = list(db, personAlarms, { through: [now], limit: RECORDS });
  for (const { person, ringsAt } of ringing) {
    const owner = ownerPath(person);
    const known = read(db, people, owner);
    draft.remove(personAlarms, [ringsAt, ...owner]);
    if (known === null) continue;
    const talks = !isEmpty(db, conversations, owner);
    const next = (talks ? now : known.at) + PERSON_TTL_MS;
    if (next > now) {
      draft.put(personAlarms, [next, ...owner], { person, ringsAt: next });
      draft.put(people, owner, { ...known, ringsAt: next });
    } else {
      draft.remove(people, owner);
      removed += 1;
    }
  }
  return { removed, more: ringing.length === RECORDS };
}

function sweepShortLived(db: Bytes, draft: Draft, now: number): Swept {
  const ended = [...each(db, pointerEnds, { through: [now], limit: MARKS })];
  for (const { path, value } of ended) {
    draft.remove(pointerEnds, path);
    draft.remove(pointers, [value]);
  }
  const lapsed = [...each(db, takenTimes, { through: [now - LIMIT_TTL_MS], limit: MARKS })];
  for (const { path, value } of lapsed) {
    draft.remove(takenTimes, path);
    draft.remove(taken, value);
  }
  return {
    removed: ended.length + lapsed.length,
    more: ended.length === MARKS || lapsed.length === MARKS,
  };
}

function sweepFiled(db: Bytes, draft: Draft, now: number): Swept {
  const opened = list(db, openedCases, { through: [now - CASE_TTL_MS], limit: RECORDS });
  for (const number of opened) removeCase(db, draft, number);
  const through = [now - DEAD_TTL_MS];
  const dead = [...each(db, deadLetters, { through, limit: RECORDS })];
  for (const { path, value } of dead) {
    draft.remove(deadLetters, path);
    draft.remove(deadLettersOf, [...ownerPath(personOf(value.row.conversation)), value.row.id]);
  }
  const held = [...each(db, quarantine, { through, limit: RECORDS })];
  for (const { path, value } of held) {
    draft.remove(quarantine, path);
    draft.remove(quarantineOf, [...ownerPath(personOf(value.conversation)), value.id]);
  }
  const counts = [opened.length, dead.length, held.length];
  return { removed: counts.reduce((sum, count) => sum + count, 0), more: counts.includes(RECORDS) };
}
