/** Where a text may be cut, best first; each match ends where the next part begins. */
const BOUNDARIES = [/\n[^\S\n]*\n\s*/g, /\n/g, /[.!?…]\s+|[。！？]\s*/g, /\s+/g] as const;

/** An address: cut in two it leads nowhere, or elsewhere. */
const ADDRESS = /https?:\/\/\S+/g;

/**
 * Splits a text into parts of at most `maxChars` UTF-16 units, at the last end of a paragraph, else of a line, of
 * a sentence, of a word, in the second half of a part; else anywhere but inside an address, or inside what shows as one
 * sign (an emoji of several, a letter with its accents), unless that alone is longer. Joined, the parts are the text
 * again, and a surrogate pair is never parted. `maxChars` is at least 2; an empty text has no parts.
 */
export function splitText(text: string, maxChars: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > maxChars) {
    const end = cutAt(rest, maxChars);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? parts : [...parts, rest];
}

function cutAt(text: string, maxChars: number): number {
  const window = text.slice(0, maxChars);
  for (const boundary of BOUNDARIES) {
    const last = [...window.matchAll(boundary)].at(-1);
    const end = last === undefined ? 0 : last.index + last[0].length;
    if (end > maxChars / 2) return end;
  }
  return beforeAddress(text, maxChars) ?? beforeSign(text, maxChars);
}

/**
 * The beginning of the address that a cut at `end` would part; `null` for none, and where there is nothing before it.
 */
function beforeAddress(text: string, end: number): number | null {
  const parted = [...text.matchAll(ADDRESS)].find(
    ({ index, 0: address }) => index < end && end < index + address.length,
  );
  return parted === undefined || parted.index === 0 ? null : parted.index;
}

/** Shortens a text to at most `maxChars` UTF-16 units, the last of them `…` when something was cut off. */
export function shorten(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, beforeSign(text, maxChars - 1))}…`;
}

const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The end, or the beginning of the sign that it would part. */
function beforeSign(text: string, end: number): number {
  const { index = 0 } = SIGNS.segment(text).containing(end) ?? {};
  if (index > 0) return index;
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(end - 1, end + 1)) ? end - 1 : end;
}
