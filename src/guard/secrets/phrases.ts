import { holdsBip39 } from './checksum.js';
import { type CharacterRun, characterRuns, UNLIKE, unlikenessOf } from './chinese.js';
import { placeOfCharacter } from './chinese-model.js';
import { isEveryday, isShopTalk } from './everyday.js';
import type { Confidence, Span } from './finding.js';
import { joinedWords } from './joined-words.js';
import { wordTokens } from './labels.js';
import { withLeftOvers } from './left-overs.js';
import { weightOf, ZERO_WEIGHT } from './lists/word-index.js';
import { WORD_LIST_NAMES } from './lists/word-lists.js';
import type { Meter } from './meter.js';
import type { PlainText } from './plain-text.js';
import { namesSeed } from './seed-words.js';
import { BREAK, DIGITS, HAN, OTHER_WORD, STOP, type Token } from './tokens.js';
import { gapCosts, type WordRun, wordRuns } from './word-runs.js';

/** A phrase or a part of one, by its place in the plain text. */
export interface FoundPhrase extends Span {
  readonly confidence: Confidence;
}

/** Share of different words below which a run is no phrase, unless its checksum is right. */
const DISTINCT = 0.75;
/** Lists of BIP-39, whose checksum is known. */
const BIP39_NAMES = new Set([
  'english',
  'czech',
  'french',
  'italian',
  'portuguese',
  'spanish',
  'japanese',
  'korean',
]);

/** The recovery phrases, shares and parts of them in a plain text. */
export function phrasesIn(text: PlainText, meter: Meter): readonly FoundPhrase[] {
  const { tokens, lower } = wordTokens(text, meter);
  const costs = gapCosts(tokens, lower);
  const found: FoundPhrase[] = [];
  const add = (first: number, last: number, confidence: Confidence | null): void => {
    if (confidence !== null)
      found.push({ start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0, confidence });
  };
  const judged = wordRuns(tokens, lower, costs, meter, { slips: true }).map((run) => ({
    run,
    confidence: judgeWords(run, isMostOf(run, tokens), contextOf(text.lower, tokens, run)),
  }));
  for (const { run, confidence } of strongest(judged))
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

interface JudgedRun {
  readonly run: WordRun;
  readonly confidence: Confidence | null;
}

/** What each whole word of its list speaks for a run against those of other lists. */
const WHOLE_WORD = 4;
/** More runs than this are compared with nothing: all of them go. */
const MAX_COMPARED = 300;

/**
 * Of runs of several lists over the same words, the likeliest: the others, with words of their own from the sentence
 * around, would take more of the message than the phrase.
 */
function strongest(judged: readonly JudgedRun[]): readonly JudgedRun[] {
  const rank = ({ run, confidence }: JudgedRun): number =>
    run.score + run.places.length * WHOLE_WORD + (confidence === 'hard' ? 10_000 : 0);
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
  for (const run of wordRuns(tokens, lower, costs, meter, { slips: false }))
    if (run.distinct >= run.words * DISTINCT) {
      const judged = judgeWords(run, true, contextOf(text.lower, tokens, run));
      // A few words of the list are in what anybody says in a row of messages.
      add(run.first, run.last, judged === 'maybe' && run.distinct < PART_WORDS ? null : judged);
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

/** Whether the text speaks of a recovery phrase near a run. */
type Context = () => boolean;

/** How far from a run a word still speaks for it, in units of the plain text. */
const CONTEXT = 150;

function contextOf(
  lower: string,
  tokens: readonly Token[],
  { first, last }: { readonly first: number; readonly last: number },
): Context {
  return () => {
    const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
    return (
      namesSeed(lower.slice(Math.max(0, start - CONTEXT), start)) ||
      namesSeed(lower.slice(end, end + CONTEXT))
    );
  };
}

/** Whether a run is the whole message, or all but a few words of it. */
function isMostOf(run: { readonly first: number; readonly last: number }, tokens: readonly Token[]): boolean {
  return tokens.length - (run.last - run.first + 1) <= 3;
}

/**
 * By measure on 1.4 million lines of prose, manuals and documentation in twelve languages: runs of twelve words with
 * this score are found in lists of words only, those of eight in recipes and verse, a few in a million lines.
 */
function judgeWords(run: WordRun, isWhole: boolean, near: Context): Confidence | null {
  const { list, words, distinct, score, rawScore, slips, gaps, costs, isSorted } = run;
  if (rawScore >= 8 && isRepetitive(run) && hasChecksum(run)) return 'hard';
  if (distinct < words * DISTINCT || gaps * 2 > words || isSorted) return null;
  // The list of the old Electrum is made of the words of verse; its phrases have twelve.
  const isVerse = words + slips < 11 && !(isWhole && words >= 8 && score >= 14);
  if (WORD_LIST_NAMES[list] === 'electrum' && isVerse && !near()) return null;
  if (words >= 12 && score >= (gaps + slips === 0 && costs >= -1 ? 2 : 9)) return 'hard';
  if (words >= 10 && score >= (isWhole ? 11 : 14)) return 'hard';
  if (words >= 9 && score >= (isWhole ? 11 : 17)) return 'hard';
  if (words >= 8 && score >= (isWhole ? 14 : 20)) return 'hard';
  if (words >= 6 && score >= 9 && near()) return 'hard';
  if (words >= 8 && score >= (isWhole ? 9 : 15)) return 'maybe';
  return words >= 4 && score >= 9 && near() ? 'maybe' : null;
}

/** Words that repeat, with nothing else between them, as many as a phrase has: "zoo zoo zoo … wrong". */
function isRepetitive({ distinct, places, gaps, costs }: WordRun): boolean {
  return distinct < places.length * DISTINCT && places.length <= 26 && gaps === 0 && costs >= -2;
}

function hasChecksum({ list, places }: WordRun): boolean {
  const name = WORD_LIST_NAMES[list];
  return name !== undefined && BIP39_NAMES.has(name) && holdsBip39(places);
}

/**
 * Characters that stand apart are a list; side by side they have to be unlike any sentence, in groups unlike verse too.
 */
function judgeCharacters(run: CharacterRun, isWhole: boolean, near: Context): Confidence | null {
  const { characters, distinct, form, unlikeness, hasChecksum: isRight } = run;
  if (distinct < characters * DISTINCT && !(isRight && characters >= 12)) return null;
  switch (form) {
    case 'apart':
      if (characters >= 12 && unlikeness >= (isRight ? -0.5 : 0)) return 'hard';
      if (characters >= 8 && unlikeness >= 0.5) return isWhole || near() ? 'hard' : 'maybe';
      if (characters >= 6 && unlikeness >= 0.5 && near()) return 'hard';
      return characters >= 4 && unlikeness >= 0.5 && near() ? 'maybe' : null;
    case 'groups':
      return unlikeness >= 0.9 && (isRight || near()) ? 'hard' : null;
    case 'side by side':
      if (isRight && unlikeness >= 0.4) return 'hard';
      if (characters >= 12 && unlikeness >= UNLIKE) return 'hard';
      if (characters >= 9 && unlikeness >= 1 && near()) return 'hard';
      if (characters >= 10 && unlikeness >= 1.6 && isWhole) return 'hard';
      if (characters >= 10 && unlikeness >= 1.2 && isWhole) return 'maybe';
      return characters >= 6 && unlikeness >= 1.4 && near() ? 'maybe' : null;
  }
}

function judgeJoined(words: number, score: number, near: Context): Confidence | null {
  if (words >= 8 && score >= 20) return 'hard';
  return words >= 6 && score >= 14 && near() ? 'hard' : null;
}
