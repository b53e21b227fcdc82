import {
  CASE_TTL_MS,
  type ConversationId,
  DEAD_TTL_MS,
  IDLE_TTL_MS,
  PERSON_TTL_MS,
  type PersonId,
  personOf,
  SEEN_TTL_MS,
  type Store,
  type StoredItem,
  TOMBSTONE_TTL_MS,
} from '../model/index.js';
import { allBases, baseOf, baseOfPerson, keysOfTalk } from './redis-keys.js';
import { chunks } from './redis-outbox.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';

type Methods = 'exportItems' | 'importItem' | 'reseal';
type TalkItem = StoredItem & { readonly kind: 'conversation' };

/** Backups and moves. */
export function movePart(parts: RedisParts): Pick<Store, Methods> {
  return {
    exportItems: () => storedItems(parts),
    importItem: (item) => importItem(parts, item),
    reseal: (limit) => reseal(parts, limit),
  };
}

/** Everything kept, one moment of each person; a key met twice is told once. */
async function* storedItems(parts: RedisParts): AsyncGenerator<StoredItem> {
  const { connection, codec, prefix } = parts;
  for await (const key of unique(connection.scan(`${prefix}:{*}:p:*`))) {
    const person = key.slice(key.indexOf('}:p:') + 4) as PersonId;
    yield* itemsOf(parts, key, person);
  }
  const now = connection.now();
  for await (const key of unique(connection.scan(`${prefix}:{*}:s:*`))) {
    const left = Number(await connection.call('PTTL', key));
    if (left < 0) continue;
    const partition = key.slice(key.indexOf('{') + 1, key.indexOf('}'));
    const mark = `${partition}.${key.slice(key.indexOf('}:s:') + 4)}`;
    yield { kind: 'seen', mark, at: now + left - SEEN_TTL_MS };
  }
  for await (const key of unique(connection.scan(`${prefix}:{*}:x:*`))) {
    const stone = (await connection.call('GET', key)) as Buffer | null;
    if (stone === null) continue;
    const bar = stone.indexOf('|');
    const person = codec.tombstone(key.slice(key.indexOf('}:x:') + 4), stone.subarray(bar + 1));
    yield { kind: 'tombstone', person, at: Number(stone.subarray(0, bar)) };
  }
  yield* programItems(parts);
}

async function* programItems({ connection, codec, prefix }: RedisParts): AsyncGenerator<StoredItem> {
  const counters = new Map<string, number>();
  for (const base of allBases(prefix)) {
    for (const [name, count] of chunks((await connection.call('HGETALL', `${base}ct`)) as Buffer[], 2)) {
      counters.set(String(name), (counters.get(String(name)) ?? 0) + Number(count));
    }
  }
  for (const [name, count] of counters) yield { kind: 'counter', name, count };
  const base = `${prefix}:{v}:`;
  for await (const key of unique(connection.scan(`${base}value:*`))) {
    const name = key.slice(`${base}value:`.length);
    const value = (await connection.call('GET', key)) as Buffer | null;
    if (value !== null) yield { kind: 'value', name, value: codec.value(name, value) };
  }
  for await (const key of unique(connection.scan(`${base}bundle:*`))) {
    const bytes = (await connection.call('GET', key)) as Buffer | null;
    const hash = key.slice(`${base}bundle:`.length);
    if (bytes !== null) yield { kind: 'bundle', hash, bytes: bytes.toString('base64') };
  }
  const active = await connection.call('GET', `${base}active`);
  if (active !== null) yield { kind: 'active-bundle', hash: String(active) };
}

/** A reply of `lua/dump-person.lua`, taken apart. */
type Dumped = readonly (Buffer | readonly (Buffer | readonly Buffer[])[])[];

async function* itemsOf(parts: RedisParts, key: string, person: PersonId): AsyncGenerator<StoredItem> {
  const { connection, codec, prefix } = parts;
  const reply = (await connection.run(SCRIPTS.dumpPerson, [key], [baseOfPerson(prefix, person)])) as Dumped;
  const [record, left, ...things] = reply;
  if (Buffer.isBuffer(record) && record.length > 0) {
    const known = codec.person(person, record);
    const at = connection.now() + Number(left) - PERSON_TTL_MS;
    if (known !== null) yield { kind: 'person', person, record: known, at };
  }
  for (const thing of things) {
    if (Buffer.isBuffer(thing)) continue;
    const [kind, name, value] = thing as readonly [Buffer, Buffer, Buffer];
    const id = name.toString();
    switch (kind.toString()) {
      case 'c': {
        const conversation = id as ConversationId;
        const [, , snapshot, timers, rows] = thing as readonly [Buffer, Buffer, Buffer, Buffer[], Buffer[]];
        if (snapshot.length === 0 && rows.length === 0) break;
        yield {
          kind: 'conversation',
          conversation,
          snapshot: codec.snapshot(conversation, snapshot),
          rows: rows.map((row) => codec.row(row)),
          timers: timers.map((timer) => codec.timer(conversation, timer)),
        };
        break;
      }
      case 'k':
        yield { kind: 'case', ...codec.case(id, value) };
        break;
      case 'd':
        yield { kind: 'dead', letter: codec.dead(value) };
        break;
      case 'f':
        yield { kind: 'quarantine', entry: codec.quarantine(id, value) };
        break;
    }
  }
}

async function* unique(keys: AsyncIterable<string>): AsyncGenerator<string> {
  const met = new Set<string>();
  for await (const key of keys) {
    if (met.has(key)) continue;
    met.add(key);
    yield key;
  }
}

async function importItem(parts: RedisParts, item: StoredItem): Promise<void> {
  const { connection, codec, prefix } = parts;
  const now = connection.now();
  const left = (at: number, lifetimeMs: number): number => Math.max(1, Math.round(at + lifetimeMs - now));
  const program = `${prefix}:{v}:`;
  switch (item.kind) {
    case 'conversation':
      await importTalk(parts, item);
      break;
    case 'person': {
      const key = `${baseOfPerson(prefix, item.person)}p:${item.person}`;
      await connection.call('HSET', key, 'r', codec.seal(`p:${item.person}`, item.record), 'l', '');
      await connection.call('PEXPIRE', key, left(item.at, PERSON_TTL_MS));
      break;
    }
    case 'seen': {
      const [partition, hash] = item.mark.split('.');
      // A mark of an older layout does not tell its partition; its inbound is past being sent again.
      if (Number(partition) < 0) break;
      const key = `${baseOf(prefix, Number(partition))}s:${hash}`;
      await connection.call('SET', key, 'imported:0:', 'PX', left(item.at, SEEN_TTL_MS));
      break;
    }
    case 'tombstone': {
      const hidden = codec.hide(item.person);
      const sealed = codec.seal(`x:${hidden}`, { person: item.person });
      const value = Buffer.concat([Buffer.from(`${item.at}|`), sealed]);
      const key = `${baseOfPerson(prefix, item.person)}x:${hidden}`;
      await connection.call('SET', key, value, 'PX', left(item.at, TOMBSTONE_TTL_MS));
      break;
    }
    case 'case': {
      const { number, openedAt } = item.case;
      const value = codec.seal(`k:${number}`, { case: item.case, person: item.person });
      await file(parts, {
        kind: 'k',
        id: number,
        at: openedAt,
        person: item.person,
        value,
        ttl: left(openedAt, CASE_TTL_MS),
      });
      break;
    }
    case 'dead': {
      const { row, code, at } = item.letter;
      const person = personOf(row.conversation);
      const value = Buffer.concat([Buffer.from(`${code}\0${at}\0`), codec.packedRow(row, 0)]);
      await file(parts, { kind: 'd', id: row.id, at, person, value, ttl: left(at, DEAD_TTL_MS) });
      break;
    }
    case 'quarantine': {
      const { id, at, conversation } = item.entry;
      const value = codec.seal(`f:${id}`, item.entry);
      await file(parts, {
        kind: 'f',
        id,
        at,
        person: personOf(conversation),
        value,
        ttl: left(at, DEAD_TTL_MS),
      });
      break;
    }
    case 'counter':
      // In the first partition: counters are summed over all.
      await connection.call('HSET', `${baseOf(prefix, 0)}ct`, item.name, item.count);
      break;
    case 'value':
      await connection.call('SET', `${program}value:${item.name}`, codec.seal(`v:${item.name}`, item.value));
      break;
    case 'bundle':
      await connection.call('SET', `${program}bundle:${item.hash}`, Buffer.from(item.bytes, 'base64'));
      break;
    case 'active-bundle':
      await connection.call('SET', `${program}active`, item.hash);
      break;
  }
}

async function file(
  { connection, prefix }: RedisParts,
  thing: {
    readonly kind: string;
    readonly id: string;
    readonly at: number;
    readonly person: PersonId;
    readonly value: Buffer;
    readonly ttl: number;
  },
): Promise<void> {
  const base = baseOfPerson(prefix, thing.person);
  const person = `${base}p:${thing.person}`;
  await connection.call('SET', `${base}${thing.kind}:${thing.id}`, thing.value, 'PX', thing.ttl);
  await connection.call('ZADD', `${base}${thing.kind}x`, thing.at, thing.id);
  await connection.call('HSET', person, `${thing.kind}${thing.id}`, '', 'l', '');
  await connection.call('PEXPIRE', person, PERSON_TTL_MS);
}

async function importTalk({ connection, codec, prefix }: RedisParts, item: TalkItem): Promise<void> {
  const { conversation, snapshot } = item;
  const keys = keysOfTalk(prefix, conversation);
  const now = connection.now();
  const number = Number(await connection.call('INCR', `${keys.base}n`));
  await connection.call('DEL', keys.talk, keys.queue, keys.lane);
  await connection.call('HSET', keys.person, `c${conversation}`, '');
  const lifetime =
    snapshot === null ? IDLE_TTL_MS : Math.max(1, Math.round(snapshot.lastAt + IDLE_TTL_MS - now));
  const isLong = Number(await connection.call('HEXISTS', keys.person, 'l')) === 1;
  await connection.call('PEXPIRE', keys.person, isLong ? PERSON_TTL_MS : lifetime);
  if (snapshot !== null) {
    await connection.call('HSET', keys.talk, 'v', number, 's', codec.seal(`c:${conversation}`, snapshot));
    for (const due of item.timers) {
      const hidden = codec.hide(due.timer);
      await connection.call('HSET', keys.talk, `t${hidden}`, codec.seal(`t:${conversation}`, due));
      await connection.call('ZADD', `${keys.base}tm`, due.dueAt, `${conversation}\0${hidden}`);
    }
    await connection.call('PEXPIRE', keys.talk, lifetime);
  }
  const [first] = item.rows;
  if (first === undefined) return;
  await connection.call('RPUSH', keys.queue, ...item.rows.map((row) => codec.packedRow(row, number)));
  await connection.call('PEXPIRE', keys.queue, lifetime);
  await connection.call('ZADD', `${keys.base}due`, first.notBefore, conversation);
}

/**
 * Seals anew what is not under the current key, person by person, by putting it in again; a person who writes meanwhile
 * is under the current key by that. Values of the program come last.
 */
async function reseal(parts: RedisParts, limit: number): Promise<number> {
  const { connection, codec, prefix } = parts;
  let resealed = 0;
  const renew = async (key: string, name: string): Promise<void> => {
    const before = (await connection.call('GET', key)) as Buffer | null;
    if (before === null || codec.sealer.isCurrent(before)) return;
    const after = codec.sealer.seal(name, codec.sealer.open(name, before));
    await connection.run(SCRIPTS.replace, [key], [before, Buffer.from(after)]);
    resealed += 1;
  };
  for (const [pattern, kind] of [
    ['{*}:k:*', 'k'],
    ['{*}:f:*', 'f'],
    ['{v}:value:*', 'v'],
  ] as const) {
    const cut = kind === 'v' ? '}:value:' : `}:${kind}:`;
    for await (const key of connection.scan(`${prefix}:${pattern}`)) {
      if (resealed >= limit) return resealed;
      await renew(key, `${kind}:${key.slice(key.indexOf(cut) + cut.length)}`);
    }
  }
  for (const [pattern, renewOne] of [
    ['{*}:c:*', renewTalk],
    ['{*}:p:*', renewPerson],
    ['{*}:q:*', renewQueue],
    ['{*}:d:*', renewDead],
  ] as const) {
    for await (const key of connection.scan(`${prefix}:${pattern}`)) {
      if (resealed >= limit) return resealed;
      resealed += await renewOne(parts, key);
    }
  }
  return resealed;
}

async function renewHash(
  { connection, codec }: RedisParts,
  key: string,
  nameOf: (field: string) => string | null,
): Promise<number> {
  let resealed = 0;
  for (const [field, value] of chunks((await connection.call('HGETALL', key)) as Buffer[], 2)) {
    const name = nameOf(String(field));
    if (name === null || value === undefined || codec.sealer.isCurrent(value)) continue;
    const after = Buffer.from(codec.sealer.seal(name, codec.sealer.open(name, value)));
    resealed += Number(await connection.run(SCRIPTS.replaceField, [key], [String(field), value, after]));
  }
  return resealed;
}

function renewTalk(parts: RedisParts, key: string): Promise<number> {
  const conversation = key.slice(key.indexOf('}:c:') + 4);
  return renewHash(parts, key, (field) =>
    field === 's' ? `c:${conversation}` : field.startsWith('t') ? `t:${conversation}` : null,
  );
}

function renewPerson(parts: RedisParts, key: string): Promise<number> {
  const person = key.slice(key.indexOf('}:p:') + 4);
  return renewHash(parts, key, (field) => (field === 'r' ? `p:${person}` : null));
}

async function renewQueue({ connection, codec }: RedisParts, key: string): Promise<number> {
  let resealed = 0;
  for (const packed of (await connection.call('LRANGE', key, 0, -1)) as Buffer[]) {
    const after = codec.resealedRow(packed);
    if (after === null) continue;
    resealed += Number(await connection.run(SCRIPTS.replaceItem, [key], [packed, after]));
  }
  return resealed;
}

async function renewDead({ connection, codec }: RedisParts, key: string): Promise<number> {
  const packed = (await connection.call('GET', key)) as Buffer | null;
  if (packed === null) return 0;
  const cut = packed.indexOf(0, packed.indexOf(0) + 1) + 1;
  const after = codec.resealedRow(packed.subarray(cut));
  if (after === null) return 0;
  const whole = Buffer.concat([packed.subarray(0, cut), after]);
  return Number(await connection.run(SCRIPTS.replace, [key], [packed, whole]));
}
