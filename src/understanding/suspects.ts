import type { PhraseBook } from '../model/index.js';
import { type Labelled, labelled, type Outcome, pairsOf } from './evaluate.js';
import { bestOf, scoreOf } from './figures.js';
import { hear } from './hear.js';
import type { Taught } from './lesson.js';

/** A classifier that never saw a phrase and is so sure of another intent has a reason. */
const SURE = { ours: 0.97, clear: 0.9 };
/** Phrases of two intents with this share of letter pairs in common are nearly one phrase. */
const NEARLY = 0.86;

/** Phrases that look as if they stood under the wrong intent, the surest first. */
export function mislabelled(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes
    .filter((one) => one.intent !== null && bestOf(one) !== one.intent)
    .filter((one) => scoreOf(one) >= SURE.ours && one.ranking.clear >= SURE.clear)
    .sort((a, b) => b.ranking.clear - a.ranking.clear);
}

/** Two phrases of a book that say the same. */
export interface Doubled {
  readonly one: Labelled;
  readonly other: Labelled;
}

/** Phrases that stand twice, in whatever spelling, or nearly the same under two intents. */
export function doubled(book: PhraseBook): readonly Doubled[] {
  const phrases = labelled(book).map((one) => ({ one, key: hear(one.text).key, pairs: pairsOf(one.text) }));
  const found: Doubled[] = [];
  const byKey = new Map<string, Labelled>();
  const byPair = new Map<string, number[]>();
  phrases.forEach(({ one, key, pairs }, index) => {
    const before = byKey.get(key);
    if (before === undefined) byKey.set(key, one);
    else found.push({ one: before, other: one });
    const shared = new Map<number, number>();
    for (const pair of pairs) {
      const has = byPair.get(pair) ?? [];
      for (const earlier of has) shared.set(earlier, (shared.get(earlier) ?? 0) + 1);
      has.push(index);
      byPair.set(pair, has);
    }
    for (const [earlier, count] of shared) {
      const other = phrases[earlier];
      if (other === undefined || other.one.intent === one.intent || other.key === key) continue;
      if ((2 * count) / (pairs.size + other.pairs.size) >= NEARLY) found.push({ one: other.one, other: one });
    }
  });
  return found;
}

/** A phrase that the classifier gets wrong although it was taught it. */
export interface Misread {
  readonly intent: string;
  /** Its place among the phrases of the intent, from 0. */
  readonly index: number;
  readonly text: string;
  readonly takenFor: string;
}

/** Phrases of a book that a classifier taught by it takes for another intent. */
export function misread(book: PhraseBook, taught: Taught): readonly Misread[] {
  const found: Misread[] = [];
  for (const [intent, phrases] of book.intents) {
    phrases.forEach((text, index) => {
      const takenFor = taught.rank(hear(text).words, 1).intents[0]?.intent;
      if (takenFor !== undefined && takenFor !== intent) found.push({ intent, index, text, takenFor });
    });
  }
  return found;
}
