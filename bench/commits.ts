import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenKeyring } from '../src/model/index.js';
import { openLmdbStore } from '../src/store/lmdb.js';
import { openRedisStore } from '../src/store/redis.js';
import { bareLmdb } from './bare-lmdb.js';
import { type BareSides, bareRedis } from './bare-redis.js';
import { median, printFigure } from './figure.js';
import { KEYRINGS } from './keyrings.js';
import { type Load, underLoad } from './load.js';
import type { BenchRedis } from './redis-server.js';
import { type Side, storeSide } from './sides.js';

const AREA = 'store';
const ROUNDS = 5;
/** Turns in flight, and how many a round has. */
const LEVELS = [
  { inFlight: 1, count: 300 },
  { inFlight: 16, count: 2_000 },
  { inFlight: 64, count: 3_000 },
  { inFlight: 256, count: 3_000 },
] as const;
/** Where the ratios have an aim. */
const BUSY = 64;
const FIRST = 100_000_000;
const FIRST_BARE = 200_000_000;

/** Commits a second on LMDB and Redis, without encryption and with it, in turn with a bare loop. */
export async function benchCommits(redis: BenchRedis): Promise<void> {
  for (const { name, keyring } of KEYRINGS) {
    const aim = name === 'with encryption' ? 0.65 : 0.8;
    await onLmdb(keyring, (sides) => compare(`LMDB, ${name}`, 'one put', sides, aim));
    await redis.empty();
    await onRedis(redis, keyring, (sides) => compare(`Redis, ${name}`, 'one SET', sides, aim));
  }
  await redis.empty();
}

interface Sides extends Omit<BareSides, 'close'> {
  readonly ours: Side;
}

async function onLmdb(keyring: OpenKeyring, work: (sides: Sides) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-bench-'));
  const store = await openLmdbStore({ path: join(folder, 'ours'), keyring });
  const sides = await bareLmdb(folder, keyring, FIRST_BARE);
  try {
    await work({ ...sides, ours: storeSide(store, FIRST) });
  } finally {
    await sides.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
}

async function onRedis(
  redis: BenchRedis,
  keyring: OpenKeyring,
  work: (sides: Sides) => Promise<void>,
): Promise<void> {
  const store = await openRedisStore({ url: redis.url, keyring });
  const sides = await bareRedis(redis.port, keyring, FIRST_BARE);
  try {
    await work({ ...sides, ours: storeSide(store, FIRST) });
  } finally {
    await sides.close();
    await store.close();
  }
}

async function compare(where: string, plainly: string, sides: Sides, aim: number): Promise<void> {
  for (const { inFlight, count } of LEVELS) {
    const ours: Load[] = [];
    const bare: Load[] = [];
    const plain: Load[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const loads = [
        [ours, sides.ours],
        [bare, sides.bare],
        [plain, sides.plain],
      ] as const;
      for (const [runs, side] of loads) {
        const work = await side.ready(count);
        globalThis.gc?.();
        const load = await underLoad(inFlight, count, work);
        await side.settle();
        // The first round warms both up.
        if (round > 0) runs.push(load);
      }
    }
    const flying = `${where}, ${inFlight} in flight`;
    const rates = (runs: readonly Load[]): readonly number[] => runs.map((load) => load.perSecond);
    const print = (figure: string, unit: string, runs: readonly number[]): void =>
      printFigure({ area: AREA, figure: `${flying}: ${figure}`, unit, runs });
    print('commits', 'commits/s', rates(ours));
    print(
      'p50 of a commit',
      'ms',
      ours.map((load) => load.p50),
    );
    print(
      'p99 of a commit',
      'ms',
      ours.map((load) => load.p99),
    );
    print(
      'processor time of a commit',
      'µs',
      ours.map((load) => load.cpu),
    );
    print(
      'processor time of a turn of the bare loop',
      'µs',
      bare.map((load) => load.cpu),
    );
    print('bare loop, the same keys and bytes', 'commits/s', rates(bare));
    print(`${plainly} of as many bytes`, 'writes/s', rates(plain));
    const ratios = ours.map((load, index) => load.perSecond / (bare[index]?.perSecond ?? Number.NaN));
    printFigure({
      area: AREA,
      figure: `${flying}: Lifeline / bare loop`,
      unit: 'ratio',
      runs: ratios,
      ...(inFlight < BUSY ? {} : { aim: `at least ${aim}`, met: median(ratios) >= aim }),
    });
  }
}
