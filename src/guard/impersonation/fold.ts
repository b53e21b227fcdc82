import { CONFUSABLES } from '../links/confusables.js';
import { visible } from '../links/visible.js';

/** Longest text that is read for signs, in UTF-16 units: nobody is won over by more. */
const MAX_READ_CHARS = 6_000;
const ACCENTS = /[\u0300-\u036f]/g;

/**
 * A text as signs are looked for in it: nothing unseen, small letters, no accents, and letters of other scripts that
 * were put into Latin words for their looks read as those.
 */
export function fold(text: string): string {
  const plain = visible(text.slice(0, MAX_READ_CHARS))
    .text.normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/[‘’´`]/g, "'")
    .replace(/[đ]/g, 'd')
    .replace(/[ı]/g, 'i')
    .replace(/ё/g, 'е');
  return plain
    .replace(/[\p{L}\p{N}]+/gu, unmixed)
    .replace(/\b(\p{L})[.\s](\p{L})[.\s]?(?=\s|$)/gu, (whole, a: string, b: string) =>
      SHORT.has(a + b) ? `${a}${b} ` : whole,
    )
    .replace(/[ \t]{2,}/g, ' ');
}

/** `d.m`, `p m`. */
const SHORT = new Set(['dm', 'pm', 'tg', 'wa']);

/** A word of mixed scripts is read as Latin; others stay as they are. */
function unmixed(word: string): string {
  if (!/[a-z]/.test(word) || /^[a-z0-9]*$/.test(word)) return word;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)) return word;
  return [...word].map((letter) => CONFUSABLES.get(letter) ?? letter).join('');
}
