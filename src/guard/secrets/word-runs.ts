import { PHRASE_LENGTHS } from './checksum.js';
import { isNear, LISTS, placeOf, weightOf, wordId, ZERO_WEIGHT } from './lists/word-index.js';
import type { Meter } from './meter.js';
import { BREAK, DIGITS, FOREIGN, HAN, HANGUL, KANA, LETTERS, STOP, type Token } from './tokens.js';

/** A stretch of a text that is made of the words of one list, with little else between them. */
export interface WordRun {
  readonly list: number;
  /** The first and the last token that belong to it. */
  readonly first: number;
  readonly last: number;
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

/** What each thing between two words of a phrase speaks against it. */
const COST = {
  word: -4,
  /** A label ("word 3:", "单词3："), or a word that stood between the last ones too ("then"). */
  label: -0.5,
  repeated: -0.6,
  sameScript: -0.5,
  slip: 0,
  longNumber: -2,
  /** A number that does not count on from the one before: amounts in a recipe, cells of a table. */
  strayNumber: -1,
  sign: -1,
  bracket: -0.2,
  stop: -0.5,
  foreign: -4,
} as const;
/** How far a run may fall below its best before it is over: four words of no list, and more the better it is. */
const MAX_DROP = 17;
const MORE_DROP = 0.2;
/** A run below this is not looked at. */
const MIN_SCORE = 5;
/** From here on a run is good enough to look for slips of the hand in it. */
const SLIP_SCORE = 8;
/** Longest number that may be numbering. */
const MAX_NUMBERING = 3;

interface Open {
  sum: number;
  first: number;
  best: number;
  last: number;
  /** The last token of the run before: what belongs to that is not looked at again. */
  taken: number;
}

/** How tokens are read: `slips` counts misspelled words as part of a run. */
export interface RunOptions {
  readonly slips: boolean;
}

/**
 * Every run of every list, by the highest-scoring stretch (Kadane's scan with a limit on how far it may drop). Linear.
 */
export function wordRuns(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  meter: Meter,
  { slips }: RunOptions,
): readonly WordRun[] {
  const runs: WordRun[] = [];
  const open: Open[] = Array.from({ length: LISTS }, () => ({
    sum: 0,
    first: -1,
    best: 0,
    last: -1,
    taken: -1,
  }));
  let opened = 0;
  const close = (list: number, state: Open): void => {
    if (state.best >= MIN_SCORE) {
      const run = measured(tokens, lower, costs, list, state, slips);
      runs.push(run);
      meter.steps += run.last - run.first;
      state.taken = run.last;
    }
    state.sum = 0;
    state.best = 0;
    state.first = -1;
    opened -= 1;
  };
  for (const [at, token] of tokens.entries()) {
    if (token.id < 0 && opened === 0) continue;
    meter.steps += LISTS;
    for (let list = 0; list < LISTS; list += 1) {
      const state = open[list];
      if (state === undefined || at <= state.taken) continue;
      const weight = token.id < 0 ? 0 : weightOf(token.id, list);
      if (weight > 0) {
        if (state.first < 0) {
          if (weight <= ZERO_WEIGHT) continue;
          state.first = at;
          opened += 1;
        }
        state.sum += weight - ZERO_WEIGHT;
        if (state.sum > state.best) {
          state.best = state.sum;
          state.last = at;
        }
      } else if (state.first >= 0) {
        const cost = costs[at] ?? 0;
        const isSlip =
          cost === COST.word &&
          slips &&
          state.best >= SLIP_SCORE &&
          token.type === LETTERS &&
          isNear(lower.slice(token.start, token.end), list);
        state.sum += isSlip ? COST.slip : cost;
      }
      if (state.first >= 0 && (state.sum < 0 || state.sum < state.best * (1 - MORE_DROP) - MAX_DROP))
        close(list, state);
    }
  }
  for (const [list, state] of open.entries()) if (state.first >= 0) close(list, state);
  return runs;
}

/** How far back a word is the same one again. */
const MAX_SEEN = 4;

function wordHash(lower: string, { start, end }: Token): number {
  let hash = end - start;
  for (let at = start; at < Math.min(end, start + 12); at += 1)
    hash = (Math.imul(hash, 31) + lower.charCodeAt(at)) | 0;
  return hash;
}

/** What each token costs where it is no word of the list of a run. */
export function gapCosts(tokens: readonly Token[], lower: string): Float32Array {
  const costs = new Float32Array(tokens.length);
  const seen: { readonly hash: number; readonly at: number }[] = [];
  const counted = [Number.NaN, Number.NaN];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (token.type === DIGITS) costs[at] = numberCost(token, lower, counted);
    else if (token.type === BREAK) costs[at] = signCost(token, before, after, lower);
    else if (token.type === STOP) costs[at] = before?.type === DIGITS ? 0 : COST.stop;
    else if (token.type === FOREIGN) costs[at] = COST.foreign;
    else if (isNumbering(before) || isNumbering(after)) costs[at] = COST.label;
    else if (isHanNumber(tokens, at, lower)) costs[at] = 0;
    else if (isUnspaced(token) && before?.end === token.start && isUnspaced(before))
      costs[at] = COST.sameScript;
    else {
      const hash = wordHash(lower, token);
      const earlier = seen.findLast((one) => one.hash === hash);
      costs[at] = earlier === undefined ? COST.word : COST.repeated;
      // The first of several is found out when the second comes.
      if (earlier !== undefined) costs[earlier.at] = COST.repeated;
      seen.push({ hash, at });
      if (seen.length > MAX_SEEN) seen.shift();
    }
  }
  return costs;
}

/** Numbers that count on from one of the last two (lists in one or two columns) are numbering. */
function numberCost(token: Token, lower: string, counted: number[]): number {
  const length = token.end - token.start;
  if (length > MAX_NUMBERING) return COST.longNumber;
  const number = Number(lower.slice(token.start, token.end));
  const countsOn =
    Number.isNaN(counted[0]) || Number.isNaN(counted[1]) || counted.some((before) => number === before + 1);
  counted.shift();
  counted.push(number);
  return countsOn ? 0 : COST.strayNumber;
}

/** Brackets and equals signs beside a number, arrows and signs of quotation belong to a list. */
function signCost(token: Token, before: Token | undefined, after: Token | undefined, lower: string): number {
  const sign = lower[token.start];
  if (isNumbering(before) || isNumbering(after)) return 0;
  if (sign === '>') return /^(?:|[\s\-=>])$/.test(lower[token.start - 1] ?? '') ? 0 : COST.sign;
  return sign === '[' || sign === ']' || sign === '(' || sign === ')' ? COST.bracket : COST.sign;
}

const HAN_NUMBER = /^[一二三四五六七八九十廿]$/;

/** Whether a Han character is numbering: a numeral, alone or with others, with a mark behind it ("十二、"). */
export function isHanNumber(tokens: readonly Token[], at: number, lower: string): boolean {
  for (let end = at; end < at + 3; end += 1) {
    const token = tokens[end];
    if (token?.type !== HAN || !HAN_NUMBER.test(lower[token.start] ?? '')) return false;
    if (/[、,.:)]/.test(lower[token.end] ?? '')) return true;
    if (tokens[end + 1]?.start !== token.end) return false;
  }
  return false;
}

function isNumbering(token: Token | undefined): boolean {
  return token?.type === DIGITS && token.end - token.start <= 2;
}

function isUnspaced({ type }: Token): boolean {
  return type === HAN || type === KANA || type === HANGUL;
}

/** A run with its edges drawn out over every neighbour that is a word of the list, and its figures. */
function measured(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  list: number,
  open: Open,
  slips: boolean,
): WordRun {
  const [first, last] = edgesOf(tokens, lower, costs, list, open, slips);
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

/** Lengths of phrases (BIP-39), shares (SLIP-39) and seeds of Monero. */
const WORD_COUNTS: ReadonlySet<number> = new Set([...PHRASE_LENGTHS, 20, 25, 33]);
/** Words of the sentence around that may be taken for words of the phrase at either end of it. */
const MAX_STRANGERS = 3;
/** More ends of clauses than this are how the words are set apart. */
const MAX_BREAKS = 2;
/** The end of a line or clause, where a phrase may begin or end. */
const CLAUSE_BREAK = /[\r\n.!?:;。！？：]/;

/**
 * The outermost tokens of a run: drawn out over every neighbour that is a word of the list; then, where that is not as
 * long as a phrase, cut back to a clause's end that makes it so, or drawn out over one slip of the hand.
 */
function edgesOf(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  list: number,
  open: Open,
  slips: boolean,
): readonly [number, number] {
  const first = Math.max(open.taken + 1, drawnOut(tokens, lower, costs, list, open, -1));
  const last = drawnOut(tokens, lower, costs, list, open, 1);
  const members: number[] = [];
  for (let at = first; at <= last; at += 1) if (isWordOf(tokens[at], list)) members.push(at);
  if (isPhraseLength(members.length)) return [first, last];
  const isBroken = (at: number): boolean =>
    CLAUSE_BREAK.test(
      lower.slice(tokens[members[at - 1] ?? 0]?.end ?? 0, tokens[members[at] ?? 0]?.start ?? 0),
    );
  let breaks = 0;
  for (let at = 1; at < members.length && breaks <= MAX_BREAKS; at += 1) if (isBroken(at)) breaks += 1;
  for (let cut = breaks > MAX_BREAKS ? Number.POSITIVE_INFINITY : 1; cut <= MAX_STRANGERS * 2; cut += 1)
    for (let front = Math.max(0, cut - MAX_STRANGERS); front <= Math.min(cut, MAX_STRANGERS); front += 1) {
      const end = members.length - (cut - front);
      if (!isPhraseLength(end - front)) continue;
      if ((front === 0 || isBroken(front)) && (end === members.length || isBroken(end)))
        return [members[front] ?? first, members[end - 1] ?? last];
    }
  const isSlip = (at: number): boolean => {
    const token = tokens[at];
    return token?.type === LETTERS && token.id < 0 && isNear(lower.slice(token.start, token.end), list);
  };
  if (!slips) return [first, last];
  return [
    first > open.taken + 1 && isSlip(first - 1) ? first - 1 : first,
    isSlip(last + 1) ? last + 1 : last,
  ];
}

function isWordOf(token: Token | undefined, list: number): boolean {
  return token !== undefined && token.id >= 0 && weightOf(token.id, list) > 0;
}

function isPhraseLength(words: number): boolean {
  return WORD_COUNTS.has(words);
}

/** Numbers and signs that may stand between two words at the edge of a run. */
const MAX_SIGNS = 4;
const NEW_LINE = /[\r\n]/;

/**
 * The outermost token of a run in one direction: words of the list and slips, with nothing but numbering between. The
 * end of a line or sentence ends it, unless such ends stand between the words of the run too.
 */
function drawnOut(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  list: number,
  { first, last }: Open,
  step: 1 | -1,
): number {
  let hasStops = false;
  for (let at = first; at <= last && !hasStops; at += 1) hasStops = tokens[at]?.type === STOP;
  const hasLines = NEW_LINE.test(lower.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0));
  let edge = step === 1 ? last : first;
  let signs = 0;
  for (let at = edge + step; at >= 0 && at < tokens.length; at += step) {
    const token = tokens[at];
    const inner = tokens[at - step];
    if (token === undefined || inner === undefined) break;
    const between = step === 1 ? lower.slice(inner.end, token.start) : lower.slice(token.end, inner.start);
    if ((token.type === STOP && !hasStops) || (!hasLines && NEW_LINE.test(between))) break;
    if (token.id >= 0 && weightOf(token.id, list) > 0) {
      edge = at;
      signs = 0;
      continue;
    }
    if ((costs[at] ?? 0) >= COST.sign) {
      signs += 1;
      if (signs > MAX_SIGNS) break;
      continue;
    }
    if (isUnspaced(token) && holdsWordAt(lower.slice(token.start, token.end), list, step)) edge = at;
    break;
  }
  return edge;
}

/** Letters of the shortest and longest words of the lists whose scripts let other words touch them. */
const MIN_TOUCHING = 3;
const MAX_TOUCHING = 15;

/** Whether a word of a list begins (step 1) or ends (−1) a word to which a particle is attached ("…가격입니다"). */
function holdsWordAt(word: string, list: number, step: 1 | -1): boolean {
  for (let length = MIN_TOUCHING; length <= Math.min(MAX_TOUCHING, word.length - 1); length += 1) {
    const id = wordId(step === 1 ? word.slice(0, length) : word.slice(-length));
    if (id >= 0 && placeOf(id, list) >= 0) return true;
  }
  return false;
}
