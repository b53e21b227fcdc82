import {
  type CaseRecord,
  type Commit,
  type ConversationId,
  type DeadLetter,
  IDLE_TTL_MS,
  type InboundId,
  type Loaded,
  type PersonId,
  type PersonRecord,
  personOf,
  SEEN_TTL_MS,
  type Store,
} from '../model/index.js';
import { Talks } from './memory-talks.js';

interface StoredCase {
  readonly case: CaseRecord;
  readonly person: PersonId;
  readonly order: number;
}

type StoredDead = DeadLetter & { readonly order: number };

/**
 * A store in memory: everything the port says but outliving the process. Snapshots and rows are kept and returned as the
 * objects they are, as nobody writes to them.
 */
export function createMemoryStore(): Store {
  const talks = new Talks();
  const people = new Map<PersonId, PersonRecord>();
  const seen = new Map<InboundId, number>();
  const cases = new Map<string, StoredCase>();
  const counters = new Map<string, number>();
  const values = new Map<string, string>();
  const bundles = new Map<string, Uint8Array>();
  let dead: readonly StoredDead[] = [];
  let activeHash: string | null = null;
  let commits = 0;

  const load = (conversation: ConversationId): Loaded => ({
    version: talks.versionOf(conversation),
    snapshot: talks.snapshotOf(conversation),
    person: people.get(personOf(conversation)) ?? null,
  });

  const forget = (person: PersonId): void => {
    talks.removeAllOf(person);
    for (const [number, stored] of cases) if (stored.person === person) cases.delete(number);
    dead = dead.filter((letter) => personOf(letter.row.conversation) !== person);
    people.delete(person);
  };

  const caseExists = (commit: Commit): boolean => {
    const numbers = new Set<string>();
    for (const record of commit.records) {
      if (record.kind !== 'put-case') continue;
      const { number } = record.case;
      if (numbers.has(number) || cases.has(number)) return true;
      numbers.add(number);
    }
    return false;
  };

  const putRecords = (commit: Commit, forgotten: ReadonlySet<PersonId>): void => {
    for (const record of commit.records) {
      if (record.kind === 'count') {
        counters.set(record.name, (counters.get(record.name) ?? 0) + record.by);
        continue;
      }
      if (forgotten.has(record.person)) continue;
      if (record.kind === 'put-person') people.set(record.person, record.record);
      if (record.kind === 'put-case') {
        const { case: opened, person } = record;
        cases.set(opened.number, { case: opened, person, order: talks.nextOrder() });
      }
    }
  };

  return {
    load: async (conversation) => load(conversation),

    async commit(commit) {
      const { conversation, person, now } = commit;
      if (seen.has(commit.seen)) return { kind: 'duplicate' };
      if (talks.versionOf(conversation) !== commit.expectedVersion) {
        return { kind: 'conflict', fresh: load(conversation) };
      }
      if (caseExists(commit)) return { kind: 'refused', reason: 'case-exists' };

      commits += 1;
      seen.set(commit.seen, now);
      const forgotten = new Set<PersonId>();
      for (const record of commit.records) if (record.kind === 'forget') forgotten.add(record.person);
      for (const gone of forgotten) forget(gone);
      if (commit.snapshot === null || forgotten.has(person)) {
        talks.end(conversation);
      } else {
        talks.put(conversation, { person, version: commits, snapshot: commit.snapshot });
        for (const change of commit.timers) talks.changeTimer(conversation, change);
      }
      talks.append(conversation, { person, rows: commit.outbox, now });
      putRecords(commit, forgotten);
      return { kind: 'ok', version: talks.versionOf(conversation) };
    },

    async nextRow(conversation, now) {
      const row = talks.firstRow(conversation)?.row;
      return row !== undefined && row.notBefore <= now ? row : null;
    },

    async settleRow(id, outcome) {
      const conversation = id.slice(0, id.indexOf('#')) as ConversationId;
      const first = talks.firstRow(conversation);
      if (first === null || first.row.id !== id) return;
      const { row, order } = first;
      if (outcome.kind === 'later') {
        talks.replaceFirst(conversation, { ...row, tries: row.tries + 1, notBefore: outcome.notBefore });
        return;
      }
      talks.replaceFirst(conversation, null);
      if (outcome.kind === 'dead') dead = [...dead, { row, code: outcome.code, at: outcome.at, order }];
    },

    dueLanes: async (now, limit) => talks.dueLanes(now, limit),
    dueTimers: async (now, limit) => talks.dueTimers(now, limit),
    nextDue: async () => talks.nextDue(),

    async listCases(limit) {
      const newestFirst = [...cases.values()].sort(
        (a, b) => b.case.openedAt - a.case.openedAt || b.order - a.order,
      );
      return newestFirst.slice(0, limit).map((stored) => stored.case);
    },

    async updateCase(number, change) {
      const stored = cases.get(number);
      if (stored === undefined) return false;
      cases.set(number, { ...stored, case: { ...stored.case, ...change } });
      return true;
    },

    readCounters: async () => Object.fromEntries(counters),

    async listDead(limit) {
      const newestFirst = [...dead].sort((a, b) => b.at - a.at || b.order - a.order);
      return newestFirst.slice(0, limit).map(({ row, code, at }) => ({ row, code, at }));
    },

    getValue: async (name) => values.get(name) ?? null,
    setValue: async (name, value) => void values.set(name, value),
    putBundle: async (hash, bundle) => void bundles.set(hash, Uint8Array.from(bundle)),
    getBundle: async (hash) => bundles.get(hash)?.slice() ?? null,
    activateBundle: async (hash) => {
      activeHash = hash;
    },
    activeBundle: async () => activeHash,

    async sweep(now) {
      let removed = talks.removeIdleSince(now - IDLE_TTL_MS);
      for (const [id, at] of seen) if (at <= now - SEEN_TTL_MS && seen.delete(id)) removed += 1;
      return removed;
    },

    close: async () => undefined,
  };
}
