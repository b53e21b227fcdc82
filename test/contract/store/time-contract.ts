import { expect, it } from 'vitest';
import { IDLE_TTL_MS, SEEN_TTL_MS, type Store } from '../../../src/model/index.js';
import {
  aliceDirect,
  bobDirect,
  commitNext,
  freshInbound,
  HOUR_MS,
  MINUTE_MS,
  NOW,
  row,
  snapshot,
  sweepAll,
  turn,
} from './fixture.js';

/** Timers. */
export function timeContract(store: () => Store): void {
  it('lists timers once they are due, the earliest first', async () => {
    await commitNext(store(), aliceDirect, {
      timers: [
        { kind: 'set', timer: 'late', dueAt: NOW + 10 * MINUTE_MS },
        { kind: 'set', timer: 'soon', dueAt: NOW + 9 * MINUTE_MS },
      ],
    });
    await commitNext(store(), bobDirect, {
      timers: [{ kind: 'set', timer: 'soon', dueAt: NOW + MINUTE_MS }],
    });
    const bobs = { conversation: bobDirect, timer: 'soon', dueAt: NOW + MINUTE_MS };
    const soon = { conversation: aliceDirect, timer: 'soon', dueAt: NOW + 9 * MINUTE_MS };
    const late = { conversation: aliceDirect, timer: 'late', dueAt: NOW + 10 * MINUTE_MS };
    expect(await store().dueTimers(NOW, 9)).toEqual([]);
    expect(await store().nextDue()).toBe(bobs.dueAt);
    expect(await store().dueTimers(late.dueAt - 1, 9)).toEqual([bobs, soon]);
    expect(await store().dueTimers(late.dueAt, 9)).toEqual([bobs, soon, late]);
    expect(await store().dueTimers(late.dueAt, 1)).toEqual([bobs]);
  });

  it('keeps a due timer until a commit cancels it', async () => {
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }] });
    await commitNext(store(), aliceDirect);
    expect(await store().dueTimers(NOW, 9)).toHaveLength(1);
    await commitNext(store(), aliceDirect, {
      timers: [
        { kind: 'cancel', timer: 'wait' },
        { kind: 'cancel', timer: 'never-set' },
      ],
    });
    expect(await store().dueTimers(NOW, 9)).toEqual([]);
    expect(await store().nextDue()).toBeNull();
  });

  it('cancels a timer that is due at the given time, and not one that was set anew', async () => {
    const dueAt = NOW + MINUTE_MS;
    await commitNext(store(), aliceDirect, {
      timers: [
        { kind: 'set', timer: 'anew', dueAt },
        { kind: 'set', timer: 'fired', dueAt: NOW },
      ],
    });
    await commitNext(store(), aliceDirect, {
      timers: [
        { kind: 'cancel', timer: 'anew', dueAt: NOW },
        { kind: 'cancel', timer: 'fired', dueAt: NOW },
        { kind: 'cancel', timer: 'never-set', dueAt: NOW },
      ],
    });
    expect(await store().dueTimers(dueAt, 9)).toEqual([{ conversation: aliceDirect, timer: 'anew', dueAt }]);
  });

  it('moves a timer that is set anew', async () => {
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }] });
    const dueAt = NOW + HOUR_MS;
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt }] });
    expect(await store().dueTimers(NOW, 9)).toEqual([]);
    expect(await store().dueTimers(dueAt, 9)).toEqual([{ conversation: aliceDirect, timer: 'wait', dueAt }]);
  });

  it('follows the last change of a timer within a commit', async () => {
    await commitNext(store(), aliceDirect, {
      timers: [
        { kind: 'set', timer: 'kept', dueAt: NOW },
        { kind: 'cancel', timer: 'kept' },
        { kind: 'set', timer: 'kept', dueAt: NOW + 1 },
        { kind: 'set', timer: 'dropped', dueAt: NOW },
        { kind: 'cancel', timer: 'dropped' },
      ],
    });
    expect(await store().dueTimers(NOW + 1, 9)).toEqual([
      { conversation: aliceDirect, timer: 'kept', dueAt: NOW + 1 },
    ]);
  });

  it('says when the next row or timer is due, whichever is sooner', async () => {
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW + 2 }] });
    await commitNext(store(), bobDirect, { outbox: [row(bobDirect, 1)], now: NOW + 3 });
    expect(await store().nextDue()).toBe(NOW + 2);
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'cancel', timer: 'wait' }] });
    expect(await store().nextDue()).toBe(NOW + 3);
  });
}

/** What goes when its time is over, in stores that are swept. */
export function sweepContract(store: () => Store): void {
  it('sweeps a seen-mark away after its lifetime', async () => {
    const seen = freshInbound();
    await store().commit(turn(aliceDirect, { seen, snapshot: null }));
    expect(await sweepAll(store(), NOW + SEEN_TTL_MS - 1)).toBe(0);
    expect(await store().commit(turn(aliceDirect, { seen }))).toEqual({ kind: 'duplicate' });
    expect(await sweepAll(store(), NOW + SEEN_TTL_MS)).toBe(1);
    expect(await store().commit(turn(aliceDirect, { seen }))).toMatchObject({ kind: 'ok' });
  });

  it('sweeps an idle conversation away with its rows and timers, and leaves the person and others', async () => {
    const { person } = turn(aliceDirect);
    await commitNext(store(), aliceDirect, {
      outbox: [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)],
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
      records: [{ kind: 'put-person', person, record: { locale: 'en' } }],
    });
    await commitNext(store(), bobDirect, {
      snapshot: snapshot('asked', NOW + 1),
      outbox: [row(bobDirect, 1)],
      timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }],
    });
    expect(await sweepAll(store(), NOW + IDLE_TTL_MS - 1)).toBe(0);
    expect(await sweepAll(store(), NOW + IDLE_TTL_MS)).toBe(4);
    expect(await store().load(aliceDirect)).toEqual({ version: 0, snapshot: null, person: { locale: 'en' } });
    expect(await store().nextRow(aliceDirect, NOW)).toBeNull();
    expect(await store().dueLanes(NOW, 9)).toEqual([bobDirect]);
    expect(await store().dueTimers(NOW, 9)).toEqual([{ conversation: bobDirect, timer: 'wait', dueAt: NOW }]);
    expect((await store().load(bobDirect)).snapshot?.step).toBe('asked');
  });

  it('takes the claim away with a conversation that is swept away', async () => {
    const sender = { worker: 'one', leaseMs: 3_000 };
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1)] });
    const now = NOW + IDLE_TTL_MS;
    const claim = await store().claimLane(aliceDirect, sender, now);
    await sweepAll(store(), now);
    const settling = { token: claim?.token ?? 0, paceAt: 0, now, leaseMs: 3_000 };
    expect(await store().settleRow(row(aliceDirect, 1).id, { kind: 'sent' }, settling)).toEqual({
      kind: 'lost',
    });
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 2)], now });
    expect(await store().claimLane(aliceDirect, sender, now)).toMatchObject({
      row: { id: row(aliceDirect, 2).id },
    });
  });

  it('counts the idle time of a conversation from the last word of the person', async () => {
    await commitNext(store(), aliceDirect);
    await commitNext(store(), aliceDirect, { snapshot: snapshot('later', NOW + HOUR_MS) });
    expect(await sweepAll(store(), NOW + IDLE_TTL_MS)).toBe(0);
    await commitNext(store(), aliceDirect, { snapshot: snapshot('later still', NOW + 2 * HOUR_MS) });
    expect(await sweepAll(store(), NOW + IDLE_TTL_MS + HOUR_MS)).toBe(0);
    expect(await sweepAll(store(), NOW + IDLE_TTL_MS + 2 * HOUR_MS)).toBe(1);
    expect((await store().load(aliceDirect)).version).toBe(0);
  });

  it('starts the idle time anew for a conversation that begins again', async () => {
    await commitNext(store(), aliceDirect);
    await commitNext(store(), aliceDirect, { snapshot: null });
    await commitNext(store(), aliceDirect, { snapshot: snapshot('again', NOW + HOUR_MS) });
    expect(await sweepAll(store(), NOW + IDLE_TTL_MS)).toBe(0);
    expect((await store().load(aliceDirect)).snapshot?.step).toBe('again');
  });

  it('sweeps any number of records at once', async () => {
    const turns = Array.from({ length: 1100 }, () => turn(aliceDirect, { snapshot: null }));
    await Promise.all(turns.map((each) => store().commit(each)));
    expect(await sweepAll(store(), NOW + SEEN_TTL_MS)).toBe(1100);
    expect(await sweepAll(store(), NOW + SEEN_TTL_MS)).toBe(0);
  });
}
