import { LifelineError, type Store } from '../model/index.js';
import { openLmdbStore } from './lmdb.js';
import { createMemoryStore } from './memory.js';

/**
 * Opens the store that a setting names: `memory:` (gone with the process) or `lmdb:PATH` (a folder). With `tool` it works
 * beside the bot that holds the folder. Throws `settings-invalid` for anything else, and what opening the store throws.
 */
export async function openStore(setting: string, options: { readonly tool?: boolean } = {}): Promise<Store> {
  if (setting === 'memory:') return createMemoryStore();
  const path = /^lmdb:(.+)$/s.exec(setting)?.[1];
  if (path !== undefined) return openLmdbStore({ path, ...options });
  throw new LifelineError('settings-invalid', 'a store is "memory:" or "lmdb:" and the path of a folder');
}
