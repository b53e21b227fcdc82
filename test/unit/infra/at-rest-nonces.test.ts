import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../../src/infra/at-rest.js';

describe('nonces of sealed values', () => {
  it('are drawn once each, over more values than are drawn for at a time', () => {
    const { sealer } = createKeyring([randomBytes(32)])(null);
    const plain = Buffer.from('the same');
    const sealed = Array.from({ length: 1_000 }, () => Buffer.from(sealer.seal('name', plain)));
    const nonces = new Set(sealed.map((bytes) => bytes.subarray(5, 17).toString('hex')));
    expect(nonces.size).toBe(1_000);
    for (const bytes of sealed) expect(Buffer.from(sealer.open('name', bytes))).toEqual(plain);
  });

  it('differ between two keyrings of one secret', () => {
    const secret = randomBytes(32);
    const [one, other] = [createKeyring([secret])(null), createKeyring([secret])(null)];
    const sealed = [one, other].map(({ sealer }) =>
      Buffer.from(sealer.seal('name', Buffer.from('the same'))),
    );
    expect(sealed[0]).not.toEqual(sealed[1]);
  });
});
