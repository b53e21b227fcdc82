import type { Found } from '../model/index.js';
import { scan } from './found.js';
import { cleanText, keyOf, normalise } from './normalise.js';

/** One text in the forms that understanding compares. */
export interface Heard {
  /** As written, without what cannot be seen; what a free answer keeps. */
  readonly clean: string;
  /** `clean` with a mark in place of each value; still tells the language. */
  readonly masked: string;
  /** `masked` in lower case, without punctuation, in Simplified characters. */
  readonly words: string;
  /** `words` for exact comparison. */
  readonly key: string;
  readonly found: readonly Found[];
}

/** Brings a text into the forms that are compared; never throws, linear in its first 4,096 characters. */
export function hear(text: string): Heard {
  const clean = cleanText(text);
  const { found, masked } = scan(clean);
  const words = normalise(masked);
  return { clean, masked, words, key: keyOf(words), found };
}

const HAN = /\p{Script=Han}/u;
const HAN_ALL = /\p{Script=Han}/gu;

/** Whether a key holds Chinese characters, which have no blanks between words. */
export function isHanKey(key: string): boolean {
  return HAN.test(key);
}

/** How many words a text has, about: two Chinese characters are one. */
export function countWords(words: string): number {
  const han = words.match(HAN_ALL)?.length ?? 0;
  const others = words
    .replace(HAN_ALL, ' ')
    .split(' ')
    .filter((word) => word !== '').length;
  return others + Math.ceil(han / 2);
}
