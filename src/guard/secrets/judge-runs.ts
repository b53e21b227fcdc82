import { holdsBip39 } from './checksum.js';
import { type CharacterRun, UNLIKE } from './chinese.js';
import type { Confidence } from './finding.js';
import { BIP39_LISTS, WORD_LIST_NAMES } from './lists/word-lists.js';
import type { MeasuredRun } from './measured-run.js';
import { namesSeed } from './seed-words.js';
import type { Token } from './tokens.js';

/** Share of different words below which a run is no phrase, unless its checksum is right. */
export const DISTINCT = 0.75;
/** Of more words than this a list has not enough different ones for that. */
const MANY_WORDS = 1_000;
/** Lists of BIP-39, whose checksum is known. */
const BIP39_NAMES: ReadonlySet<string> = new Set(
  Object.keys(BIP39_LISTS).filter((name) => !name.startsWith('chinese')),
);

/** Whether the text speaks of a recovery phrase near a run. */
export type Context = () => boolean;

/** How far from a run a word still speaks for it, in units of the plain text. */
const CONTEXT = 150;

export function contextOf(
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
export function isMostOf(
  run: { readonly first: number; readonly last: number },
  tokens: readonly Token[],
): boolean {
  return tokens.length - (run.last - run.first + 1) <= 3;
}

/**
 * By measure on 1.4 million lines of prose, manuals and documentation in twelve languages: runs of twelve words with
 * this score are found in lists of words only, those of eight in recipes and verse, a few in a million lines.
 */
export function judgeWords(run: MeasuredRun, isWhole: boolean, near: Context): Confidence | null {
  const { list, words, distinct, score, rawScore, slips, gaps, costs, isSorted } = run;
  if (rawScore >= 8 && isRepetitive(run) && hasChecksum(run)) return 'hard';
  if (distinct < Math.min(words, MANY_WORDS) * DISTINCT || gaps * 2 > words || isSorted) return null;
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
function isRepetitive({ distinct, places, gaps, costs }: MeasuredRun): boolean {
  return distinct < places.length * DISTINCT && places.length <= 26 && gaps === 0 && costs >= -2;
}

function hasChecksum({ list, places }: MeasuredRun): boolean {
  const name = WORD_LIST_NAMES[list];
  return name !== undefined && BIP39_NAMES.has(name) && holdsBip39(places);
}

/**
 * Characters that stand apart are a list; side by side they have to be unlike any sentence, in groups unlike verse too.
 */
export function judgeCharacters(run: CharacterRun, isWhole: boolean, near: Context): Confidence | null {
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

export function judgeJoined(words: number, score: number, near: Context): Confidence | null {
  if (words >= 8 && score >= 20) return 'hard';
  return words >= 6 && score >= 14 && near() ? 'hard' : null;
}
