import {
  type CaseRecord,
  type Commit,
  type CommitResult,
  type ConversationId,
  IDLE_TTL_MS,
  type Loaded,
  type OutboxRow,
  PERSON_TTL_MS,
  type PersonId,
  type PersonRecord,
  personOf,
  type QuarantineEntry,
  type Snapshot,
  type TimerChange,
} from '../model/index.js';
import { notesOf } from './audit-chain.js';
import { takeLimit } from './limits.js';
import { type Bytes, type Draft, has, isEmpty, read } from './lmdb-access.js';
import { putNotes } from './lmdb-audit.js';
import { appendRows, firstRow, planGiveUp, untried } from './lmdb-outbox.js';
import { putTombstone, removePerson, removeTalk, removeTimers } from './lmdb-remove.js';
import {
  cases,
  casesOf,
  commits,
  counters,
  dueTimers,
  idleAlarms,
  openedCases,
  ownerPath,
  people,
  personAlarms,
  placePath,
  positionPath,
  quarantine,
  quarantineOf,
  rows,
  seenMarks,
  seenTimes,
  taken,
  takenTimes,
  timers,
  tombstones,
} from './lmdb-tables.js';
import { putTalk, readTalk, readTalkHead } from './lmdb-talk.js';
import { putUnanswered } from './lmdb-unanswered.js';
import { seenMark } from './seen-mark.js';

/** A conversation and its person as stored. */
export function loadConversation(db: Bytes, conversation: ConversationId): Loaded {
  const stored = readTalk(db, placePath(conversation));
  const person = read(db, people, ownerPath(personOf(conversation)));
  return {
    version: stored?.version ?? 0,
    snapshot: stored?.snapshot ?? null,
    person: person?.record ?? null,
  };
}

/** The times of a limited thing. */
interface Taken {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What a commit came to, and the first row its lane has then, where somebody asks for the lane with it. */
export interface Planned {
  readonly result:
    | Exclude<CommitResult, { readonly kind: 'ok' }>
    | { readonly kind: 'ok'; readonly version: number };
  readonly first: OutboxRow | null;
}

/** Drafts a commit against what is stored: nothing unless it is `ok`. The order of checks is that of the port. */
export function planCommit(db: Bytes, draft: Draft, commit: Commit): Planned {
  const { conversation, person, now, sentAt } = commit;
  const place = placePath(conversation);
  const mark = seenMark(person, commit.seen);
  if (isKnown(db, hashOf(mark), person, sentAt)) return { result: { kind: 'duplicate' }, first: null };
  const isBeside = commit.beside === true;
  const stored = isBeside ? null : readTalkHead(db, place);
  if (!isBeside && (stored?.version ?? 0) !== commit.expectedVersion) {
    return { result: { kind: 'conflict', fresh: loadConversation(db, conversation) }, first: null };
  }
  if (caseExists(db, commit)) return { result: { kind: 'refused', reason: 'case-exists' }, first: null };
  const limits = takeLimits(db, commit);
  if (limits === null) return { result: { kind: 'refused', reason: 'limit-reached' }, first: null };

  const number = nextNumber(db, draft);
  putMark(draft, mark, now);
  const forgotten = new Set<PersonId>();
  for (const record of commit.records) if (record.kind === 'forget') forgotten.add(record.person);
  for (const gone of forgotten) {
    removePerson(db, draft, gone);
    putTombstone(db, draft, gone, sentAt ?? now);
  }
  const isForgotten = forgotten.has(person);
  const silence = commit.records.find((record) => record.kind === 'silence');
  if (silence !== undefined && !isForgotten) {
    planGiveUp(db, draft, conversation, { code: silence.code, at: now });
    removeTimers(db, draft, place);
  }
  const snapshot = isForgotten ? null : commit.snapshot;
  if (isBeside) {
    changeTimers(db, draft, commit, number);
  } else if (snapshot === null) {
    removeTalk(db, draft, conversation);
  } else {
    putSnapshot(draft, conversation, { snapshot, version: number, ringsAt: stored?.ringsAt ?? null });
    changeTimers(db, draft, commit, number);
  }
  const empty = isForgotten || silence !== undefined || isEmpty(db, rows, place);
  appendRows(draft, commit.outbox, { conversation, commit: number, now, empty });
  putRecords(db, draft, commit, { number, forgotten });
  putNotes(db, draft, notesOf(commit));
  if (!isForgotten) putTaken(draft, person, limits);
  const [own] = commit.outbox;
  const begins = own === undefined ? null : untried(own, conversation, now);
  const first = commit.sender === null ? null : empty ? begins : firstRow(db, conversation);
  return { result: { kind: 'ok', version: snapshot === null ? 0 : number }, first };
}

/** Drafts the count of one more commit; the number is given out once. */
export function nextNumber(db: Bytes, draft: Draft): number {
  const number = (read(db, commits, []) ?? 0) + 1;
  draft.put(commits, [], number);
  return number;
}

/** The hash of a mark: the marks of all partitions are kept together. */
export function hashOf(mark: string): string {
  return mark.slice(mark.indexOf('.') + 1);
}

/** Drafts a seen-mark. */
export function putMark(draft: Draft, mark: string, at: number): void {
  const hash = hashOf(mark);
  draft.put(seenMarks, [hash], { partition: Number.parseInt(mark, 10), at });
  draft.put(seenTimes, [at, hash], { hash, at });
}

function isKnown(db: Bytes, hash: string, person: PersonId, sentAt: number | null): boolean {
  if (has(db, seenMarks, [hash])) return true;
  const stone = sentAt === null ? null : read(db, tombstones, [db.sealer.hide(person)]);
  return sentAt !== null && stone !== null && sentAt < stone.at;
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

/** What was taken before of each thing that is limited, and with this commit; `null` when a limit forbids it. */
function takeLimits(db: Bytes, { records, person, now }: Commit): ReadonlyMap<string, Taken> | null {
  const limits = new Map<string, Taken>();
  for (const record of records) {
    if (record.kind !== 'take-limit') continue;
    const stored = read(db, taken, [...ownerPath(person), record.name]) ?? [];
    const known = limits.get(record.name) ?? { before: stored, after: stored };
    const after = takeLimit(known.after, record.limits, now);
    if (after === null) return null;
    limits.set(record.name, { ...known, after });
  }
  return limits;
}

function putTaken(draft: Draft, person: PersonId, limits: ReadonlyMap<string, Taken>): void {
  for (const [name, { before, after }] of limits) {
    const path = [...ownerPath(person), name];
    const [last, next] = [before.at(-1), after.at(-1)];
    if (last !== undefined) draft.remove(takenTimes, [last, ...path]);
    draft.put(taken, path, [...after]);
    if (next !== undefined) draft.put(takenTimes, [next, ...path], path);
  }
}

/** Drafts a snapshot; without `ringsAt` its idle alarm is set. */
export function putSnapshot(
  draft: Draft,
  conversation: ConversationId,
  next: { readonly snapshot: Snapshot; readonly version: number; readonly ringsAt: number | null },
): void {
  const place = placePath(conversation);
  const { snapshot, version } = next;
  const ringsAt = next.ringsAt ?? snapshot.lastAt + IDLE_TTL_MS;
  if (next.ringsAt === null) draft.put(idleAlarms, [ringsAt, ...place], { conversation, ringsAt });
  putTalk(draft, conversation, { version, snapshot, ringsAt });
}

/** Drafts the last change of each timer. */
export function changeTimers(
  db: Bytes,
  draft: Draft,
  commit: Pick<Commit, 'conversation' | 'timers'>,
  number: number,
): void {
  const place = placePath(commit.conversation);
  const last = new Map<string, { readonly change: TimerChange; readonly index: number }>();
  for (const [index, change] of commit.timers.entries()) last.set(change.timer, { change, index });
  for (const [timer, { change, index }] of last) {
    const path = [...place, db.sealer.hide(timer)];
    const old = read(db, timers, path);
    if (change.kind === 'cancel' && change.dueAt !== undefined && old?.at !== change.dueAt) continue;
    if (old !== null) draft.remove(dueTimers, positionPath(old));
    if (change.kind === 'cancel') {
      draft.remove(timers, path);
      continue;
    }
    const position = { at: change.dueAt, commit: number, index };
    draft.put(timers, path, position);
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
    if (record.kind === 'append-audit' || record.kind === 'silence') continue;
    if (record.kind === 'count') counted.set(record.name, (counted.get(record.name) ?? 0) + record.by);
    else if (record.kind === 'put-quarantine') {
      if (!at.forgotten.has(commit.person)) putQuarantine(draft, record.entry, at.number, index);
    } else if (record.kind === 'keep-unanswered') {
      if (!at.forgotten.has(commit.person)) putUnanswered(db, draft, record.entry);
    } else if (at.forgotten.has(record.person)) continue;
    else if (record.kind === 'put-person') putPerson(db, draft, record, commit.now);
    else if (record.kind === 'put-case') putCase(draft, record, at.number, index);
  }
  for (const [name, by] of counted) {
    const count = (read(db, counters, [name])?.count ?? 0) + by;
    draft.put(counters, [name], { name, count });
  }
}

/** Drafts what is kept about a person; their alarm is set when there is none yet. */
export function putPerson(
  db: Bytes,
  draft: Draft,
  put: { readonly person: PersonId; readonly record: PersonRecord },
  at: number,
  known: { readonly ringsAt: number } | null = read(db, people, ownerPath(put.person)),
): void {
  const owner = ownerPath(put.person);
  const ringsAt = known?.ringsAt ?? at + PERSON_TTL_MS;
  draft.put(people, owner, { person: put.person, record: put.record, at, ringsAt });
  if (known === null) draft.put(personAlarms, [ringsAt, ...owner], { person: put.person, ringsAt });
}

/** Drafts a case at its place in the order of cases. */
export function putCase(
  draft: Draft,
  put: { readonly case: CaseRecord; readonly person: PersonId },
  commit: number,
  index: number,
): void {
  const { number, openedAt } = put.case;
  const position = { at: openedAt, commit, index };
  draft.put(cases, [number], { case: put.case, person: put.person, position });
  draft.put(openedCases, positionPath(position), number);
  draft.put(casesOf, [...ownerPath(put.person), number], number);
}

/** Drafts an entry of the quarantine. */
export function putQuarantine(draft: Draft, entry: QuarantineEntry, commit: number, index: number): void {
  const position = { at: entry.at, commit, index };
  draft.put(quarantine, positionPath(position), entry);
  draft.put(quarantineOf, [...ownerPath(personOf(entry.conversation)), entry.id], position);
}
