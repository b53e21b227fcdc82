import type { PhraseBook } from '../model/index.js';
import { hear } from './hear.js';
import { keyOf } from './normalise.js';

/** A phrase as it is compared, with its intent; `null` for one that is outside. */
export interface Phrase {
  readonly intent: string | null;
  /** Normalised. */
  readonly words: string;
  readonly key: string;
}

/** Each book is heard once. */
const known = new WeakMap<PhraseBook, readonly Phrase[]>();

/** The phrases of a book, outside ones last. */
export function phrasesOf(book: PhraseBook): readonly Phrase[] {
  return known.get(book) ?? keep(book, (phrase) => hear(phrase).words);
}

/** Takes the normalised phrases of a book, in the order of {@link phrasesOf}, from where they were kept. */
export function rememberPhrases(book: PhraseBook, words: readonly string[]): void {
  let next = 0;
  if (!known.has(book)) keep(book, () => words[next++] ?? '');
}

function keep(book: PhraseBook, heard: (phrase: string) => string): readonly Phrase[] {
  const phrases: Phrase[] = [];
  const add = (intent: string | null, phrase: string): void => {
    const words = heard(phrase);
    phrases.push({ intent, words, key: keyOf(words) });
  };
  for (const [intent, own] of book.intents) for (const phrase of own) add(intent, phrase);
  for (const phrase of book.outside) add(null, phrase);
  known.set(book, phrases);
  return phrases;
}
