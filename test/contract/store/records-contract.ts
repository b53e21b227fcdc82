import { expect, it } from 'vitest';
import type { Store } from '../../../src/model/index.js';
import {
  alice,
  aliceDirect,
  aliceInGroup,
  aliceInThread,
  bobDirect,
  commitNext,
  freshInbound,
  NOW,
  openedCase,
  row,
  snapshot,
  turn,
} from './fixture.js';

/** What a turn commits beside its snapshot: cases, people, counters; and forgetting them. */
export function recordsContract(store: () => Store): void {
  it('lists the newest cases first', async () => {
    for (const [number, openedAt] of [
      ['B7', NOW + 9],
      ['A1', NOW + 10],
      ['C3', NOW],
    ] as const) {
      const records = [{ kind: 'put-case', person: alice, case: openedCase(number, openedAt) }] as const;
      await commitNext(store(), aliceDirect, { records });
    }
    expect((await store().listCases(9)).map((each) => each.number)).toEqual(['A1', 'B7', 'C3']);
    expect(await store().listCases(1)).toEqual([openedCase('A1', NOW + 10)]);
  });

  it('changes what is given of a case and keeps the rest', async () => {
    const records = [{ kind: 'put-case', person: alice, case: openedCase('A1') }] as const;
    await commitNext(store(), aliceDirect, { records });
    expect(await store().updateCase('A1', { state: 'taken' })).toBe(true);
    expect(await store().updateCase('A1', { notified: true })).toBe(true);
    expect(await store().listCases(9)).toEqual([{ ...openedCase('A1'), state: 'taken', notified: true }]);
  });

  it('changes no case that is not there', async () => {
    expect(await store().updateCase('A1', { state: 'closed' })).toBe(false);
    expect(await store().listCases(9)).toEqual([]);
  });

  it('keeps a person across their conversations', async () => {
    const record = (locale: string) => ({ kind: 'put-person', person: alice, record: { locale } }) as const;
    await commitNext(store(), aliceDirect, { records: [record('en')] });
    expect((await store().load(aliceInGroup)).person).toEqual({ locale: 'en' });
    expect((await store().load(bobDirect)).person).toBeNull();
    await commitNext(store(), aliceInGroup, { records: [record('zh-TW')] });
    await commitNext(store(), aliceDirect, { snapshot: null });
    expect((await store().load(aliceDirect)).person).toEqual({ locale: 'zh-TW' });
  });

  it('adds to counters', async () => {
    await commitNext(store(), aliceDirect, {
      records: [
        { kind: 'count', name: 'fake-support', by: 1 },
        { kind: 'count', name: 'fake-support', by: 2 },
        { kind: 'count', name: 'other', by: 1 },
      ],
    });
    await commitNext(store(), bobDirect, { records: [{ kind: 'count', name: 'fake-support', by: 4 }] });
    expect(await store().readCounters()).toEqual({ 'fake-support': 7, other: 1 });
  });

  it('forgets everything of a person but the rows of that commit', async () => {
    await fill(store());
    const { version } = await store().load(aliceDirect);
    const last = turn(aliceDirect, {
      expectedVersion: version,
      snapshot: null,
      outbox: [row(aliceDirect, 5)],
      records: [
        { kind: 'forget', person: alice },
        { kind: 'count', name: 'forgotten', by: 1 },
      ],
    });
    expect(await store().commit(last)).toEqual({ kind: 'ok', version: 0, claim: null });
    for (const conversation of [aliceDirect, aliceInGroup, aliceInThread]) {
      expect(await store().load(conversation)).toEqual({ version: 0, snapshot: null, person: null });
    }
    expect(await store().dueLanes(NOW, 9)).toEqual([bobDirect, aliceDirect]);
    expect(await store().nextRow(aliceDirect, NOW)).toMatchObject({ id: row(aliceDirect, 5).id });
    expect(await store().dueTimers(NOW, 9)).toEqual([{ conversation: bobDirect, timer: 'wait', dueAt: NOW }]);
    expect((await store().listCases(9)).map((each) => each.number)).toEqual(['bob']);
    expect((await store().listDead(9)).map((letter) => letter.row.conversation)).toEqual([bobDirect]);
    expect((await store().load(bobDirect)).person).toEqual({ locale: 'en' });
    expect(await store().readCounters()).toEqual({ forgotten: 1 });
    await store().settleRow(row(aliceDirect, 5).id, { kind: 'sent' });
    expect(await store().nextRow(aliceDirect, NOW)).toBeNull();
  });

  it('keeps nothing else of a commit that forgets its person', async () => {
    const forgetting = turn(aliceDirect, {
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      records: [
        { kind: 'put-person', person: alice, record: { locale: 'en' } },
        { kind: 'forget', person: alice },
        { kind: 'put-case', person: alice, case: openedCase('A1') },
      ],
    });
    expect(await store().commit(forgetting)).toEqual({ kind: 'ok', version: 0, claim: null });
    expect(await store().load(aliceDirect)).toEqual({ version: 0, snapshot: null, person: null });
    expect(await store().dueTimers(NOW, 9)).toEqual([]);
    expect(await store().listCases(9)).toEqual([]);
  });

  it('revives nothing when an inbound from before the forgetting comes again', async () => {
    const seen = freshInbound();
    await store().commit(turn(aliceDirect, { seen }));
    await commitNext(store(), aliceDirect, { snapshot: null, records: [{ kind: 'forget', person: alice }] });
    expect(await store().commit(turn(aliceDirect, { seen }))).toEqual({ kind: 'duplicate' });
    expect((await store().load(aliceDirect)).version).toBe(0);
  });

  it('frees the case numbers of a forgotten person', async () => {
    const records = [{ kind: 'put-case', person: alice, case: openedCase('A1') }] as const;
    await commitNext(store(), aliceDirect, { records });
    await commitNext(store(), aliceDirect, { records: [{ kind: 'forget', person: alice }] });
    expect(await store().listCases(9)).toEqual([]);
    await commitNext(store(), aliceInGroup, { snapshot: snapshot('x'), records });
    expect(await store().listCases(9)).toHaveLength(1);
  });
}

/** Conversations, rows, timers, a case, a dead letter and a person record of both people. */
async function fill(store: Store): Promise<void> {
  for (const conversation of [bobDirect, aliceInThread, aliceInGroup, aliceDirect]) {
    const { person } = turn(conversation);
    const name = conversation === bobDirect ? 'bob' : conversation;
    await commitNext(store, conversation, {
      outbox: [0, 1, 2].map((index) => row(conversation, 1, index)),
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      records: [
        { kind: 'put-person', person, record: { locale: 'en' } },
        { kind: 'put-case', person, case: openedCase(name) },
      ],
    });
    await store.settleRow(row(conversation, 1, 0).id, { kind: 'dead', code: 'refused', at: NOW });
    // Both a lane that waits and lanes that may go.
    if (conversation === aliceInGroup) {
      await store.settleRow(row(conversation, 1, 1).id, {
        kind: 'later',
        notBefore: NOW + 1,
        unclearSince: null,
      });
    }
  }
}
