import { COST } from './gap-costs.js';
import { isNear, placeOf, weightOf, ZERO_WEIGHT } from './lists/word-index.js';
import type { Token } from './tokens.js';
import type { RunOptions, WordRun } from './word-runs.js';

/** A run with what speaks for and against it. */
export interface MeasuredRun extends WordRun {
  /** How many words of the list, and how many different ones. */
  readonly words: number;
  readonly distinct: number;
  /** How much likelier a phrase than ordinary text, as a logarithm; each word counts once. */
  readonly score: number;
  /** The same with repeated words counted each time. */
  readonly rawScore: number;
  /** What all that is between the words speaks against it. */
  readonly costs: number;
  /** Words that are one slip of the hand away from one of the list. */
  readonly slips: number;
  /** Words of no list inside, labels and numbering apart. */
  readonly gaps: number;
  /** Whether the words stand in the order of the alphabet: a dictionary, or the list itself. */
  readonly isSorted: boolean;
  /** Places in the list of those words that are whole. */
  readonly places: readonly number[];
}

/** Counts what is in a run. Linear. */
export function measured(
  { list, first, last }: WordRun,
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  { slips }: RunOptions,
): MeasuredRun {
  const counts = new Map<number, number>();
  const places: number[] = [];
  let words = 0;
  let score = 0;
  let rawScore = 0;
  let gaps = 0;
  let costsInside = 0;
  let slipped = 0;
  let falls = 0;
  let before = '';
  for (let at = first; at <= last; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    const weight = token.id < 0 ? 0 : weightOf(token.id, list);
    if (weight === 0) {
      const cost = costs[at] ?? 0;
      const isSlip = cost === COST.word && slips && isNear(lower.slice(token.start, token.end), list);
      score += isSlip ? 0 : cost;
      rawScore += isSlip ? 0 : cost;
      costsInside += isSlip ? 0 : cost;
      if (isSlip) slipped += 1;
      else if (cost === COST.word) gaps += 1;
      continue;
    }
    words += 1;
    const word = lower.slice(token.start, token.end);
    if (word < before) falls += 1;
    before = word;
    rawScore += weight - ZERO_WEIGHT;
    if (!counts.has(token.id)) score += weight - ZERO_WEIGHT;
    counts.set(token.id, (counts.get(token.id) ?? 0) + 1);
    const place = placeOf(token.id, list);
    if (place >= 0) places.push(place);
  }
  // What comes with every word is a label ("word 1: …"), where there are others.
  const label = counts.size > 2 ? Math.max(...counts.values()) - 1 : 0;
  return {
    list,
    first,
    last,
    words: words - label,
    distinct: counts.size,
    score,
    rawScore,
    costs: costsInside,
    slips: slipped,
    gaps,
    isSorted: (words >= 8 && falls === 0) || (words >= 12 && falls <= words / 12),
    places,
  };
}
