import { describe, expect, it } from 'vitest';
import type { FoundKind } from '../../../src/model/index.js';
import { MARKS, scan } from '../../../src/understanding/found.js';
import { cleanText } from '../../../src/understanding/normalise.js';

const HASH = 'ab12'.repeat(16);
const foundIn = (text: string): readonly string[] =>
  scan(cleanText(text)).found.map(({ kind, value }) => `${kind} ${value}`);

describe('scan', () => {
  it.each([
    ['is https://wallet.example/reset?x=1 yours?', 'link https://wallet.example/reset?x=1'],
    ['打开https://wallet.example/reset这个网址对吗', 'link https://wallet.example/reset'],
    ['（wallet.example）', 'link wallet.example'],
    ['go to wallet-login.example.', 'link wallet-login.example'],
    ['t.me/example_support', 'link t.me/example_support'],
    ['hxxps://evil[.]test/a', 'link hxxps://evil[.]test/a'],
    ['evil[.]example', 'link evil[.]example'],
    ['https://wallet.example@evil.test/', 'link https://wallet.example@evil.test/'],
    ['ｗａｌｌｅｔ．ｅｘａｍｐｌｅ', 'link wallet.example'],
    ['wal\u200blet.example', 'link wallet.example'],
    ['tg://resolve?domain=x', 'link tg://resolve?domain=x'],
    ['кошелёк.рф', 'link кошелёк.рф'],
    ['mail from no-reply@mail.wallet.example, ok?', 'mail no-reply@mail.wallet.example'],
    ['support＠wallet.example发来的', 'mail support@wallet.example'],
    ['who is @Example_Support?', 'handle @Example_Support'],
    ['他叫 example#1234', 'handle example#1234'],
    ['call +1 (555) 010-9999 now', 'number +1 (555) 010-9999'],
    ['电话13800138000打来的', 'number 13800138000'],
    ['from 10690', 'number 10690'],
    [`tx 0x${HASH}`, `hash 0x${HASH}`],
  ])('finds the value in "%s"', (text, value) => {
    expect(foundIn(text)).toEqual([value]);
  });

  it.each([
    'I lost it.help me',
    'e.g. this, i.e. that',
    'the file is called notes.pdf',
    '1,000 or 0.000123 coins',
    'on 2026-03-01 at 12:30',
    '12 or 24 words',
    'hello @ all',
    '我登不上去了。怎么办',
    'what...now',
  ])('finds nothing in "%s"', (text) => {
    expect(foundIn(text)).toEqual([]);
  });

  it('finds a hash inside a link too', () => {
    expect(foundIn(`https://explorer.example/tx/${HASH}`)).toEqual([
      `link https://explorer.example/tx/${HASH}`,
      `hash ${HASH}`,
    ]);
  });
  it('names the most telling kind first', () => {
    expect(foundIn('call 555-010-9999 or @help_bot, see a@b.example and https://x.example')).toEqual([
      'link https://x.example',
      'mail a@b.example',
      'handle @help_bot',
      'number 555-010-9999',
    ]);
  });
  it('leaves a mark in place of each value', () => {
    expect(scan('is https://x.example yours?').masked).toBe(`is ${MARKS.link} yours?`);
  });
  it('reads a placeholder of a phrase as any value of that kind, without finding one', () => {
    const kinds: readonly FoundKind[] = ['link', 'mail', 'handle', 'number', 'hash'];
    for (const kind of kinds) {
      expect(scan(`is {${kind}} yours`)).toEqual({ found: [], masked: `is ${MARKS[kind]} yours` });
    }
  });
});
