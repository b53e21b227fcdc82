import { characterRuns, unlikenessOf } from './chinese.js';
import { placeOfCharacter } from './chinese-model.js';
import { isEveryday, isShopTalk } from './everyday.js';
import type { Confidence, Span } from './finding.js';
import { gapCosts } from './gap-costs.js';
import { joinedWords } from './joined-words.js';
import { contextOf, DISTINCT, isMostOf, judgeCharacters, judgeJoined, judgeWords } from './judge-runs.js';
import { wordTokens } from './labels.js';
import { withLeftOvers } from './left-overs.js';
import { weightOf, ZERO_WEIGHT } from './lists/word-index.js';
import { WORD_LIST_NAMES } from './lists/word-lists.js';
import { type MeasuredRun, measured } from './measured-run.js';
import type { Meter } from './meter.js';
import type { PlainText } from './plain-text.js';
import { BREAK, DIGITS, HAN, OTHER_WORD, STOP, type Token } from './tokens.js';
import { type WordRun, wordRuns } from './word-runs.js';

/** A phrase or a part of one, by its place in the plain text. */
export interface FoundPhrase extends Span {
  readonly confidence: Confidence;
}

/** The recovery phrases, shares and parts of them in a plain text. */
export function phrasesIn(text: PlainText, meter: Meter): readonly FoundPhrase[] {
  const { tokens, lower, leftOut } = wordTokens(text, meter);
  const costs = gapCosts(tokens, lower);
  const found: FoundPhrase[] = [];
  const add = (first: number, last: number, confidence: Confidence | null): void => {
    if (confidence === null) return;
    const span = { start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 };
    found.push({ ...(confidence === 'hard' ? withLabels(span, leftOut) : span), confidence });
  };
  const runs = wordRuns(tokens, lower, costs, meter, { slips: true });
  const judge = (stretch: WordRun): JudgedRun => {
    const run = measured(stretch, tokens, lower, costs, { slips: true });
    return { run, confidence: judgeWords(run, isMostOf(run, tokens), contextOf(text.lower, tokens, run)) };
  };
  for (const { run, confidence } of strongest(runs, judge))
    if (confidence === 'hard') add(...withLeftOvers(run, tokens, lower), confidence);
    else add(run.first, run.last, confidence);
  for (const run of characterRuns(tokens, lower, costs, meter))
    add(run.first, run.last, judgeCharacters(run, isMostOf(run, tokens), contextOf(text.lower, tokens, run)));
  for (const { token, words, score } of joinedWords(tokens, lower, meter))
    add(
      token,
      token,
      judgeJoined(words, score, contextOf(text.lower, tokens, { first: token, last: token })),
    );
  return found;
}

/** What may stand between a word of a phrase and the next one. */
const NEXT_TO = 3;

/**
 * A phrase with the labels beside it that are words of lists too ("prima parola", "cuarto"): they may be its first and
 * last words, and nobody misses a label.
 */
function withLabels({ start, end }: Span, leftOut: readonly Token[]): Span {
  let [from, to] = [start, end];
  for (const token of leftOut) if (token.start >= to && token.start - to <= NEXT_TO) to = token.end;
  for (const token of leftOut.toReversed())
    if (token.end <= from && from - token.end <= NEXT_TO) from = token.start;
  return { start: from, end: to };
}

interface JudgedRun {
  readonly run: MeasuredRun;
  readonly confidence: Confidence | null;
}

/** What each whole word of its list speaks for a run against those of other lists. */
const WHOLE_WORD = 4;
/** More runs than this are compared with nothing: all of them go. */
const MAX_COMPARED = 300;

/** How likely a run is the phrase, against those of other lists over the same words. */
function likelihoodOf({ score, places }: MeasuredRun): number {
  return score + places.length * WHOLE_WORD;
}

/** More than this no word can add to it. */
const MOST_OF_A_WORD = 10;

const lengthOf = ({ first, last }: WordRun): number => last - first + 1;

/**
 * Of runs of several lists over the same words, the likeliest: the others, with words of their own from the sentence
 * around, would take more of the message than the phrase. Runs within the longest that are too short to be likelier
 * are not even judged, if that one is sure: of nothing but list words there are thousands.
 */
function strongest(runs: readonly WordRun[], judge: (run: WordRun) => JudgedRun): readonly JudgedRun[] {
  const [longest, ...others] = [...runs].sort((a, b) => lengthOf(b) - lengthOf(a));
  if (longest === undefined) return [];
  const first = judge(longest);
  const isSurpassed = (run: WordRun): boolean =>
    first.confidence === 'hard' &&
    run.first >= longest.first &&
    run.last <= longest.last &&
    lengthOf(run) * MOST_OF_A_WORD <= likelihoodOf(first.run);
  const judged = [first, ...others.filter((run) => !isSurpassed(run)).map(judge)];
  const rank = ({ run, confidence }: JudgedRun): number =>
    likelihoodOf(run) + (confidence === 'hard' ? 10_000 : 0);
  const sorted = judged.filter(({ confidence }) => confidence !== null).sort((a, b) => rank(b) - rank(a));
  if (sorted.length > MAX_COMPARED) return sorted;
  const kept: JudgedRun[] = [];
  for (const one of sorted) {
    const { first, last } = one.run;
    const isCovered = kept.some(
      ({ run }) => (Math.min(last, run.last) - Math.max(first, run.first) + 1) * 2 > last - first + 1,
    );
    if (!isCovered) kept.push(one);
  }
  return kept;
}

/**
 * The words of a phrase that was begun in earlier messages: what of it stands in the text behind `from`. Stricter than
 * within one message: no misspelled words, and three of four words different.
 */
export function phraseAcross(text: PlainText, from: number, meter: Meter): readonly FoundPhrase[] {
  const { tokens, lower } = wordTokens(text, meter);
  const costs = gapCosts(tokens, lower);
  const found: FoundPhrase[] = [];
  const add = (first: number, last: number, confidence: Confidence | null): void => {
    const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
    if (confidence === null || end <= from || start >= from) return;
    const own = tokens.slice(first, last + 1).find((token) => token.start >= from);
    const inText = tokens.filter((token) => token.start >= from && token.type !== DIGITS).length;
    const inRun = tokens
      .slice(first, last + 1)
      .filter(({ start: at, id, type }) => at >= from && (id >= 0 || type === HAN));
    // A sentence that begins with a word of the list is no part of the phrase before it.
    if (own !== undefined && inRun.length >= inText * MOSTLY)
      found.push({ start: own.start, end, confidence });
  };
  for (const stretch of wordRuns(tokens, lower, costs, meter, { slips: false })) {
    const run = measured(stretch, tokens, lower, costs, { slips: false });
    if (run.distinct >= run.words * DISTINCT) {
      const judged = judgeWords(run, true, contextOf(text.lower, tokens, run));
      // A few words of the list are in what anybody says in a row of messages.
      add(run.first, run.last, judged === 'maybe' && run.distinct < PART_WORDS ? null : judged);
    }
  }
  for (const run of characterRuns(tokens, lower, costs, meter))
    if (run.distinct >= run.characters * DISTINCT)
      add(run.first, run.last, judgeCharacters(run, true, contextOf(text.lower, tokens, run)));
  return found;
}

/**
 * Whether a text is nothing but words of one list, at least so many of them, numbered or none that everybody says all
 * the time: more of a phrase that is being told.
 */
export function bareWordsIn(text: PlainText, least: number, meter: Meter): Span | null {
  const told = wordTokens(text, meter);
  const tokens = told.tokens.filter(({ type }) => type !== DIGITS && type !== STOP && type !== BREAK);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined || tokens.length < least || tokens.length > MAX_WORDS)
    return null;
  const isSaid = ({ start, end }: Token): boolean =>
    isEveryday(text.lower.slice(start, end)) || isShopTalk(text.lower.slice(start, end));
  const isTold = told.isLabelled || told.tokens.some(({ type }) => type === DIGITS) || !tokens.some(isSaid);
  const isBare = WORD_LIST_NAMES.some((_, list) => {
    const weights = tokens.map(({ id }) => (id < 0 ? 0 : weightOf(id, list)));
    const score = weights.reduce((sum, weight) => sum + weight - ZERO_WEIGHT, 0);
    return weights.every((weight) => weight > 0) && (score >= MORE_SCORE || isTold);
  });
  const isChinese = tokens.every(
    ({ type, start, end }) => type === HAN && placeOfCharacter(text.lower.slice(start, end)) >= 0,
  );
  const isApart = tokens.every((token, at) => at === 0 || tokens[at - 1]?.end !== token.start);
  return isBare || (isChinese && isApart) ? { start: first.start, end: last.end } : null;
}

/** Fewest different words over several messages that may be a part of a phrase. */
const PART_WORDS = 8;

/** How telling the words of one more part of a phrase have to be, together. */
const MORE_SCORE = 3;

/** Words of no list that count between two parts of a phrase; more of them part it all the same. */
const MAX_MARKS = 4;
/** Words remembered of one message: two phrases of 24. */
const MAX_WORDS = 48;

/**
 * What of a text may be a part of a phrase: its list words, with a mark in the place of each word of no list. Empty
 * where they are words that everybody says, and others are there too. This is all that is remembered between two
 * messages.
 */
export function listWordsOf(text: PlainText, meter: Meter): string {
  const { tokens, lower } = wordTokens(text, meter);
  const strange = strangeCharacters(tokens, lower, meter);
  let kept = '';
  let marks = 0;
  let words = 0;
  for (const [at, token] of tokens.entries()) {
    const word = lower.slice(token.start, token.end);
    if (token.id >= 0 || strange.has(at)) {
      const touches = strange.has(at) && strange.has(at - 1) && tokens[at - 1]?.end === token.start;
      kept += touches ? word : ` ${word}`;
      words += 1;
      marks = 0;
    } else if (token.type !== DIGITS && token.type !== STOP && token.type !== BREAK && marks < MAX_MARKS) {
      kept += ` ${OTHER_WORD}`;
      marks += 1;
    }
  }
  const isTelling = strange.size > 0 || isNothingElse(tokens) || tellingOf(tokens) >= PART_SCORE;
  return words === 0 || !isTelling ? '' : kept.trim().split(' ').slice(-MAX_WORDS).join(' ');
}

/** Whether a text can go on with a phrase at all: it is worth remembering, or nothing but words of lists. */
export function mayContinue(text: PlainText, meter: Meter): boolean {
  if (listWordsOf(text, meter) !== '') return true;
  return isNothingElse(wordTokens(text, meter).tokens);
}

/** Whether a message is nothing but words of lists, numbered or not: "word 3 is ocean", however common they are. */
function isNothingElse(tokens: readonly Token[]): boolean {
  return (
    tokens.some(({ id }) => id >= 0) &&
    tokens.every(({ id, type }) => id >= 0 || type === DIGITS || type === STOP)
  );
}

/** How telling the words of a message have to be, together, to be remembered: one rare word, or a few others. */
export const PART_SCORE = 3;

/** How telling the words of a text are, by the list for which they are most so. */
export function tellingOf(tokens: readonly Token[]): number {
  const sums = WORD_LIST_NAMES.map((_, list) =>
    tokens.reduce((sum, { id }) => sum + (id < 0 ? 0 : Math.max(0, weightOf(id, list) - ZERO_WEIGHT)), 0),
  );
  return Math.max(...sums);
}

/** Characters that stand apart or read like no sentence: the only Chinese that may be a part of a phrase. */
export function strangeCharacters(
  tokens: readonly Token[],
  lower: string,
  meter: Meter,
): ReadonlySet<number> {
  const strange = new Set<number>();
  for (let at = 0; at < tokens.length; at += 1) {
    meter.steps += 1;
    let end = at;
    while (
      tokens[end]?.type === HAN &&
      tokens[end + 1]?.type === HAN &&
      tokens[end]?.end === tokens[end + 1]?.start
    )
      end += 1;
    const places = tokens
      .slice(at, end + 1)
      .map(({ type, start, end: stop }) => (type === HAN ? placeOfCharacter(lower.slice(start, stop)) : -1));
    if (!places.includes(-1) && (places.length === 1 || unlikenessOf(places) >= STRANGE))
      for (let one = at; one <= end; one += 1) strange.add(one);
    at = end;
  }
  return strange;
}

/** Mean unlikeness of a few characters from which they may be a part of a phrase. */
const STRANGE = 0.5;

/** Share of a message that has to be words of the phrase, where it goes on with one. */
const MOSTLY = 0.4;
