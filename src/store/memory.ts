import {
  CASE_TTL_MS,
  type CaseRecord,
  type Commit,
  type CommitResult,
  type ConversationId,
  DEAD_TTL_MS,
  type DeadLetter,
  IDLE_TTL_MS,
  type InboundId,
  type LaneClaim,
  LIMIT_TTL_MS,
  type Loaded,
  type OutboxRow,
  PERSON_TTL_MS,
  type PersonId,
  type PersonRecord,
  personOf,
  type QuarantineEntry,
  type RowId,
  type RowOutcome,
  SEEN_TTL_MS,
  type Sender,
  type Settled,
  type Settling,
  type Store,
  type StoredItem,
  TOMBSTONE_TTL_MS,
  UNANSWERED_TTL_MS,
} from '../model/index.js';
import { notesApart, notesOf } from './audit-chain.js';
import { Claims } from './claims.js';
import { takeLimit } from './limits.js';
import { MemoryAudit } from './memory-audit.js';
import { Talks } from './memory-talks.js';
import { Unanswered } from './memory-unanswered.js';
import { seenMark } from './seen-mark.js';
import { Shelf } from './shelf.js';

/**
 * A store in memory: everything the port says but outliving the process. Snapshots and rows are kept and returned as
 * the objects they are, as nobody writes to them.
 */
export function createMemoryStore(options: { readonly clock?: () => number } = {}): Store {
  const memory = new MemoryStore(options.clock ?? Date.now);
  return {
    now: () => memory.now(),
    load: async (conversation) => memory.load(conversation),
    commit: async (commit) => memory.commit(commit),
    nextRow: async (conversation, now) => memory.nextRow(conversation, now),
    dueLanes: async (now, limit) => memory.talks.dueLanes(now, limit),
    claimLane: async (conversation, sender, now) => memory.claimLane(conversation, sender, now),
    renewLane: async (claim, leaseMs, now) =>
      memory.claims.renewLane(claim.conversation, claim.token, now + leaseMs),
    settleRow: async (id, outcome, settling) => memory.settleRow(id, outcome, settling),
    listDead: async (limit) => memory.dead.newest(limit),
    retryDead: async (id, now) => memory.retryDead(id, now),
    dropDead: async (id) => memory.dead.remove(id),
    dueTimers: async (now, limit) => memory.talks.dueTimers(now, limit),
    claimTimers: async (now, limit, leaseMs) =>
      memory.claims.claimTimers(memory.talks.freeTimers(now, limit), limit, now, leaseMs),
    nextDue: async () => memory.talks.nextDue(),
    takeTokens: async (bucket, want, rate, now) => memory.claims.takeTokens(bucket, want, rate, now),
    takeLease: async (name, worker, ttlMs, now) => memory.claims.takeLease(name, worker, ttlMs, now),
    releaseLease: async (lease) => memory.claims.releaseLease(lease),
    countFailure: async (conversation, inbound, now) => memory.countFailure(conversation, inbound, now),
    listQuarantine: async (limit) => memory.quarantine.newest(limit),
    dropQuarantine: async (id) => memory.quarantine.remove(id),
    listCases: async (limit) => memory.cases.newest(limit),
    updateCase: async (number, change) => memory.updateCase(number, change),
    readCounters: async () => Object.fromEntries(memory.counters),
    listUnanswered: async () => memory.unanswered.newest(),
    closeUnanswered: async (id) => memory.unanswered.close(id),
    appendAudit: async (note, now) => memory.audit.append(notesApart(note, now)),
    readAudit: async (partition) => memory.audit.read(partition),
    auditNamesOf: async (person) => memory.audit.namesOf(person),
    forget: async (person, now) => memory.forget(person, now),
    sweep: async (now) => ({ removed: memory.sweep(now), more: false }),
    getValue: async (name) => memory.values.get(name) ?? null,
    setValue: async (name, value, under) => {
      if (under !== undefined && !memory.claims.isCurrent(under)) return false;
      memory.values.set(name, value);
      return true;
    },
    putPointer: async (name, conversation, until, now) => {
      const before = memory.pointerTo(name, now);
      if (before !== null && before !== conversation) return false;
      memory.pointers.set(name, { conversation, until });
      return true;
    },
    getPointer: async (name, now) => memory.pointerTo(name, now),
    putBundle: async (hash, bundle) => void memory.bundles.set(hash, Uint8Array.from(bundle)),
    getBundle: async (hash) => memory.bundles.get(hash)?.slice() ?? null,
    dropBundle: async (hash) => hash !== memory.activeHash && memory.bundles.delete(hash),
    activateBundle: async (hash) => {
      memory.activeHash = hash;
    },
    activeBundle: async () => memory.activeHash,
    exportItems: () => memory.exportItems(),
    importItem: async (item) => memory.importItem(item),
    reseal: async () => 0,
    keyNote: async () => null,
    replaceKeyNote: async () => false,
    close: async () => undefined,
  };
}

interface Pointer {
  readonly conversation: ConversationId;
  readonly until: number;
}

interface Person {
  readonly record: PersonRecord;
  /** Epoch ms of their last turn. */
  readonly at: number;
}

class MemoryStore {
  readonly now: () => number;
  readonly claims = new Claims();
  readonly talks = new Talks(this.claims);
  readonly cases = new Shelf<string, CaseRecord>();
  readonly dead = new Shelf<RowId, DeadLetter>();
  readonly quarantine = new Shelf<InboundId, QuarantineEntry>();
  readonly unanswered = new Unanswered();
  readonly audit = new MemoryAudit();
  readonly counters = new Map<string, number>();
  readonly values = new Map<string, string>();
  readonly bundles = new Map<string, Uint8Array>();
  readonly pointers = new Map<string, Pointer>();
  activeHash: string | null = null;
  readonly #people = new Map<PersonId, Person>();
  readonly #seen = new Map<string, number>();
  readonly #failures = new Map<string, { readonly count: number; readonly at: number }>();
  readonly #tombstones = new Map<PersonId, number>();
  readonly #taken = new Map<PersonId, ReadonlyMap<string, readonly number[]>>();
  #commits = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  load(conversation: ConversationId): Loaded {
    return {
      version: this.talks.versionOf(conversation),
      snapshot: this.talks.snapshotOf(conversation),
      person: this.#people.get(personOf(conversation))?.record ?? null,
    };
  }

  commit(commit: Commit): CommitResult {
    const { conversation, person, now, sentAt, sender } = commit;
    const mark = seenMark(person, commit.seen);
    const forgottenAt = this.#tombstones.get(person);
    if (this.#seen.has(mark)) return { kind: 'duplicate' };
    if (sentAt !== null && forgottenAt !== undefined && sentAt < forgottenAt) return { kind: 'duplicate' };
    if (commit.beside !== true && this.talks.versionOf(conversation) !== commit.expectedVersion) {
      return { kind: 'conflict', fresh: this.load(conversation) };
    }
    if (this.#caseExists(commit)) return { kind: 'refused', reason: 'case-exists' };
    const taken = this.#takeLimits(commit);
    if (taken === null) return { kind: 'refused', reason: 'limit-reached' };

    this.#commits += 1;
    this.#seen.set(mark, now);
    const forgotten = new Set<PersonId>();
    for (const record of commit.records) if (record.kind === 'forget') forgotten.add(record.person);
    for (const gone of forgotten) this.forget(gone, sentAt ?? now);
    for (const record of commit.records)
      if (record.kind === 'silence') this.#silence(conversation, record.code, now);
    if (commit.beside !== true && (commit.snapshot === null || forgotten.has(person))) {
      this.talks.end(conversation);
    } else {
      if (commit.beside !== true && commit.snapshot !== null)
        this.talks.put(conversation, { person, version: this.#commits, snapshot: commit.snapshot });
      for (const change of commit.timers) this.talks.changeTimer(conversation, change);
    }
    this.talks.append(conversation, { person, rows: commit.outbox, now });
    const known = this.#people.get(person);
    if (known !== undefined) this.#people.set(person, { ...known, at: now });
    this.#putRecords(commit, forgotten);
    this.audit.append(notesOf(commit));
    if (taken.size > 0 && !forgotten.has(person)) this.#taken.set(person, taken);
    const claim = sender === null ? null : this.claimLane(conversation, sender, now);
    return { kind: 'ok', version: this.talks.versionOf(conversation), claim };
  }

  pointerTo(name: string, now: number): ConversationId | null {
    const pointer = this.pointers.get(name);
    return pointer !== undefined && pointer.until > now ? pointer.conversation : null;
  }

  nextRow(conversation: ConversationId, now: number): OutboxRow | null {
    const row = this.talks.firstRow(conversation)?.row;
    return row !== undefined && row.notBefore <= now ? row : null;
  }

  claimLane(conversation: ConversationId, sender: Sender, now: number): LaneClaim | null {
    const row = this.nextRow(conversation, now);
    if (row === null) return null;
    const claimed = this.claims.claimLane(conversation, sender, now);
    return claimed === null ? null : { conversation, row, ...claimed };
  }

  settleRow(id: RowId, outcome: RowOutcome, settling: Settling | undefined): Settled {
    const conversation = id.slice(0, id.indexOf('#')) as ConversationId;
    if (settling !== undefined && !this.claims.holds(conversation, settling.token)) return { kind: 'lost' };
    const first = this.talks.firstRow(conversation);
    if (first?.row.id === id) this.#settleFirst(first.row, first.order, outcome);
    if (settling === undefined) return { kind: 'settled', next: null };
    const waits = outcome.kind === 'later' || outcome.kind === 'held';
    const next = waits ? null : this.nextRow(conversation, settling.now);
    this.claims.settleLane(conversation, settling, next !== null);
    return { kind: 'settled', next };
  }

  retryDead(id: RowId, now: number): boolean {
    const letter = this.dead.get(id);
    if (letter === null) return false;
    const { conversation } = letter.row;
    this.dead.remove(id);
    const untried = { tries: 0, notBefore: now, unclearSince: null };
    this.talks.restore(conversation, personOf(conversation), [{ ...letter.row, ...untried }]);
    return true;
  }

  countFailure(conversation: ConversationId, inbound: InboundId, now: number): number {
    const mark = seenMark(personOf(conversation), inbound);
    const count = (this.#failures.get(mark)?.count ?? 0) + 1;
    this.#failures.set(mark, { count, at: now });
    return count;
  }

  updateCase(number: string, change: Partial<Pick<CaseRecord, 'state' | 'notified'>>): boolean {
    const stored = this.cases.get(number);
    return stored !== null && this.cases.change(number, { ...stored, ...change });
  }

  forget(person: PersonId, at: number): boolean {
    const removed =
      this.talks.removeAllOf(person) +
      this.cases.removeOf(person) +
      this.dead.removeOf(person) +
      this.quarantine.removeOf(person);
    this.claims.dropLanes((conversation) => personOf(conversation) === person);
    this.#tombstones.set(person, at);
    this.#taken.delete(person);
    return this.#people.delete(person) || removed > 0;
  }

  sweep(now: number): number {
    let removed =
      this.talks.removeIdleSince(now - IDLE_TTL_MS) +
      this.cases.removeUpTo(now - CASE_TTL_MS) +
      this.dead.removeUpTo(now - DEAD_TTL_MS) +
      this.quarantine.removeUpTo(now - DEAD_TTL_MS) +
      this.unanswered.removeUpTo(now - UNANSWERED_TTL_MS);
    for (const [mark, at] of this.#seen) if (at <= now - SEEN_TTL_MS && this.#seen.delete(mark)) removed += 1;
    for (const [mark, { at }] of this.#failures) {
      if (at <= now - SEEN_TTL_MS && this.#failures.delete(mark)) removed += 1;
    }
    for (const [id, { at }] of this.#people) {
      if (at <= now - PERSON_TTL_MS && this.#people.delete(id)) removed += 1;
    }
    for (const [id, taken] of this.#taken) {
      const last = Math.max(...[...taken.values()].map((times) => times.at(-1) ?? 0));
      if (last <= now - LIMIT_TTL_MS && this.#taken.delete(id)) removed += 1;
    }
    for (const [id, at] of this.#tombstones) {
      if (at <= now - TOMBSTONE_TTL_MS && this.#tombstones.delete(id)) removed += 1;
    }
    for (const [name, { until }] of this.pointers) {
      if (until <= now && this.pointers.delete(name)) removed += 1;
    }
    return removed + this.audit.sweep(now);
  }

  async *exportItems(): AsyncGenerator<StoredItem> {
    const cases = this.cases.all().map((filed) => ({ case: filed.value, person: filed.person }));
    const items: StoredItem[] = [
      ...this.talks.all(),
      ...[...this.#people].map(([person, each]) => ({ kind: 'person', person, ...each }) as const),
      ...[...this.#seen].map(([mark, at]) => ({ kind: 'seen', mark, at }) as const),
      ...[...this.#tombstones].map(([person, at]) => ({ kind: 'tombstone', person, at }) as const),
      ...cases.map((each) => ({ kind: 'case', ...each }) as const),
      ...this.dead.all().map((filed) => ({ kind: 'dead', letter: filed.value }) as const),
      ...this.quarantine.all().map((filed) => ({ kind: 'quarantine', entry: filed.value }) as const),
      ...this.unanswered.newest().map((entry) => ({ kind: 'unanswered', entry }) as const),
      ...this.audit.all(),
      ...[...this.counters].map(([name, count]) => ({ kind: 'counter', name, count }) as const),
      ...[...this.values].map(([name, value]) => ({ kind: 'value', name, value }) as const),
      ...[...this.bundles].map(
        ([hash, bytes]) => ({ kind: 'bundle', hash, bytes: Buffer.from(bytes).toString('base64') }) as const,
      ),
      ...(this.activeHash === null ? [] : [{ kind: 'active-bundle', hash: this.activeHash } as const]),
    ];
    yield* items;
  }

  importItem(item: StoredItem): boolean {
    switch (item.kind) {
      case 'conversation':
        return this.#importTalk(item);
      case 'person':
        return putNew(this.#people, item.person, { record: item.record, at: item.at });
      case 'seen':
        return putNew(this.#seen, item.mark, item.at);
      case 'tombstone':
        return putNew(this.#tombstones, item.person, item.at);
      case 'case':
        if (this.cases.has(item.case.number)) return false;
        this.#fileCase(item.case, item.person);
        return true;
      case 'dead':
        if (this.dead.has(item.letter.row.id)) return false;
        this.#fileDead(item.letter, this.talks.nextOrder());
        return true;
      case 'quarantine':
        if (this.quarantine.has(item.entry.id)) return false;
        this.#fileQuarantine(item.entry);
        return true;
      case 'unanswered':
        return this.unanswered.put(item.entry);
      case 'audit':
        return this.audit.take(item);
      case 'counter':
        return putNew(this.counters, item.name, item.count);
      case 'value':
        return putNew(this.values, item.name, item.value);
      case 'bundle':
        return putNew(this.bundles, item.hash, Buffer.from(item.bytes, 'base64'));
      case 'active-bundle':
        if (this.activeHash !== null) return false;
        this.activeHash = item.hash;
        return true;
    }
  }

  #importTalk(item: StoredItem & { readonly kind: 'conversation' }): boolean {
    const { conversation, snapshot } = item;
    if (this.talks.has(conversation)) return false;
    const person = personOf(conversation);
    if (snapshot !== null) {
      this.#commits += 1;
      this.talks.put(conversation, { person, version: this.#commits, snapshot });
      for (const { timer, dueAt } of item.timers) {
        this.talks.changeTimer(conversation, { kind: 'set', timer, dueAt });
      }
    }
    if (item.rows.length > 0) this.talks.restore(conversation, person, item.rows);
    return true;
  }

  #settleFirst(row: OutboxRow, order: number, outcome: RowOutcome): void {
    const { conversation } = row;
    switch (outcome.kind) {
      case 'sent':
        this.talks.replaceFirst(conversation, null);
        break;
      case 'held':
        this.talks.replaceFirst(conversation, { ...row, notBefore: outcome.notBefore });
        break;
      case 'later': {
        const { notBefore, unclearSince } = outcome;
        this.talks.replaceFirst(conversation, { ...row, tries: row.tries + 1, notBefore, unclearSince });
        break;
      }
      case 'dead':
        this.talks.replaceFirst(conversation, null);
        this.#fileDead({ row, code: outcome.code, at: outcome.at }, order);
        break;
    }
  }

  #silence(conversation: ConversationId, code: string, at: number): void {
    for (const { row, order } of this.talks.silence(conversation)) this.#fileDead({ row, code, at }, order);
  }

  #caseExists(commit: Commit): boolean {
    const numbers = commit.records.flatMap((record) =>
      record.kind === 'put-case' ? [record.case.number] : [],
    );
    return numbers.some((number, index) => this.cases.has(number) || numbers.indexOf(number) !== index);
  }

  /** What the person has taken with this commit; `null` when a limit forbids it. */
  #takeLimits({ records, person, now }: Commit): ReadonlyMap<string, readonly number[]> | null {
    const taken = new Map(this.#taken.get(person));
    for (const record of records) {
      if (record.kind !== 'take-limit') continue;
      const times = takeLimit(taken.get(record.name) ?? [], record.limits, now);
      if (times === null) return null;
      taken.set(record.name, times);
    }
    return taken;
  }

  #putRecords(commit: Commit, forgotten: ReadonlySet<PersonId>): void {
    for (const record of commit.records) {
      if (record.kind === 'append-audit' || record.kind === 'silence') continue;
      if (record.kind === 'count') {
        this.counters.set(record.name, (this.counters.get(record.name) ?? 0) + record.by);
      } else if (record.kind === 'put-quarantine') {
        if (!forgotten.has(commit.person)) this.#fileQuarantine(record.entry);
      } else if (record.kind === 'keep-unanswered') {
        if (!forgotten.has(commit.person)) this.unanswered.put(record.entry);
      } else if (record.kind !== 'forget' && record.kind !== 'take-limit' && !forgotten.has(record.person)) {
        if (record.kind === 'put-case') this.#fileCase(record.case, record.person);
        else this.#people.set(record.person, { record: record.record, at: commit.now });
      }
    }
  }

  #fileCase(opened: CaseRecord, person: PersonId): void {
    const place = { person, at: opened.openedAt, order: this.talks.nextOrder() };
    this.cases.put(opened.number, { value: opened, ...place });
  }

  #fileDead(letter: DeadLetter, order: number): void {
    const person = personOf(letter.row.conversation);
    this.dead.put(letter.row.id, { value: letter, person, at: letter.at, order });
  }

  #fileQuarantine(entry: QuarantineEntry): void {
    const place = { person: personOf(entry.conversation), at: entry.at, order: this.talks.nextOrder() };
    this.quarantine.put(entry.id, { value: entry, ...place });
  }
}

/** `false`, and nothing changed, when the map has the key already. */
function putNew<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): boolean {
  if (map.has(key)) return false;
  map.set(key, value);
  return true;
}
