import {
  type CaseRecord,
  type Commit,
  type CommitResult,
  type ConversationId,
  type DeadLetter,
  type DueTimer,
  IDLE_TTL_MS,
  type Loaded,
  type OutboxRow,
  type PersonId,
  personOf,
  type RowId,
  type RowOutcome,
  SEEN_TTL_MS,
  type Snapshot,
  TOMBSTONE_TTL_MS,
} from '../../src/model/index.js';

interface Ranked {
  readonly rank: number;
}

/** What the store has to answer, said as plainly as possible: lists, searched from the front. Ranks stand for the order of commits. */
export class StoreModel {
  readonly #tombstones = new Map<PersonId, number>();
  #rank = 0;
  #talks: { conversation: ConversationId; version: number; snapshot: Snapshot }[] = [];
  #people: { person: PersonId; locale: string }[] = [];
  #seen: { seen: string; at: number }[] = [];
  #rows: (Ranked & { row: OutboxRow })[] = [];
  #timers: (Ranked & DueTimer)[] = [];
  #cases: (Ranked & { case: CaseRecord; person: PersonId })[] = [];
  #dead: (Ranked & { letter: DeadLetter })[] = [];
  #counters: Record<string, number> = {};

  load(conversation: ConversationId): Loaded {
    const talk = this.#talks.find((each) => each.conversation === conversation);
    const person = this.#people.find((each) => each.person === personOf(conversation));
    return {
      version: talk?.version ?? 0,
      snapshot: talk?.snapshot ?? null,
      person: person === undefined ? null : { locale: person.locale },
    };
  }

  /** Versions are for the store to choose: `given` is the one it gave, used when the commit is `ok`. */
  commit(commit: Commit, given: number): CommitResult {
    const { conversation, person, now } = commit;
    if (this.#seen.some((each) => each.seen === commit.seen)) return { kind: 'duplicate' };
    const fresh = this.load(conversation);
    if (fresh.version !== commit.expectedVersion) return { kind: 'conflict', fresh };
    const numbers = commit.records.flatMap((record) =>
      record.kind === 'put-case' ? [record.case.number] : [],
    );
    const known = this.#cases.map((each) => each.case.number);
    if (numbers.some((number) => known.includes(number))) return { kind: 'refused', reason: 'case-exists' };

    this.#seen.push({ seen: commit.seen, at: now });
    const forgets = commit.records.some((record) => record.kind === 'forget');
    if (forgets) this.#forget(person, now);
    this.#talks = this.#talks.filter((each) => each.conversation !== conversation);
    if (commit.snapshot === null || forgets) {
      this.#timers = this.#timers.filter((each) => each.conversation !== conversation);
    } else {
      this.#talks.push({ conversation, version: given, snapshot: commit.snapshot });
      for (const change of commit.timers) {
        this.#timers = this.#timers.filter(
          (each) => each.conversation !== conversation || each.timer !== change.timer,
        );
        if (change.kind === 'set') {
          this.#timers.push({ conversation, timer: change.timer, dueAt: change.dueAt, rank: this.#next() });
        }
      }
    }
    for (const row of commit.outbox) {
      this.#rows.push({
        row: { ...row, conversation, tries: 0, notBefore: now, unclearSince: null },
        rank: this.#next(),
      });
    }
    for (const record of commit.records) {
      if (record.kind === 'count') {
        this.#counters[record.name] = (this.#counters[record.name] ?? 0) + record.by;
      } else if (record.kind === 'put-person' && !forgets) {
        this.#people = this.#people.filter((each) => each.person !== person);
        this.#people.push({ person, locale: record.record.locale });
      } else if (record.kind === 'put-case' && !forgets) {
        this.#cases.push({ case: record.case, person, rank: this.#next() });
      }
    }
    return { kind: 'ok', version: commit.snapshot === null || forgets ? 0 : given, claim: null };
  }

  nextRow(conversation: ConversationId, now: number): OutboxRow | null {
    const first = this.#first(conversation);
    return first !== undefined && first.row.notBefore <= now ? first.row : null;
  }

  settleRow(id: RowId, outcome: RowOutcome): void {
    const at = this.#rows.findIndex((each) => each.row.id === id);
    const found = this.#rows[at];
    if (found === undefined || this.#first(found.row.conversation) !== found) return;
    const { row, rank } = found;
    if (outcome.kind === 'later') {
      this.#rows[at] = {
        row: {
          ...row,
          tries: row.tries + 1,
          notBefore: outcome.notBefore,
          unclearSince: outcome.unclearSince,
        },
        rank,
      };
      return;
    }
    this.#rows.splice(at, 1);
    if (outcome.kind === 'dead') {
      this.#dead.push({ letter: { row, code: outcome.code, at: outcome.at }, rank });
    }
  }

  dueLanes(now: number): readonly ConversationId[] {
    return this.#firsts()
      .filter((each) => each.row.notBefore <= now)
      .sort((a, b) => a.row.notBefore - b.row.notBefore || a.rank - b.rank)
      .map((each) => each.row.conversation);
  }

  dueTimers(now: number): readonly DueTimer[] {
    return this.#timers
      .filter((each) => each.dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt || a.rank - b.rank)
      .map(({ conversation, timer, dueAt }) => ({ conversation, timer, dueAt }));
  }

  nextDue(): number | null {
    const times = [
      ...this.#firsts().map((each) => each.row.notBefore),
      ...this.#timers.map((each) => each.dueAt),
    ];
    return times.length === 0 ? null : Math.min(...times);
  }

  listCases(): readonly CaseRecord[] {
    return [...this.#cases]
      .sort((a, b) => b.case.openedAt - a.case.openedAt || b.rank - a.rank)
      .map((each) => each.case);
  }

  listDead(): readonly DeadLetter[] {
    return [...this.#dead]
      .sort((a, b) => b.letter.at - a.letter.at || b.rank - a.rank)
      .map((each) => each.letter);
  }

  counters(): Readonly<Record<string, number>> {
    return this.#counters;
  }

  sweep(now: number): number {
    const before = this.#size();
    const idle = this.#talks
      .filter((each) => each.snapshot.lastAt + IDLE_TTL_MS <= now)
      .map((each) => each.conversation);
    this.#drop((conversation) => idle.includes(conversation));
    this.#seen = this.#seen.filter((each) => each.at + SEEN_TTL_MS > now);
    for (const [person, at] of this.#tombstones) {
      if (at + TOMBSTONE_TTL_MS <= now) this.#tombstones.delete(person);
    }
    return before - this.#size();
  }

  #forget(person: PersonId, at: number): void {
    this.#tombstones.set(person, at);
    this.#drop((conversation) => personOf(conversation) === person);
    this.#people = this.#people.filter((each) => each.person !== person);
    this.#cases = this.#cases.filter((each) => each.person !== person);
    this.#dead = this.#dead.filter((each) => personOf(each.letter.row.conversation) !== person);
  }

  #drop(goes: (conversation: ConversationId) => boolean): void {
    this.#talks = this.#talks.filter((each) => !goes(each.conversation));
    this.#rows = this.#rows.filter((each) => !goes(each.row.conversation));
    this.#timers = this.#timers.filter((each) => !goes(each.conversation));
  }

  #first(conversation: ConversationId): (Ranked & { row: OutboxRow }) | undefined {
    return this.#rows.find((each) => each.row.conversation === conversation);
  }

  #firsts(): (Ranked & { row: OutboxRow })[] {
    return this.#rows.filter((each) => this.#first(each.row.conversation) === each);
  }

  #size(): number {
    return (
      this.#seen.length + this.#talks.length + this.#rows.length + this.#timers.length + this.#tombstones.size
    );
  }

  #next(): number {
    this.#rank += 1;
    return this.#rank;
  }
}
