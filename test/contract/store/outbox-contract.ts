import { expect, it } from 'vitest';
import type { Commit, ConversationId, RowId, Store } from '../../../src/model/index.js';
import {
  aliceDirect,
  aliceInGroup,
  bobDirect,
  commitNext,
  HOUR_MS,
  MINUTE_MS,
  NOW,
  row,
  turn,
} from './fixture.js';

/** Rows leave in the order they were committed in, and a conversation that waits delays no other. */
export function outboxContract(store: () => Store): void {
  const firstId = async (conversation: ConversationId, now = NOW): Promise<RowId | undefined> =>
    (await store().nextRow(conversation, now))?.id;

  it('has no row for a conversation it does not know', async () => {
    expect(await store().nextRow(aliceDirect, NOW)).toBeNull();
    expect(await store().dueLanes(NOW, 9)).toEqual([]);
    expect(await store().nextDue()).toBeNull();
  });

  it('returns a row as it was committed, untried and due at once', async () => {
    const { call, shown, ...rest } = row(aliceDirect, 1);
    const worded = { ...rest, call, shown, unlessDeleted: { call, shown } };
    await commitNext(store(), aliceDirect, { outbox: [worded] });
    const expected = {
      ...worded,
      conversation: aliceDirect,
      tries: 0,
      notBefore: NOW,
      unclearSince: null,
    };
    expect(await store().nextRow(aliceDirect, NOW)).toEqual(expected);
    expect(await store().nextRow(aliceDirect, NOW - 1)).toBeNull();
    expect(await store().nextDue()).toBe(NOW);
  });

  it('keeps rows in the order of commits, and within a commit in theirs', async () => {
    // More than ten of each: an order by text would put 10 before 2.
    const ids: RowId[] = [];
    for (let number = 1; number <= 12; number += 1) {
      const outbox = Array.from({ length: 12 }, (_, index) => row(aliceDirect, number, index));
      ids.push(...outbox.map((each) => each.id));
      await commitNext(store(), aliceDirect, { outbox, now: NOW + number });
    }
    const sent: (RowId | undefined)[] = [];
    for (const _ of ids) {
      const id = await firstId(aliceDirect, NOW + HOUR_MS);
      sent.push(id);
      if (id !== undefined) await store().settleRow(id, { kind: 'sent' });
    }
    expect(sent).toEqual(ids);
    expect(await firstId(aliceDirect, NOW + HOUR_MS)).toBeUndefined();
    expect(await store().nextDue()).toBeNull();
  });

  it('settles only the first row of a lane', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)] });
    await store().settleRow(row(aliceDirect, 1, 1).id, { kind: 'sent' });
    await store().settleRow(row(aliceDirect, 9, 9).id, { kind: 'sent' });
    await store().settleRow(row(bobDirect, 1, 0).id, { kind: 'dead', code: 'x', at: NOW });
    expect(await firstId(aliceDirect)).toBe(row(aliceDirect, 1, 0).id);
    await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'sent' });
    await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'sent' });
    expect(await firstId(aliceDirect)).toBe(row(aliceDirect, 1, 1).id);
    expect(await store().listDead(9)).toEqual([]);
  });

  it('holds the lane behind a row that is to be tried later', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)] });
    await commitNext(store(), bobDirect, { outbox: [row(bobDirect, 1)] });
    const notBefore = NOW + MINUTE_MS;
    await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'later', notBefore, unclearSince: null });
    expect(await store().nextRow(aliceDirect, notBefore - 1)).toBeNull();
    expect(await store().dueLanes(notBefore - 1, 9)).toEqual([bobDirect]);
    const later = await store().nextRow(aliceDirect, notBefore);
    expect(later).toMatchObject({ id: row(aliceDirect, 1, 0).id, tries: 1, notBefore });
    await store().settleRow(row(aliceDirect, 1, 0).id, {
      kind: 'later',
      notBefore: notBefore + 1,
      unclearSince: null,
    });
    expect(await store().nextRow(aliceDirect, notBefore + 1)).toMatchObject({ tries: 2 });
    await store().settleRow(row(bobDirect, 1).id, { kind: 'sent' });
    expect(await store().nextDue()).toBe(notBefore + 1);
  });

  it('takes new rows in behind a row that waits', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1)] });
    await store().settleRow(row(aliceDirect, 1).id, {
      kind: 'later',
      notBefore: NOW + HOUR_MS,
      unclearSince: null,
    });
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 2)], now: NOW + MINUTE_MS });
    expect(await store().dueLanes(NOW + MINUTE_MS, 9)).toEqual([]);
    expect(await firstId(aliceDirect, NOW + HOUR_MS)).toBe(row(aliceDirect, 1).id);
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'sent' });
    expect(await firstId(aliceDirect, NOW + MINUTE_MS)).toBe(row(aliceDirect, 2).id);
  });

  it('moves a dead row to the dead letters and lets the next one go', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)] });
    await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'later', notBefore: NOW, unclearSince: null });
    await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'dead', code: 'blocked', at: NOW + 5 });
    expect(await firstId(aliceDirect)).toBe(row(aliceDirect, 1, 1).id);
    const dead = {
      ...row(aliceDirect, 1, 0),
      conversation: aliceDirect,
      tries: 1,
      notBefore: NOW,
      unclearSince: null,
    };
    expect(await store().listDead(9)).toEqual([{ row: dead, code: 'blocked', at: NOW + 5 }]);
  });

  it('lists the newest dead letters first', async () => {
    const outbox = [0, 1, 2].map((index) => row(aliceDirect, 1, index));
    await commitNext(store(), aliceDirect, { outbox });
    for (const [index, each] of outbox.entries()) {
      await store().settleRow(each.id, { kind: 'dead', code: `code-${index}`, at: NOW + index * 1000 });
    }
    expect((await store().listDead(2)).map((letter) => letter.code)).toEqual(['code-2', 'code-1']);
  });

  it('lists due lanes by how long they wait, at most as many as asked for', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1)], now: NOW + 10 });
    await commitNext(store(), bobDirect, { outbox: [row(bobDirect, 1)], now: NOW + 9 });
    await commitNext(store(), aliceInGroup, { outbox: [row(aliceInGroup, 1)], now: NOW + 100 });
    expect(await store().dueLanes(NOW + 8, 9)).toEqual([]);
    expect(await store().dueLanes(NOW + 99, 9)).toEqual([bobDirect, aliceDirect]);
    expect(await store().dueLanes(NOW + 100, 2)).toEqual([bobDirect, aliceDirect]);
    expect(await store().dueLanes(NOW + 100, 9)).toEqual([bobDirect, aliceDirect, aliceInGroup]);
    expect(await store().nextDue()).toBe(NOW + 9);
  });

  it('sends rows of a conversation that never was', async () => {
    await store().commit(turn(aliceDirect, { snapshot: null, outbox: [row(aliceDirect, 1)] }));
    expect(await store().dueLanes(NOW, 9)).toEqual([aliceDirect]);
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'sent' });
    expect(await store().dueLanes(NOW, 9)).toEqual([]);
  });

  it('gives up what would still be sent to a person, in one commit', async () => {
    const timers = [
      { kind: 'set', timer: 'wait', dueAt: NOW },
      { kind: 'set', timer: 'later', dueAt: NOW + HOUR_MS },
    ] as const;
    await commitNext(store(), aliceDirect, {
      outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)],
      timers,
    });
    await commitNext(store(), aliceInGroup, { outbox: [row(aliceInGroup, 1)], timers: [timers[0]] });
    const notBefore = NOW + MINUTE_MS;
    await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'later', notBefore, unclearSince: null });
    const before = await store().load(aliceDirect);
    const quiet = silence(aliceDirect);
    expect(await store().commit(quiet)).toMatchObject({ kind: 'ok', claim: null });
    expect(await store().commit(quiet)).toEqual({ kind: 'duplicate' });
    expect(await store().load(aliceDirect)).toEqual(before);
    expect(await store().nextRow(aliceDirect, NOW + HOUR_MS)).toBeNull();
    expect(await store().dueLanes(NOW + HOUR_MS, 9)).toEqual([aliceInGroup]);
    const left = [{ conversation: aliceInGroup, timer: 'wait', dueAt: NOW }];
    expect(await store().dueTimers(NOW + HOUR_MS, 9)).toEqual(left);
    const dead = await store().listDead(9);
    // The newest first, and within a moment the one committed last.
    expect(dead.map(({ row: { id }, code, at }) => [id, code, at])).toEqual(
      [1, 0].map((index) => [row(aliceDirect, 1, index).id, 'blocked', NOW + 7]),
    );
    expect(dead.map((letter) => letter.row.tries)).toEqual([0, 1]);
    expect(await store().retryDead(row(aliceDirect, 1, 1).id, NOW + 8)).toBe(true);
    expect(await firstId(aliceDirect, NOW + 8)).toBe(row(aliceDirect, 1, 1).id);
  });

  it('goes on with what a person who was given up says next, whoever holds the lane', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)] });
    const claim = await store().claimLane(aliceDirect, { worker: 'one', leaseMs: 3_000 }, NOW);
    await store().commit(silence(aliceDirect));
    await commitNext(store(), aliceDirect, {
      outbox: [row(aliceDirect, 2)],
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
    });
    // The call that was under way when the person blocked us comes back.
    const settling = { token: claim?.token ?? 0, paceAt: 0, now: NOW + 8, leaseMs: 3_000 };
    const settled = await store().settleRow(row(aliceDirect, 1, 0).id, { kind: 'sent' }, settling);
    expect(settled).toMatchObject({ kind: 'settled', next: { id: row(aliceDirect, 2).id } });
    expect(await store().listDead(9)).toHaveLength(2);
    expect(await store().dueTimers(NOW, 9)).toEqual([
      { conversation: aliceDirect, timer: 'wait', dueAt: NOW },
    ]);
  });

  it('has nothing to give up where nothing is kept', async () => {
    expect(await store().commit(silence(bobDirect))).toMatchObject({ kind: 'ok' });
    expect(await store().load(bobDirect)).toEqual({ version: 0, snapshot: null, person: null });
    expect([await store().listDead(9), await store().nextDue()]).toEqual([[], null]);
  });
}

/** Says that nothing more is to be sent in a conversation, which stays as it is. */
function silence(conversation: ConversationId): Commit {
  const records = [{ kind: 'silence', code: 'blocked' }] as const;
  return turn(conversation, { beside: true, snapshot: null, records, now: NOW + 7 });
}
