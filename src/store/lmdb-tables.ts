/*
 * The keys of the LMDB store. A key is an array in lmdb's ordered binary form, in which numbers sort by value and an
 * array sorts item by item; its first item is the name of its table. Values are JSON, bundles are bytes.
 *
 *   <place>  platform, user, channel, thread ('' for none)   <owner>  platform, user
 *   <commit> number of the commit that made the record       <index>  which of that commit's records it is
 *
 *   layout                                     → 1
 *   commits                                    → how many commits there were; the last version given out
 *   conversation  <place>                      → its id, version, snapshot, when its idle alarm rings
 *   idle          ringsAt <place>              → both; one alarm each, moved by the sweep and not by every commit
 *   person        <owner>                      → person record
 *   seen          sha256(inbound id)           → epoch ms
 *   seen-at       epoch ms, sha256             → both
 *   row           <place> <commit> <index>     → outbox row; the order of these keys is the order of the lane
 *   lane          notBefore <commit> <index>   → conversation; only for the first row of a lane
 *   timer         <place> name                 → its position in timer-due
 *   timer-due     dueAt <commit> <index>       → conversation, timer
 *   case          number                       → case, person, its position in case-opened
 *   case-opened   openedAt <commit> <index>    → number
 *   case-of       <owner> number               → number
 *   dead          at <commit> <index>          → dead letter
 *   dead-of       <owner> at <commit> <index>  → its position in dead
 *   counter       name                         → number
 *   value         name                         → string
 *   bundle        hash                         → bytes
 *   active-bundle                              → hash
 */
import { z } from 'zod';
import { type ConversationId, type PersonId, parseConversationId } from '../model/index.js';
import {
  caseRecord,
  conversationIdRecord,
  deadRecord,
  dueTimerRecord,
  personIdRecord,
  personRecord,
  rowRecord,
  snapshotRecord,
  whole,
} from './records.js';

/** One kind of key and what its values look like. */
export interface Table<Value> {
  readonly name: string;
  readonly value: z.ZodType<Value>;
}

/** The items of a key behind the name of its table. */
export type Path = readonly (string | number)[];

function table<Value>(name: string, value: z.ZodType<Value>): Table<Value> {
  return { name, value };
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
export const LAYOUT = 1;

export const layouts = table('layout', whole);
export const commits = table('commits', whole);
export const conversations = table(
  'conversation',
  z.object({
    conversation: conversationIdRecord,
    version: whole,
    snapshot: snapshotRecord,
    ringsAt: z.number(),
  }),
);
export const idleAlarms = table(
  'idle',
  z.object({ conversation: conversationIdRecord, ringsAt: z.number() }),
);
export const people = table('person', personRecord);
export const seenMarks = table('seen', z.number());
export const seenTimes = table('seen-at', z.object({ mark: z.string(), at: z.number() }));
export const rows = table('row', z.object({ row: rowRecord, commit: whole, index: whole }));
export const lanes = table('lane', z.object({ conversation: conversationIdRecord, notBefore: z.number() }));
export const timers = table('timer', position);
export const dueTimers = table('timer-due', dueTimerRecord);
export const cases = table('case', z.object({ case: caseRecord, person: personIdRecord, position }));
export const openedCases = table('case-opened', z.string());
export const casesOf = table('case-of', z.string());
export const deadLetters = table('dead', deadRecord);
export const deadLettersOf = table('dead-of', position);
export const counters = table('counter', z.object({ name: z.string(), count: z.number() }));
export const values = table('value', z.string());
export const bundles = table('bundle', z.instanceof(Uint8Array));
export const activeBundles = table('active-bundle', z.string());

/** The key items of a conversation; they begin with those of its person, so that a range holds all of a person. */
export function placePath(conversation: ConversationId): Path {
  const { platform, place, userId } = parseConversationId(conversation);
  return [platform, userId, place.channel, place.thread ?? ''];
}

/** The key items of a person. */
export function ownerPath(person: PersonId): Path {
  const colon = person.indexOf(':');
  return [person.slice(0, colon), person.slice(colon + 1)];
}
