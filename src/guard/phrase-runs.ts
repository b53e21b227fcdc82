import { validateMnemonic } from '@scure/bip39';
import { foldWord, listsOf, WORD_LISTS } from './word-lists.js';

/** A stretch of a text, in UTF-16 units: `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A run of words of one BIP-39 list. */
export interface WordRun extends Span {
  readonly words: readonly string[];
}

/** Fewest words of a recovery phrase (BIP-39: 12, 15, 18, 21 or 24). */
const PHRASE_WORDS = 12;
const LENGTHS = [12, 15, 18, 21, 24] as const;
/** Share of different words below which a run is no phrase ("no no no no …"), unless its checksum is right. */
const DISTINCT_SHARE = 0.75;
/** Share of words of one character above which an unbroken Chinese segment reads like no sentence: 99 % of phrases have 0.9, prose seldom 0.8. */
const SINGLE_SHARE = 0.85;

/** A word of letters with marks, or one Chinese character. */
interface Token extends Span {
  readonly word: string;
  /** Bit mask of the lists that hold it. */
  readonly lists: number;
  /** A Chinese character right beside another one: part of a sentence, not of a list. */
  readonly inSentence: boolean;
}

const WORD = /\p{Script=Han}|[\p{L}\p{M}]+/gu;
/** "word 1:", "单词1：", "第一个字是": what people write before each word. */
const LABELS =
  /(?:\bword|单词|單詞|第)\s{0,3}[0-9一二三四五六七八九十]{1,3}\s{0,3}(?:[个個]?\s{0,3}(?:字|词|詞))?\s{0,3}(?:is|是|为|為|[:：=])?/giu;
/** Numbering in brackets: "1)", "(1)", "[1]", "1：". */
const NUMBERING = /[([（【]?\s{0,3}[0-9]{1,2}\s{0,3}[)\]）】.:：、]?/gu;
/** Signs that belong to code and amounts, never between the words of a phrase. */
const BREAKS = /[=<>(){}[\]$@]/;
const HAN = /\p{Script=Han}/u;

/** The recovery phrases in a text, in its order. Linear in the text. */
export function phrasesIn(text: string): readonly Span[] {
  const plain = withoutLabels(text);
  const runs = longRuns(plain).filter(({ words }) => isVaried(words) || hasChecksum(words, 'somewhere'));
  return merged([...runs, ...unbrokenChinese(plain)]);
}

/** The words of a message that is nothing but words of one list, set apart; `null` for any other message. */
export function bareListWords(text: string): readonly string[] | null {
  const plain = withoutLabels(text);
  const tokens = tokensOf(plain);
  const shared = tokens.reduce((lists, token) => (token.inSentence ? 0 : lists & token.lists), -1);
  return tokens.length > 0 && shared !== 0 ? tokens.map((token) => token.word) : null;
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(WORD)].map((match): Token => {
    const start = match.index;
    const end = start + match[0].length;
    const word = foldWord(match[0]);
    const inSentence =
      HAN.test(word) &&
      (HAN.test(characterBefore(text, start)) || HAN.test(text.slice(end, end + 2)[0] ?? ''));
    return { word, start, end, lists: listsOf(word), inSentence };
  });
}

function characterBefore(text: string, at: number): string {
  return at === 0 ? '' : (text[at - 1] ?? '');
}

/** For each list, its unbroken runs of at least 12 words. */
function longRuns(text: string): readonly WordRun[] {
  const tokens = tokensOf(text);
  const runs: WordRun[] = [];
  for (let list = 0; list < Object.keys(WORD_LISTS).length; list += 1) {
    let run: Token[] = [];
    const close = (): void => {
      const [first] = run;
      const last = run.at(-1);
      if (first !== undefined && last !== undefined && run.length >= PHRASE_WORDS)
        runs.push({ start: first.start, end: last.end, words: run.map((token) => token.word) });
      run = [];
    };
    for (const token of tokens) {
      const last = run.at(-1);
      if (last !== undefined && breaks(text.slice(last.end, token.start))) close();
      if ((token.lists & (1 << list)) !== 0 && !token.inSentence) run.push(token);
      else close();
    }
    close();
  }
  return runs;
}

function breaks(between: string): boolean {
  return BREAKS.test(between) && BREAKS.test(between.replace(NUMBERING, ''));
}

/**
 * Chinese lists hold the commonest characters, so prose runs through them. A segment without anything between is a
 * phrase when it is as long as one, its checksum is right, and hardly any ordinary word is in it.
 */
function unbrokenChinese(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/\p{Script=Han}{12,24}/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    const alone = !HAN.test(characterBefore(text, start)) && !HAN.test(text.slice(end, end + 1));
    const words = [...match[0]].map(foldWord);
    if (alone && hasChecksum(words, 'as a whole') && singleCharacterShare(match[0]) >= SINGLE_SHARE)
      spans.push({ start, end });
  }
  return spans;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function singleCharacterShare(text: string): number {
  const parts = [...segmenter.segment(text)].filter((part) => part.isWordLike === true);
  const single = parts.filter((part) => part.segment.length === 1).length;
  return parts.length === 0 ? 0 : single / parts.length;
}

function isVaried(words: readonly string[]): boolean {
  return new Set(words).size >= words.length * DISTINCT_SHARE;
}

/** Windows looked at for a checksum: enough for two phrases of 24 words. */
const MAX_WINDOWS = 48;

function hasChecksum(words: readonly string[], where: 'somewhere' | 'as a whole'): boolean {
  return Object.values(WORD_LISTS).some((list) => {
    const byFold = foldedList(list);
    const real = words.map((word) => byFold.get(word));
    if (real.some((word) => word === undefined)) return false;
    const valid = (from: number, length: number): boolean =>
      validateMnemonic(real.slice(from, from + length).join(' '), [...list]);
    return LENGTHS.some((length) => {
      if (where === 'as a whole') return length === words.length && valid(0, length);
      return Array.from({ length: Math.min(MAX_WINDOWS, Math.max(0, words.length - length + 1)) }).some(
        (_, from) => valid(from, length),
      );
    });
  });
}

const foldedLists = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function foldedList(list: readonly string[]): ReadonlyMap<string, string> {
  const known = foldedLists.get(list);
  if (known !== undefined) return known;
  const folded = new Map(list.map((word) => [foldWord(word), word]));
  foldedLists.set(list, folded);
  return folded;
}

/** The same text with labels blanked out; places stay the same. */
function withoutLabels(text: string): string {
  return text.replace(LABELS, (label) => ' '.repeat(label.length));
}

function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push({ start: span.start, end: span.end });
  }
  return result;
}
