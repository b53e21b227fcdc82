import type { PhraseBook } from '../model/index.js';
import { finish, hashText, mix, START } from './hash.js';
import { hear } from './hear.js';
import { createVocabulary } from './vocabulary.js';

/** Words and short phrases with what they mean, looked up by hash. */
export interface Meanings {
  /** The meanings of a word or phrase by the {@link finish}ed hash of its normalised text; none when it has none. */
  meaningsOf(hash: number): readonly number[];
  /** A meaning's name, for explaining. */
  nameOf(meaning: number): string;
}

/** Meanings from the words of one meaning in these books. A meaning's number depends on its name alone. */
export function createMeanings(books: readonly PhraseBook[]): Meanings {
  const known = createVocabulary();
  const lists: number[][] = [];
  const names = new Map<number, string>();
  for (const book of books) {
    for (const [name, words] of book.alike ?? []) {
      const meaning = finish(hashText(name));
      names.set(meaning, name);
      for (const word of words) {
        const text = heardOf(word);
        if (text === '') continue;
        const row = known.add(finish(hashText(text)));
        const list = lists[row] ?? [];
        if (!list.includes(meaning)) list.push(meaning);
        lists[row] = list;
      }
    }
  }
  const none: readonly number[] = [];
  return {
    meaningsOf: (hash) => lists[known.rowOf(hash)] ?? none,
    nameOf: (meaning) => names.get(meaning) ?? '',
  };
}

/** The words and short phrases of one meaning in a book, normalised. */
export function wordsAlike(book: PhraseBook): readonly string[] {
  return [...(book.alike?.values() ?? [])].flatMap((words) => words.map(heardOf));
}

/** Words as they are compared; the same ones are asked for by each language. */
const heard = new Map<string, string>();
const MOST_HEARD = 20_000;

/** Takes words with their normalised forms, in pairs, from where they were kept. */
export function rememberWords(pairs: readonly string[]): void {
  for (let i = 0; i + 1 < pairs.length; i += 2) heard.set(pairs[i] ?? '', pairs[i + 1] ?? '');
}

/** The words of one meaning of a book with their normalised forms, in pairs. */
export function wordPairs(book: PhraseBook): readonly string[] {
  return [...(book.alike?.values() ?? [])].flatMap((words) => words.flatMap((word) => [word, heardOf(word)]));
}

/** A word or short phrase, normalised. */
export function heardOf(word: string): string {
  const before = heard.get(word);
  if (before !== undefined) return before;
  if (heard.size >= MOST_HEARD) heard.clear();
  const { words } = hear(word);
  heard.set(word, words);
  return words;
}

/** The hash of two meanings that stand in one text, in either order. */
export function pairOf(one: number, other: number): number {
  return one < other ? mix(mix(START, one), other) : mix(mix(START, other), one);
}
