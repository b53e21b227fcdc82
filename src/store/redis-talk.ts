import {
  type Commit,
  type CommitResult,
  type ConversationId,
  type LaneClaim,
  LifelineError,
  type Loaded,
  type OutboxRow,
  personOf,
  type RefusedRecord,
  SEEN_TTL_MS,
  type Store,
  TOMBSTONE_TTL_MS,
} from '../model/index.js';
import { notesOf } from './audit-chain.js';
import type { Extension, Written } from './redis-audit-writer.js';
import { commandOf, hashOf, tombstoneOf } from './redis-commit.js';
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
      const notes = notesOf(commit);
      const write = async (extension: Extension): Promise<Written<Buffer[]>> => {
        const { keys, args } = commandOf(parts, commit, extension);
        const reply = commit.replicated
          ? await connection.runReplicated(SCRIPTS.commit, keys, args)
          : await connection.run(SCRIPTS.commit, keys, args);
        const result = reply as Buffer[];
        const kind = result[0]?.toString();
        if (kind === 'audit') return { kind: 'moved', head: String(result[1]) };
        return { kind: kind === 'ok' ? 'extended' : 'untouched', result };
      };
      const [kind, ...rest] = await parts.audit.extend(notes, write);
      switch (kind?.toString()) {
        case 'ok':
          return { kind: 'ok', version: Number(rest[0]), claim: claimOf(parts, commit, rest) };
        case 'duplicate':
          return { kind: 'duplicate' };
        case 'conflict':
          return { kind: 'conflict', fresh: loadedOf(commit.conversation, rest) };
        case 'refused':
          return { kind: 'refused', reason: String(rest[0]) as RefusedRecord };
        default:
          throw new LifelineError('store-damaged', 'the script of a commit answered something else');
      }
    },
    async forget(person, now) {
      const stone = tombstoneOf(parts, person);
      const base = baseOfPerson(prefix, person);
      const args = [base, now, stone.sealed(), TOMBSTONE_TTL_MS];
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
