import {
  CASE_TTL_MS,
  type Commit,
  type CommitResult,
  type ConversationId,
  DEAD_TTL_MS,
  IDLE_TTL_MS,
  type LaneClaim,
  LifelineError,
  type Loaded,
  type OutboxRow,
  PERSON_TTL_MS,
  type PersonId,
  partitionOf,
  personOf,
  SEEN_TTL_MS,
  type Store,
  TOMBSTONE_TTL_MS,
} from '../model/index.js';
import type { Argument } from './redis-connection.js';
import { baseOfPerson, keysOfTalk } from './redis-keys.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';
import { seenMark } from './seen-mark.js';

type Methods = 'load' | 'commit' | 'forget' | 'sweep' | 'countFailure';

/** Conversations and turns. */
export function talkPart(parts: RedisParts): Pick<Store, Methods> {
  const { connection, codec, prefix } = parts;
  const loadedOf = (conversation: ConversationId, reply: readonly Buffer[]): Loaded => {
    const [version, snapshot, person] = reply;
    const none = Buffer.alloc(0);
    return {
      version: Number(version?.toString() || 0),
      snapshot: codec.snapshot(conversation, snapshot ?? none),
      person: codec.person(personOf(conversation), person ?? none),
    };
  };
  return {
    async load(conversation) {
      const keys = keysOfTalk(prefix, conversation);
      const reply = await connection.run(SCRIPTS.load, [keys.talk, keys.person], []);
      return loadedOf(conversation, reply as Buffer[]);
    },
    async commit(commit): Promise<CommitResult> {
      const { keys, args } = commandOf(parts, commit);
      const reply = commit.replicated
        ? await connection.runReplicated(SCRIPTS.commit, keys, args)
        : await connection.run(SCRIPTS.commit, keys, args);
      const [kind, ...rest] = reply as Buffer[];
      switch (kind?.toString()) {
        case 'ok':
          return { kind: 'ok', version: Number(rest[0]), claim: claimOf(parts, commit, rest) };
        case 'duplicate':
          return { kind: 'duplicate' };
        case 'conflict':
          return { kind: 'conflict', fresh: loadedOf(commit.conversation, rest) };
        case 'refused':
          return { kind: 'refused', reason: 'case-exists' };
        default:
          throw new LifelineError('store-damaged', 'the script of a commit answered something else');
      }
    },
    async forget(person, now) {
      const stone = tombstoneOf(parts, person);
      const base = baseOfPerson(prefix, person);
      const args = [base, now, stone.sealed, TOMBSTONE_TTL_MS];
      return Number(await connection.run(SCRIPTS.forget, [`${base}p:${person}`, stone.key], args)) > 0;
    },
    // Every key has a lifetime of its own.
    sweep: async () => ({ removed: 0, more: false }),
    async countFailure(conversation, inbound) {
      const person = personOf(conversation);
      const key = `${baseOfPerson(prefix, person)}e:${hashOf(seenMark(person, inbound))}`;
      return Number(await connection.run(SCRIPTS.failure, [key], [SEEN_TTL_MS, parts.attempt()]));
    },
  };
}

function hashOf(mark: string): string {
  return mark.slice(mark.indexOf('.') + 1);
}

function tombstoneOf(
  { codec, prefix }: RedisParts,
  person: PersonId,
): { readonly key: string; readonly sealed: Buffer } {
  const hidden = codec.hide(person);
  return { key: `${baseOfPerson(prefix, person)}x:${hidden}`, sealed: codec.seal(`x:${hidden}`, { person }) };
}

/** Keys and arguments of a commit, in the order of `lua/commit.lua`. */
function commandOf(
  parts: RedisParts,
  commit: Commit,
): { readonly keys: readonly string[]; readonly args: readonly Argument[] } {
  const { codec, prefix, attempt } = parts;
  const { conversation, person, snapshot, now, sentAt, sender } = commit;
  const keys = keysOfTalk(prefix, conversation);
  const { base } = keys;
  const stone = tombstoneOf(parts, person);
  let record: Buffer | '' = '';
  let forgets = 0;
  const counts: Argument[] = [];
  const cases: Argument[] = [];
  const quarantine: Argument[] = [];
  for (const each of commit.records) {
    if (each.kind === 'count') counts.push(each.name, each.by);
    else if (each.kind === 'put-quarantine') {
      quarantine.push(each.entry.id, each.entry.at, codec.seal(`f:${each.entry.id}`, each.entry));
    } else {
      refuseOthers(each.person, person);
      if (each.kind === 'forget') forgets = 1;
      else if (each.kind === 'put-person') record = codec.seal(`p:${person}`, each.record);
      else {
        const { number, openedAt } = each.case;
        cases.push(number, openedAt, codec.seal(`k:${number}`, { case: each.case, person }));
      }
    }
  }
  const rows = commit.outbox.flatMap((row) => [row.id, codec.rowBody(row.id, { ...row, conversation })]);
  const changes = new Map(commit.timers.map((change) => [change.timer, change] as const));
  const timers = [...changes.values()].flatMap((change): Argument[] => {
    const hidden = codec.hide(change.timer);
    if (change.kind === 'cancel') return [hidden, '', change.dueAt ?? ''];
    const { timer, dueAt } = change;
    return [hidden, dueAt, codec.seal(`t:${conversation}`, { conversation, timer, dueAt })];
  });
  const lifetime = snapshot === null ? IDLE_TTL_MS : Math.max(1, snapshot.lastAt + IDLE_TTL_MS - now);
  return {
    keys: [
      keys.talk,
      keys.queue,
      keys.lane,
      keys.person,
      `${base}s:${hashOf(seenMark(person, commit.seen))}`,
      `${base}due`,
      `${base}tm`,
      `${base}n`,
      `${base}ct`,
      stone.key,
    ],
    args: [
      conversation,
      commit.beside === true ? 'beside' : commit.expectedVersion,
      attempt(),
      now,
      sentAt ?? '',
      snapshot === null ? '' : codec.seal(`c:${conversation}`, snapshot),
      lifetime,
      sender?.leaseMs ?? '',
      base,
      record,
      forgets,
      sentAt ?? now,
      forgets === 1 ? stone.sealed : '',
      SEEN_TTL_MS,
      IDLE_TTL_MS,
      PERSON_TTL_MS,
      CASE_TTL_MS,
      DEAD_TTL_MS,
      TOMBSTONE_TTL_MS,
      commit.outbox.length,
      ...rows,
      changes.size,
      ...timers,
      counts.length / 2,
      ...counts,
      cases.length / 3,
      ...cases,
      quarantine.length / 3,
      ...quarantine,
    ],
  };
}

/** One script reaches one partition. */
function refuseOthers(person: PersonId, own: PersonId): void {
  if (person !== own && partitionOf(person) !== partitionOf(own))
    throw new TypeError('a turn keeps records of its own person only');
}

function claimOf({ codec }: RedisParts, commit: Commit, reply: readonly Buffer[]): LaneClaim | null {
  const [, token, paceAt, first] = reply;
  if (token === undefined || token.length === 0) return null;
  const { conversation, now } = commit;
  const [own] = commit.outbox;
  const untried = { conversation, tries: 0, notBefore: now, unclearSince: null };
  const row: OutboxRow | null =
    first !== undefined && first.length > 0
      ? codec.row(first)
      : own === undefined
        ? null
        : { ...own, ...untried };
  return row === null ? null : { conversation, token: Number(token), row, paceAt: Number(paceAt) };
}
