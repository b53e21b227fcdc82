import {
  type CaseRecord,
  type Commit,
  type CommitResult,
  type ConversationId,
  type DeadLetter,
  type DueTimer,
  type InboundId,
  type LaneClaim,
  type Loaded,
  type OutboxRow,
  type PersonId,
  personOf,
  type QuarantineEntry,
  type RowId,
  type RowOutcome,
  type Sender,
  type Settled,
  type Settling,
} from '../../../src/model/index.js';
import { Kept, type Ranked } from './kept.js';
import { SharedModel } from './shared-model.js';

/** Stands for the version of a commit whose answer nobody got; the next look at the conversation tells it. */
const UNTOLD = -1;

/**
 * What a store has to answer, said as plainly as possible: lists, searched from the front. What a store chooses itself
 * (versions, tokens) is taken from the `answer` it gave, where that is one it may give.
 */
export class StoreModel {
  #kept = new Kept();
  shared = new SharedModel();

  /** The same, to try out on. */
  copy(): StoreModel {
    const copy = new StoreModel();
    copy.#kept = this.#kept.copy();
    copy.shared = this.shared.copy();
    return copy;
  }

  load(conversation: ConversationId, answer?: Loaded): Loaded {
    const talk = this.#kept.talks.find((each) => each.conversation === conversation);
    if (talk?.version === UNTOLD && answer !== undefined) {
      talk.version = this.#newer(conversation, answer.version);
    }
    return {
      version: talk?.version ?? 0,
      snapshot: talk?.snapshot ?? null,
      person: this.#kept.people.find((each) => each.person === personOf(conversation))?.record ?? null,
    };
  }

  /** `answer` is `null` when nobody got it. */
  commit(commit: Commit, answer: CommitResult | null): CommitResult {
    const kept = this.#kept;
    const { conversation, person, now, sentAt, sender, records } = commit;
    const stone = kept.tombstones.find((each) => each.person === person);
    if (kept.seen.some((each) => each.seen === commit.seen)) return { kind: 'duplicate' };
    if (sentAt !== null && stone !== undefined && sentAt < stone.at) return { kind: 'duplicate' };
    const fresh = this.load(conversation, answer?.kind === 'conflict' ? answer.fresh : undefined);
    if (fresh.version !== commit.expectedVersion) return { kind: 'conflict', fresh };
    const numbers = records.flatMap((record) => (record.kind === 'put-case' ? [record.case.number] : []));
    if (kept.cases.some((each) => numbers.includes(each.case.number)))
      return { kind: 'refused', reason: 'case-exists' };

    kept.seen.push({ seen: commit.seen, at: now });
    const forgets = records.some((record) => record.kind === 'forget');
    if (forgets) this.forget(person, sentAt ?? now);
    for (const record of records)
      if (record.kind === 'silence')
        this.#silence(conversation, { kind: 'dead', code: record.code, at: now });
    kept.talks = kept.talks.filter((each) => each.conversation !== conversation);
    let version = 0;
    if (commit.snapshot === null || forgets) {
      kept.timers = kept.timers.filter((each) => each.due.conversation !== conversation);
    } else {
      const given = answer?.kind === 'ok' ? answer.version : Number.NaN;
      version = answer === null ? UNTOLD : this.#newer(conversation, given);
      kept.talks.push({ conversation, version, snapshot: commit.snapshot });
      for (const change of commit.timers) this.#changeTimer(conversation, change);
    }
    for (const row of commit.outbox) {
      this.#push({ ...row, conversation, tries: 0, notBefore: now, unclearSince: null });
    }
    this.#putRecords(commit, forgets);
    const given = answer?.kind === 'ok' ? answer.claim : null;
    const claim = sender === null ? null : this.claimLane(conversation, sender, now, given);
    return { kind: 'ok', version, claim };
  }

  claimLane(
    conversation: ConversationId,
    sender: Sender,
    now: number,
    answer: LaneClaim | null,
  ): LaneClaim | null {
    const row = this.nextRow(conversation, now);
    if (row === null || this.shared.isHeld(conversation, now)) return null;
    return { conversation, row, ...this.shared.claimLane(conversation, sender, now, answer) };
  }

  nextRow(conversation: ConversationId, now: number): OutboxRow | null {
    const first = this.#first(conversation);
    return first !== undefined && first.row.notBefore <= now ? first.row : null;
  }

  /** All rows of a lane, in its order. */
  waiting(conversation: ConversationId): readonly RowId[] {
    return this.#kept.rows
      .filter(({ row }) => row.conversation === conversation)
      .sort((a, b) => a.rank - b.rank)
      .map(({ row }) => row.id);
  }

  settleRow(id: RowId, outcome: RowOutcome, settling: Settling): Settled {
    const conversation = id.slice(0, id.indexOf('#')) as ConversationId;
    if (!this.shared.holds(conversation, settling.token)) return { kind: 'lost' };
    const first = this.#first(conversation);
    if (first?.row.id === id) this.#settle(first, outcome);
    const waits = outcome.kind === 'later' || outcome.kind === 'held';
    const next = waits ? null : this.nextRow(conversation, settling.now);
    this.shared.settleLane(conversation, settling, next !== null);
    return { kind: 'settled', next };
  }

  retryDead(id: RowId, now: number): boolean {
    const letter = this.#kept.dead.find((each) => each.letter.row.id === id)?.letter;
    if (letter === undefined) return false;
    this.dropDead(id);
    this.#push({ ...letter.row, tries: 0, notBefore: now, unclearSince: null });
    return true;
  }

  dropDead(id: RowId): boolean {
    const before = this.#kept.dead.length;
    this.#kept.dead = this.#kept.dead.filter((each) => each.letter.row.id !== id);
    return this.#kept.dead.length < before;
  }

  dropQuarantine(id: InboundId): boolean {
    const before = this.#kept.quarantine.length;
    this.#kept.quarantine = this.#kept.quarantine.filter((each) => each.entry.id !== id);
    return this.#kept.quarantine.length < before;
  }

  closeCase(number: string): boolean {
    const at = this.#kept.cases.findIndex((each) => each.case.number === number);
    const found = this.#kept.cases[at];
    if (found === undefined) return false;
    this.#kept.cases[at] = { ...found, case: { ...found.case, state: 'closed' } };
    return true;
  }

  countFailure(inbound: InboundId, now: number): number {
    const before = this.#kept.failures.find((each) => each.inbound === inbound)?.count ?? 0;
    this.#kept.failures = this.#kept.failures.filter((each) => each.inbound !== inbound);
    this.#kept.failures.push({ inbound, count: before + 1, at: now });
    return before + 1;
  }

  /** Lanes that are due, or the times of all lanes with a row when `now` is absent. */
  lanes(now?: number): readonly { readonly conversation: ConversationId; readonly at: number }[] {
    return this.#kept.rows
      .filter((each) => this.#first(each.row.conversation) === each)
      .filter(({ row }) => now === undefined || row.notBefore <= now)
      .filter(({ row }) => now === undefined || !this.shared.isHeld(row.conversation, now))
      .sort((a, b) => a.row.notBefore - b.row.notBefore || a.rank - b.rank)
      .map(({ row }) => ({ conversation: row.conversation, at: row.notBefore }));
  }

  dueTimers(now: number): readonly DueTimer[] {
    return this.#kept.timers
      .filter((each) => each.due.dueAt <= now)
      .sort((a, b) => a.due.dueAt - b.due.dueAt || a.rank - b.rank)
      .map((each) => each.due);
  }

  /** `answer` is what several that asked at once shared out between them; alone, a worker gets the first of all. */
  claimTimers(
    now: number,
    limit: number,
    leaseMs: number,
    answer?: readonly DueTimer[],
  ): readonly DueTimer[] {
    const free = this.dueTimers(now).filter((due) => this.shared.hiddenUntil(due) <= now);
    const names = answer?.map((due) => `${due.conversation} ${due.timer} ${due.dueAt}`);
    const given = free.filter(
      (due) => names?.includes(`${due.conversation} ${due.timer} ${due.dueAt}`) ?? true,
    );
    const claimed = given.slice(0, limit);
    for (const due of claimed) this.shared.hide(due, now + leaseMs);
    return claimed;
  }

  nextDue(): number | null {
    const times = [
      ...this.lanes().map(({ conversation, at }) => Math.max(at, this.shared.heldUntil(conversation))),
      ...this.#kept.timers.map(({ due }) => Math.max(due.dueAt, this.shared.hiddenUntil(due))),
    ];
    return times.length === 0 ? null : Math.min(...times);
  }

  listCases(): readonly CaseRecord[] {
    const newest = [...this.#kept.cases].sort((a, b) => b.case.openedAt - a.case.openedAt || b.rank - a.rank);
    return newest.map((each) => each.case);
  }

  listDead(): readonly DeadLetter[] {
    const newest = [...this.#kept.dead].sort((a, b) => b.letter.at - a.letter.at || b.rank - a.rank);
    return newest.map((each) => each.letter);
  }

  listQuarantine(): readonly QuarantineEntry[] {
    const newest = [...this.#kept.quarantine].sort((a, b) => b.entry.at - a.entry.at || b.rank - a.rank);
    return newest.map((each) => each.entry);
  }

  counters(): Readonly<Record<string, number>> {
    return this.#kept.counters;
  }

  forget(person: PersonId, at: number): boolean {
    this.shared.dropLanes((conversation) => personOf(conversation) === person);
    return this.#kept.forget(person, at);
  }

  /** How many records go, and the conversations that end. */
  sweep(now: number): { readonly removed: number; readonly ended: readonly ConversationId[] } {
    const before = this.#kept.size();
    const ended = this.#kept.sweep(now);
    this.shared.dropLanes((conversation) => ended.includes(conversation));
    return { removed: before - this.#kept.size(), ended };
  }

  #silence(conversation: ConversationId, outcome: RowOutcome): void {
    for (const each of this.#kept.rows)
      if (each.row.conversation === conversation) this.#settle(each, outcome);
    this.#kept.timers = this.#kept.timers.filter((each) => each.due.conversation !== conversation);
  }

  #settle(first: Ranked & { readonly row: OutboxRow }, outcome: RowOutcome): void {
    const { row, rank } = first;
    const others = this.#kept.rows.filter((each) => each !== first);
    const back = (changed: Partial<OutboxRow>): void => {
      this.#kept.rows = [...others, { row: { ...row, ...changed }, rank }].sort((a, b) => a.rank - b.rank);
    };
    if (outcome.kind === 'held') back({ notBefore: outcome.notBefore });
    else if (outcome.kind === 'later') {
      back({ tries: row.tries + 1, notBefore: outcome.notBefore, unclearSince: outcome.unclearSince });
    } else {
      this.#kept.rows = others;
      if (outcome.kind === 'dead')
        this.#kept.dead.push({ letter: { row, code: outcome.code, at: outcome.at }, rank });
    }
  }

  #changeTimer(conversation: ConversationId, change: Commit['timers'][number]): void {
    const { timer } = change;
    this.#kept.timers = this.#kept.timers.filter(
      ({ due }) => due.conversation !== conversation || due.timer !== timer,
    );
    if (change.kind === 'cancel') return;
    this.#kept.timers.push({ due: { conversation, timer, dueAt: change.dueAt }, rank: this.#kept.next() });
  }

  #putRecords({ person, records }: Commit, forgets: boolean): void {
    const kept = this.#kept;
    for (const record of records) {
      if (record.kind === 'count') {
        kept.counters[record.name] = (kept.counters[record.name] ?? 0) + record.by;
      } else if (forgets) continue;
      else if (record.kind === 'put-quarantine')
        kept.quarantine.push({ entry: record.entry, rank: this.#kept.next() });
      else if (record.kind === 'put-case')
        kept.cases.push({ case: record.case, person, rank: this.#kept.next() });
      else if (record.kind === 'put-person') {
        kept.people = kept.people.filter((each) => each.person !== person);
        kept.people.push({ person, record: record.record });
      }
    }
  }

  #push(row: OutboxRow): void {
    this.#kept.rows.push({ row, rank: this.#kept.next() });
  }

  #first(conversation: ConversationId): (Ranked & { row: OutboxRow }) | undefined {
    return this.#kept.rows.find((each) => each.row.conversation === conversation);
  }

  /** A version that may be given: higher than all before, as none may ever come back. Else one that equals nothing. */
  #newer(conversation: ConversationId, given: number): number {
    const highest = this.#kept.versions[conversation] ?? 0;
    if (!(given > highest)) return Number.NaN;
    this.#kept.versions[conversation] = given;
    return given;
  }
}
