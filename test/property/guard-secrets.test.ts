import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/guard/secrets/index.js';
import { BIP39_LISTS, WORD_LISTS } from '../../src/guard/secrets/lists/word-lists.js';

/** Any text: broken surrogates, controls, marks, and pieces that something begins with. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
        .map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        ...[
          'my private key ',
          '密码：',
          'password is ',
          'パスワードは',
          '비밀번호는 ',
          'пароль ',
          'otpauth://',
          'xprv',
          '[1,2,',
        ],
        ...[
          '-----BEGIN PRIVATE KEY-----',
          '{"ciphertext":"',
          '验证码 123456',
          'a@b.test:',
          'eyJ',
          '第1个字是',
          '“',
          '&amp;',
          '<b>',
        ],
      ),
      fc.constantFrom(...WORD_LISTS.english, ...WORD_LISTS.japanese, ...BIP39_LISTS.chineseSimplified),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('the detector', () => {
  it('gives findings in order, inside the text, without overlaps, for any text and any messages before it', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 3 }), (text, previous) => {
        let from = 0;
        for (const { start, end } of detect(text, { previous })) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          from = end;
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('gives the same twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(detect(text)).toEqual(detect(text));
      }),
      { numRuns: 300 },
    );
  });

  it('finds a password wherever it is told', () => {
    const password = fc
      .tuple(
        fc.constantFrom('blue', 'Kater', 'mimi', 'Tango'),
        fc.integer({ min: 100, max: 99_999 }),
        fc.constantFrom('', '!', '_x'),
      )
      .map((parts) => parts.join(''));
    const told = fc.constantFrom(
      ...[
        'my password is ',
        'password: ',
        '我的密码是',
        'パスワードは',
        '제 비밀번호는 ',
        'mi contraseña es ',
        'мой пароль ',
      ],
    );
    fc.assert(
      fc.property(told, password, (before, secret) => {
        const text = `${before}${secret}`;
        const [finding] = detect(text);
        expect(finding?.confidence).toBe('hard');
        expect(finding?.start).toBe(before.length);
        expect(finding?.end).toBe(text.length);
      }),
      { numRuns: 300 },
    );
  });
});
