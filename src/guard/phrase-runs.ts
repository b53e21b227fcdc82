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
  /** Whether the run reaches the beginning or the end of the text. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Fewest words of a recovery phrase (BIP-39: 12, 15, 18, 21 or 24). */
const PHRASE_WORDS = 12;

/** Share of different words below which a run is no phrase ("no no no no …"). */
const DISTINCT_SHARE = 0.75;

/** Words are letters with marks; numbers, list signs, quotes and punctuation between them do not break a run. */
const WORD = /[\p{Script=Han}]|[\p{L}\p{M}]+/gu;
const BREAKS = /[=<>(){}[\]$@]/;

/** The runs of words of one list, longest reading first, in the order of the text. Linear in the text. */
export function wordRuns(text: string): readonly WordRun[] {
  const runs: WordRun[] = [];
  let words: string[] = [];
  let lists = 0;
  let start = 0;
  let end = 0;
  let first = true;
  let runAtStart = false;
  const close = (atEnd: boolean): void => {
    if (words.length > 0) runs.push({ start, end, words, atStart: runAtStart, atEnd });
    words = [];
    lists = 0;
  };
  for (const match of text.matchAll(WORD)) {
    const folded = foldWord(match[0]);
    const isLabel = /^(word|单词|單詞|第|个|個|字|词|詞|no|nr)$/u.test(folded) && listsOf(folded) === 0;
    if (isLabel) continue;
    if (words.length > 0 && BREAKS.test(text.slice(end, match.index))) close(false);
    const mask = listsOf(folded);
    const common = words.length === 0 ? mask : lists & mask;
    if (common === 0) {
      close(false);
      if (mask !== 0) {
        words = [folded];
        lists = mask;
        start = match.index;
        runAtStart = first;
      }
    } else {
      if (words.length === 0) {
        start = match.index;
        runAtStart = first;
      }
      words.push(folded);
      lists = common;
    }
    end = match.index + match[0].length;
    first = false;
  }
  close(true);
  return runs;
}

/** Whether a run is a recovery phrase: long enough, mostly different words, and not plain Chinese prose. */
export function isPhrase(run: WordRun, text: string): boolean {
  const { words } = run;
  if (words.length < PHRASE_WORDS) return false;
  if (new Set(words).size < words.length * DISTINCT_SHARE && !anyChecksum(words)) return false;
  return isHan(words[0] ?? '') ? isChinesePhrase(run, text) : true;
}

/**
 * Chinese lists hold the commonest characters, so prose runs through them. A phrase has its characters set apart,
 * or is exactly as long as a phrase with a valid checksum and hardly any ordinary word in it.
 */
function isChinesePhrase(run: WordRun, text: string): boolean {
  const inside = text.slice(run.start, run.end);
  if (isSetApart(run, inside)) return true;
  const alone =
    /^\p{Script=Han}+$/u.test(inside) &&
    !/\p{Script=Han}$/u.test(text.slice(0, run.start)) &&
    !/^\p{Script=Han}/u.test(text.slice(run.end));
  return alone && anyChecksum(run.words, { whole: true }) && singleCharacterShare(inside) >= 0.6;
}

/** Whether the words of a run stand apart: always so with letters; Chinese characters need something between them. */
export function isSetApart(run: WordRun, text: string): boolean {
  if (!isHan(run.words[0] ?? '')) return true;
  const apart = text.split(/[\s,，、;；.。|/\-•*+\d)）]+/u).filter((part) => part !== '');
  return apart.filter((part) => part.length === 1).length >= run.words.length * 0.9;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function singleCharacterShare(text: string): number {
  const parts = [...segmenter.segment(text)].filter((part) => part.isWordLike === true);
  const single = parts.filter((part) => part.segment.length === 1).length;
  return parts.length === 0 ? 0 : single / parts.length;
}

/** Whether a stretch of the words is a valid phrase of some list; `whole`: all of them together. */
function anyChecksum(words: readonly string[], options: { whole: boolean } = { whole: false }): boolean {
  for (const list of Object.values(WORD_LISTS)) {
    const byFold = foldedList(list);
    const real = words.map((word) => byFold.get(word));
    if (real.some((word) => word === undefined)) continue;
    for (const length of [12, 15, 18, 21, 24]) {
      if (options.whole && length !== words.length) continue;
      for (let from = 0; from + length <= real.length && from < 48; from += 1) {
        if (validateMnemonic(real.slice(from, from + length).join(' '), [...list])) return true;
      }
    }
  }
  return false;
}

const foldedLists = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function foldedList(list: readonly string[]): ReadonlyMap<string, string> {
  const known = foldedLists.get(list);
  if (known !== undefined) return known;
  const folded = new Map(list.map((word) => [foldWord(word), word]));
  foldedLists.set(list, folded);
  return folded;
}

function isHan(word: string): boolean {
  return /^\p{Script=Han}/u.test(word);
}
