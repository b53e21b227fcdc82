import { LifelineError, type OpenKeyring, type Store } from '../model/index.js';
import { createMemoryStore } from './memory.js';

/** How a store is opened. */
export interface OpenOptions {
  /** What values are encrypted with; the store in memory needs none. */
  readonly keyring: OpenKeyring;
  /** Works beside the bot: for command-line tools. */
  readonly tool?: boolean;
  /** Another time than the machine's, for tests (epoch ms). */
  readonly clock?: () => number;
  /** Told a code of what is not as it should be (`redis-aof-off`, `redis-evicts`). */
  readonly warn?: (code: string) => void;
}

/**
 * Opens the store that a setting names: `memory:` (gone with the process), `lmdb:PATH` (a folder) or an address of
 * Redis. Throws `settings-invalid` for anything else, and what opening the store throws.
 */
export async function openStore(setting: string, options: OpenOptions): Promise<Store> {
  const { keyring, tool, clock } = options;
  const time = clock === undefined ? {} : { clock };
  if (setting === 'memory:') return createMemoryStore(time);
  const path = /^lmdb:(.+)$/s.exec(setting)?.[1];
  // Only the library of the one that is opened is loaded.
  if (path !== undefined) {
    const { openLmdbStore } = await import('./lmdb.js');
    return openLmdbStore({ path, keyring, tool: tool === true, ...time });
  }
  if (/^(redis|rediss|redis\+sentinel|redis\+cluster):\/\//.test(setting)) {
    const warn = options.warn === undefined ? {} : { warn: options.warn };
    const { openRedisStore } = await import('./redis.js');
    return openRedisStore({ url: setting, keyring, tool: tool === true, ...warn });
  }
  throw new LifelineError(
    'settings-invalid',
    'a store is "memory:", "lmdb:" and the path of a folder, or the address of Redis',
  );
}
