import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Store } from '../src/model/index.js';
import { openLmdbStore } from '../src/store/lmdb.js';
import { openRedisStore } from '../src/store/redis.js';
import { printFigure } from './figure.js';
import { encryptedKeyring as keyring } from './keyrings.js';
import type { BenchRedis } from './redis-server.js';
import { Talks } from './sides.js';

const AREA = 'store';
const AIM_BYTES = 2_200;
const FIRST = 100_000_000;
/** Conversations that are begun before the next ones are. */
const BATCH = 5_000;
/** Keys of a kind that are asked for their size. */
const SAMPLE = 200;
/** A moment longer than what a settled lane remembers is kept. */
const LANE_KEPT_MS = 16_000;
const POLL_MS = 2_000;

/** What an idle conversation takes: a snapshot of 1.2 kB under encryption, its one row sent. */
export async function benchMemory(redis: BenchRedis, counts: readonly number[]): Promise<void> {
  for (const count of counts) {
    await onRedis(redis, count);
    await onLmdb(count);
  }
}

async function onRedis(redis: BenchRedis, count: number): Promise<void> {
  await redis.empty();
  const store = await openRedisStore({ url: redis.url, keyring });
  const before = await redis.number('memory', 'used_memory');
  await fill(store, count);
  await untilLanesAreGone(redis);
  const each = ((await redis.number('memory', 'used_memory')) - before) / count;
  const where = `Redis, ${count} idle conversations`;
  printFigure({
    area: AREA,
    figure: `${where}: each, with its person and a seen-mark`,
    unit: 'bytes',
    runs: [each],
    aim: `at most ${AIM_BYTES}`,
    met: each <= AIM_BYTES,
  });
  const client = new Redis(redis.port, '127.0.0.1');
  for (const [kind, name] of [
    ['c', 'the conversation'],
    ['p', 'the person'],
    ['s', 'the seen-mark'],
  ] as const) {
    const runs = await sizesOf(client, `ll:{*}:${kind}:*`);
    printFigure({ area: AREA, figure: `${where}: MEMORY USAGE of ${name}`, unit: 'bytes', runs });
  }
  client.disconnect();
  await store.close();
  await redis.empty();
}

async function onLmdb(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-bench-'));
  const store = await openLmdbStore({ path: folder, keyring });
  const size = async (): Promise<number> => (await stat(join(folder, 'data.mdb'))).size;
  const before = await size();
  await fill(store, count);
  const each = ((await size()) - before) / count;
  await store.close();
  await rm(folder, { recursive: true });
  const figure = `LMDB, ${count} idle conversations: growth of the file for each`;
  printFigure({ area: AREA, figure, unit: 'bytes', runs: [each] });
}

async function fill(store: Store, count: number): Promise<void> {
  const talks = new Talks(store, FIRST);
  for (let begun = 0; begun < count; begun += BATCH) await talks.begin(Math.min(count, begun + BATCH));
}

/**
 * What a lane remembers of its last row goes 15 seconds after it. The server drops what has run out as long as there is
 * much of it; the last few it meets by chance, so they are not waited for.
 */
async function untilLanesAreGone(redis: BenchRedis): Promise<void> {
  await wait(LANE_KEPT_MS);
  for (;;) {
    const before = await redis.keys();
    await wait(POLL_MS);
    if (before - (await redis.keys()) < before / 500) return;
  }
}

/** Bytes of some keys that match, by what the server says; the share in its tables comes on top. */
async function sizesOf(client: Redis, pattern: string): Promise<readonly number[]> {
  const sizes: number[] = [];
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', 512);
    cursor = next;
    for (const key of keys.slice(0, SAMPLE - sizes.length)) {
      sizes.push(Number(await client.memory('USAGE', key)));
    }
  } while (cursor !== '0' && sizes.length < SAMPLE);
  return sizes;
}
