import { isBeginning, LISTS, placeOf, weightOf, wordId, ZERO_WEIGHT } from './lists/word-index.js';
import type { Meter } from './meter.js';
import { HANGUL, KANA, LETTERS, type Token } from './tokens.js';

/** A word that is made of words of a list with nothing between them. */
export interface JoinedWords {
  readonly token: number;
  readonly words: number;
  readonly score: number;
}

/** Shortest word that may be a phrase, in UTF-16 units of the plain text. */
const MIN_UNITS = 24;
/** How much of all such words of a text is taken apart; what is longer is judged by this part of it. */
const MAX_UNITS = 1024;
const MIN_WORD = 3;
const MAX_WORD = 15;
/** What a character costs that belongs to no word: a particle, a slip. */
const STRAY = -2;

/** Every long word that is best read as words of a list, by dynamic programming. Linear, up to a limit. */
export function joinedWords(tokens: readonly Token[], lower: string, meter: Meter): readonly JoinedWords[] {
  const found: JoinedWords[] = [];
  let left = MAX_UNITS;
  for (const [at, token] of tokens.entries()) {
    const length = token.end - token.start;
    const isWord = token.type === LETTERS || token.type === KANA || token.type === HANGUL;
    if (!isWord || length < MIN_UNITS || left <= 0) continue;
    const word = lower.slice(token.start, token.start + Math.min(length, left));
    left -= word.length;
    meter.steps += word.length;
    const best = bestReading(word);
    if (best.words > 0) found.push({ token: at, ...best });
  }
  return found;
}

interface Reading {
  readonly words: number;
  readonly score: number;
}

function bestReading(word: string): Reading {
  let best: Reading = { words: 0, score: 0 };
  const idsAt = wordsAt(word);
  for (let list = 0; list < LISTS; list += 1) {
    const scores: number[] = [0];
    const counts: number[] = [0];
    for (let at = 1; at <= word.length; at += 1) {
      scores.push((scores[at - 1] ?? 0) + STRAY);
      counts.push(counts[at - 1] ?? 0);
      if ((scores[at] ?? 0) < 0) {
        scores[at] = 0;
        counts[at] = 0;
      }
      for (const [from, id] of idsAt[at] ?? []) {
        if (placeOf(id, list) < 0) continue;
        const score = (scores[from] ?? 0) + weightOf(id, list) - ZERO_WEIGHT;
        if (score <= (scores[at] ?? 0)) continue;
        scores[at] = score;
        counts[at] = (counts[from] ?? 0) + 1;
      }
      if ((scores[at] ?? 0) > best.score) best = { words: counts[at] ?? 0, score: scores[at] ?? 0 };
    }
  }
  return best;
}

/** For each place behind the start: the words of any list that end there, with where they begin. */
function wordsAt(word: string): readonly (readonly (readonly [number, number])[])[] {
  const ending: [number, number][][] = Array.from({ length: word.length + 1 }, () => []);
  for (let from = 0; from + MIN_WORD <= word.length; from += 1) {
    if (!isBeginning(word.slice(from, from + MIN_WORD))) continue;
    for (let length = MIN_WORD; length <= Math.min(MAX_WORD, word.length - from); length += 1) {
      const id = wordId(word.slice(from, from + length));
      if (id >= 0) ending[from + length]?.push([from, id]);
    }
  }
  return ending;
}
