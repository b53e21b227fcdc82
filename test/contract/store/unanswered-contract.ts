import { expect, it } from 'vitest';
import { DAY_MS, type Store, UNANSWERED_KEPT, UNANSWERED_TTL_MS } from '../../../src/model/index.js';
import {
  alice,
  aliceDirect,
  bob,
  bobDirect,
  commitNext,
  freshInbound,
  NOW,
  sweepAll,
  turn,
  unanswered,
} from './fixture.js';
import { itemsOf } from './full-store.js';

/** Questions that nobody answered: kept of nobody, by day, and not too many. */
export function unansweredContract(store: () => Store): void {
  /** The beginning of the present day; Redis ends lifetimes by its own clock. */
  const today = (): number => Math.floor(store().now() / DAY_MS) * DAY_MS;
  const keep = (entry: ReturnType<typeof unanswered>) => ({ kind: 'keep-unanswered', entry }) as const;

  it('lists them, the newest day first and within a day by what is random', async () => {
    const [old, first, last] = [
      unanswered(alice, today() - DAY_MS, { id: `${unanswered(alice).id}z` }),
      unanswered(alice, today()),
      unanswered(bob, today(), { text: '怎么质押', locale: 'zh-CN', decision: 'unclear' }),
    ];
    await commitNext(store(), aliceDirect, { records: [keep(old), keep(first)] });
    await commitNext(store(), bobDirect, { records: [keep(last)] });
    expect(await store().listUnanswered()).toEqual([last, first, old]);
  });

  it('keeps one in the commit of its turn, once', async () => {
    const entry = unanswered(alice, today());
    const commit = turn(aliceDirect, { seen: freshInbound(), records: [keep(entry)] });
    expect(await store().commit({ ...commit, expectedVersion: 7 })).toMatchObject({ kind: 'conflict' });
    expect(await store().listUnanswered()).toEqual([]);
    expect(await store().commit(commit)).toMatchObject({ kind: 'ok' });
    expect(await store().commit(commit)).not.toMatchObject({ kind: 'conflict' });
    expect(await store().listUnanswered()).toEqual([entry]);
  });

  it('marks one as dealt with, and none that is not there', async () => {
    const [one, other] = [unanswered(alice, today()), unanswered(bob, today())];
    await commitNext(store(), aliceDirect, { records: [keep(one)] });
    await commitNext(store(), bobDirect, { records: [keep(other)] });
    expect(await store().closeUnanswered(one.id)).toBe(true);
    expect(await store().closeUnanswered(one.id)).toBe(true);
    expect(await store().closeUnanswered(`${one.id}x`)).toBe(false);
    expect(await store().listUnanswered()).toEqual([other, { ...one, done: true }]);
  });

  it('keeps so many of a partition, the newest, and all of the others', async () => {
    const others = unanswered(bob, today() - DAY_MS);
    await commitNext(store(), bobDirect, { records: [keep(others)] });
    const old = unanswered(alice, today() - DAY_MS);
    const many = Array.from({ length: UNANSWERED_KEPT }, () => unanswered(alice, today()));
    for (const [index, entry] of [old, ...many].entries()) {
      await commitNext(store(), aliceDirect, { records: [keep(entry)] });
      if (index === UNANSWERED_KEPT - 1) expect(await store().listUnanswered()).toContainEqual(old);
    }
    expect(await store().listUnanswered()).toEqual([...many.reverse(), others]);
  });

  it('keeps nothing that leads to the person, so that forgetting leaves it', async () => {
    const entry = unanswered(alice, today());
    await commitNext(store(), aliceDirect, { records: [keep(entry)] });
    const [item] = (await itemsOf(store())).filter(({ kind }) => kind === 'unanswered');
    expect(item).toEqual({ kind: 'unanswered', entry });
    expect(JSON.stringify(item)).not.toContain('1001');
    await store().forget(alice, store().now());
    expect(await store().listUnanswered()).toEqual([entry]);
  });

  it('keeps none of a commit that forgets the person', async () => {
    const records = [keep(unanswered(alice, today())), { kind: 'forget', person: alice }] as const;
    await commitNext(store(), aliceDirect, { snapshot: null, records });
    expect(await store().listUnanswered()).toEqual([]);
  });
}

/** What goes when its time is over, in stores that are swept. */
export function unansweredSweepContract(store: () => Store): void {
  it('sweeps them away 30 days after the beginning of their day', async () => {
    const [old, fresh] = [unanswered(alice, NOW), unanswered(bob, NOW + DAY_MS)];
    await store().importItem({ kind: 'unanswered', entry: old });
    await store().importItem({ kind: 'unanswered', entry: fresh });
    expect(await sweepAll(store(), old.day + UNANSWERED_TTL_MS - 1)).toBe(0);
    expect(await sweepAll(store(), old.day + UNANSWERED_TTL_MS)).toBe(1);
    expect(await store().listUnanswered()).toEqual([fresh]);
  });
}
