import { expect, it } from 'vitest';
import type { QuarantineEntry, Store, StoredItem } from '../../../src/model/index.js';
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
  snapshot,
  turn,
} from './fixture.js';

/** What failed, what could not be sent, what was forgotten, and taking everything elsewhere. `open`: another store of the kind. */
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

  it('gives everything it keeps to another store, once however often', async () => {
    const now = store().now();
    await fill(store(), now);
    await store().forget(bob, now);
    await commitNext(store(), bobDirect, { snapshot: null, outbox: [row(bobDirect, 8)], now });
    await store().setValue('offset', '42');
    await store().putBundle('b1', Uint8Array.of(0, 255, 128));
    await store().activateBundle('b1');
    const items = await itemsOf(store());
    expect(new Set(items.map((item) => item.kind)).size).toBe(11);

    const other = await openOther();
    try {
      for (const round of [1, 2]) {
        for (const item of items) await other.store.importItem(item);
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

/** Conversations, rows, timers, a case, a dead letter, a quarantine entry and a person record of both people. */
async function fill(store: Store, now: number): Promise<void> {
  for (const conversation of [aliceDirect, aliceInThread, bobDirect]) {
    const { person } = turn(conversation);
    const name = conversation === bobDirect ? 'bob' : conversation;
    await commitNext(store, conversation, {
      now,
      snapshot: snapshot('asked', now),
      outbox: [0, 1, 2].map((index) => row(conversation, 1, index)),
      timers: [{ kind: 'set', timer: 'wait', dueAt: now + 1 }],
      records: [
        { kind: 'put-person', person, record: { locale: 'en' } },
        { kind: 'put-case', person, case: openedCase(`C-${name}`, now) },
        { kind: 'count', name: 'turns', by: 1 },
        {
          kind: 'put-quarantine',
          entry: {
            id: freshInbound(),
            conversation,
            what: 'text',
            flow: 'menu',
            step: 'ask',
            bundle: 'b1',
            code: 'x',
            at: now,
          },
        },
      ],
    });
    await store.settleRow(row(conversation, 1, 0).id, { kind: 'dead', code: 'refused', at: now });
    const later = { kind: 'later', notBefore: now + 7, unclearSince: now } as const;
    await store.settleRow(row(conversation, 1, 1).id, later);
  }
}

async function itemsOf(store: Store): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const item of store.exportItems()) items.push(item);
  return items;
}

/** As text, in one order, with times that a store keeps as a lifetime left rounded to ten seconds. */
function sorted(items: readonly StoredItem[]): readonly string[] {
  const rounded = items.map((item) =>
    item.kind === 'seen' || item.kind === 'person' ? { ...item, at: Math.round(item.at / 10_000) } : item,
  );
  return rounded.map((item) => JSON.stringify(item, Object.keys(flat(item)).sort())).sort();
}

/** Every name that occurs in a value, for a stable order of its keys. */
function flat(value: unknown): Record<string, true> {
  if (typeof value !== 'object' || value === null) return {};
  const names: Record<string, true> = {};
  for (const [name, inner] of Object.entries(value)) Object.assign(names, { [name]: true }, flat(inner));
  return names;
}
