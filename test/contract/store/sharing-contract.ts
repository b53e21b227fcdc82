import { expect, it } from 'vitest';
import type { Store } from '../../../src/model/index.js';
import { NOW } from './fixture.js';

const TTL_MS = 2_000;

/** What workers share beside conversations: limits and the right to take messages in. */
export function sharingContract(store: () => Store): void {
  it('gives as many tokens as a bucket has, and says how long the next one takes', async () => {
    const rate = { perSecond: 10, burst: 3 };
    expect(await store().takeTokens('b', 2, rate, NOW)).toEqual({ granted: 2, waitMs: 0 });
    expect(await store().takeTokens('b', 2, rate, NOW)).toEqual({ granted: 1, waitMs: 0 });
    expect(await store().takeTokens('b', 2, rate, NOW)).toEqual({ granted: 0, waitMs: 100 });
    expect(await store().takeTokens('b', 1, rate, NOW + 99)).toEqual({ granted: 0, waitMs: 1 });
    expect(await store().takeTokens('b', 1, rate, NOW + 100)).toEqual({ granted: 1, waitMs: 0 });
    expect(await store().takeTokens('other', 9, rate, NOW)).toEqual({ granted: 3, waitMs: 0 });
  });

  it('fills a bucket up to its burst and no further', async () => {
    const rate = { perSecond: 10, burst: 3 };
    await store().takeTokens('b', 3, rate, NOW);
    expect(await store().takeTokens('b', 9, rate, NOW + 60_000)).toEqual({ granted: 3, waitMs: 0 });
  });

  it('gives no token twice to workers that ask at once', async () => {
    const rate = { perSecond: 1, burst: 10 };
    const asked = Array.from({ length: 20 }, () => store().takeTokens('b', 1, rate, NOW));
    const granted = (await Promise.all(asked)).reduce((sum, tokens) => sum + tokens.granted, 0);
    expect(granted).toBe(10);
  });

  it('gives a lease to one worker, who may prolong it', async () => {
    const lease = await store().takeLease('poll', 'one', TTL_MS, NOW);
    expect(lease).toMatchObject({ name: 'poll', worker: 'one' });
    expect(await store().takeLease('poll', 'two', TTL_MS, NOW + 1_999)).toBeNull();
    expect(await store().takeLease('poll', 'one', TTL_MS, NOW + 1_500)).toEqual(lease);
    expect(await store().takeLease('poll', 'two', TTL_MS, NOW + 3_499)).toBeNull();
    expect(await store().takeLease('other', 'two', TTL_MS, NOW)).not.toBeNull();
  });

  it('gives a lease that has run out to another worker, with a higher token', async () => {
    const before = await store().takeLease('poll', 'one', TTL_MS, NOW);
    const after = await store().takeLease('poll', 'two', TTL_MS, NOW + TTL_MS);
    expect(after?.token).toBeGreaterThan(before?.token ?? Number.POSITIVE_INFINITY);
    expect(await store().takeLease('poll', 'one', TTL_MS, NOW + TTL_MS)).toBeNull();
  });

  it('gives a lease that was given back at once, and ignores one that was lost', async () => {
    const first = await store().takeLease('poll', 'one', TTL_MS, NOW);
    if (first === null) throw new Error('no lease');
    await store().releaseLease(first);
    const second = await store().takeLease('poll', 'two', TTL_MS, NOW);
    expect(second?.token).toBeGreaterThan(first.token);
    await store().releaseLease(first);
    expect(await store().takeLease('poll', 'one', TTL_MS, NOW)).toBeNull();
  });

  it('keeps a value under a lease only while no other worker has had it', async () => {
    const lease = await store().takeLease('poll', 'one', TTL_MS, NOW);
    if (lease === null) throw new Error('no lease');
    expect(await store().setValue('offset', '41', lease)).toBe(true);
    await store().takeLease('poll', 'two', TTL_MS, NOW + TTL_MS);
    expect(await store().setValue('offset', '40', lease)).toBe(false);
    expect(await store().getValue('offset')).toBe('41');
  });
}
