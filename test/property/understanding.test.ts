import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../src/model/index.js';
import { scan } from '../../src/understanding/found.js';
import { createUnderstanding } from '../../src/understanding/index.js';
import { cleanText, keyOf, normalise } from '../../src/understanding/normalise.js';
import { BOOKS } from '../unit/understanding/small-books.js';

const KINDS = ['choice', 'answer', 'intent', 'ask-back', 'unclear', 'global'];
const { understand, localeOf } = createUnderstanding({ locales: BOOKS });

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'mail',
        '密码',
        '.',
        '@',
        'https://',
        '2',
        ' ',
        '\u200b',
        '\ud800',
        '我',
        'no',
        '(',
        '[.]',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);
const expectation: fc.Arbitrary<Expectation> = fc.record({
  choices: fc.array(
    fc.record({
      value: fc.constantFrom('yes', 'no', 'spam', 'other'),
      label: fc.oneof(fc.constantFrom('Yes', 'In spam', '在垃圾邮件里', ''), fc.string({ maxLength: 20 })),
      means: fc.subarray(['mail-missing', 'fees']),
    }),
    { maxLength: 8 },
  ),
  expects: fc.subarray(['text', 'words', 'link', 'handle', 'mail', 'number', 'hash'] as const),
});
const locale = fc.constantFrom('zh-CN', 'zh-TW', 'en', 'xx');

describe('understanding any text', () => {
  it('never throws and decides in one of the known ways', () => {
    fc.assert(
      fc.property(text, locale, expectation, (said, present, expected) => {
        const { event, locale: told, top } = understand(said, present, expected);
        expect(KINDS).toContain(event.kind);
        if (told !== null) expect(BOOKS.has(told)).toBe(true);
        for (const { score } of top) expect(score >= 0 && score <= 1).toBe(true);
        if (event.kind === 'choice')
          expect(expected.choices.map(({ value }) => value)).toContain(event.value);
        if (event.kind === 'answer') expect(expected.expects).not.toHaveLength(0);
      }),
    );
  });
  it('decides the same each time', () => {
    fc.assert(
      fc.property(text, locale, expectation, (said, present, expected) => {
        expect(understand(said, present, expected)).toEqual(understand(said, present, expected));
        expect(localeOf(said)).toBe(localeOf(said));
      }),
    );
  });
  it('normalises to a form that stays as it is', () => {
    fc.assert(
      fc.property(text, (said) => {
        const clean = cleanText(said);
        expect(cleanText(clean)).toBe(clean);
        expect(keyOf(keyOf(normalise(clean)))).toBe(keyOf(normalise(clean)));
      }),
    );
  });
  it('finds only what stands in the text', () => {
    fc.assert(
      fc.property(text, (said) => {
        const clean = cleanText(said);
        for (const { value } of scan(clean).found) expect(clean).toContain(value);
      }),
    );
  });
  it('takes 64 kB of any one thing', () => {
    for (const unit of [
      'a',
      '我',
      '1',
      'a.',
      '@a',
      'https://',
      '( ',
      'a@',
      '1 ',
      '\ufdfa',
      '\u0301',
      '👍',
      '!',
      '{link}',
    ]) {
      const { event } = understand(unit.repeat(Math.ceil(65_536 / unit.length)), 'en', {
        choices: [],
        expects: ['link'],
      });
      expect(KINDS).toContain(event.kind);
    }
  });
});
