import { expect, it } from 'vitest';
import type { LaneClaim, Sender, Settling, Store } from '../../../src/model/index.js';
import { aliceDirect, aliceInGroup, bobDirect, commitNext, HOUR_MS, NOW, row, turn } from './fixture.js';

const LEASE_MS = 3_000;
const ONE: Sender = { worker: 'one', leaseMs: LEASE_MS };
const TWO: Sender = { worker: 'two', leaseMs: LEASE_MS };

/** Several workers on one store: who sends, and who fires a timer. */
export function claimsContract(store: () => Store): void {
  const settling = (claim: LaneClaim, now = NOW, paceAt = 0): Settling => ({
    token: claim.token,
    paceAt,
    now,
    leaseMs: LEASE_MS,
  });
  const claimed = async (sender: Sender, now = NOW): Promise<LaneClaim> => {
    const claim = await store().claimLane(aliceDirect, sender, now);
    if (claim === null) throw new Error('the lane is not free');
    return claim;
  };
  const commitRows = async (...turns: readonly number[]): Promise<void> => {
    for (const number of turns)
      await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, number)] });
  };

  it('gives the lane with the commit to whoever sends', async () => {
    const outbox = [row(aliceDirect, 1, 0), row(aliceDirect, 1, 1)];
    const result = await store().commit(turn(aliceDirect, { outbox, sender: ONE }));
    expect(result).toMatchObject({ kind: 'ok', claim: { conversation: aliceDirect, paceAt: 0 } });
    expect(result.kind === 'ok' && result.claim?.row).toEqual({
      ...row(aliceDirect, 1, 0),
      conversation: aliceDirect,
      tries: 0,
      notBefore: NOW,
      unclearSince: null,
    });
    expect(await store().claimLane(aliceDirect, TWO, NOW)).toBeNull();
  });

  it('gives with the commit the row that waits in front of its own', async () => {
    await commitRows(1);
    const { version } = await store().load(aliceDirect);
    const outbox = [row(aliceDirect, 2)];
    const next = turn(aliceDirect, { outbox, sender: ONE, expectedVersion: version });
    expect(await store().commit(next)).toMatchObject({ claim: { row: { id: row(aliceDirect, 1).id } } });
  });

  it('gives no lane with the commit that another holds, that waits, or that is empty', async () => {
    const empty = await store().commit(turn(bobDirect, { sender: ONE }));
    expect(empty).toMatchObject({ kind: 'ok', claim: null });
    await commitRows(1);
    await claimed(ONE);
    const { version } = await store().load(aliceDirect);
    const held = turn(aliceDirect, { outbox: [row(aliceDirect, 2)], sender: TWO, expectedVersion: version });
    expect(await store().commit(held)).toMatchObject({ kind: 'ok', claim: null });
    await commitNext(store(), aliceInGroup, { outbox: [row(aliceInGroup, 1)] });
    const later = { kind: 'later', notBefore: NOW + 1, unclearSince: null } as const;
    await store().settleRow(row(aliceInGroup, 1).id, later);
    const group = await store().load(aliceInGroup);
    const waits = turn(aliceInGroup, { sender: ONE, expectedVersion: group.version });
    expect(await store().commit(waits)).toMatchObject({ kind: 'ok', claim: null });
  });

  it('lets one of many workers have a lane', async () => {
    await commitRows(1);
    const workers = Array.from({ length: 12 }, (_, index) => ({ worker: `w${index}`, leaseMs: LEASE_MS }));
    const claims = await Promise.all(workers.map((sender) => store().claimLane(aliceDirect, sender, NOW)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('hides a lane while it is claimed, and shows it again when the claim has run out', async () => {
    await commitRows(1);
    await commitNext(store(), bobDirect, { outbox: [row(bobDirect, 1)] });
    await claimed(ONE);
    expect(await store().dueLanes(NOW + LEASE_MS - 1, 9)).toEqual([bobDirect]);
    expect(await store().dueLanes(NOW + LEASE_MS, 9)).toEqual([aliceDirect, bobDirect]);
    await store().settleRow(row(bobDirect, 1).id, { kind: 'sent' });
    expect(await store().nextDue()).toBe(NOW + LEASE_MS);
  });

  it('gives the next row under the same claim, and ends the claim with the last', async () => {
    await commitRows(1, 2);
    const claim = await claimed(ONE);
    const first = await store().settleRow(claim.row.id, { kind: 'sent' }, settling(claim, NOW + 2_000));
    expect(first).toMatchObject({ kind: 'settled', next: { id: row(aliceDirect, 2).id } });
    // Prolonged from the time of the settling.
    expect(await store().claimLane(aliceDirect, TWO, NOW + LEASE_MS + 1_999)).toBeNull();
    const second = await store().settleRow(row(aliceDirect, 2).id, { kind: 'sent' }, settling(claim));
    expect(second).toEqual({ kind: 'settled', next: null });
    await commitRows(3);
    expect(await store().claimLane(aliceDirect, TWO, NOW)).toMatchObject({
      row: { id: row(aliceDirect, 3).id },
    });
  });

  it('lets the holder of an older claim settle nothing', async () => {
    await commitRows(1, 2);
    const old = await claimed(ONE);
    const fresh = await claimed(TWO, NOW + LEASE_MS);
    expect(fresh.token).toBeGreaterThan(old.token);
    for (const outcome of [
      { kind: 'sent' },
      { kind: 'dead', code: 'x', at: NOW },
      { kind: 'held', notBefore: NOW + HOUR_MS },
    ] as const) {
      expect(await store().settleRow(old.row.id, outcome, settling(old))).toEqual({ kind: 'lost' });
    }
    expect(await store().renewLane(old, LEASE_MS, NOW)).toBe(false);
    expect(await store().nextRow(aliceDirect, NOW)).toMatchObject({ id: fresh.row.id, tries: 0 });
    expect(await store().settleRow(fresh.row.id, { kind: 'sent' }, settling(fresh))).toMatchObject({
      next: { id: row(aliceDirect, 2).id },
    });
  });

  it('lets a claim that has run out go on while nobody else has come', async () => {
    await commitRows(1);
    const claim = await claimed(ONE);
    const late = NOW + 2 * LEASE_MS;
    expect(await store().settleRow(claim.row.id, { kind: 'sent' }, settling(claim, late))).toEqual({
      kind: 'settled',
      next: null,
    });
  });

  it('prolongs a claim', async () => {
    await commitRows(1);
    const claim = await claimed(ONE);
    expect(await store().renewLane(claim, LEASE_MS, NOW + 2_000)).toBe(true);
    expect(await store().claimLane(aliceDirect, TWO, NOW + LEASE_MS)).toBeNull();
    expect(await store().claimLane(aliceDirect, TWO, NOW + 2_000 + LEASE_MS)).not.toBeNull();
  });

  it('ends a claim with a row that has to wait, and counts a try only for what was tried', async () => {
    await commitRows(1, 2);
    const held = await claimed(ONE);
    const hold = { kind: 'held', notBefore: NOW + 50 } as const;
    expect(await store().settleRow(held.row.id, hold, settling(held))).toEqual({
      kind: 'settled',
      next: null,
    });
    expect(await store().claimLane(aliceDirect, TWO, NOW + 49)).toBeNull();
    const tried = await claimed(TWO, NOW + 50);
    expect(tried.row).toMatchObject({ tries: 0, notBefore: NOW + 50, unclearSince: null });
    const later = { kind: 'later', notBefore: NOW + 90, unclearSince: NOW + 60 } as const;
    await store().settleRow(tried.row.id, later, settling(tried, NOW + 60));
    const again = await claimed(ONE, NOW + 90);
    expect(again.row).toMatchObject({ tries: 1, notBefore: NOW + 90, unclearSince: NOW + 60 });
  });

  it("keeps the state of the lane's own limit for the next holder", async () => {
    await commitRows(1, 2);
    const claim = await claimed(ONE);
    await store().settleRow(claim.row.id, { kind: 'sent' }, settling(claim, NOW, NOW + 700));
    const last = await store().settleRow(
      row(aliceDirect, 2).id,
      { kind: 'sent' },
      settling(claim, NOW, NOW + 900),
    );
    expect(last).toEqual({ kind: 'settled', next: null });
    await commitRows(3);
    expect(await store().claimLane(aliceDirect, TWO, NOW)).toMatchObject({ paceAt: NOW + 900 });
  });

  it('takes the claim away with a person who is forgotten', async () => {
    await commitRows(1);
    const claim = await claimed(ONE);
    const person = turn(aliceDirect).person;
    await commitNext(store(), aliceDirect, {
      outbox: [row(aliceDirect, 2)],
      records: [{ kind: 'forget', person }],
    });
    expect(await store().settleRow(claim.row.id, { kind: 'sent' }, settling(claim))).toEqual({
      kind: 'lost',
    });
    expect(await store().nextRow(aliceDirect, NOW)).toMatchObject({ id: row(aliceDirect, 2).id });
  });

  it("forgets the state of a lane's own limit with the person, which counts as nothing kept", async () => {
    const now = store().now();
    const gone = { snapshot: null, now };
    await commitNext(store(), aliceDirect, { ...gone, outbox: [row(aliceDirect, 1)] });
    const claim = await claimed(ONE, now);
    await store().settleRow(claim.row.id, { kind: 'sent' }, settling(claim, now, now + HOUR_MS));
    expect(await store().forget(turn(aliceDirect).person, now)).toBe(false);
    await commitNext(store(), aliceDirect, { ...gone, outbox: [row(aliceDirect, 2)] });
    expect(await claimed(TWO, now)).toMatchObject({ paceAt: 0 });
  });

  it('takes the claim away with a person who is forgotten while a row is settled', async () => {
    await commitRows(1);
    const claim = await claimed(ONE);
    const { version } = await store().load(aliceDirect);
    const forgetting = turn(aliceDirect, {
      expectedVersion: version,
      outbox: [row(aliceDirect, 2)],
      records: [{ kind: 'forget', person: turn(aliceDirect).person }],
      sender: TWO,
    });
    const [committed, settled] = await Promise.all([
      store().commit(forgetting),
      store().settleRow(claim.row.id, { kind: 'sent' }, settling(claim)),
    ]);
    expect(settled).toEqual({ kind: 'lost' });
    const fresh = committed.kind === 'ok' ? committed.claim : null;
    if (fresh === null) throw new Error('the lane came with the commit');
    expect(await store().renewLane(fresh, LEASE_MS, NOW)).toBe(true);
    expect(await store().settleRow(fresh.row.id, { kind: 'sent' }, settling(fresh))).toEqual({
      kind: 'settled',
      next: null,
    });
  });

  it('gives no row away that a claim which has run out settles at the same time', async () => {
    await commitRows(1);
    const old = await claimed(ONE);
    const late = NOW + LEASE_MS;
    const [settled, fresh] = await Promise.all([
      store().settleRow(old.row.id, { kind: 'sent' }, settling(old, late)),
      store().claimLane(aliceDirect, TWO, late),
    ]);
    expect(settled).toEqual({ kind: 'settled', next: null });
    expect(fresh).toBeNull();
  });

  it('hides a claimed timer from other workers until the lease is over', async () => {
    const timers = [{ kind: 'set', timer: 'wait', dueAt: NOW }] as const;
    await commitNext(store(), aliceDirect, { timers });
    const due = [{ conversation: aliceDirect, timer: 'wait', dueAt: NOW }];
    expect(await store().claimTimers(NOW - 1, 9, LEASE_MS)).toEqual([]);
    expect(await store().claimTimers(NOW, 9, LEASE_MS)).toEqual(due);
    expect(await store().claimTimers(NOW + LEASE_MS - 1, 9, LEASE_MS)).toEqual([]);
    expect(await store().dueTimers(NOW, 9)).toEqual(due);
    expect(await store().nextDue()).toBe(NOW + LEASE_MS);
    expect(await store().claimTimers(NOW + LEASE_MS, 9, LEASE_MS)).toEqual(due);
  });

  it('hides no timer that it does not give', async () => {
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }] });
    await commitNext(store(), bobDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW + 1 }] });
    const due = NOW + 1;
    expect(await store().claimTimers(due, 1, LEASE_MS)).toMatchObject([{ conversation: aliceDirect }]);
    expect(await store().nextDue()).toBe(due);
    expect(await store().claimTimers(due, 1, LEASE_MS)).toMatchObject([{ conversation: bobDirect }]);
  });

  it('does not hide a timer that is set anew', async () => {
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW }] });
    await store().claimTimers(NOW, 9, LEASE_MS);
    await commitNext(store(), aliceDirect, { timers: [{ kind: 'set', timer: 'wait', dueAt: NOW + 5 }] });
    expect(await store().claimTimers(NOW + 5, 9, LEASE_MS)).toHaveLength(1);
  });
}
