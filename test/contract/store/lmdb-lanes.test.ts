import { open, type RootDatabaseOptionsWithPath } from 'lmdb';
import { expect, it } from 'vitest';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import { aliceDirect, commitNext, NOW, row } from './fixture.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

const LEASE_MS = 3_000;

it('keeps a lane claimed whose row cannot be settled, so that it is not sent again at once', async () => {
  const folder = await makeTempFolder();
  let isFull = false;
  const openFull = ((settings: RootDatabaseOptionsWithPath) => {
    const file = open(settings);
    const { remove } = file;
    file.remove = (...parts: unknown[]) => {
      if (isFull) throw new Error('MDB_MAP_FULL');
      return Reflect.apply(remove, file, parts);
    };
    return file;
  }) as typeof open;
  const store = await openLmdbStore({ path: folder.path, keyring, open: openFull });
  try {
    await commitNext(store, aliceDirect, { outbox: [row(aliceDirect, 1)] });
    const sender = { worker: 'one', leaseMs: LEASE_MS };
    const claim = await store.claimLane(aliceDirect, sender, NOW);
    const settling = { token: claim?.token ?? 0, paceAt: 0, now: NOW, leaseMs: LEASE_MS };
    isFull = true;
    await expect(store.settleRow(row(aliceDirect, 1).id, { kind: 'sent' }, settling)).rejects.toMatchObject({
      code: 'store-full',
    });
    isFull = false;
    expect(await store.dueLanes(NOW + LEASE_MS - 1, 9)).toEqual([]);
    expect(await store.dueLanes(NOW + LEASE_MS, 9)).toEqual([aliceDirect]);
    expect(await store.settleRow(row(aliceDirect, 1).id, { kind: 'sent' }, settling)).toEqual({
      kind: 'settled',
      next: null,
    });
  } finally {
    await store.close();
    await folder.remove();
  }
});
