import { open } from 'lmdb';
import { describe, expect, it } from 'vitest';
import { SEEN_TTL_MS } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import {
  alice,
  aliceDirect,
  aliceInThread,
  commitNext,
  NOW,
  openedCase,
  row,
  snapshot,
  sweepAll,
  turn,
} from './fixture.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

/** Keys and values of the folder as text; a key of one item is that item. */
async function recordsIn(path: string): Promise<readonly string[]> {
  const db = open<Buffer>({ path, noSubdir: false, overlappingSync: false, encoding: 'binary' });
  const found = [...db.getRange()].map(
    ({ key, value }) => `${[key].flat().join(' ')} = ${value.toString('utf8')}`,
  );
  await db.close();
  return found;
}

describe('what the LMDB store leaves behind', () => {
  it('is nothing of a forgotten person once their last rows are sent', async () => {
    const folder = await makeTempFolder();
    const store = await openLmdbStore({ keyring, path: folder.path });
    for (const conversation of [aliceDirect, aliceInThread]) {
      await commitNext(store, conversation, {
        outbox: [0, 1, 2].map((index) => row(conversation, 1, index)),
        timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
        records: [
          { kind: 'put-person', person: alice, record: { locale: 'en' } },
          { kind: 'put-case', person: alice, case: openedCase(`of-1001-${conversation}`) },
        ],
      });
      await store.settleRow(row(conversation, 1, 0).id, { kind: 'dead', code: 'refused', at: NOW });
      await store.settleRow(row(conversation, 1, 1).id, {
        kind: 'later',
        notBefore: NOW + 1,
        unclearSince: null,
      });
    }
    await commitNext(store, aliceDirect, {
      snapshot: null,
      outbox: [row(aliceDirect, 2)],
      records: [{ kind: 'forget', person: alice }],
    });
    await store.settleRow(row(aliceDirect, 2).id, { kind: 'sent' });
    await store.close();

    const left = await recordsIn(folder.path);
    expect(left.filter((record) => record.includes('1001'))).toEqual([]);
    const tables = left.map((record) => record.split(' ')[0]);
    expect(new Set(tables)).toEqual(
      new Set(['commits', 'key-note', 'layout', 'seen', 'seen-at', 'tombstone', 'tombstone-at']),
    );
    await folder.remove();
  });

  it('is nothing of conversations that began, ended and began again, once all is swept', async () => {
    const folder = await makeTempFolder();
    const store = await openLmdbStore({ keyring, path: folder.path });
    for (const hours of [0, 1, 2]) {
      const lastAt = NOW + hours * 3_600_000;
      await commitNext(store, aliceDirect, { snapshot: snapshot('asked', lastAt) });
      await commitNext(store, aliceDirect, { snapshot: hours === 2 ? snapshot('asked', lastAt) : null });
    }
    await store.commit(turn(aliceInThread, { outbox: [row(aliceInThread, 1)] }));
    await sweepAll(store, NOW + SEEN_TTL_MS);
    await store.close();
    const left = await recordsIn(folder.path);
    expect(left.filter((record) => !record.startsWith('key-note'))).toEqual(['commits = 7', 'layout = 2']);
    await folder.remove();
  });
});
