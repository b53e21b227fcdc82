import {
  type ConversationId,
  type NewRow,
  type OutboxRow,
  personOf,
  type RowId,
  type RowOutcome,
} from '../model/index.js';
import { type Bytes, type Draft, list } from './lmdb-access.js';
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
    const waiting = { row: { ...row, conversation, tries: 0, notBefore: now }, commit, index };
    putRow(draft, place, waiting);
    if (index === 0 && to.empty) announce(draft, waiting);
  }
}

/** The first row of a lane, or `null`. */
export function firstRow(db: Bytes, conversation: ConversationId): OutboxRow | null {
  return list(db, rows, { under: placePath(conversation), limit: 1 })[0]?.row ?? null;
}

/** Drafts what settles a row: nothing when it is not the first of its lane. */
export function planSettle(
  db: Bytes,
  draft: Draft,
  settled: { readonly id: RowId; readonly outcome: RowOutcome },
): void {
  const { id, outcome } = settled;
  const conversation = id.slice(0, id.indexOf('#')) as ConversationId;
  const place = placePath(conversation);
  const [first, second] = list(db, rows, { under: place, limit: 2 });
  if (first === undefined || first.row.id !== id) return;
  draft.remove(lanes, lanePath(first));
  if (outcome.kind === 'later') {
    const row = { ...first.row, tries: first.row.tries + 1, notBefore: outcome.notBefore };
    putRow(draft, place, { ...first, row });
    announce(draft, { ...first, row });
    return;
  }
  draft.remove(rows, [...place, first.commit, first.index]);
  if (second !== undefined) announce(draft, second);
  if (outcome.kind === 'dead') {
    const position: Position = { at: outcome.at, commit: first.commit, index: first.index };
    const path = positionPath(position);
    draft.put(deadLetters, path, { row: first.row, code: outcome.code, at: outcome.at });
    draft.put(deadLettersOf, [...ownerPath(personOf(conversation)), ...path], position);
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
