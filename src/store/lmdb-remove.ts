import type { ConversationId, PersonId } from '../model/index.js';
import { type Bytes, type Draft, each, list, raw, read } from './lmdb-access.js';
import {
  cases,
  casesOf,
  conversationAt,
  conversations,
  deadLetters,
  deadLettersOf,
  dueTimers,
  idleAlarms,
  lanes,
  openedCases,
  ownerPath,
  type Path,
  people,
  personAlarms,
  placePath,
  positionPath,
  quarantine,
  quarantineOf,
  rows,
  taken,
  takenTimes,
  timers,
  tombstones,
  tombstoneTimes,
} from './lmdb-tables.js';
import { readTalkHead } from './lmdb-talk.js';

/** Drafts the removal of a conversation's snapshot and timers; its rows are still sent. Returns how many records go. */
export function removeTalk(db: Bytes, draft: Draft, conversation: ConversationId): number {
  const place = placePath(conversation);
  const stored = readTalkHead(db, place);
  if (stored === null) return 0;
  draft.remove(conversations, place);
  draft.remove(idleAlarms, [stored.ringsAt, ...place]);
  return 1 + removeTimers(db, draft, place);
}

/** Drafts the removal of all rows under a place or a person. Returns how many go. */
export function removeRows(db: Bytes, draft: Draft, under: Path): number {
  const found = list(db, rows, { under });
  for (const { row, commit, index } of found) {
    draft.remove(rows, [...placePath(row.conversation), commit, index]);
    // Only the first row of a lane is in this index; removing the others' place in it does nothing.
    draft.remove(lanes, [row.notBefore, commit, index]);
  }
  return found.length;
}

/** Drafts the removal of all timers of a place. Returns how many go. */
export function removeTimers(db: Bytes, draft: Draft, place: Path): number {
  const found = list(db, timers, { under: place });
  for (const position of found) {
    const due = read(db, dueTimers, positionPath(position));
    draft.remove(dueTimers, positionPath(position));
    if (due !== null) draft.remove(timers, [...place, db.sealer.hide(due.timer)]);
  }
  return found.length;
}

/**
 * Drafts the removal of everything that is kept about a person but for their seen-marks. Returns how many records go.
 */
export function removePerson(db: Bytes, draft: Draft, person: PersonId): number {
  const owner = ownerPath(person);
  let removed = 0;
  for (const conversation of conversationsOf(db, owner)) removed += removeTalk(db, draft, conversation);
  removed += removeRows(db, draft, owner);
  for (const number of list(db, casesOf, { under: owner })) removed += removeCase(db, draft, number);
  for (const [index, filed] of [
    [deadLettersOf, deadLetters],
    [quarantineOf, quarantine],
  ] as const) {
    for (const { path, value } of each(db, index, { under: owner })) {
      draft.remove(index, path);
      draft.remove(filed, positionPath(value));
      removed += 1;
    }
  }
  removeTaken(db, draft, owner);
  const known = read(db, people, owner);
  if (known === null) return removed;
  draft.remove(people, owner);
  draft.remove(personAlarms, [known.ringsAt, ...owner]);
  return removed + 1;
}

function removeTaken(db: Bytes, draft: Draft, owner: Path): void {
  for (const { path, value } of each(db, taken, { under: owner })) {
    draft.remove(taken, path);
    draft.remove(takenTimes, [value.at(-1) ?? 0, ...path]);
  }
}

/** Drafts the removal of a case. Returns how many go. */
export function removeCase(db: Bytes, draft: Draft, number: string): number {
  const stored = read(db, cases, [number]);
  if (stored === null) return 0;
  draft.remove(cases, [number]);
  draft.remove(casesOf, [...ownerPath(stored.person), number]);
  draft.remove(openedCases, positionPath(stored.position));
  return 1;
}

/** Drafts the tombstone of a person, in place of an older one. */
export function putTombstone(db: Bytes, draft: Draft, person: PersonId, at: number): void {
  const hidden = db.sealer.hide(person);
  const before = read(db, tombstones, [hidden]);
  if (before !== null) draft.remove(tombstoneTimes, [before.at, hidden]);
  draft.put(tombstones, [hidden], { person, at });
  draft.put(tombstoneTimes, [at, hidden], hidden);
}

function conversationsOf(db: Bytes, owner: Path): readonly ConversationId[] {
  return [...raw(db, conversations.name, { under: owner })].map(({ key }) => conversationAt(key.slice(1)));
}
