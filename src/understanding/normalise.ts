import { foldHan } from './fold.js';

/** Longest text that is read, in UTF-16 units; what stands behind it is dropped. */
export const MAX_CHARS = 4096;

const PICTURES = /\p{Extended_Pictographic}/gu;
/** Controls, zero-width and bidi characters, variation selectors, keycap rings, blank letters, lone surrogates. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f|\u20e3/gu;
const SPACES = /[\s\p{Z}]+/gu;
/** Marks that no letter composes with: stacked for show. */
const LOOSE_MARKS = /[\u0300-\u036f]/gu;
const APOSTROPHES = /['’‘ʼ`´＇]/gu;
const SYMBOLS = /[\p{P}\p{S}]+/gu;
const STRETCHED = /(\p{L})\1{2,}/gu;
const PLAIN = /^[a-z0-9 ]*$/;
const PLAIN_STRETCHED = /([a-z])\1{2,}/g;
const BESIDE_HAN = /(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu;

/**
 * A text without what cannot be seen: cut to {@link MAX_CHARS}, compatibility forms (full width, circled digits)
 * made plain by NFKC, white space made single blanks. Case and punctuation stay, so this is what an answer keeps.
 */
export function cleanText(text: string): string {
  const visible = text
    .slice(0, MAX_CHARS)
    .replace(SPACES, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .slice(0, MAX_CHARS);
  return visible.replace(SPACES, ' ').trim();
}

/**
 * The form in which words are compared and learned: a {@link cleanText} in lower case, without apostrophes,
 * with any other punctuation and emoji as a blank, letters repeated three times or more as one, Chinese in
 * Simplified characters. A text of nothing but emoji keeps its emoji ("👍" can mean yes); of nothing but
 * punctuation it is empty.
 */
export function normalise(clean: string): string {
  const lower = clean.toLowerCase();
  if (PLAIN.test(lower)) return lower.replace(PLAIN_STRETCHED, '$1');
  const words = foldHan(
    lower
      .replace(LOOSE_MARKS, '')
      .replace(APOSTROPHES, '')
      .replace(SYMBOLS, ' ')
      .replace(STRETCHED, '$1')
      .replace(SPACES, ' ')
      .trim(),
  );
  if (words !== '') return words;
  const picture = lower.match(PICTURES)?.[0];
  return picture ?? '';
}

/** A {@link normalise}d text as a key for exact comparison: blanks beside Chinese characters do not count. */
export function keyOf(normalised: string): string {
  return normalised.replace(BESIDE_HAN, '');
}
