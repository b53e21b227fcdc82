import type { PhraseBook } from '../model/index.js';
import { type Classify, createClassifier } from './classify.js';
import { type Heard, hear } from './hear.js';
import { type Example, train } from './train.js';

/** What a text that is an author's own phrase means. */
type Exact = { readonly intent: string } | 'outside' | 'several';

/** Gives classifiers, trained when first asked for. Locales of one language share one, taught by all their phrases. */
export interface Tutor {
  classifierOf(locale: string): Classify;
  /** Key of a phrase → its intent. The locale's own phrases count before those of its sisters. */
  exactOf(locale: string): ReadonlyMap<string, Exact>;
}

/** A tutor for these books. An unknown locale has no phrases and understands nothing. */
export function createTutor(locales: ReadonlyMap<string, PhraseBook>): Tutor {
  const classifiers = new Map<string, Classify>();
  const exacts = new Map<string, ReadonlyMap<string, Exact>>();
  const booksOf = (language: string): readonly PhraseBook[] =>
    [...locales].filter(([tag]) => languageOf(tag) === language).map(([, book]) => book);

  return {
    classifierOf(locale) {
      const language = languageOf(locale);
      const known = classifiers.get(language);
      if (known !== undefined) return known;
      const classify = teach(booksOf(language));
      classifiers.set(language, classify);
      return classify;
    },
    exactOf(locale) {
      const known = exacts.get(locale);
      if (known !== undefined) return known;
      const exact = new Map<string, Exact>();
      const own = locales.get(locale);
      const sisters = booksOf(languageOf(locale)).filter((book) => book !== own);
      for (const book of own === undefined ? sisters : [own, ...sisters]) {
        for (const [key, meaning] of exactIn(book)) if (!exact.has(key)) exact.set(key, meaning);
      }
      exacts.set(locale, exact);
      return exact;
    },
  };
}

/** Every word of the phrases of a book, for telling languages apart. */
export function wordsOf(book: PhraseBook): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [, phrases] of [...book.intents, ['', book.outside] as const]) {
    for (const phrase of phrases) for (const word of hear(phrase).words.split(' ')) words.add(word);
  }
  return words;
}

function languageOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}

function teach(books: readonly PhraseBook[]): Classify {
  const intents = [...new Set(books.flatMap((book) => [...book.intents.keys()]))].sort();
  const index = new Map(intents.map((intent, i) => [intent, i]));
  const examples: Example[] = [];
  for (const book of books) {
    for (const [intent, phrase] of phrasesOf(book)) {
      examples.push({ text: phrase.words, intent: intent === null ? -1 : (index.get(intent) ?? -1) });
    }
  }
  return createClassifier(train(intents, examples));
}

function exactIn(book: PhraseBook): ReadonlyMap<string, Exact> {
  const exact = new Map<string, Exact>();
  for (const [intent, { key }] of phrasesOf(book)) {
    const meaning: Exact = intent === null ? 'outside' : { intent };
    const before = exact.get(key);
    if (key !== '') exact.set(key, before === undefined || same(before, meaning) ? meaning : 'several');
  }
  return exact;
}

function same(one: Exact, other: Exact): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.intent === other.intent;
}

function phrasesOf(book: PhraseBook): readonly (readonly [string | null, Heard])[] {
  const heard: [string | null, Heard][] = [];
  for (const [intent, phrases] of book.intents)
    for (const phrase of phrases) heard.push([intent, hear(phrase)]);
  for (const phrase of book.outside) heard.push([null, hear(phrase)]);
  return heard;
}
