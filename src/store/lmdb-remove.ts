import type { ConversationId, PersonId } from '../model/index.js';
import { type Bytes, type Draft, list, read } from './lmdb-access.js';
import {
  cases,
  casesOf,
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
  placePath,
  positionPath,
  rows,
  timers,
} from './lmdb-tables.js';

/** Drafts the removal of a conversation's snapshot and timers; its rows are still sent. Returns how many records go. */
export function removeTalk(db: Bytes, draft: Draft, conversation: ConversationId): number {
  const place = placePath(conversation);
  const stored = read(db, conversations, place);
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

function removeTimers(db: Bytes, draft: Draft, place: Path): number {
  const found = list(db, timers, { under: place });
  for (const position of found) {
    const due = read(db, dueTimers, positionPath(position));
    draft.remove(dueTimers, positionPath(position));
    if (due !== null) draft.remove(timers, [...place, due.timer]);
  }
  return found.length;
}

/** Drafts the removal of everything that is kept about a person but for their seen-marks. */
export function removePerson(db: Bytes, draft: Draft, person: PersonId): void {
  const owner = ownerPath(person);
  for (const conversation of conversationsOf(db, owner)) removeTalk(db, draft, conversation);
  removeRows(db, draft, owner);
  for (const number of list(db, casesOf, { under: owner })) {
    const stored = read(db, cases, [number]);
    draft.remove(casesOf, [...owner, number]);
    draft.remove(cases, [number]);
    if (stored !== null) draft.remove(openedCases, positionPath(stored.position));
  }
  for (const position of list(db, deadLettersOf, { under: owner })) {
    draft.remove(deadLettersOf, [...owner, ...positionPath(position)]);
    draft.remove(deadLetters, positionPath(position));
  }
  draft.remove(people, owner);
}

function conversationsOf(db: Bytes, owner: Path): readonly ConversationId[] {
  return list(db, conversations, { under: owner }).map((stored) => stored.conversation);
}
