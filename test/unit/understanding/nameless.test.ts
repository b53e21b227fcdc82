import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear, nameless } from '../../../src/understanding/index.js';

describe('a text that is kept of nobody', () => {
  it.each([
    ['see https://wallet.example/r?u=alice and @bob_7', 'see {link} and {handle}'],
    ['write to alice.b@mail.example', 'write to {mail}'],
    ['call +44 20 7946 0018 please', 'call {number} please'],
    ['born 1990-01-31, account 4711', 'born {number}, account {number}'],
    ['银行卡 6222０２１2345', '银行卡 {number}'],
    ['who is WalletHelp_admin', 'who is {handle}'],
    ['my order A1B2C3D4 is open', 'my order {hash} is open'],
    ['to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'to {hash}'],
    ['hello my name is Alice Baker and how do I stake', 'hello my name is … and how do I stake'],
    ['我叫王小明，怎么质押', '我叫…,怎么质押'],
    ['how do i stake 3 eth with 2fa on trc20', 'how do i stake 3 eth with 2fa on trc20'],
  ])('%s', (text, kept) => {
    expect(nameless(text)).toBe(kept);
  });

  it('is cut where a phrase ends, and through no placeholder', () => {
    expect(nameless(`${'怎么质押'.repeat(49)}啊 4711 1234`)).toBe(`${'怎么质押'.repeat(49)}啊`);
    expect(nameless('长'.repeat(4096))).toHaveLength(200);
  });

  it('stays as it is when it is done again, and never holds four digits in a row', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const kept = nameless(text);
        expect(kept.length).toBeLessThanOrEqual(200);
        expect(kept).not.toMatch(/\p{Nd}{4}/u);
        expect(hear(kept).found.filter(({ kind }) => kind !== 'link')).toEqual([]);
      }),
    );
  });
});
