import type { PhraseBook } from '../model/index.js';
import type { Ranking } from './classify.js';
import { hear } from './hear.js';
import { type Taught, teach } from './lesson.js';
import { createSeeded, shuffle } from './seeded.js';
import { booksOf, companionsOf, languageOf } from './tutor.js';

/** A text with its right intent; `null` for one that none of the intents is about. */
export interface Labelled {
  readonly text: string;
  readonly intent: string | null;
}

/** What was made of a text that the classifier had not seen. */
export interface Outcome extends Labelled {
  readonly ranking: Ranking;
}

/** How many intents are looked at. */
const LOOKED_AT = 3;
const FOLDS = 5;
const SEED = 0xe7a1;
/** A phrase of a sister locale with this share of letter pairs in common is the same phrase in other characters. */
const SAME_SHARE = 0.5;

/** All phrases of a book. */
export function labelled(book: PhraseBook): readonly Labelled[] {
  const list: Labelled[] = [];
  for (const [intent, phrases] of book.intents) for (const text of phrases) list.push({ text, intent });
  for (const text of book.outside) list.push({ text, intent: null });
  return list;
}

/** A book of these texts, with the words of one meaning and, where no text is outside, the outside texts of `like`. */
export function bookOf(texts: readonly Labelled[], like: PhraseBook): PhraseBook {
  const intents = new Map<string, string[]>();
  const outside: string[] = [];
  for (const { text, intent } of texts) {
    if (intent === null) outside.push(text);
    else intents.set(intent, [...(intents.get(intent) ?? []), text]);
  }
  return { ...like, intents, outside: outside.length === 0 ? like.outside : outside };
}

/** Teaches a locale's language by this book alone; `locales` give the words of one meaning. */
export function teachBook(
  book: PhraseBook,
  locale: string,
  locales: ReadonlyMap<string, PhraseBook>,
): Taught {
  const language = languageOf(locale);
  const sisters = booksOf(language, locales).map(
    (sister): PhraseBook => ({ ...sister, intents: new Map(), outside: [] }),
  );
  return teach(language, [book, ...sisters], companionsOf(language, locales), null);
}

/** What a taught language makes of texts. */
export function outcomes(taught: Taught, texts: readonly Labelled[]): readonly Outcome[] {
  return texts.map((one) => ({ ...one, ranking: taught.rank(hear(one.text).words, LOOKED_AT) }));
}

/**
 * Each phrase of a locale as understood by a classifier that was taught the other four fifths of the locale, and the
 * sister locales but for phrases that are nearly the same as one that is held out.
 */
export function crossValidate(locale: string, locales: ReadonlyMap<string, PhraseBook>): readonly Outcome[] {
  const own = locales.get(locale);
  if (own === undefined) return [];
  const all = labelled(own);
  const order = Uint32Array.from(all, (_, i) => i);
  shuffle(order, createSeeded(SEED));
  const sisters = booksOf(languageOf(locale), locales)
    .filter((book) => book !== own)
    .flatMap(labelled);
  const result: Outcome[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held = all.filter((_, i) => (order[i] ?? 0) % FOLDS === fold);
    const taughtBy = all.filter((_, i) => (order[i] ?? 0) % FOLDS !== fold);
    const others = unlike(sisters, held);
    result.push(...outcomes(teachBook(bookOf([...taughtBy, ...others], own), locale, locales), held));
  }
  return result;
}

/** The phrases that are not nearly the same as one of the others. */
function unlike(phrases: readonly Labelled[], others: readonly Labelled[]): readonly Labelled[] {
  const byPair = new Map<string, Set<number>>();
  const sizes = others.map(({ text }, index) => {
    const pairs = pairsOf(text);
    for (const pair of pairs) byPair.set(pair, (byPair.get(pair) ?? new Set()).add(index));
    return pairs.size;
  });
  return phrases.filter(({ text }) => {
    const pairs = pairsOf(text);
    const shared = new Map<number, number>();
    for (const pair of pairs)
      for (const index of byPair.get(pair) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    return ![...shared].some(
      ([index, count]) => (2 * count) / (pairs.size + (sizes[index] ?? 0)) >= SAME_SHARE,
    );
  });
}

/** Pairs of neighbouring letters of a text as it is compared. */
export function pairsOf(text: string): ReadonlySet<string> {
  const key = ` ${hear(text).key} `;
  return new Set(Array.from({ length: key.length - 1 }, (_, i) => key.slice(i, i + 2)));
}
