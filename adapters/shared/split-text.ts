/** Where a text may be cut, best first; each match ends where the next part begins. */
const BOUNDARIES = [/\n[^\S\n]*\n\s*/g, /\n/g, /[.!?…]\s+|[。！？]\s*/g, /\s+/g] as const;

/**
 * Splits a text into parts of at most `maxChars` UTF-16 units, at the last end of a paragraph, else of a line, of
 * a sentence, of a word, in the second half of a part; else anywhere but inside a surrogate pair. Joined, the
 * parts are the text again. `maxChars` is at least 2; an empty text has no parts.
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
  return cutsPair(text, maxChars) ? maxChars - 1 : maxChars;
}

/** Shortens a text to at most `maxChars` UTF-16 units, the last of them `…` when something was cut off. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const end = maxChars - 1;
  return `${text.slice(0, cutsPair(text, end) ? end - 1 : end)}…`;
}

/** Whether a cut before unit `end` would part a surrogate pair. */
function cutsPair(text: string, end: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(end - 1, end + 1));
}
