import {
  type ConversationId,
  type DeadLetter,
  type NewRow,
  type OutboxRow,
  personOf,
  type RowId,
  type RowOutcome,
} from '../model/index.js';
import { type Bytes, type Draft, list, read } from './lmdb-access.js';
import {
  deadLetters,
  deadLettersOf,
  lanes,
  ownerPath,
  type Path,
  type Position,
  placePath,
  positionPath,
  rows,
} from './lmdb-tables.js';

interface Waiting {
  readonly row: OutboxRow;
  readonly commit: number;
  readonly index: number;
}

/** Drafts the rows of a commit at the end of their lane, which they begin when it is empty. */
export function appendRows(
  draft: Draft,
  added: readonly NewRow[],
  to: {
    readonly conversation: ConversationId;
    readonly commit: number;
    readonly now: number;
    readonly empty: boolean;
  },
): void {
  const { conversation, commit, now } = to;
  const place = placePath(conversation);
  for (const [index, row] of added.entries()) {
    const waiting = { row: untried(row, conversation, now), commit, index };
    putRow(draft, place, waiting);
    if (index === 0 && to.empty) announce(draft, waiting);
  }
}

/** The first row of a lane, or `null`. */
export function firstRow(db: Bytes, conversation: ConversationId): OutboxRow | null {
  return list(db, rows, { under: placePath(conversation), limit: 1 })[0]?.row ?? null;
}

/** A row that has not been tried, due at `now`. */
export function untried(row: NewRow, conversation: ConversationId, now: number): OutboxRow {
  return { ...row, conversation, tries: 0, notBefore: now, unclearSince: null };
}

/** The conversation of a row. */
export function conversationOf(id: RowId): ConversationId {
  return id.slice(0, id.indexOf('#')) as ConversationId;
}

/** Drafts what settles a row, nothing when it is not the first of its lane; returns what is the first row then. */
export function planSettle(
  db: Bytes,
  draft: Draft,
  settled: { readonly id: RowId; readonly outcome: RowOutcome },
): OutboxRow | null {
  const { id, outcome } = settled;
  const conversation = conversationOf(id);
  const place = placePath(conversation);
  const [first, second] = list(db, rows, { under: place, limit: 2 });
  if (first === undefined || first.row.id !== id) return first?.row ?? null;
  draft.remove(lanes, lanePath(first));
  if (outcome.kind === 'later' || outcome.kind === 'held') {
    const tried =
      outcome.kind === 'later' ? { tries: first.row.tries + 1, unclearSince: outcome.unclearSince } : {};
    const row = { ...first.row, ...tried, notBefore: outcome.notBefore };
    putRow(draft, place, { ...first, row });
    announce(draft, { ...first, row });
    return row;
  }
  draft.remove(rows, [...place, first.commit, first.index]);
  if (second !== undefined) announce(draft, second);
  if (outcome.kind === 'dead') {
    const position: Position = { at: outcome.at, commit: first.commit, index: first.index };
    putDead(draft, { row: first.row, code: outcome.code, at: outcome.at }, position);
  }
  return second?.row ?? null;
}

/** Drafts all rows of a lane as dead letters. */
export function planGiveUp(
  db: Bytes,
  draft: Draft,
  conversation: ConversationId,
  { code, at }: Pick<DeadLetter, 'code' | 'at'>,
): void {
  const place = placePath(conversation);
  for (const [position, waiting] of list(db, rows, { under: place }).entries()) {
    const { row, commit, index } = waiting;
    if (position === 0) draft.remove(lanes, lanePath(waiting));
    draft.remove(rows, [...place, commit, index]);
    putDead(draft, { row, code, at }, { at, commit, index });
  }
}

/** Drafts a dead letter at a position in the order of dead letters. */
export function putDead(draft: Draft, letter: DeadLetter, position: Position): void {
  const { id, conversation } = letter.row;
  draft.put(deadLetters, positionPath(position), letter);
  draft.put(deadLettersOf, [...ownerPath(personOf(conversation)), id], position);
}

/** Drafts the removal of a dead letter and returns it; `null` when there is none of that id. */
export function planTakeDead(db: Bytes, draft: Draft, id: RowId): DeadLetter | null {
  const path = [...ownerPath(personOf(conversationOf(id))), id];
  const position = read(db, deadLettersOf, path);
  if (position === null) return null;
  draft.remove(deadLettersOf, path);
  draft.remove(deadLetters, positionPath(position));
  return read(db, deadLetters, positionPath(position));
}

/** Drafts rows at the end of a lane as they are, under the number of a new commit. */
export function appendTried(
  draft: Draft,
  added: readonly OutboxRow[],
  to: { readonly conversation: ConversationId; readonly commit: number; readonly empty: boolean },
): void {
  for (const [index, row] of added.entries()) {
    const waiting = { row, commit: to.commit, index };
    putRow(draft, placePath(to.conversation), waiting);
    if (index === 0 && to.empty) announce(draft, waiting);
  }
}

function putRow(draft: Draft, place: Path, waiting: Waiting): void {
  draft.put(rows, [...place, waiting.commit, waiting.index], waiting);
}

function announce(draft: Draft, first: Waiting): void {
  const { conversation, notBefore } = first.row;
  draft.put(lanes, lanePath(first), { conversation, notBefore });
}

function lanePath(first: Waiting): Path {
  return positionPath({ at: first.row.notBefore, commit: first.commit, index: first.index });
}
