import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard } from '../../src/guard/index.js';
import { BIP39_LISTS as WORD_LISTS } from '../../src/guard/secrets/lists/word-lists.js';
import { conversationId } from '../../src/model/index.js';

const ID = conversationId('console', { channel: 'terminal' }, '1');
const inspect = (text: string) => createGuard().inspect(ID, text, 0);

/** Any text: broken surrogates, controls, marks, and pieces that patterns begin with. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
        .map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        'private key ',
        '密码：',
        'password is ',
        'otpauth://',
        '-----BEGIN PRIVATE KEY-----',
        '验证码 123456',
        'xprv',
        'zoo ',
        '的',
      ),
      fc.constantFrom(...WORD_LISTS.english, ...WORD_LISTS.japanese),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Lists of words that are written with letters. */
const LETTERS = Object.entries(WORD_LISTS).filter(([name]) => !name.startsWith('chinese'));
const phrases = fc
  .constantFrom(...LETTERS)
  .chain(([, words]) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 12, maxLength: 12 }));
/** Words of which no list holds one. */
const otherWords = fc.array(
  fc.constantFrom('the', 'mails', 'und', 'of', 'wallets', 'это', 'zzz', 'sadly', '42', '!'),
  { maxLength: 8 },
);

function stands(words: readonly string[], text: string): boolean {
  const folded = text.normalize('NFKD');
  return folded.includes(words.join(' ').normalize('NFKD'));
}

describe('the guard', () => {
  it('never throws, and gives a text without secrets back as it is, but for invisible characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { clean, secrets, held } = inspect(text);
        expect(clean.length).toBeLessThanOrEqual(text.length + 40);
        if (secrets.length === 0 && held === undefined)
          expect(
            text.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, ''),
          ).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds nothing more in what it has cleaned, of the kinds it removed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { clean, secrets } = inspect(text);
        if (secrets.includes('phrase')) expect(inspect(clean).secrets).not.toContain('phrase');
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves no phrase of 12 list words that stands anywhere between other words', () => {
    fc.assert(
      fc.property(otherWords, phrases, otherWords, (before, words, after) => {
        const { clean, secrets } = inspect([...before, ...words, ...after].join(' '));
        expect(secrets).toContain('phrase');
        expect(stands(words, clean)).toBe(false);
        expect(words.filter((word) => clean.split(' ').includes(word))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  // A word of two lists behind a word of only one of them belongs to the phrase ("abaisser abandon …").
  it('leaves no phrase behind one word of any list', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LETTERS).chain(([, words]) => fc.constantFrom(...words)),
        phrases,
        (before, words) => {
          expect(inspect([before, ...words].join(' ')).secrets).toContain('phrase');
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
