import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type RunningCluster, startCluster } from '../../support/redis/start-cluster.js';
import { type RunningRedis, startRedis } from '../../support/redis/start-redis.js';
import { type RunningSentinel, startSentinel } from '../../support/redis/start-sentinel.js';
import { lives } from './commands.js';
import { type Fleet, lmdbFleet, memoryFleet, redisFleet } from './fleet.js';
import { recover } from './recover.js';
import { createWorld } from './worker.js';

/** How many lives are played on each store, and how many commands the longest of them has. */
const RUNS = {
  memory: { lives: 200, commands: 80 },
  lmdb: { lives: 40, commands: 60 },
  redis: { lives: 40, commands: 60 },
  cluster: { lives: 12, commands: 60 },
  sentinel: { lives: 12, commands: 60 },
};

/** A life that fails is made shorter for this long; what is shown then is the shortest found. */
const SHORTEN_MS = 60_000;

let redis: RunningRedis;
let cluster: RunningCluster;
let sentinel: RunningSentinel;
beforeAll(async () => {
  [redis, cluster, sentinel] = await Promise.all([startRedis(), startCluster(), startSentinel()]);
});
afterAll(async () => {
  await Promise.all([redis.stop(), cluster.stop(), sentinel.stop()]);
});

/** The stores of workers on an empty server. */
async function onEmpty(server: { readonly url: string; empty(): Promise<void> }): Promise<Fleet> {
  await server.empty();
  return redisFleet(server.url);
}

describe('the store under random lives of several workers that crash', () => {
  it.each([
    ['in memory', RUNS.memory, memoryFleet],
    ['on LMDB', RUNS.lmdb, lmdbFleet],
    ['on Redis', RUNS.redis, () => onEmpty(redis)],
    ['on a cluster', RUNS.cluster, () => onEmpty(cluster)],
    ['with sentinels', RUNS.sentinel, () => onEmpty(sentinel)],
  ] as const)(
    'answers as the model does, and loses nothing, %s',
    async (_where, runs, open) => {
      await fc.assert(
        fc.asyncProperty(lives(runs.commands), async (commands) => {
          const fleet = await open();
          try {
            const world = createWorld(Math.ceil(fleet.store(0).now() / 1_000) * 1_000);
            await fc.asyncModelRun(() => ({ model: world, real: fleet }), commands);
            await recover(world, fleet);
          } finally {
            await fleet.close();
          }
        }),
        { numRuns: runs.lives, interruptAfterTimeLimit: SHORTEN_MS, markInterruptAsFailure: true },
      );
    },
    2 * SHORTEN_MS,
  );
});
