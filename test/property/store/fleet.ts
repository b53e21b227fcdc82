import type { Store } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { keyring } from '../../contract/store/keyring.js';
import { makeTempFolder } from '../../contract/store/temp-folder.js';
import { openOn } from '../../support/redis/open-redis.js';
import { nth, WORKERS } from './worker.js';

/** The stores that the workers have open, all on the same data. */
export interface Fleet {
  /** What a worker works with. */
  store(worker: number): Store;
  /** Ends a worker at once and starts it anew. */
  crash(worker: number): Promise<void>;
  /** Whether the workers are one process: one crash is everybody's, and what they share ends with it. */
  readonly isOneProcess: boolean;
  /** Whether what waits equally long comes in the order of its commits, everywhere. */
  readonly isOrdered: boolean;
  /** Whether lifetimes end by `sweep`. */
  readonly sweeps: boolean;
  close(): Promise<void>;
}

export async function memoryFleet(): Promise<Fleet> {
  const store = createMemoryStore();
  return {
    store: () => store,
    crash: async () => undefined,
    isOneProcess: false,
    isOrdered: true,
    sweeps: true,
    close: () => store.close(),
  };
}

export async function lmdbFleet(): Promise<Fleet> {
  const folder = await makeTempFolder();
  const open = () => openLmdbStore({ path: folder.path, keyring });
  let store = await open();
  return {
    store: () => store,
    crash: async () => {
      await store.close();
      store = await open();
    },
    isOneProcess: true,
    isOrdered: true,
    sweeps: true,
    close: async () => {
      await store.close();
      await folder.remove();
    },
  };
}

/** Each worker has its own connection, as if on a machine of its own. */
export async function redisFleet(url: string): Promise<Fleet> {
  const open = () => openOn(url, { keyring });
  const stores = await Promise.all(Array.from({ length: WORKERS }, open));
  return {
    store: (worker) => nth(stores, worker),
    crash: async (worker) => {
      await nth(stores, worker).close();
      stores[worker % WORKERS] = await open();
    },
    isOneProcess: false,
    // People are spread over partitions, each of which has an order of its own.
    isOrdered: false,
    sweeps: false,
    close: async () => {
      for (const store of stores) await store.close();
    },
  };
}
