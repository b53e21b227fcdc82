import type { PhraseBook } from '../model/index.js';
import { heardOf } from './alike.js';
import { isHanKey } from './hear.js';
import { keyOf } from './normalise.js';

/**
 * Meanings that are things, by their names among the words of one meaning. Words for what is done or felt are too wide
 * to name a label by: "wiped" is near "delete it all", and "it came" near "not found".
 */
const THINGS: ReadonlySet<string> = new Set([
  ...['mail', 'message', 'code', 'password', 'phrase', 'key', 'authenticator', 'hash'],
  ...['phone', 'number', 'app', 'site', 'account', 'wallet', 'card', 'bank'],
]);
/** The longest part of a label that is looked up: words, or Chinese characters. */
const MOST_WORDS = 4;
const MOST_HAN = 6;

/** Words for one thing as labels are compared by them. */
export interface Synonyms {
  /** The labels (as keys) that name what a whole text means in other words: those that use its main word, if any do. */
  naming(key: string, labels: readonly string[]): readonly string[];
}

/** Synonyms from the words of one meaning in these books. The first word of a list is its main one. */
export function createSynonyms(books: readonly PhraseBook[]): Synonyms {
  const meanings = new Map<string, Set<string>>();
  const mains = new Map<string, Set<string>>();
  for (const book of books)
    for (const [name, words] of book.alike ?? []) {
      if (!THINGS.has(name)) continue;
      words.forEach((word, i) => {
        const key = keyOf(heardOf(word));
        if (key === '') return;
        put(meanings, key, name);
        if (i === 0) put(mains, key, name);
      });
    }
  const sharing = (
    labels: readonly string[],
    among: ReadonlyMap<string, ReadonlySet<string>>,
    meant: ReadonlySet<string>,
  ): readonly string[] =>
    labels.filter((label) =>
      partsOf(label).some((part) => [...(among.get(part) ?? [])].some((m) => meant.has(m))),
    );
  return {
    naming(key, labels) {
      const meant = meanings.get(key);
      if (meant === undefined) return [];
      const mainly = sharing(labels, mains, meant);
      return mainly.length > 0 ? mainly : sharing(labels, meanings, meant);
    },
  };
}

function put(into: Map<string, Set<string>>, key: string, name: string): void {
  into.set(key, (into.get(key) ?? new Set()).add(name));
}

/** The words and short runs of words or characters in a label. */
function partsOf(label: string): readonly string[] {
  const parts: string[] = [];
  const words = label.split(' ');
  for (let from = 0; from < words.length; from += 1)
    for (let n = 1; n <= MOST_WORDS && from + n <= words.length; n += 1)
      parts.push(words.slice(from, from + n).join(' '));
  if (isHanKey(label))
    for (let from = 0; from < label.length; from += 1)
      for (let n = 2; n <= MOST_HAN && from + n <= label.length; n += 1)
        parts.push(label.slice(from, from + n));
  return parts;
}
