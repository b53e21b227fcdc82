/*
 * The keys of the LMDB store. A key is an array in lmdb's ordered binary form, in which numbers sort by value and an
 * array sorts item by item; its first item is the name of its table. Values are JSON, bundles are bytes; those with a *
 * are encrypted, with their whole key as additional data. Of a conversation, its version and when its idle alarm rings
 * stand before what is encrypted, as numbers of 8 bytes, and are additional data too: a commit reads no more than them.
 *
 *   <place>  platform, user, channel, thread ('' for none)   <owner>  platform, user
 *   <commit> number of the commit that made the record       <index>  which of that commit's records it is
 *
 *   layout                                     → 2
 *   key-note                                   → the note of the keys (model/sealer.ts), a string
 *   commits                                    → how many commits there were; the last version given out
 *   conversation  <place>                      → version, when its idle alarm rings, * snapshot
 *   idle          ringsAt <place>              → both; one alarm each, moved by the sweep and not by every commit
 *   person        <owner>                      → * person record, last turn that is known of, when its alarm rings
 *   person-alarm  ringsAt <owner>              → person; moved by the sweep too
 *   seen          hash                         → partition of the person, epoch ms
 *   seen-at       epoch ms, hash               → both
 *   failure       hash                         → how often an inbound failed, and when last
 *   failure-at    epoch ms, hash               → both
 *   tombstone     hidden person                → * person, when they were forgotten
 *   tombstone-at  epoch ms, hidden person      → hidden person
 *   row           <place> <commit> <index>     → * outbox row; the order of these keys is the order of the lane
 *   lane          notBefore <commit> <index>   → conversation; only for the first row of a lane
 *   timer         <place> hidden name          → its position in timer-due
 *   timer-due     dueAt <commit> <index>       → * conversation, timer
 *   case          number                       → * case, person, its position in case-opened
 *   case-opened   openedAt <commit> <index>    → number
 *   case-of       <owner> number               → number
 *   dead          at <commit> <index>          → * dead letter
 *   dead-of       <owner> row id               → its position in dead
 *   quarantine    at <commit> <index>          → * entry
 *   quarantine-of <owner> inbound id           → its position in quarantine
 *   unanswered    partition, day, random      → * entry
 *   audit         partition, number            → * entry of the audit trail
 *   audit-head    partition                    → number and link of its last entry
 *   counter       name                         → number
 *   value         name                         → * string
 *   taken         <owner> name                 → * epoch ms of each, the oldest first
 *   taken-at      epoch ms <owner> name        → its key items in taken; one for the last of each
 *   pointer       hidden name                  → conversation, until when
 *   pointer-until epoch ms, hidden name        → hidden name
 *   bundle        hash                         → bytes
 *   active-bundle                              → hash
 */
import { z } from 'zod';
import { type ConversationId, type PersonId, parseConversationId } from '../model/index.js';
import {
  auditRecord,
  caseRecord,
  conversationIdRecord,
  deadRecord,
  dueTimerRecord,
  personIdRecord,
  personRecord,
  quarantineRecord,
  rowRecord,
  snapshotRecord,
  unansweredRecord,
  whole,
} from './records.js';

/** One kind of key and what its values look like. */
export interface Table<Value> {
  readonly name: string;
  readonly value: z.ZodType<Value>;
  readonly isSealed: boolean;
  /** Bytes in the clear before what is sealed. */
  readonly headBytes: number;
}

/** The items of a key behind the name of its table. */
export type Path = readonly (string | number)[];

function plain<Value>(name: string, value: z.ZodType<Value>): Table<Value> {
  return { name, value, isSealed: false, headBytes: 0 };
}

function sealed<Value>(name: string, value: z.ZodType<Value>, headBytes = 0): Table<Value> {
  return { name, value, isSealed: true, headBytes };
}

/** A place in an index by time: the time, then the order of commits, then the order within the commit. */
export interface Position {
  /** Epoch ms. */
  readonly at: number;
  readonly commit: number;
  readonly index: number;
}

/** The key items of a position. */
export function positionPath(position: Position): Path {
  return [position.at, position.commit, position.index];
}

const position: z.ZodType<Position> = z.object({ at: z.number(), commit: whole, index: whole });

/** The layout of the keys above; another one is not opened. */
export const LAYOUT = 2;

export const layouts = plain('layout', whole);
export const keyNotes = plain('key-note', z.string());
export const commits = plain('commits', whole);
export const conversations = sealed('conversation', snapshotRecord, 16);
export const idleAlarms = plain(
  'idle',
  z.object({ conversation: conversationIdRecord, ringsAt: z.number() }),
);
export const people = sealed(
  'person',
  z.object({ person: personIdRecord, record: personRecord, at: z.number(), ringsAt: z.number() }),
);
export const personAlarms = plain('person-alarm', z.object({ person: personIdRecord, ringsAt: z.number() }));
export const seenMarks = plain('seen', z.object({ partition: whole, at: z.number() }));
export const seenTimes = plain('seen-at', z.object({ hash: z.string(), at: z.number() }));
export const failures = plain('failure', z.object({ count: whole, at: z.number() }));
export const failureTimes = plain('failure-at', z.object({ hash: z.string(), at: z.number() }));
export const tombstones = sealed('tombstone', z.object({ person: personIdRecord, at: z.number() }));
export const tombstoneTimes = plain('tombstone-at', z.string());
export const rows = sealed('row', z.object({ row: rowRecord, commit: whole, index: whole }));
export const lanes = plain('lane', z.object({ conversation: conversationIdRecord, notBefore: z.number() }));
export const timers = plain('timer', position);
export const dueTimers = sealed('timer-due', dueTimerRecord);
export const cases = sealed('case', z.object({ case: caseRecord, person: personIdRecord, position }));
export const openedCases = plain('case-opened', z.string());
export const casesOf = plain('case-of', z.string());
export const deadLetters = sealed('dead', deadRecord);
export const deadLettersOf = plain('dead-of', position);
export const quarantine = sealed('quarantine', quarantineRecord);
export const quarantineOf = plain('quarantine-of', position);
export const unanswered = sealed('unanswered', unansweredRecord);
export const audits = sealed('audit', auditRecord);
export const auditHeads = plain('audit-head', z.object({ seq: whole, link: z.string() }));
export const counters = plain('counter', z.object({ name: z.string(), count: z.number() }));
export const values = sealed('value', z.string());
export const taken = sealed('taken', z.array(z.number()));
export const takenTimes = plain('taken-at', z.array(z.string()));
export const pointers = plain('pointer', z.object({ conversation: conversationIdRecord, until: z.number() }));
export const pointerEnds = plain('pointer-until', z.string());
export const bundles = plain('bundle', z.instanceof(Uint8Array));
export const activeBundles = plain('active-bundle', z.string());

/** The tables whose values are encrypted. */
export const SEALED = [
  conversations,
  people,
  rows,
  dueTimers,
  cases,
  deadLetters,
  quarantine,
  unanswered,
  tombstones,
  values,
  taken,
  audits,
] as const;

/** The key items of a conversation; they begin with those of its person, so that a range holds all of a person. */
export function placePath(conversation: ConversationId): Path {
  const { platform, place, userId } = parseConversationId(conversation);
  return [platform, userId, place.channel, place.thread ?? ''];
}

/** The conversation of such key items. */
export function conversationAt(path: Path): ConversationId {
  const [platform, userId, channel, thread] = path.map(String);
  return [platform, channel, ...(thread === '' ? [] : [thread]), userId].join(':') as ConversationId;
}

/** The key items of a person. */
export function ownerPath(person: PersonId): Path {
  const colon = person.indexOf(':');
  return [person.slice(0, colon), person.slice(colon + 1)];
}
