import type { Span } from './finding.js';
import type { Meter } from './meter.js';

/**
 * A text in the form in which lists and patterns are compared with it: NFKD without marks of the Latin kind (kana
 * voicing stays), without invisible characters, HTML tags as blanks. `cased` and `lower` are equally long.
 */
export interface PlainText {
  readonly cased: string;
  readonly lower: string;
  /** The place in the original text of a stretch of this one. */
  origin(start: number, end: number): Span;
}

/** Characters that nobody sees and that would hide a word: format characters, fillers, variation selectors, tags. */
const INVISIBLE = /\p{Cf}|\p{Default_Ignorable_Code_Point}|[\u0300-\u036f]|[\u20dd-\u20e4]/u;
/** Blanks that NFKD would leave or drop. */
const BLANK = /[\u3164\uffa0\u2800\u1680]/u;
const ASCII = /^[\u0000-\u007f]*$/;
const TAG =
  /<\/?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,200})?\/?>|&(?:nbsp|amp|quot|lt|gt|apos|#\d{1,5}|#x[\da-f]{1,5});/gi;

/** Folds a whole word: the form in which words of the lists are kept. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

/** A pattern for plain text: its source written as people write, folded as the texts are. */
export function foldedPattern(source: string, flags: string): RegExp {
  return new RegExp(source.normalize('NFKD').replace(/[\u0300-\u036f]/g, ''), flags);
}

/** The plain form of a text, with the way back. Linear. */
export function plainText(text: string, meter: Meter): PlainText {
  meter.steps += text.length;
  if (ASCII.test(text)) {
    const cased = withoutTags(text);
    return { cased, lower: cased.toLowerCase(), origin: (start, end) => ({ start, end }) };
  }
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const next = at + (code > 0xffff ? 2 : 1);
    const plain = plainCharacter(code);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(next);
    }
    // A mark or joiner belongs to the character before it, and goes with it.
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = next;
    at = next;
  }
  const cased = withoutTags(folded);
  return {
    cased,
    lower: lowered(cased),
    origin: (start, end) => ({ start: starts[start] ?? text.length, end: ends[end - 1] ?? text.length }),
  };
}

/** Plain forms met before; as many as there are characters in living scripts. */
const known = new Map<number, string>();
const MAX_KNOWN = 30_000;
/**
 * Longest plain form of a character: ligatures of whole sentences hold no secret, and would make a text many times
 * longer.
 */
const MAX_UNITS = 6;

function plainCharacter(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const before = known.get(code);
  if (before !== undefined) return before;
  const character = String.fromCodePoint(code);
  const plain = INVISIBLE.test(character)
    ? ''
    : BLANK.test(character)
      ? ' '
      : character
          // A wide comma stands between words, where an ASCII one may be part of a password.
          .replace(/[\uff0c\uff1b]/, '\u3001')
          // The voicing marks that stand alone would become a blank and a mark.
          .replace(/\u309b/, '\u3099')
          .replace(/\u309c/, '\u309a')
          .normalize('NFKD')
          .replace(/[\u0300-\u036f]/g, '');
  const short = plain.length > MAX_UNITS ? ' ' : plain;
  if (known.size < MAX_KNOWN) known.set(code, short);
  return short;
}

/** Lower case, unit by unit where a letter would change its length. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text]
    .map((character) => {
      const one = character.toLowerCase();
      return one.length === character.length ? one : character;
    })
    .join('');
}

function withoutTags(text: string): string {
  return text.includes('<') || text.includes('&') ? text.replace(TAG, (tag) => ' '.repeat(tag.length)) : text;
}
