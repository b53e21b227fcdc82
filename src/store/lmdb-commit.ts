import { createHash } from 'node:crypto';
import {
  type Commit,
  type CommitResult,
  type ConversationId,
  IDLE_TTL_MS,
  type InboundId,
  type Loaded,
  personOf,
  type Snapshot,
  type TimerChange,
} from '../model/index.js';
import { type Bytes, type Draft, has, read } from './lmdb-access.js';
import { appendRows, firstRow } from './lmdb-outbox.js';
import { removePerson, removeTalk } from './lmdb-remove.js';
import {
  cases,
  casesOf,
  commits,
  conversations,
  counters,
  dueTimers,
  idleAlarms,
  openedCases,
  ownerPath,
  people,
  placePath,
  positionPath,
  seenMarks,
  seenTimes,
  timers,
} from './lmdb-tables.js';

/** A conversation and its person as stored. */
export function loadConversation(db: Bytes, conversation: ConversationId): Loaded {
  const stored = read(db, conversations, placePath(conversation));
  const person = read(db, people, ownerPath(personOf(conversation)));
  return { version: stored?.version ?? 0, snapshot: stored?.snapshot ?? null, person };
}

/** Drafts a commit against what is stored: nothing unless it is `ok`. The order of checks is that of the port. */
export function planCommit(db: Bytes, draft: Draft, commit: Commit): CommitResult {
  const mark = markOf(commit.seen);
  if (has(db, seenMarks, [mark])) return { kind: 'duplicate' };
  const stored = read(db, conversations, placePath(commit.conversation));
  if ((stored?.version ?? 0) !== commit.expectedVersion) {
    return { kind: 'conflict', fresh: loadConversation(db, commit.conversation) };
  }
  if (caseExists(db, commit)) return { kind: 'refused', reason: 'case-exists' };

  const number = (read(db, commits, []) ?? 0) + 1;
  draft.put(commits, [], number);
  draft.put(seenMarks, [mark], commit.now);
  draft.put(seenTimes, [commit.now, mark], { mark, at: commit.now });

  const forgotten = new Set(
    commit.records.flatMap((record) => (record.kind === 'forget' ? [record.person] : [])),
  );
  for (const person of forgotten) removePerson(db, draft, person);
  const isForgotten = forgotten.has(commit.person);
  const snapshot = isForgotten ? null : commit.snapshot;
  if (snapshot === null) {
    removeTalk(db, draft, commit.conversation);
  } else {
    putSnapshot(draft, commit.conversation, { snapshot, version: number, ringsAt: stored?.ringsAt ?? null });
    changeTimers(db, draft, commit, number);
  }
  const empty = isForgotten || firstRow(db, commit.conversation) === null;
  appendRows(draft, commit.outbox, {
    conversation: commit.conversation,
    commit: number,
    now: commit.now,
    empty,
  });
  putRecords(db, draft, commit, { number, forgotten });
  return { kind: 'ok', version: snapshot === null ? 0 : number };
}

/** Seen-marks are kept by hash: they have one length, and hold nothing of the place they came from. */
function markOf(seen: InboundId): string {
  return createHash('sha256').update(seen).digest('base64url');
}

function caseExists(db: Bytes, commit: Commit): boolean {
  const numbers = new Set<string>();
  for (const record of commit.records) {
    if (record.kind !== 'put-case') continue;
    const { number } = record.case;
    if (numbers.has(number) || has(db, cases, [number])) return true;
    numbers.add(number);
  }
  return false;
}

function putSnapshot(
  draft: Draft,
  conversation: ConversationId,
  next: { readonly snapshot: Snapshot; readonly version: number; readonly ringsAt: number | null },
): void {
  const place = placePath(conversation);
  const { snapshot, version } = next;
  const ringsAt = next.ringsAt ?? snapshot.lastAt + IDLE_TTL_MS;
  if (next.ringsAt === null) draft.put(idleAlarms, [ringsAt, ...place], { conversation, ringsAt });
  draft.put(conversations, place, { conversation, version, snapshot, ringsAt });
}

function changeTimers(db: Bytes, draft: Draft, commit: Commit, number: number): void {
  const place = placePath(commit.conversation);
  const last = new Map<string, { readonly change: TimerChange; readonly index: number }>();
  for (const [index, change] of commit.timers.entries()) last.set(change.timer, { change, index });
  for (const [timer, { change, index }] of last) {
    const old = read(db, timers, [...place, timer]);
    if (old !== null) draft.remove(dueTimers, positionPath(old));
    if (change.kind === 'cancel') {
      draft.remove(timers, [...place, timer]);
      continue;
    }
    const position = { at: change.dueAt, commit: number, index };
    draft.put(timers, [...place, timer], position);
    draft.put(dueTimers, positionPath(position), {
      conversation: commit.conversation,
      timer,
      dueAt: change.dueAt,
    });
  }
}

function putRecords(
  db: Bytes,
  draft: Draft,
  commit: Commit,
  at: { readonly number: number; readonly forgotten: ReadonlySet<string> },
): void {
  const counted = new Map<string, number>();
  for (const [index, record] of commit.records.entries()) {
    if (record.kind === 'count') counted.set(record.name, (counted.get(record.name) ?? 0) + record.by);
    else if (at.forgotten.has(record.person)) continue;
    else if (record.kind === 'put-person') draft.put(people, ownerPath(record.person), record.record);
    else if (record.kind === 'put-case') {
      const position = { at: record.case.openedAt, commit: at.number, index };
      const { number } = record.case;
      draft.put(cases, [number], { case: record.case, person: record.person, position });
      draft.put(openedCases, positionPath(position), number);
      draft.put(casesOf, [...ownerPath(record.person), number], number);
    }
  }
  for (const [name, by] of counted) {
    const count = (read(db, counters, [name])?.count ?? 0) + by;
    draft.put(counters, [name], { name, count });
  }
}
