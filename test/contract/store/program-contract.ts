import { expect, it } from 'vitest';
import type { Store } from '../../../src/model/index.js';

/** What belongs to no conversation: small values and bundles. */
export function programContract(store: () => Store): void {
  it('keeps small values by name', async () => {
    expect(await store().getValue('telegram:offset')).toBeNull();
    await store().setValue('telegram:offset', '41');
    await store().setValue('telegram:offset', '42');
    await store().setValue('telegram:empty', '');
    expect(await store().getValue('telegram:offset')).toBe('42');
    expect(await store().getValue('telegram:empty')).toBe('');
  });

  it('keeps bundles as the bytes they are', async () => {
    const bundle = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const copy = bundle.slice();
    expect(await store().getBundle('b1')).toBeNull();
    await store().putBundle('b1', bundle);
    bundle.fill(0);
    const kept = await store().getBundle('b1');
    expect(Buffer.from(kept ?? [])).toEqual(Buffer.from(copy));
  });

  it('remembers which bundle is active', async () => {
    expect(await store().activeBundle()).toBeNull();
    await store().activateBundle('b1');
    await store().activateBundle('b2');
    expect(await store().activeBundle()).toBe('b2');
  });

  it('takes a bundle away, and never the active one', async () => {
    for (const hash of ['b1', 'b2']) await store().putBundle(hash, Uint8Array.of(1));
    await store().activateBundle('b2');
    expect(await store().dropBundle('b2')).toBe(false);
    expect(await store().dropBundle('b1')).toBe(true);
    expect(await store().dropBundle('b1')).toBe(false);
    expect(await store().getBundle('b1')).toBeNull();
    expect(await store().getBundle('b2')).not.toBeNull();
  });

  it('works when its methods are taken off it', async () => {
    const { setValue, getValue } = { ...store() };
    await setValue('name', 'value');
    expect(await getValue('name')).toBe('value');
  });
}
