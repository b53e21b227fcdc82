import { headBytes } from './redis-audit-writer.js';
import { chunks } from './redis-outbox.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';

/** Keys that are looked at side by side: they share their way to the server. */
const AT_ONCE = 64;

/** Seals what a key keeps; how many values were not under the current key. */
type Renew = (parts: RedisParts, key: string, name: string) => Promise<number>;

/** By the part of a key that tells what it is (`redis-keys.ts`). */
const RENEWED: ReadonlyMap<string, Renew> = new Map<string, Renew>([
  ['k', (parts, key, name) => renewValue(parts, key, `k:${name}`)],
  ['f', (parts, key, name) => renewValue(parts, key, `f:${name}`)],
  ['u', (parts, key, name) => renewValue(parts, key, `u:${name}`)],
  ['value', (parts, key, name) => renewValue(parts, key, `v:${name}`)],
  ['x', renewTombstone],
  ['c', renewTalk],
  ['p', renewPerson],
  ['q', renewQueue],
  ['d', renewDead],
  ['a', renewAudit],
]);

/**
 * The port's `reseal`. What a worker changes at the same moment is left to it and counts all the same: only a pass that
 * finds nothing says that nothing is left.
 */
export async function reseal(parts: RedisParts, limit: number): Promise<number> {
  const { connection, prefix } = parts;
  let found = 0;
  let batch: Promise<number>[] = [];
  const finish = async (): Promise<void> => {
    for (const count of await Promise.all(batch)) found += count;
    batch = [];
  };
  for await (const key of connection.scan(`${prefix}:{*}:*`)) {
    const [, kind = '', name = ''] =
      /^\{[^}]*\}:([a-z]+)(?::(.*))?$/s.exec(key.slice(prefix.length + 1)) ?? [];
    const renew = RENEWED.get(kind);
    if (renew === undefined) continue;
    batch.push(renew(parts, key, name));
    if (batch.length < AT_ONCE) continue;
    await finish();
    if (found >= limit) return found;
  }
  await finish();
  return found;
}

/** A sealed value behind `head` bytes that are kept as they are. */
async function renewBehind(
  { connection, codec }: RedisParts,
  key: string,
  name: string,
  headOf: (value: Buffer) => number,
): Promise<number> {
  const before = (await connection.call('GET', key)) as Buffer | null;
  if (before === null) return 0;
  const head = headOf(before);
  const sealed = before.subarray(head);
  if (codec.sealer.isCurrent(sealed)) return 0;
  const after = codec.sealer.seal(name, codec.sealer.open(name, sealed));
  await connection.run(SCRIPTS.replace, [key], [before, Buffer.concat([before.subarray(0, head), after])]);
  return 1;
}

function renewValue(parts: RedisParts, key: string, name: string): Promise<number> {
  return renewBehind(parts, key, name, () => 0);
}

function renewTombstone(parts: RedisParts, key: string, hidden: string): Promise<number> {
  return renewBehind(parts, key, `x:${hidden}`, (value) => value.indexOf('|') + 1);
}

async function renewHash(
  { connection, codec }: RedisParts,
  key: string,
  nameOf: (field: string) => string | null,
): Promise<number> {
  let found = 0;
  for (const [field, value] of chunks((await connection.call('HGETALL', key)) as Buffer[], 2)) {
    const name = nameOf(String(field));
    if (name === null || value === undefined || codec.sealer.isCurrent(value)) continue;
    const after = Buffer.from(codec.sealer.seal(name, codec.sealer.open(name, value)));
    await connection.run(SCRIPTS.replaceField, [key], [String(field), value, after]);
    found += 1;
  }
  return found;
}

function renewTalk(parts: RedisParts, key: string, conversation: string): Promise<number> {
  return renewHash(parts, key, (field) =>
    field === 's' ? `c:${conversation}` : field.startsWith('t') ? `t:${conversation}` : null,
  );
}

function renewPerson(parts: RedisParts, key: string, person: string): Promise<number> {
  return renewHash(parts, key, (field) => (field === 'r' ? `p:${person}` : null));
}

async function renewAudit({ connection, codec }: RedisParts, key: string): Promise<number> {
  const partition = key.slice(key.indexOf('{') + 1, key.indexOf('}'));
  let found = 0;
  for (const [index, packed] of ((await connection.call('LRANGE', key, 0, -1)) as Buffer[]).entries()) {
    const head = headBytes(packed);
    const sealed = packed.subarray(head);
    if (codec.sealer.isCurrent(sealed)) continue;
    const name = `a:${partition}:${packed.subarray(0, packed.indexOf(0))}`;
    const after = Buffer.concat([
      packed.subarray(0, head),
      codec.sealer.seal(name, codec.sealer.open(name, sealed)),
    ]);
    await connection.run(SCRIPTS.replaceAt, [key], [index, packed, after]);
    found += 1;
  }
  return found;
}

async function renewQueue({ connection, codec }: RedisParts, key: string): Promise<number> {
  let found = 0;
  for (const packed of (await connection.call('LRANGE', key, 0, -1)) as Buffer[]) {
    const after = codec.resealedRow(packed);
    if (after === null) continue;
    await connection.run(SCRIPTS.replaceItem, [key], [packed, after]);
    found += 1;
  }
  return found;
}

async function renewDead({ connection, codec }: RedisParts, key: string): Promise<number> {
  const packed = (await connection.call('GET', key)) as Buffer | null;
  if (packed === null) return 0;
  const head = packed.indexOf(0, packed.indexOf(0) + 1) + 1;
  const after = codec.resealedRow(packed.subarray(head));
  if (after === null) return 0;
  await connection.run(SCRIPTS.replace, [key], [packed, Buffer.concat([packed.subarray(0, head), after])]);
  return 1;
}
