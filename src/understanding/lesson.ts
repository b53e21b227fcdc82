import { createHash } from 'node:crypto';
import { LifelineError, type ModelShelf, type PhraseBook } from '../model/index.js';
import { createMeanings, rememberWords, wordPairs } from './alike.js';
import { createClassifier, type Ranking, type Reason } from './classify.js';
import { withoutCourtesy } from './courtesy.js';
import type { Example } from './examples.js';
import type { Knowledge } from './features.js';
import { hear } from './hear.js';
import { createMending } from './mending.js';
import type { Model } from './model.js';
import { FORMAT, packModel, unpackModel } from './pack.js';
import { phrasesOf, rememberPhrases } from './phrases.js';
import { train } from './train.js';

/** One language as it was taught: all locales of it together. Takes normalised texts. */
export interface Taught {
  /**
   * The intents for a text, misspelt words mended, and without greetings and thanks around it where that is clearer.
   */
  rank(words: string, limit: number): Ranking;
  /** What in a text spoke most for an intent, the strongest first, at most `limit`. */
  explain(words: string, intent: string, limit: number): readonly Reason[];
  /** A text without greetings and the like at its ends. */
  bare(words: string): string;
}

/** A longer text is taken as it is written: one mistake more or less changes nothing. */
const LONG_TEXT = 300;
/** Models trained by this process, by the key of what they were trained from; the oldest make room. */
const trained = new Map<string, Model>();
const MOST_TRAINED = 32;
/** The language whose other characters of one sound, and spelling by sound, are understood. */
const SPELT_BY_SOUND = 'zh';

/**
 * Teaches the language of these books. Words of one meaning are taken from its companions too. Throws `still-learning`
 * where models are trained elsewhere and this one is not there yet.
 */
export function teach(
  language: string,
  books: readonly PhraseBook[],
  companions: readonly PhraseBook[],
  shelf: ModelShelf | null,
  isTaughtElsewhere: () => boolean = () => false,
): Taught {
  const all = [...books, ...companions];
  const sounds = language === SPELT_BY_SOUND;
  const key = keyOf(language, books, companions);
  // First what is kept: with the model come phrases and words that need not be normalised again.
  const kept = keptModel(key, books, shelf);
  if (kept === null && isTaughtElsewhere())
    throw new LifelineError('still-learning', `The model of ${language} is still being trained.`);
  const knowledge: Knowledge = { meanings: createMeanings(all), sounds };
  const model = kept ?? learn(books, knowledge);
  if (kept === null) {
    keep(key, model);
    shelf?.put(
      key,
      packModel({
        model,
        phrases: books.map((book) => phrasesOf(book).map(({ words }) => words)),
        words: all.flatMap(wordPairs),
      }),
    );
  }
  const classifier = createClassifier(model, knowledge);
  const mending = createMending(books, companions, sounds);
  const bare = (words: string): string => withoutCourtesy(words, knowledge.meanings);
  return {
    rank(words, limit) {
      if (words.length > LONG_TEXT) return classifier.rank(words, limit);
      // As written, mended, and without greetings: what is clearest.
      let best: Ranking | null = null;
      for (const form of new Set([words, mending.mended(words), bare(words), mending.mended(bare(words))])) {
        const ranking = classifier.rank(form, limit);
        if (best === null || clearness(ranking) > clearness(best)) best = ranking;
      }
      return best ?? classifier.rank(words, limit);
    },
    explain: (words, intent, limit) => classifier.explain(mending.mended(words), intent, limit),
    bare,
  };
}

/** The model of a key as this process or the shelf has it; `null` when it has to be made. */
function keptModel(key: string, books: readonly PhraseBook[], shelf: ModelShelf | null): Model | null {
  const known = trained.get(key);
  if (known !== undefined) return known;
  const shelved = shelf?.get(key) ?? null;
  const unpacked = shelved === null ? null : unpackModel(shelved);
  if (unpacked === null) return null;
  rememberWords(unpacked.words);
  unpacked.phrases.forEach((words, i) => {
    const book = books[i];
    if (book !== undefined) rememberPhrases(book, words);
  });
  keep(key, unpacked.model);
  return unpacked.model;
}

function keep(key: string, model: Model): void {
  const [oldest] = trained.keys();
  if (trained.size >= MOST_TRAINED && oldest !== undefined) trained.delete(oldest);
  trained.set(key, model);
}

/** Tells apart everything a model depends on. */
function keyOf(language: string, books: readonly PhraseBook[], companions: readonly PhraseBook[]): string {
  const hash = createHash('sha256').update(`${FORMAT} ${language}`);
  const alike = (book: PhraseBook): unknown => [...(book.alike ?? [])];
  for (const book of books) hash.update(JSON.stringify([[...book.intents], book.outside, alike(book)]));
  for (const book of companions) hash.update(JSON.stringify(alike(book)));
  return `${language}-${hash.digest('hex').slice(0, 32)}`;
}

function learn(books: readonly PhraseBook[], knowledge: Knowledge): Model {
  const intents = [...new Set(books.flatMap((book) => [...book.intents.keys()]))].sort();
  const index = new Map(intents.map((intent, i) => [intent, i]));
  const examples: Example[] = [];
  for (const book of books)
    for (const { intent, words } of phrasesOf(book))
      examples.push({ text: words, intent: intent === null ? -1 : (index.get(intent) ?? -1) });
  return train(intents, [...examples, ...titles(intents)], knowledge);
}

/** An intent's name says what it is about, and counts as one more example. */
function titles(intents: readonly string[]): readonly Example[] {
  return intents.map((name, intent) => ({ text: hear(name.replace(/[-_]/g, ' ')).words, intent }));
}

/** How sure it is that a text is about the best of the intents. */
function clearness({ intents: [best], clear }: Ranking): number {
  return (best?.score ?? 0) * clear;
}
