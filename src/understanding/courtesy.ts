import type { Meanings } from './alike.js';
import { finish, hashText } from './hash.js';

/** Meanings that say nothing about what somebody wants, by their names among the words of one meaning. */
const COURTESIES: ReadonlySet<string> = new Set(['hello', 'please', 'thanks']);
/** Less than this much beside the courtesies, and they may be all that was meant: words, or Chinese characters. */
const LEAST_WORDS = 2;
const LEAST_HAN = 3;
const LONGEST_HAN = 4;
/** Nobody says more of them than this; each one taken away copies the rest of the text. */
const MOST_COURTESIES = 8;
const HAN = /\p{Script=Han}/u;

/**
 * A normalised text without greeting, "please" and thanks at its beginning and end; as it is when little else is left.
 */
export function withoutCourtesy(text: string, meanings: Meanings): string {
  const isCourtesy = (part: string): boolean =>
    meanings.meaningsOf(finish(hashText(part))).some((meaning) => COURTESIES.has(meanings.nameOf(meaning)));
  let words = text.split(' ');
  for (let taken = 0; taken < MOST_COURTESIES && words.length > 0; taken += 1) {
    const rest = withoutFirst(words, isCourtesy) ?? withoutLast(words, isCourtesy);
    if (rest === null) break;
    words = rest;
  }
  const left = words.join(' ');
  const enough = HAN.test(left) ? left.length >= LEAST_HAN : words.length >= LEAST_WORDS;
  return enough ? left : text;
}

type IsCourtesy = (part: string) => boolean;

function withoutFirst(words: readonly string[], isCourtesy: IsCourtesy): string[] | null {
  const [first = '', second] = words;
  if (second !== undefined && isCourtesy(`${first} ${second}`)) return words.slice(2);
  if (isCourtesy(first)) return words.slice(1);
  if (!HAN.test(first.charAt(0))) return null;
  for (let n = Math.min(LONGEST_HAN, first.length - 1); n > 0; n -= 1)
    if (isCourtesy(first.slice(0, n))) return [first.slice(n), ...words.slice(1)];
  return null;
}

function withoutLast(words: readonly string[], isCourtesy: IsCourtesy): string[] | null {
  const last = words.at(-1) ?? '';
  const before = words.at(-2);
  if (before !== undefined && isCourtesy(`${before} ${last}`)) return words.slice(0, -2);
  if (isCourtesy(last)) return words.slice(0, -1);
  if (!HAN.test(last.charAt(last.length - 1))) return null;
  for (let n = Math.min(LONGEST_HAN, last.length - 1); n > 0; n -= 1)
    if (isCourtesy(last.slice(-n))) return [...words.slice(0, -1), last.slice(0, -n)];
  return null;
}
