import type {
  CaseRecord,
  ConversationId,
  DeadLetter,
  DueTimer,
  InboundId,
  OutboxRow,
  PersonId,
  PersonRecord,
  QuarantineEntry,
  Snapshot,
} from '../../../src/model/index.js';
import {
  DEAD_TTL_MS,
  IDLE_TTL_MS,
  personOf,
  SEEN_TTL_MS,
  TOMBSTONE_TTL_MS,
} from '../../../src/model/index.js';

export interface Ranked {
  readonly rank: number;
}

/** Everything kept, as lists in the order it came; ranks stand for that order. Plain, so that it can be copied. */
export class Kept {
  rank = 0;
  talks: { conversation: ConversationId; version: number; snapshot: Snapshot }[] = [];
  people: { person: PersonId; record: PersonRecord }[] = [];
  seen: { seen: InboundId; at: number }[] = [];
  tombstones: { person: PersonId; at: number }[] = [];
  rows: (Ranked & { row: OutboxRow })[] = [];
  timers: (Ranked & { due: DueTimer })[] = [];
  cases: (Ranked & { case: CaseRecord; person: PersonId })[] = [];
  dead: (Ranked & { letter: DeadLetter })[] = [];
  quarantine: (Ranked & { entry: QuarantineEntry })[] = [];
  failures: { inbound: InboundId; count: number; at: number }[] = [];
  counters: Record<string, number> = {};
  /** The highest version each conversation ever had. */
  versions: Record<ConversationId, number> = {};

  copy(): Kept {
    return Object.assign(new Kept(), structuredClone(this));
  }

  next(): number {
    this.rank += 1;
    return this.rank;
  }

  /** Records that may go. */
  size(): number {
    const { talks, people, seen, tombstones, rows, timers, cases, dead, quarantine, failures } = this;
    const lists = [talks, people, seen, tombstones, rows, timers, cases, dead, quarantine, failures];
    return lists.reduce((sum, list) => sum + list.length, 0);
  }

  drop(goes: (conversation: ConversationId) => boolean): void {
    this.talks = this.talks.filter((each) => !goes(each.conversation));
    this.rows = this.rows.filter((each) => !goes(each.row.conversation));
    this.timers = this.timers.filter((each) => !goes(each.due.conversation));
  }

  /** Whether anything was there. */
  forget(person: PersonId, at: number): boolean {
    const before = this.size();
    this.drop((conversation) => personOf(conversation) === person);
    this.people = this.people.filter((each) => each.person !== person);
    this.cases = this.cases.filter((each) => each.person !== person);
    this.dead = this.dead.filter((each) => personOf(each.letter.row.conversation) !== person);
    this.quarantine = this.quarantine.filter((each) => personOf(each.entry.conversation) !== person);
    const wasKept = this.size() < before;
    this.tombstones = this.tombstones.filter((each) => each.person !== person);
    this.tombstones.push({ person, at });
    return wasKept;
  }

  /** The conversations that end with it. */
  sweep(now: number): readonly ConversationId[] {
    const idle = this.talks.filter((each) => each.snapshot.lastAt + IDLE_TTL_MS <= now);
    const ended = idle.map((each) => each.conversation);
    this.drop((conversation) => ended.includes(conversation));
    this.seen = this.seen.filter((each) => each.at + SEEN_TTL_MS > now);
    this.failures = this.failures.filter((each) => each.at + SEEN_TTL_MS > now);
    this.tombstones = this.tombstones.filter((each) => each.at + TOMBSTONE_TTL_MS > now);
    this.dead = this.dead.filter((each) => each.letter.at + DEAD_TTL_MS > now);
    this.quarantine = this.quarantine.filter((each) => each.entry.at + DEAD_TTL_MS > now);
    return ended;
  }
}
