/** A text as it is read, and where each of its units stands in the text as it was written. */
export interface Visible {
  readonly text: string;
  /** Index in the original text of a unit of `text`; of its length, the original's. */
  readonly origin: (index: number) => number;
}

/**
 * Not seen (format characters, fillers, variation selectors, tags, halves of surrogate pairs, strokes and accents by
 * themselves), dots of other scripts, full-width letters, and the full stop of Chinese and Japanese.
 */
const CHANGED = new RegExp(
  String.raw`[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f` +
    String.raw`\uff61\uff0e\u2024\ufe52\ua4f8\u3002\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d\uff3f\uff20\uff05]`,
  'gu',
);
/** Dots of other scripts that no sentence ends with. */
const DOTS = '\uff61\uff0e\u2024\ufe52\ua4f8';
/** Input methods put it into addresses as well. */
const IDEOGRAPHIC_STOP = '\u3002';
const LATIN = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
const PLAIN_WORD = /[a-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/i;
/** How far full-width forms stand from their ASCII ones; other full-width punctuation ends an address. */
const WIDE_OFFSET = 0xfee0;

/**
 * Takes out what is not seen, and puts dots and full-width letters into their ASCII forms, so that a scan finds
 * addresses however they are written.
 */
export function visible(text: string): Visible {
  const origins: number[] = [];
  const lengths: number[] = [];
  let kept = '';
  let done = 0;
  for (const { 0: letter, index } of text.matchAll(CHANGED)) {
    const shown = shownFor(letter, text, index);
    if (shown === letter) continue;
    const isNext = index === done && shown === '' && lengths.length > 0;
    if (!isNext) kept += text.slice(done, index) + shown;
    done = index + letter.length;
    // From this length of what is kept on, the original is so much further.
    if (isNext) origins[origins.length - 1] = done - kept.length;
    else {
      lengths.push(kept.length);
      origins.push(done - kept.length);
    }
  }
  if (done === 0) return { text, origin: (index) => index };
  return {
    text: kept + text.slice(done),
    origin: (index) => index + (origins[lastNotAbove(lengths, index)] ?? 0),
  };
}

function shownFor(letter: string, text: string, at: number): string {
  if (DOTS.includes(letter)) return '.';
  if (letter === IDEOGRAPHIC_STOP)
    return LATIN.test(text.charAt(at - 1)) && PLAIN_WORD.test(text.charAt(at + 1)) ? '.' : letter;
  const code = letter.charCodeAt(0);
  return code >= 0xff05 && code <= 0xff5a ? String.fromCharCode(code - WIDE_OFFSET) : '';
}

/** Index of the last of some rising numbers that is not above `limit`; −1 when all are. */
function lastNotAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
