import {
  CASE_TTL_MS,
  DEAD_TTL_MS,
  IDLE_TTL_MS,
  PERSON_TTL_MS,
  type PersonId,
  personOf,
  SEEN_TTL_MS,
  type StoredItem,
  TOMBSTONE_TTL_MS,
  UNANSWERED_KEPT,
  UNANSWERED_TTL_MS,
} from '../model/index.js';
import { importEntry } from './redis-audit.js';
import type { Argument } from './redis-connection.js';
import { allBases, baseOf, baseOfPerson, keysOfTalk } from './redis-keys.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';
import { partitionIn } from './unanswered-id.js';

type ItemOf<Kind extends StoredItem['kind']> = StoredItem & { readonly kind: Kind };

/** The port's `importItem`: each item is one script or one command, so workers may go on meanwhile. */
export async function importItem(parts: RedisParts, item: StoredItem): Promise<boolean> {
  const { codec, prefix } = parts;
  const program = `${prefix}:{v}:`;
  switch (item.kind) {
    case 'conversation':
      return importTalk(parts, item);
    case 'person':
      return importPerson(parts, item);
    case 'seen': {
      const [partition, hash] = item.mark.split('.');
      // A mark of an older layout does not tell its partition; its inbound is past being sent again.
      if (Number(partition) < 0) return false;
      const key = `${baseOf(prefix, Number(partition))}s:${hash}`;
      return setNew(parts, key, 'imported:0:', lifetimeOf(parts, item.at, SEEN_TTL_MS));
    }
    case 'tombstone': {
      const hidden = codec.hide(item.person);
      const sealed = codec.seal(`x:${hidden}`, { person: item.person });
      const key = `${baseOfPerson(prefix, item.person)}x:${hidden}`;
      const value = Buffer.concat([Buffer.from(`${item.at}|`), sealed]);
      return setNew(parts, key, value, lifetimeOf(parts, item.at, TOMBSTONE_TTL_MS));
    }
    case 'case': {
      const { person } = item;
      const { number, openedAt } = item.case;
      const value = codec.seal(`k:${number}`, { case: item.case, person });
      return file(parts, { kind: 'k', id: number, at: openedAt, person, value, lifetimeMs: CASE_TTL_MS });
    }
    case 'dead': {
      const { row, code, at } = item.letter;
      const person = personOf(row.conversation);
      const value = Buffer.concat([Buffer.from(`${code}\0${at}\0`), codec.packedRow(row, 0)]);
      return file(parts, { kind: 'd', id: row.id, at, person, value, lifetimeMs: DEAD_TTL_MS });
    }
    case 'quarantine': {
      const { id, at, conversation } = item.entry;
      const person = personOf(conversation);
      const value = codec.seal(`f:${id}`, item.entry);
      return file(parts, { kind: 'f', id, at, person, value, lifetimeMs: DEAD_TTL_MS });
    }
    case 'unanswered':
      return importUnanswered(parts, item);
    case 'audit':
      return importEntry(parts, item.partition, item.entry);
    case 'counter':
      return importCounter(parts, item);
    case 'value':
      return setNew(parts, `${program}value:${item.name}`, codec.seal(`v:${item.name}`, item.value));
    case 'bundle':
      return setNew(parts, `${program}bundle:${item.hash}`, Buffer.from(item.bytes, 'base64'));
    case 'active-bundle':
      return setNew(parts, `${program}active`, item.hash);
  }
}

/** How long something of `at` is still kept (ms), 1 at least. */
function lifetimeOf({ connection }: RedisParts, at: number, lifetimeMs: number): number {
  return Math.max(1, Math.round(at + lifetimeMs - connection.now()));
}

/** Writes a key that is not there; kept for `ttlMs` when given. */
async function setNew(
  { connection }: RedisParts,
  key: string,
  value: Argument,
  ttlMs?: number,
): Promise<boolean> {
  const lifetime = ttlMs === undefined ? [] : ['PX', ttlMs];
  return (await connection.call('SET', key, value, 'NX', ...lifetime)) !== null;
}

async function importPerson(parts: RedisParts, { person, record, at }: ItemOf<'person'>): Promise<boolean> {
  const { connection, codec, prefix } = parts;
  const args = [codec.seal(`p:${person}`, record), lifetimeOf(parts, at, PERSON_TTL_MS)];
  const keys = [`${baseOfPerson(prefix, person)}p:${person}`];
  return Number(await connection.run(SCRIPTS.importPerson, keys, args)) === 1;
}

async function file(
  parts: RedisParts,
  thing: {
    readonly kind: string;
    readonly id: string;
    readonly at: number;
    readonly person: PersonId;
    readonly value: Buffer;
    readonly lifetimeMs: number;
  },
): Promise<boolean> {
  const { kind, id, at, value } = thing;
  const base = baseOfPerson(parts.prefix, thing.person);
  const keys = [`${base}${kind}:${id}`, `${base}${kind}x`, `${base}p:${thing.person}`];
  const args = [id, `${kind}${id}`, at, value, lifetimeOf(parts, at, thing.lifetimeMs)];
  return Number(await parts.connection.run(SCRIPTS.importFiled, keys, args)) === 1;
}

async function importUnanswered(parts: RedisParts, { entry }: ItemOf<'unanswered'>): Promise<boolean> {
  const { connection, codec, prefix } = parts;
  const { id, day } = entry;
  const base = baseOf(prefix, partitionIn(id));
  const left = lifetimeOf(parts, day, UNANSWERED_TTL_MS);
  const args = [base, id, day, codec.seal(`u:${id}`, entry), left, UNANSWERED_KEPT];
  return Number(await connection.run(SCRIPTS.importUnanswered, [`${base}ux`], args)) === 1;
}

/** Into the first partition: a counter is the sum over all. */
async function importCounter({ connection, prefix }: RedisParts, item: ItemOf<'counter'>): Promise<boolean> {
  const { name, count } = item;
  const known = await Promise.all(
    allBases(prefix).map((base) => connection.call('HEXISTS', `${base}ct`, name)),
  );
  if (known.some((answer) => Number(answer) === 1)) return false;
  return Number(await connection.call('HSETNX', `${baseOf(prefix, 0)}ct`, name, count)) === 1;
}

async function importTalk(parts: RedisParts, item: ItemOf<'conversation'>): Promise<boolean> {
  const { connection, codec, prefix } = parts;
  const { conversation, snapshot } = item;
  const keys = keysOfTalk(prefix, conversation);
  const { base } = keys;
  const timers = item.timers.flatMap((due): Argument[] => [
    codec.hide(due.timer),
    due.dueAt,
    codec.seal(`t:${conversation}`, due),
  ]);
  const rows = item.rows.flatMap((row): Argument[] => [
    row.id,
    row.tries,
    row.notBefore,
    row.unclearSince ?? '',
    codec.rowBody(row.id, row),
  ]);
  const names = [keys.talk, keys.queue, keys.person, `${base}due`, `${base}tm`, `${base}n`];
  const args = [
    conversation,
    snapshot === null ? '' : codec.seal(`c:${conversation}`, snapshot),
    snapshot === null ? IDLE_TTL_MS : lifetimeOf(parts, snapshot.lastAt, IDLE_TTL_MS),
    item.timers.length,
    ...timers,
    ...rows,
  ];
  return Number(await connection.run(SCRIPTS.importTalk, names, args)) === 1;
}
