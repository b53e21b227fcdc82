import { expect, it } from 'vitest';
import type { ConversationId, OutboxRow, QuarantineEntry, Store } from '../../../src/model/index.js';
import {
  alice,
  aliceDirect,
  aliceInThread,
  bob,
  bobDirect,
  commitNext,
  freshInbound,
  MINUTE_MS,
  openedCase,
  row,
  turn,
} from './fixture.js';
import { fill, itemsOf, sorted } from './full-store.js';

/**
 * What failed, what could not be sent, what was forgotten, and taking everything elsewhere. `open`: another store of
 * the kind.
 */
export function keepingContract(
  store: () => Store,
  openOther: () => Promise<{ readonly store: Store; readonly close: () => Promise<void> }>,
): void {
  const entry = (conversation: QuarantineEntry['conversation'], at: number): QuarantineEntry => ({
    id: freshInbound(),
    conversation,
    what: 'text',
    flow: 'menu',
    step: 'ask',
    bundle: 'b1',
    code: 'TypeError',
    at,
  });

  it('counts the failures of an inbound', async () => {
    const [first, other] = [freshInbound(), freshInbound()];
    const now = store().now();
    expect(await store().countFailure(aliceDirect, first, now)).toBe(1);
    expect(await store().countFailure(aliceDirect, first, now)).toBe(2);
    expect(await store().countFailure(aliceDirect, other, now)).toBe(1);
  });

  it('lists the quarantine, the newest first, and drops from it', async () => {
    const now = store().now();
    const [old, fresh] = [entry(aliceDirect, now), entry(bobDirect, now + 1)];
    await commitNext(store(), aliceDirect, { records: [{ kind: 'put-quarantine', entry: old }] });
    await commitNext(store(), bobDirect, { records: [{ kind: 'put-quarantine', entry: fresh }] });
    expect(await store().listQuarantine(9)).toEqual([fresh, old]);
    expect(await store().listQuarantine(1)).toEqual([fresh]);
    expect(await store().dropQuarantine(fresh.id)).toBe(true);
    expect(await store().dropQuarantine(fresh.id)).toBe(false);
    expect(await store().listQuarantine(9)).toEqual([old]);
  });

  it('puts a dead letter at the end of its lane, untried', async () => {
    const now = store().now();
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1), row(aliceDirect, 2)], now });
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'later', notBefore: now, unclearSince: now });
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'dead', code: 'x', at: now });
    expect(await store().retryDead(row(aliceDirect, 9).id, now)).toBe(false);
    expect(await store().retryDead(row(aliceDirect, 1).id, now + 5)).toBe(true);
    expect(await store().retryDead(row(aliceDirect, 1).id, now + 5)).toBe(false);
    expect(await store().listDead(9)).toEqual([]);
    await store().settleRow(row(aliceDirect, 2).id, { kind: 'sent' });
    expect(await store().nextRow(aliceDirect, now + 5)).toEqual({
      ...row(aliceDirect, 1),
      conversation: aliceDirect,
      tries: 0,
      notBefore: now + 5,
      unclearSince: null,
    });
    expect(await store().dueLanes(now + 5, 9)).toEqual([aliceDirect]);
  });

  it('drops a dead letter', async () => {
    await commitNext(store(), aliceDirect, { outbox: [row(aliceDirect, 1)] });
    await store().settleRow(row(aliceDirect, 1).id, { kind: 'dead', code: 'x', at: store().now() });
    expect(await store().dropDead(row(aliceDirect, 1).id)).toBe(true);
    expect(await store().dropDead(row(aliceDirect, 1).id)).toBe(false);
    expect(await store().listDead(9)).toEqual([]);
  });

  it('forgets a person on demand, and says whether anything was kept', async () => {
    const now = store().now();
    await fill(store(), now);
    expect(await store().forget(alice, now)).toBe(true);
    expect(await store().forget(alice, now)).toBe(false);
    for (const conversation of [aliceDirect, aliceInThread]) {
      expect(await store().load(conversation)).toEqual({ version: 0, snapshot: null, person: null });
      expect(await store().nextRow(conversation, now + MINUTE_MS)).toBeNull();
    }
    expect((await store().listCases(9)).map(({ number }) => number)).toEqual(['C-bob']);
    expect((await store().listDead(9)).map((letter) => letter.row.conversation)).toEqual([bobDirect]);
    expect((await store().listQuarantine(9)).map((each) => each.conversation)).toEqual([bobDirect]);
    expect((await store().dueTimers(now + MINUTE_MS, 9)).map((timer) => timer.conversation)).toEqual([
      bobDirect,
    ]);
  });

  it('revives nothing by a message from before the forgetting', async () => {
    const now = store().now();
    await commitNext(store(), aliceDirect);
    await store().forget(alice, now);
    expect(await store().commit(turn(aliceDirect, { sentAt: now - 1 }))).toEqual({ kind: 'duplicate' });
    expect((await store().load(aliceDirect)).version).toBe(0);
    expect(await store().commit(turn(bobDirect, { sentAt: now - 1 }))).toMatchObject({ kind: 'ok' });
    expect(await store().commit(turn(aliceDirect, { sentAt: now }))).toMatchObject({ kind: 'ok' });
  });

  it('leaves what is there as it is when something of its name is put in', async () => {
    const now = store().now();
    await fill(store(), now);
    await store().setValue('offset', '42');
    const items = await itemsOf(store());
    const other = await openOther();
    try {
      await fill(other.store, now + MINUTE_MS);
      await other.store.setValue('offset', '43');
      const before = sorted(await itemsOf(other.store));
      const { version } = await other.store.load(aliceDirect);
      for (const item of items) {
        const isOfOneTurn = ['seen', 'quarantine', 'unanswered'].includes(item.kind);
        expect([item.kind, await other.store.importItem(item)]).toEqual([item.kind, isOfOneTurn]);
      }
      const after = sorted(await itemsOf(other.store)).filter(
        (item) => !/"(seen|quarantine|unanswered)"/.test(item),
      );
      expect(after).toEqual(before.filter((item) => !/"(seen|quarantine|unanswered)"/.test(item)));
      expect((await other.store.load(aliceDirect)).version).toBe(version);
    } finally {
      await other.close();
    }
  });

  it('puts what is left of a lifetime in, not a new one', async () => {
    const at = store().now() - 10 * DAY_MS;
    const record = { locale: 'en' };
    const kept = openedCase('OLD', at);
    const letter = { row: waiting(aliceDirect, at), code: 'x', at };
    await store().importItem({ kind: 'person', person: alice, record, at });
    await store().importItem({ kind: 'case', case: kept, person: alice });
    await store().importItem({ kind: 'dead', letter });
    const [person] = (await itemsOf(store())).filter((item) => item.kind === 'person');
    expect(Math.abs((person?.at ?? 0) - at)).toBeLessThan(MINUTE_MS);
  });

  it('gives everything it keeps to another store, once however often', async () => {
    const now = store().now();
    await fill(store(), now);
    await store().forget(bob, now);
    await commitNext(store(), bobDirect, { snapshot: null, outbox: [row(bobDirect, 8)], now });
    await store().setValue('offset', '42');
    await store().putBundle('b1', Uint8Array.of(0, 255, 128));
    await store().activateBundle('b1');
    const items = await itemsOf(store());
    expect(new Set(items.map((item) => item.kind)).size).toBe(13);

    const other = await openOther();
    try {
      for (const round of [1, 2]) {
        const put = await Promise.all(items.map((item) => other.store.importItem(item)));
        expect(new Set(put)).toEqual(new Set([round === 1]));
        expect([round, sorted(await itemsOf(other.store))]).toEqual([round, sorted(items)]);
      }
      const { version, ...loaded } = await other.store.load(aliceDirect);
      expect(version).toBeGreaterThan(0);
      const { version: _version, ...before } = await store().load(aliceDirect);
      expect(loaded).toEqual(before);
      const later = now + MINUTE_MS;
      expect(await other.store.dueLanes(later, 9)).toHaveLength((await store().dueLanes(later, 9)).length);
      const timers = await store().dueTimers(later, 9);
      expect(await other.store.dueTimers(later, 9)).toEqual(expect.arrayContaining([...timers]));
      expect(timers).toHaveLength(2);
      expect(await commitNext(other.store, aliceDirect)).toBeGreaterThan(version);
    } finally {
      await other.close();
    }
  });
}

const DAY_MS = 24 * 60 * MINUTE_MS;

function waiting(conversation: ConversationId, notBefore: number): OutboxRow {
  return { ...row(conversation, 1), conversation, tries: 0, notBefore, unclearSince: null };
}
