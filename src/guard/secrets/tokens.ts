import { wordId } from './lists/word-index.js';
import type { Meter } from './meter.js';

/** What a token is made of. */
export const LETTERS = 1;
export const HAN = 2;
export const KANA = 3;
export const HANGUL = 4;
export const DIGITS = 5;
/** Punctuation that belongs to code and amounts, never between the words of a phrase. */
export const BREAK = 6;
/** The end of a sentence. */
export const STOP = 7;
/** A mark in the place of a word of no list. */
export const FOREIGN = 8;
export const OTHER_WORD = '§';
const SPACE = 0;
const SOFT = 9;

/** A stretch of a plain text: a word, one Han character, a number, or a sign that matters. */
export interface Token {
  readonly type: number;
  readonly start: number;
  readonly end: number;
  /** Number of the word in the lists; −1 where none has it. */
  readonly id: number;
}

/** The class of every UTF-16 unit, filled when the module is loaded. */
const CLASSES = new Uint8Array(0x10000);

function fillClasses(): void {
  const letter = /[\p{L}\p{M}]/u;
  const digit = /\p{Nd}/u;
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    if (unit >= 0x4e00 && unit <= 0x9fff) CLASSES[unit] = HAN;
    else if (unit >= 0x3400 && unit <= 0x4dbf) CLASSES[unit] = HAN;
    else if (unit >= 0xf900 && unit <= 0xfaff) CLASSES[unit] = HAN;
    else if (unit >= 0x3041 && unit <= 0x30ff && unit !== 0x30fb) CLASSES[unit] = KANA;
    else if (unit >= 0x1100 && unit <= 0x11ff) CLASSES[unit] = HANGUL;
    else if (unit >= 0xac00 && unit <= 0xd7ff) CLASSES[unit] = HANGUL;
    else if (unit >= 0xd800 && unit <= 0xdfff) CLASSES[unit] = SOFT;
    else if (letter.test(character)) CLASSES[unit] = LETTERS;
    else if (digit.test(character)) CLASSES[unit] = DIGITS;
    else if ('=<>(){}[]$@'.includes(character)) CLASSES[unit] = BREAK;
    else if ('.!?。！？'.includes(character)) CLASSES[unit] = STOP;
    else if (character === OTHER_WORD) CLASSES[unit] = FOREIGN;
    else if (/\s/.test(character)) CLASSES[unit] = SPACE;
    else CLASSES[unit] = SOFT;
  }
}
fillClasses();

/** The class of the character at a place; `SPACE`'s 0 behind the end. */
function classAt(text: string, at: number): number {
  return CLASSES[text.charCodeAt(at)] ?? SPACE;
}

/** The tokens of a plain text in lower case, in order. Linear. */
export function tokensOf(lower: string, meter: Meter): readonly Token[] {
  const tokens: Token[] = [];
  meter.steps += lower.length;
  for (let at = 0; at < lower.length; ) {
    const type = classAt(lower, at);
    const start = at;
    at += 1;
    if (type === SPACE || type === SOFT) continue;
    if (type === LETTERS || type === KANA || type === HANGUL || type === DIGITS)
      while (at < lower.length && classAt(lower, at) === type) at += 1;
    const isWord = type === LETTERS || type === KANA || type === HANGUL;
    // A stop inside a word or number ("1.5", "a.b") ends no sentence.
    if (type === STOP && at < lower.length && classAt(lower, at) !== SPACE && lower.charCodeAt(start) < 0x80)
      continue;
    tokens.push({ type, start, end: at, id: isWord ? wordId(lower.slice(start, at)) : -1 });
  }
  return tokens;
}
