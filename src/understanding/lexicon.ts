import { GLOBAL_WORDS, type GlobalWord, type PhraseBook } from '../model/index.js';
import { hear } from './hear.js';
import { createSynonyms, type Synonyms } from './synonyms.js';

/** The words that mean one fixed thing, by their key (see `keyOf`), of all locales together. */
export interface Lexicon {
  readonly globals: ReadonlyMap<string, GlobalWord>;
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  /** "the second one" → 1. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** Words of one meaning; made when first needed. */
  readonly synonyms: () => Synonyms;
}

/** A phrase as its key. */
export function keyOfPhrase(phrase: string): string {
  return hear(phrase).key;
}

/** A lexicon from phrase books; where they disagree about a word, the earlier book is right. */
export function createLexicon(books: readonly PhraseBook[]): Lexicon {
  const globals = new Map<string, GlobalWord>();
  const ordinals = new Map<string, number>();
  const yes = new Set<string>();
  const no = new Set<string>();
  for (const book of books) {
    for (const word of GLOBAL_WORDS) for (const phrase of book.global[word]) put(globals, phrase, word);
    book.ordinals.forEach((phrases, index) => {
      for (const phrase of phrases) put(ordinals, phrase, index);
    });
    for (const phrase of book.yes) if (!no.has(keyOfPhrase(phrase))) yes.add(keyOfPhrase(phrase));
    for (const phrase of book.no) if (!yes.has(keyOfPhrase(phrase))) no.add(keyOfPhrase(phrase));
  }
  let made: Synonyms | null = null;
  const synonyms = (): Synonyms => {
    made ??= createSynonyms(books);
    return made;
  };
  return { globals, ordinals, yes, no, synonyms };
}

function put<Meaning>(into: Map<string, Meaning>, phrase: string, meaning: Meaning): void {
  const key = keyOfPhrase(phrase);
  if (key !== '' && !into.has(key)) into.set(key, meaning);
}
