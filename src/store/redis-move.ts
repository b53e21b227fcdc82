import {
  type ConversationId,
  PARTITIONS,
  PERSON_TTL_MS,
  type PersonId,
  SEEN_TTL_MS,
  type Store,
  type StoredItem,
} from '../model/index.js';
import { auditPart } from './redis-audit.js';
import { importItem } from './redis-import.js';
import { allBases, baseOfPerson } from './redis-keys.js';
import { chunks } from './redis-outbox.js';
import type { RedisParts } from './redis-parts.js';
import { reseal } from './redis-reseal.js';
import { SCRIPTS } from './redis-scripts.js';

type Methods = 'exportItems' | 'importItem' | 'reseal';

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
  for await (const key of unique(connection.scan(`${prefix}:{*}:u:*`))) {
    const sealed = (await connection.call('GET', key)) as Buffer | null;
    const id = key.slice(key.indexOf('}:u:') + 4);
    if (sealed !== null) yield { kind: 'unanswered', entry: codec.unanswered(id, sealed) };
  }
  yield* auditItems(parts);
  yield* programItems(parts);
}

async function* auditItems(parts: RedisParts): AsyncGenerator<StoredItem> {
  const { readAudit } = auditPart(parts);
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    for (const { entry } of (await readAudit(partition)).kept)
      if (entry !== null) yield { kind: 'audit', partition, entry };
  }
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
