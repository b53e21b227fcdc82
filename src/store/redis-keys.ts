/*
 * The keys of the Redis store, behind its prefix (`ll` unless the address says another). The part in braces decides the
 * slot: everything of a person is in the partition of that person, so that one script can do a whole turn on a Cluster.
 * What is sealed is encrypted, with the name of what it is as additional data. Every key of a person has a lifetime.
 *
 *   {p}:c:<conversation>  hash: v version, s sealed snapshot, t<hidden name> sealed timer
 *   {p}:q:<conversation>  list: rows, packed (lua/lib-lane.lua) around their sealed bodies
 *   {p}:l:<conversation>  hash: k token, u claimed until, p paceAt; only while there is something to say
 *   {p}:p:<person>        hash: r sealed record, l when it lives long, and the names of what is kept of the person:
 *                         c<conversation>, k<case>, d<row id>, f<inbound id>; u<name> times of a limited thing
 *   {p}:s:<hash>          seen-mark: attempt, version and token of the commit that wrote it
 *   {p}:e:<hash>          failures of an inbound
 *   {p}:x:<hidden person> tombstone: time, sealed person
 *   {p}:k:<number>        sealed case               {p}:kx  index by time
 *   {p}:d:<row id>        dead letter, packed       {p}:dx  index by time
 *   {p}:f:<inbound id>    sealed quarantine entry   {p}:fx  index by time
 *   {p}:u:<id>            sealed unanswered question {p}:ux  index by day; of no person
 *   {p}:due {p}:tm {p}:th indexes by time: lanes, timers, hidden timers
 *   {p}:n                 number of commits         {p}:ct  hash: counters
 *   {p}:a                 list: audit trail (lua/lib-audit.lua)   {p}:ah  its head
 *   {o:<hidden name>}:o   pointer to a conversation
 *   {v}:value:<name> {v}:lease:<name> {v}:bundle:<hash> {v}:active {v}:note   what belongs to the program
 *   {b:<bucket>}          token bucket
 */
import { type ConversationId, PARTITIONS, type PersonId, partitionOf, personOf } from '../model/index.js';

/** The name of a partition's keys up to what they are. */
export function baseOf(prefix: string, partition: number): string {
  return `${prefix}:{${partition}}:`;
}

/** Every partition's base. */
export function allBases(prefix: string): readonly string[] {
  return Array.from({ length: PARTITIONS }, (_, partition) => baseOf(prefix, partition));
}

/** The base of the partition a person is in. */
export function baseOfPerson(prefix: string, person: PersonId): string {
  return baseOf(prefix, partitionOf(person));
}

/** Keys of a conversation. */
export interface TalkKeys {
  readonly base: string;
  readonly talk: string;
  readonly queue: string;
  readonly lane: string;
  readonly person: string;
}

export function keysOfTalk(prefix: string, conversation: ConversationId): TalkKeys {
  const person = personOf(conversation);
  const base = baseOfPerson(prefix, person);
  return {
    base,
    talk: `${base}c:${conversation}`,
    queue: `${base}q:${conversation}`,
    lane: `${base}l:${conversation}`,
    person: `${base}p:${person}`,
  };
}
