import { Converter } from 'opencc-js/cn2t';
import { describe, expect, it } from 'vitest';
import type { PhraseBook } from '../../../src/model/index.js';
import { labelled } from '../../../src/understanding/evaluate.js';
import {
  bookOf,
  figuresOf,
  type Labelled,
  type Outcome,
  outcomes,
  teachBook,
} from '../../../src/understanding/index.js';
import { createNoise } from '../../support/noise.js';
import { readBooks } from './shipped-books.js';

const books = readBooks();
const FOLD = 5;

/** How many of the phrases that are held out are understood when somebody else types them. */
function measured(locale: string): (type: (text: string) => string) => number {
  const book: PhraseBook | undefined = books.get(locale);
  if (book === undefined) throw new Error(`there is no ${locale}`);
  const all = labelled(book);
  const held = all.filter((_, i) => i % FOLD === 0);
  const taught = teachBook(
    bookOf(
      all.filter((_, i) => i % FOLD !== 0),
      book,
    ),
    locale,
    books,
  );
  return (type) => {
    const typed: readonly Labelled[] = held.map((one) => ({ ...one, text: type(one.text) }));
    const found: readonly Outcome[] = outcomes(taught, typed);
    return figuresOf(found).top1;
  };
}

describe('held-out phrases are understood', () => {
  it('in English, with a typo in ten letters and without blanks', () => {
    const understood = measured('en');
    const noise = createNoise(3);
    const clean = understood((text) => text);
    expect(clean).toBeGreaterThan(0.85);
    expect(clean - understood((text) => noise.typos(text))).toBeLessThan(0.08);
    expect(clean - understood((text) => text.replaceAll(' ', ''))).toBeLessThan(0.07);
  });
  it('in Chinese, with other characters of the same sound, in pinyin and in Traditional characters', () => {
    const understood = measured('zh-CN');
    const noise = createNoise(3);
    const traditional = Converter({ from: 'cn', to: 'twp' });
    const clean = understood((text) => text);
    expect(clean).toBeGreaterThan(0.85);
    expect(clean - understood((text) => noise.homophones(text, 2))).toBeLessThan(0.04);
    expect(clean - understood((text) => noise.pinyin(text))).toBeLessThan(0.04);
    expect(clean - understood(traditional)).toBeLessThan(0.008);
  });
});
