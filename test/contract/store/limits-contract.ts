import { expect, it } from 'vitest';
import { type CommitResult, LIMIT_TTL_MS, type Store, type StoreRecord } from '../../../src/model/index.js';
import {
  alice,
  aliceDirect,
  aliceInGroup,
  bob,
  bobDirect,
  commitNext,
  HOUR_MS,
  MINUTE_MS,
  NOW,
  snapshot,
  turn,
} from './fixture.js';

const LIMITS = [
  { max: 2, windowMs: HOUR_MS },
  { max: 3, windowMs: 24 * HOUR_MS },
];
const take = (name = 'hand-off', person = alice): StoreRecord => ({
  kind: 'take-limit',
  person,
  name,
  limits: LIMITS,
});

/** What may be done so often only, over all conversations of a person; and names that stand for a conversation. */
export function limitsContract(store: () => Store): void {
  const takeAt = async (
    now: number,
    records = [take()],
    conversation = aliceDirect,
  ): Promise<CommitResult> => {
    const { version } = await store().load(conversation);
    return store().commit(turn(conversation, { expectedVersion: version, now, records }));
  };
  const REFUSED = { kind: 'refused', reason: 'limit-reached' };

  it('refuses what passes the narrower limit, and writes nothing of that commit', async () => {
    expect(await takeAt(NOW)).toMatchObject({ kind: 'ok' });
    expect(await takeAt(NOW + MINUTE_MS)).toMatchObject({ kind: 'ok' });
    const before = await store().load(aliceDirect);
    expect(await takeAt(NOW + HOUR_MS - 1, [{ kind: 'count', name: 'n', by: 1 }, take()])).toEqual(REFUSED);
    expect(await store().load(aliceDirect)).toEqual(before);
    expect(await store().readCounters()).toEqual({});
  });

  it('lets a time go when its window is over, and holds the wider limit still', async () => {
    await takeAt(NOW);
    await takeAt(NOW + MINUTE_MS);
    expect(await takeAt(NOW + HOUR_MS)).toMatchObject({ kind: 'ok' });
    expect(await takeAt(NOW + 5 * HOUR_MS)).toEqual(REFUSED);
    expect(await takeAt(NOW + 24 * HOUR_MS)).toMatchObject({ kind: 'ok' });
  });

  it('counts over all conversations of a person, and each name and person apart', async () => {
    await takeAt(NOW);
    expect(await takeAt(NOW, [take()], aliceInGroup)).toMatchObject({ kind: 'ok' });
    expect(await takeAt(NOW, [take()], aliceInGroup)).toEqual(REFUSED);
    expect(await takeAt(NOW, [take('number')])).toMatchObject({ kind: 'ok' });
    expect(await takeAt(NOW, [take('hand-off', bob)], bobDirect)).toMatchObject({ kind: 'ok' });
  });

  it('counts twice what a commit takes twice', async () => {
    expect(await takeAt(NOW, [take(), take(), take()])).toEqual(REFUSED);
    expect(await takeAt(NOW, [take(), take()])).toMatchObject({ kind: 'ok' });
    expect(await takeAt(NOW)).toEqual(REFUSED);
  });

  it('takes one of many that come at once no more often than it may', async () => {
    await commitNext(store(), aliceDirect, { snapshot: snapshot('asked') });
    const many = Array.from({ length: 8 }, () => takeAt(NOW));
    const kinds = (await Promise.all(many)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'ok').length).toBeLessThanOrEqual(2);
    for (let more = 0; more < 3; more += 1) await takeAt(NOW);
    expect(await takeAt(NOW)).toEqual(REFUSED);
  });

  it('counts beside a conversation that there is not, and leaves nothing else of it', async () => {
    const takeBeside = (now: number) =>
      store().commit(turn(aliceDirect, { beside: true, snapshot: null, now, records: [take()] }));
    expect(await takeBeside(NOW)).toMatchObject({ kind: 'ok' });
    expect(await takeBeside(NOW)).toMatchObject({ kind: 'ok' });
    expect(await takeBeside(NOW + HOUR_MS - 1)).toEqual(REFUSED);
    expect(await takeBeside(NOW + HOUR_MS)).toMatchObject({ kind: 'ok' });
    expect(await store().load(aliceDirect)).toEqual({ version: 0, snapshot: null, person: null });
    expect(await store().nextDue()).toBeNull();
  });

  it('forgets with the person what they have taken', async () => {
    await takeAt(NOW, [take(), take()]);
    await store().forget(alice, NOW);
    expect(await takeAt(NOW)).toMatchObject({ kind: 'ok' });
  });

  it('lets a name stand for one conversation at a time', async () => {
    expect(await store().getPointer('number:12345678', NOW)).toBeNull();
    expect(await store().putPointer('number:12345678', aliceDirect, NOW + MINUTE_MS, NOW)).toBe(true);
    expect(await store().putPointer('number:12345678', bobDirect, NOW + HOUR_MS, NOW)).toBe(false);
    expect(await store().getPointer('number:12345678', NOW)).toBe(aliceDirect);
    expect(await store().getPointer('number:12345679', NOW)).toBeNull();
    expect(await store().putPointer('number:12345678', aliceDirect, NOW + HOUR_MS, NOW)).toBe(true);
    expect(await store().getPointer('number:12345678', NOW + MINUTE_MS)).toBe(aliceDirect);
  });
}

/** How long both are kept, where a sweep ends them. */
export function limitsSweepContract(store: () => Store): void {
  it('gives a name back when its time is over, and sweeps it away', async () => {
    await store().putPointer('number:1', aliceDirect, NOW + MINUTE_MS, NOW);
    await store().putPointer('number:1', aliceDirect, NOW + HOUR_MS, NOW);
    expect(await store().getPointer('number:1', NOW + HOUR_MS - 1)).toBe(aliceDirect);
    expect(await store().getPointer('number:1', NOW + HOUR_MS)).toBeNull();
    expect((await store().sweep(NOW + HOUR_MS - 1)).removed).toBe(0);
    expect((await store().sweep(NOW + HOUR_MS)).removed).toBe(1);
    await store().putPointer('number:2', aliceDirect, NOW + MINUTE_MS, NOW);
    expect(await store().putPointer('number:2', bobDirect, NOW + HOUR_MS, NOW + MINUTE_MS)).toBe(true);
  });

  it('sweeps away what was taken long ago', async () => {
    const commit = turn(aliceDirect, { snapshot: null, records: [take()] });
    await store().commit(commit);
    expect((await store().sweep(NOW + LIMIT_TTL_MS - 1)).removed).toBe(0);
    expect((await store().sweep(NOW + LIMIT_TTL_MS)).removed).toBe(1);
  });
}
