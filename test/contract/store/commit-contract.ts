import { expect, it } from 'vitest';
import type { Store } from '../../../src/model/index.js';
import {
  aliceDirect,
  aliceInGroup,
  aliceInThread,
  commitNext,
  freshInbound,
  NOW,
  openedCase,
  row,
  snapshot,
  turn,
} from './fixture.js';

/** What the store writes in one step, and when it does not. */
export function commitContract(store: () => Store): void {
  it('loads an absent conversation as version 0', async () => {
    expect(await store().load(aliceDirect)).toEqual({ version: 0, snapshot: null, person: null });
  });

  it('loads what was committed', async () => {
    const result = await store().commit(turn(aliceDirect));
    expect(result).toMatchObject({ kind: 'ok' });
    const loaded = await store().load(aliceDirect);
    expect(loaded).toEqual({
      version: commitVersion(result),
      snapshot: snapshot('where-looked'),
      person: null,
    });
    expect(loaded.version).toBeGreaterThan(0);
  });

  it('keeps the places of one person apart', async () => {
    await commitNext(store(), aliceInGroup, {
      snapshot: snapshot('in-group'),
      outbox: [row(aliceInGroup, 1)],
    });
    await commitNext(store(), aliceInThread, {
      snapshot: snapshot('in-thread'),
      outbox: [row(aliceInThread, 1)],
    });
    expect((await store().load(aliceInGroup)).snapshot?.step).toBe('in-group');
    expect((await store().load(aliceInThread)).snapshot?.step).toBe('in-thread');
    expect((await store().load(aliceDirect)).snapshot).toBeNull();
    await store().settleRow(row(aliceInGroup, 1).id, { kind: 'sent' });
    expect(await store().nextRow(aliceInGroup, NOW)).toBeNull();
    expect((await store().nextRow(aliceInThread, NOW))?.id).toBe(row(aliceInThread, 1).id);
  });

  it('drops a repeated inbound, even one with an outdated version', async () => {
    const seen = freshInbound();
    await store().commit(turn(aliceDirect, { seen, outbox: [row(aliceDirect, 1)] }));
    const before = await store().load(aliceDirect);
    const again = turn(aliceDirect, { seen, snapshot: snapshot('other'), outbox: [row(aliceDirect, 2)] });
    expect(await store().commit(again)).toEqual({ kind: 'duplicate' });
    expect(await store().commit({ ...again, expectedVersion: before.version })).toEqual({
      kind: 'duplicate',
    });
    expect(await store().load(aliceDirect)).toEqual(before);
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'sent' });
    expect(await store().nextRow(aliceDirect, NOW)).toBeNull();
  });

  it('answers an outdated version with the fresh conversation and writes nothing', async () => {
    const version = await commitNext(store(), aliceDirect, {
      records: [{ kind: 'put-person', person: turn(aliceDirect).person, record: { locale: 'en' } }],
    });
    const late = turn(aliceDirect, {
      snapshot: snapshot('late'),
      outbox: [row(aliceDirect, 2)],
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      records: [
        { kind: 'count', name: 'late', by: 1 },
        { kind: 'put-case', person: turn(aliceDirect).person, case: openedCase('A1') },
      ],
    });
    const fresh = { version, snapshot: snapshot('where-looked'), person: { locale: 'en' } };
    expect(await store().commit(late)).toEqual({ kind: 'conflict', fresh });
    expect(await store().load(aliceDirect)).toEqual(fresh);
    await expectNothingWaits(store());
    expect(await store().readCounters()).toEqual({});
    expect(await store().listCases(9)).toEqual([]);
    expect(await store().commit({ ...late, expectedVersion: version })).toMatchObject({ kind: 'ok' });
  });

  it('answers a version of a conversation that is gone with version 0', async () => {
    const gone = turn(aliceDirect, { expectedVersion: 4711 });
    const fresh = { version: 0, snapshot: null, person: null };
    expect(await store().commit(gone)).toEqual({ kind: 'conflict', fresh });
  });

  it('refuses a case number that exists and writes nothing, so that the same inbound can come again', async () => {
    const { person } = turn(aliceInGroup);
    await commitNext(store(), aliceInGroup, {
      records: [{ kind: 'put-case', person, case: openedCase('A1') }],
    });
    const second = turn(aliceDirect, {
      outbox: [row(aliceDirect, 1)],
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      records: [
        { kind: 'count', name: 'cases', by: 1 },
        { kind: 'put-case', person: turn(aliceDirect).person, case: openedCase('A1', NOW + 1) },
      ],
    });
    expect(await store().commit(second)).toEqual({ kind: 'refused', reason: 'case-exists' });
    expect((await store().load(aliceDirect)).version).toBe(0);
    await expectNothingWaits(store());
    expect(await store().readCounters()).toEqual({});
    expect(await store().listCases(9)).toEqual([openedCase('A1')]);
    expect(await store().commit({ ...second, records: [] })).toMatchObject({ kind: 'ok' });
  });

  it('refuses two cases of one number in one commit', async () => {
    const { person } = turn(aliceDirect);
    const record = { kind: 'put-case', person, case: openedCase('A1') } as const;
    expect(await store().commit(turn(aliceDirect, { records: [record, record] }))).toMatchObject({
      kind: 'refused',
    });
  });

  it('ends a conversation without a snapshot: its timers go, its rows stay', async () => {
    await commitNext(store(), aliceDirect, {
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      outbox: [row(aliceDirect, 1)],
    });
    const { version } = await store().load(aliceDirect);
    const last = turn(aliceDirect, {
      expectedVersion: version,
      snapshot: null,
      outbox: [row(aliceDirect, 2)],
      timers: [{ kind: 'set', timer: 'other', dueAt: NOW }],
    });
    expect(await store().commit(last)).toEqual({ kind: 'ok', version: 0, claim: null });
    expect(await store().load(aliceDirect)).toEqual({ version: 0, snapshot: null, person: null });
    expect(await store().dueTimers(NOW, 9)).toEqual([]);
    expect((await store().nextRow(aliceDirect, NOW))?.id).toBe(row(aliceDirect, 1).id);
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'sent' });
    expect((await store().nextRow(aliceDirect, NOW))?.id).toBe(row(aliceDirect, 2).id);
  });

  it('never gives a version out twice, so that a turn in flight cannot land in a conversation begun anew', async () => {
    const first = await commitNext(store(), aliceDirect);
    const second = await commitNext(store(), aliceDirect);
    await commitNext(store(), aliceDirect, { snapshot: null });
    const reborn = [await commitNext(store(), aliceDirect), await commitNext(store(), aliceDirect)];
    expect(new Set([first, second, ...reborn]).size).toBe(4);
    expect(await store().commit(turn(aliceDirect, { expectedVersion: second }))).toMatchObject({
      kind: 'conflict',
    });
  });

  it('lets exactly one of many turns from the same version through', async () => {
    const version = await commitNext(store(), aliceDirect);
    const rivals = Array.from({ length: 20 }, (_, index) =>
      store().commit(turn(aliceDirect, { expectedVersion: version, outbox: [row(aliceDirect, 2, index)] })),
    );
    const kinds = (await Promise.all(rivals)).map((result) => result.kind);
    expect(kinds.filter((kind) => kind === 'ok')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'conflict')).toHaveLength(19);
  });

  it('lets exactly one of many copies of an inbound through', async () => {
    const seen = freshInbound();
    const copies = Array.from({ length: 20 }, () =>
      store().commit(turn(aliceDirect, { seen, records: [{ kind: 'count', name: 'turns', by: 1 }] })),
    );
    const kinds = (await Promise.all(copies)).map((result) => result.kind);
    expect(kinds.filter((kind) => kind === 'ok')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'duplicate')).toHaveLength(19);
    expect(await store().readCounters()).toEqual({ turns: 1 });
  });

  it('answers beside a conversation, which stays as it is, once for each inbound', async () => {
    const dueAt = NOW + 5;
    const timers = [{ kind: 'set', timer: 'wait', dueAt }] as const;
    const version = await commitNext(store(), aliceDirect, { timers });
    const before = await store().load(aliceDirect);
    const answer = turn(aliceDirect, {
      beside: true,
      snapshot: null,
      outbox: [row(aliceDirect, 1)],
      timers: [{ kind: 'cancel', timer: 'wait', dueAt }],
      records: [{ kind: 'count', name: 'quarantined', by: 1 }],
    });
    expect(await store().commit(answer)).toMatchObject({ kind: 'ok' });
    expect(await store().commit(answer)).toEqual({ kind: 'duplicate' });
    expect(await store().load(aliceDirect)).toEqual(before);
    expect(await store().nextRow(aliceDirect, NOW)).toMatchObject({ id: row(aliceDirect, 1).id });
    expect(await store().dueTimers(dueAt, 9)).toEqual([]);
    expect(await store().readCounters()).toEqual({ quarantined: 1 });
    expect(await store().commit(turn(aliceDirect, { expectedVersion: version }))).toMatchObject({
      kind: 'ok',
    });
  });

  it('answers beside a conversation that is not there without making one', async () => {
    const answer = turn(aliceDirect, { beside: true, snapshot: null, outbox: [row(aliceDirect, 1)] });
    expect(await store().commit(answer)).toMatchObject({ kind: 'ok' });
    expect(await store().load(aliceDirect)).toMatchObject({ version: 0, snapshot: null });
    expect(await store().nextRow(aliceDirect, NOW)).toMatchObject({ id: row(aliceDirect, 1).id });
  });
}

function commitVersion(result: Awaited<ReturnType<Store['commit']>>): number {
  return result.kind === 'ok' ? result.version : Number.NaN;
}

async function expectNothingWaits(store: Store): Promise<void> {
  expect(await store.nextDue()).toBeNull();
  expect(await store.dueLanes(NOW, 9)).toEqual([]);
  expect(await store.dueTimers(NOW, 9)).toEqual([]);
}
