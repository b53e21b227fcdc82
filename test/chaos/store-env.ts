import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { startCluster } from '../support/redis/start-cluster.js';
import { startRedis } from '../support/redis/start-redis.js';
import { startSentinel } from '../support/redis/start-sentinel.js';
import { startProxy } from '../support/tcp-proxy.js';
import type { Chance } from './chance.js';
import { makeSmallDisk } from './small-disk.js';

export const STORES = ['lmdb', 'redis', 'cluster', 'sentinel'] as const;
export type StoreName = (typeof STORES)[number];

/** Something that happens to a store; resolves when the store is well again. */
export interface StoreFault {
  readonly name: string;
  readonly happen: () => Promise<void>;
}

/** A store of its own for a run. */
export interface StoreEnv {
  /** As the setting `LIFELINE_STORE`. */
  readonly setting: string;
  readonly workers: number;
  /** Commits wait for a replica: else a failover may lose what was acknowledged. */
  readonly replicated: boolean;
  /** How wrong the clocks of its workers may be (ms); one machine has one clock. */
  readonly maxSkewMs: number;
  readonly faults: readonly StoreFault[];
  stop(): Promise<void>;
}

const WORKERS = 4;
const SKEW_MS = 300_000;

/** Starts the servers of a store, or makes its folder. */
export async function openStoreEnv(name: StoreName, chance: Chance): Promise<StoreEnv> {
  switch (name) {
    case 'lmdb':
      return lmdbEnv();
    case 'redis':
      return redisEnv(chance);
    case 'cluster':
      return clusterEnv();
    case 'sentinel':
      return sentinelEnv();
  }
}

/** A secret made on the fly, base64. */
export function freshSecret(): string {
  return randomBytes(32).toString('base64');
}

async function lmdbEnv(): Promise<StoreEnv> {
  const disk = await makeSmallDisk();
  const fillUp = async (): Promise<void> => {
    await disk.fill();
    await wait(700);
    await disk.free();
  };
  return {
    setting: `lmdb:${disk.path}/store`,
    workers: 1,
    replicated: false,
    maxSkewMs: 0,
    faults: [{ name: 'disk full', happen: fillUp }],
    stop: disk.remove,
  };
}

/** One server behind a proxy, which loses no write it has answered. */
async function redisEnv(chance: Chance): Promise<StoreEnv> {
  const server = await startRedis({ appendonly: true });
  const proxy = await startProxy(server.port);
  const forAWhile = async (ms: number): Promise<void> => {
    await wait(ms);
    await proxy.heal();
  };
  return {
    setting: `redis://127.0.0.1:${proxy.port}`,
    workers: WORKERS,
    replicated: false,
    maxSkewMs: SKEW_MS,
    faults: [
      {
        name: 'slow network',
        happen: () => {
          proxy.delay(20 + chance.below(100));
          return forAWhile(500);
        },
      },
      {
        name: 'connections reset',
        happen: async () => proxy.resetAll(),
      },
      {
        name: 'connections half open',
        happen: () => {
          proxy.halfOpen();
          return forAWhile(200 + chance.below(1_000));
        },
      },
      {
        name: 'an answer lost behind the work',
        happen: async () => {
          await Promise.race([proxy.dropNextAnswer('evalsha'), wait(1_000)]);
        },
      },
      {
        name: 'server killed and restarted',
        happen: async () => {
          await server.kill();
          await wait(chance.below(500));
          await server.restart();
        },
      },
    ],
    stop: async () => {
      await proxy.close();
      await server.stop();
    },
  };
}

async function clusterEnv(): Promise<StoreEnv> {
  const cluster = await startCluster();
  return {
    setting: cluster.url,
    workers: WORKERS,
    replicated: true,
    maxSkewMs: SKEW_MS,
    faults: [
      {
        name: 'a master killed',
        happen: async () => {
          await cluster.killMaster();
          await cluster.revive();
        },
      },
    ],
    stop: cluster.stop,
  };
}

async function sentinelEnv(): Promise<StoreEnv> {
  const sentinel = await startSentinel();
  return {
    setting: sentinel.url,
    workers: WORKERS,
    replicated: true,
    maxSkewMs: SKEW_MS,
    faults: [
      {
        name: 'a lagging replica promoted',
        happen: async () => {
          await sentinel.lag(700);
          await wait(400);
          await sentinel.killMaster();
          await sentinel.revive();
        },
      },
    ],
    stop: sentinel.stop,
  };
}
