import { open } from 'lmdb';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import { askRedis } from '../../support/redis/ask-redis.js';
import { openOn } from '../../support/redis/open-redis.js';
import { startRedis } from '../../support/redis/start-redis.js';
import { aliceDirect, bobDirect, commitNext, NOW } from './fixture.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

interface Scene {
  readonly store: Store;
  /** Overwrites what is kept of Alice's timer, or of all timers. */
  damage(which: 'alice' | 'all'): Promise<void>;
}

async function onLmdb(): Promise<Scene> {
  const folder = await makeTempFolder();
  atEnd.push(folder.remove);
  const store = await openLmdbStore({ keyring, path: folder.path });
  atEnd.push(() => store.close());
  const damage = async (which: 'alice' | 'all') => {
    const db = open<Buffer>({
      path: folder.path,
      noSubdir: false,
      overlappingSync: false,
      encoding: 'binary',
    });
    const keys = [...db.getKeys()].filter((key) => Array.isArray(key) && key[0] === 'timer-due');
    await db.transaction(() => {
      for (const key of which === 'all' ? keys : keys.slice(0, 1)) db.put(key, Buffer.from('damage'));
    });
    await db.close();
  };
  return { store, damage };
}

async function onRedis(): Promise<Scene> {
  const server = await startRedis();
  atEnd.push(server.stop);
  const store = await openOn(server.url);
  atEnd.push(() => store.close());
  const damage = async (which: 'alice' | 'all') => {
    const whose = which === 'all' ? '*' : aliceDirect;
    for (const key of (await askRedis(server.port, 'KEYS', `*:c:${whose}`)) as string[]) {
      for (const field of (await askRedis(server.port, 'HKEYS', key)) as string[]) {
        if (field.startsWith('t')) await askRedis(server.port, 'HSET', key, field, 'damage');
      }
    }
  };
  return { store, damage };
}

describe.each([
  ['LMDB', onLmdb],
  ['Redis', onRedis],
])('a timer on %s that cannot be read', (_name, openScene) => {
  it('holds up no other, and is told of once it is alone', async () => {
    const { store, damage } = await openScene();
    await commitNext(store, aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }] });
    await commitNext(store, bobDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW + 1 }] });
    await damage('alice');
    const bobs = { conversation: bobDirect, timer: 'wait', dueAt: NOW + 1 };
    expect(await store.dueTimers(NOW + 1, 9)).toEqual([bobs]);
    expect(await store.claimTimers(NOW + 1, 9, 1_000)).toEqual([bobs]);
    await damage('all');
    await expect(store.claimTimers(NOW + 9_000, 9, 1_000)).rejects.toMatchObject({ code: 'store-damaged' });
  });
});

it('a conversation of a later format is said to be newer, not damaged', async () => {
  const folder = await makeTempFolder();
  atEnd.push(folder.remove);
  const store = await openLmdbStore({ keyring, path: folder.path });
  atEnd.push(() => store.close());
  await commitNext(store, aliceDirect);
  const { snapshot } = await store.load(aliceDirect);
  const later = { ...snapshot, format: 2 } as unknown as typeof snapshot;
  await commitNext(store, aliceDirect, { snapshot: later });
  await expect(store.load(aliceDirect)).rejects.toMatchObject({ code: 'store-newer' });
});
