import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LifelineError, type Store } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import { aliceDirect, commitNext, NOW, row, turn } from './fixture.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

const WORDS = 'words of a person';

describe('damaged records of the LMDB store', () => {
  let folder: Awaited<ReturnType<typeof makeTempFolder>>;
  let store: Store;

  beforeEach(async () => {
    folder = await makeTempFolder();
    store = await openLmdbStore({ keyring, path: folder.path });
    await commitNext(store, aliceDirect, { outbox: [row(aliceDirect, 1)] });
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  const openBehind = () =>
    open<Buffer>({ path: folder.path, noSubdir: false, overlappingSync: false, encoding: 'binary' });

  /** The values of a table, as they are on the disk. */
  const bytesOf = async (table: string): Promise<readonly string[]> => {
    const db = openBehind();
    const values = [...db.getRange()].flatMap(({ key, value }) =>
      Array.isArray(key) && key[0] === table ? [value.toString('hex')] : [],
    );
    await db.close();
    return values;
  };

  /** Overwrites every value of a table, behind the store's back. */
  const damage = async (table: string, value: string) => {
    const db = openBehind();
    const keys = [...db.getKeys()].filter((key) => Array.isArray(key) && key[0] === table);
    expect(keys).not.toHaveLength(0);
    await db.transaction(() => {
      for (const key of keys) db.put(key, Buffer.from(value));
    });
    await db.close();
  };

  const faultOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it.each([
    ['no JSON', WORDS],
    ['nothing', ''],
    ['another shape', JSON.stringify({ snapshot: WORDS, [WORDS]: 1 })],
    ['null', 'null'],
  ])('names the kind of a record that is %s, and nothing of its content', async (_what, value) => {
    await damage('conversation', value);
    const fault = await faultOf(store.load(aliceDirect));
    expect(fault).toBeInstanceOf(LifelineError);
    expect(fault).toMatchObject({ code: 'store-damaged', retryable: false });
    expect(fault instanceof Error ? [fault.message, fault.cause] : []).toEqual([
      'a record of "conversation" cannot be read',
      undefined,
    ]);
  });

  it.each([
    ['version', 0],
    ['idle alarm', 8],
  ])('finds a %s that was changed beside its snapshot', async (_what, at) => {
    const db = open<Buffer>({
      path: folder.path,
      noSubdir: false,
      overlappingSync: false,
      encoding: 'binary',
    });
    const [key] = [...db.getKeys()].filter((each) => Array.isArray(each) && each[0] === 'conversation');
    const bytes = key === undefined ? undefined : db.get(key);
    if (key === undefined || bytes === undefined) throw new Error('no conversation');
    bytes.writeDoubleBE(bytes.readDoubleBE(at) + 1, at);
    await db.put(key, bytes);
    await db.close();
    expect(await faultOf(store.load(aliceDirect))).toMatchObject({ code: 'store-damaged' });
  });

  it('writes nothing of a commit that meets a damaged record', async () => {
    await commitNext(store, aliceDirect, { records: [{ kind: 'count', name: 'turns', by: 1 }] });
    await damage('counter', WORDS);
    const { version } = await store.load(aliceDirect);
    const commit = turn(aliceDirect, {
      expectedVersion: version,
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      records: [{ kind: 'count', name: 'turns', by: 1 }],
    });
    await expect(store.commit(commit)).rejects.toMatchObject({ code: 'store-damaged' });
    expect((await store.load(aliceDirect)).version).toBe(version);
    expect(await store.dueTimers(NOW, 9)).toEqual([]);
    await expect(store.readCounters()).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('writes nothing of a commit that cannot be written', async () => {
    const { version } = await store.load(aliceDirect);
    const records = [{ kind: 'count', name: 'x'.repeat(5000), by: 1 }] as const;
    const commit = turn(aliceDirect, { expectedVersion: version, records });
    await expect(store.commit(commit)).rejects.toBeInstanceOf(TypeError);
    expect((await store.load(aliceDirect)).version).toBe(version);
    expect(await store.commit({ ...commit, records: [] })).toMatchObject({ kind: 'ok' });
  });

  it('takes an answer beside a damaged conversation, of which no byte changes', async () => {
    await damage('conversation', WORDS);
    const before = await bytesOf('conversation');
    const answer = turn(aliceDirect, { beside: true, snapshot: null, outbox: [row(aliceDirect, 2)] });
    expect(await store.commit(answer)).toMatchObject({ kind: 'ok' });
    expect(await bytesOf('conversation')).toEqual(before);
    await store.settleRow(row(aliceDirect, 1).id, { kind: 'sent' });
    expect(await store.nextRow(aliceDirect, NOW)).toMatchObject({ id: row(aliceDirect, 2).id });
  });
});
