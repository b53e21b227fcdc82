import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import {
  alice,
  aliceDirect,
  commitNext,
  freshInbound,
  HOUR_MS,
  MINUTE_MS,
  NOW,
  openedCase,
  row,
  snapshot,
  turn,
} from './fixture.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

describe('LMDB store after a restart', () => {
  let folder: Awaited<ReturnType<typeof makeTempFolder>>;
  let store: Store;

  beforeEach(async () => {
    folder = await makeTempFolder();
    store = await openLmdbStore({ keyring, path: folder.path });
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  const restart = async () => {
    await store.close();
    store = await openLmdbStore({ keyring, path: folder.path });
  };

  it('still has everything that was committed', async () => {
    const seen = freshInbound();
    await commitNext(store, aliceDirect, {
      seen,
      outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1), row(aliceDirect, 1, 2)],
      records: [
        { kind: 'put-person', person: alice, record: { locale: 'zh-TW' } },
        { kind: 'put-case', person: alice, case: openedCase('A1') },
        { kind: 'count', name: 'turns', by: 1 },
      ],
    });
    await store.settleRow(row(aliceDirect, 1, 0).id, { kind: 'dead', code: 'refused', at: NOW });
    await store.settleRow(row(aliceDirect, 1, 1).id, {
      kind: 'later',
      notBefore: NOW + 1,
      unclearSince: null,
    });
    await store.updateCase('A1', { state: 'taken' });
    await store.putBundle('b1', Uint8Array.of(0, 255, 128));
    await store.activateBundle('b1');
    await store.setValue('telegram:offset', '42');
    const before = await store.load(aliceDirect);

    await restart();

    expect(await store.load(aliceDirect)).toEqual(before);
    expect(before).toMatchObject({ snapshot: snapshot('where-looked'), person: { locale: 'zh-TW' } });
    expect(await store.commit(turn(aliceDirect, { seen }))).toEqual({ kind: 'duplicate' });
    expect(await store.dueLanes(NOW + 1, 9)).toEqual([aliceDirect]);
    expect(await store.nextRow(aliceDirect, NOW + 1)).toMatchObject({ ...row(aliceDirect, 1, 1), tries: 1 });
    await store.settleRow(row(aliceDirect, 1, 1).id, { kind: 'sent' });
    expect(await store.nextRow(aliceDirect, NOW)).toMatchObject(row(aliceDirect, 1, 2));
    expect(await store.listCases(9)).toEqual([{ ...openedCase('A1'), state: 'taken' }]);
    expect(await store.listDead(9)).toMatchObject([{ code: 'refused', row: row(aliceDirect, 1, 0) }]);
    expect(await store.readCounters()).toEqual({ turns: 1 });
    expect(await store.getBundle('b1')).toEqual(Buffer.of(0, 255, 128));
    expect(await store.activeBundle()).toBe('b1');
    expect(await store.getValue('telegram:offset')).toBe('42');
  });

  it('lists a timer that came due meanwhile', async () => {
    const dueAt = NOW + 10 * MINUTE_MS;
    await commitNext(store, aliceDirect, { timers: [{ kind: 'set', timer: 'mail-missing.pause', dueAt }] });
    await restart();
    const timer = { conversation: aliceDirect, timer: 'mail-missing.pause', dueAt };
    expect(await store.dueTimers(NOW + HOUR_MS, 9)).toEqual([timer]);
    expect(await store.nextDue()).toBe(dueAt);
  });

  it('still counts what was taken before', async () => {
    const limits = [{ max: 1, windowMs: MINUTE_MS }];
    const take = (now: number) =>
      store.commit(
        turn(aliceDirect, {
          ...{ beside: true, snapshot: null, now },
          records: [{ kind: 'take-limit', person: alice, name: 'page-session', limits }],
        }),
      );
    expect(await take(NOW)).toMatchObject({ kind: 'ok' });
    await restart();
    expect(await take(NOW + MINUTE_MS - 1)).toEqual({ kind: 'refused', reason: 'limit-reached' });
    expect(await take(NOW + MINUTE_MS)).toMatchObject({ kind: 'ok' });
  });

  it('gives no version out again', async () => {
    const before = await commitNext(store, aliceDirect);
    await commitNext(store, aliceDirect, { snapshot: null });
    await restart();
    expect(await commitNext(store, aliceDirect)).toBeGreaterThan(before);
  });

  it('finishes the commits in hand before it closes', async () => {
    const commits = Array.from({ length: 50 }, () =>
      store.commit(turn(aliceDirect, { snapshot: null, records: [{ kind: 'count', name: 'turns', by: 1 }] })),
    );
    await restart();
    expect((await Promise.all(commits)).every((result) => result.kind === 'ok')).toBe(true);
    expect(await store.readCounters()).toEqual({ turns: 50 });
  });
});
