import { holdsBip39 } from './checksum.js';
import { type CharacterRun, characterRuns } from './chinese.js';
import type { Confidence, Span } from './finding.js';
import { joinedWords } from './joined-words.js';
import { WORD_LIST_NAMES } from './lists/word-lists.js';
import type { Meter } from './meter.js';
import { foldedPattern, type PlainText } from './plain-text.js';
import { namesSeed } from './seed-words.js';
import { type Token, tokensOf } from './tokens.js';
import { type WordRun, wordRuns } from './word-runs.js';

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

/** What people write before each word: "第3个字是", "单词 3：", "1番目", "3번:", "word #3 -", "palabra 3". */
const LABELS = foldedPattern(
  String.raw`第\s?(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,3})\s?(?:[个個]\s?)?(?:单词|單詞|助记词|助記詞|字|词|詞)?\s?(?:是|为|為|[:.])|(?:单词|單詞|助记词|助記詞|字|词|詞|単語)\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s?(?:是|为|為|[:.])|[0-9]{1,2}\s?(?:번째|번|番目|番)\s?(?:단어|単語)?\s?[:.]?|(?<![\p{L}\p{N}])(?:word|words|palabra|mot|parola|palavra|slovo|слово|kelime|kata|tu|단어)\s?[#№]?\s?[0-9]{1,2}(?![0-9])`,
  'gu',
);

function withoutLabels(lower: string): string {
  return /[0-9第词詞字]/.test(lower) ? lower.replace(LABELS, (label) => ' '.repeat(label.length)) : lower;
}

/** The recovery phrases, shares and parts of them in a plain text. */
export function phrasesIn(text: PlainText, meter: Meter): readonly FoundPhrase[] {
  const lower = withoutLabels(text.lower);
  const tokens = tokensOf(lower, meter);
  const found: FoundPhrase[] = [];
  const add = (first: number, last: number, confidence: Confidence | null): void => {
    if (confidence !== null)
      found.push({ start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0, confidence });
  };
  for (const run of wordRuns(tokens, lower, meter, { slips: true }))
    add(run.first, run.last, judgeWords(run, isMostOf(run, tokens), contextOf(text.lower, tokens, run)));
  for (const run of characterRuns(tokens, lower, meter))
    add(run.first, run.last, judgeCharacters(run, isMostOf(run, tokens), contextOf(text.lower, tokens, run)));
  for (const { token, words, score } of joinedWords(tokens, lower, meter))
    add(
      token,
      token,
      judgeJoined(words, score, contextOf(text.lower, tokens, { first: token, last: token })),
    );
  return found;
}

/**
 * The words of a phrase that was begun in earlier messages: what of it stands in the text behind `from`. Stricter than
 * within one message: no misspelled words, and three of four words different.
 */
export function phraseAcross(text: PlainText, from: number, meter: Meter): readonly FoundPhrase[] {
  const lower = withoutLabels(text.lower);
  const tokens = tokensOf(lower, meter);
  const found: FoundPhrase[] = [];
  const add = (first: number, last: number, confidence: Confidence | null): void => {
    const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
    if (confidence === null || end <= from || start >= from) return;
    const own = tokens.slice(first, last + 1).find((token) => token.start >= from);
    if (own !== undefined) found.push({ start: own.start, end, confidence });
  };
  for (const run of wordRuns(tokens, lower, meter, { slips: false }))
    if (run.distinct >= run.words * DISTINCT)
      add(run.first, run.last, judgeWords(run, true, contextOf(text.lower, tokens, run)));
  for (const run of characterRuns(tokens, lower, meter))
    if (run.distinct >= run.characters * DISTINCT)
      add(run.first, run.last, judgeCharacters(run, true, contextOf(text.lower, tokens, run)));
  return found;
}

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
  const { list, words, distinct, score, rawScore, slips, gaps, isSorted } = run;
  if (rawScore >= 8 && isRepetitive(run) && hasChecksum(run)) return 'hard';
  if (distinct < words * DISTINCT || gaps * 2 > words || isSorted) return null;
  // The list of the old Electrum is made of the words of verse; its phrases have twelve.
  const isVerse = words + slips < 11 && !(isWhole && words >= 8 && score >= 14);
  if (WORD_LIST_NAMES[list] === 'electrum' && isVerse && !near()) return null;
  if (words >= 12 && score >= 9) return 'hard';
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

/** Characters that stand apart are a list; side by side they have to be unlike any sentence, in groups unlike verse too. */
function judgeCharacters(run: CharacterRun, isWhole: boolean, near: Context): Confidence | null {
  const { characters, distinct, form, unlikeness, hasChecksum: isRight } = run;
  if (distinct < characters * DISTINCT && !(isRight && characters >= 12)) return null;
  switch (form) {
    case 'apart':
      if (characters >= 12 && unlikeness >= (isRight ? -0.5 : 0)) return 'hard';
      if (characters >= 8 && unlikeness >= 0.5) return isWhole || near() ? 'hard' : 'maybe';
      return characters >= 4 && unlikeness >= 0.5 && near() ? 'maybe' : null;
    case 'groups':
      return unlikeness >= 0.9 && (isRight || near()) ? 'hard' : null;
    case 'side by side':
      if (isRight && unlikeness >= 0.4) return 'hard';
      if (characters >= 12 && unlikeness >= 1) return 'hard';
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
