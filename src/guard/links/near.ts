/** Longest pattern that is searched for: one bit a letter. */
const MAX_PATTERN = 30;
/** Longest text of which edits are counted; host names have at most 253 letters. */
const MAX_COMPARED = 256;

const rows = [
  new Uint8Array(MAX_COMPARED + 1),
  new Uint8Array(MAX_COMPARED + 1),
  new Uint8Array(MAX_COMPARED + 1),
];

/**
 * Whether at most `most` edits (a letter more, less or another, or two neighbours swapped) lead from one text to the
 * other. Looks only at the band that can still be reached, so it takes `most` times the length. `false` for texts of
 * more than 256 letters.
 */
export function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most || b.length > MAX_COMPARED) return false;
  const far = most + 1;
  let [before, last, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= b.length; j += 1) last[j] = Math.min(j, far);
  for (let i = 1; i <= a.length; i += 1) {
    const from = Math.max(1, i - most);
    const to = Math.min(b.length, i + most);
    row[from - 1] = from === 1 ? Math.min(i, far) : far;
    if (to < b.length) row[to + 1] = far;
    let best = row[from - 1] ?? far;
    const letter = a.charCodeAt(i - 1);
    for (let j = from; j <= to; j += 1) {
      const other = b.charCodeAt(j - 1);
      let cost = (last[j - 1] ?? far) + (letter === other ? 0 : 1);
      // Outside of the band everything is too far.
      if (j < i + most) cost = Math.min(cost, (last[j] ?? far) + 1);
      cost = Math.min(cost, (row[j - 1] ?? far) + 1);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        cost = Math.min(cost, (before[j - 2] ?? far) + 1);
      row[j] = Math.min(cost, far);
      best = Math.min(best, cost);
    }
    if (best > most) return false;
    [before, last, row] = [last, row, before];
  }
  return (last[b.length] ?? far) <= most;
}

/** A pattern that is searched for with edits. */
export interface NearPattern {
  /**
   * Whether a text holds the pattern anywhere, with the allowed letters more, less or other (Wu and Manber's
   * bit-parallel search): time is the length of the text, whatever is in it.
   */
  isIn(text: string): boolean;
}

/** A pattern of 1 to 30 letters and how many edits it may have, at most 2; `null` for any other. */
export function nearPattern(pattern: string, most: 0 | 1 | 2): NearPattern | null {
  const { length } = pattern;
  if (length <= most || length > MAX_PATTERN) return null;
  const masks = new Map<number, number>();
  for (let i = 0; i < length; i += 1) {
    const code = pattern.charCodeAt(i);
    masks.set(code, (masks.get(code) ?? 0) | (1 << i));
  }
  const done = 1 << (length - 1);
  return {
    isIn: (text) => {
      // One row of bits for none, one and two edits: a bit says that so much of the pattern ends here.
      let [none, one, two] = [0, 1, 3];
      for (let i = 0; i < text.length; i += 1) {
        const mask = masks.get(text.charCodeAt(i)) ?? 0;
        const none2 = ((none << 1) | 1) & mask;
        const one2 = (((one << 1) | 1) & mask) | none | (none << 1) | (none2 << 1) | 1;
        two = (((two << 1) | 1) & mask) | one | (one << 1) | (one2 << 1) | 3;
        none = none2;
        one = one2;
        if (((most === 2 ? two : most === 1 ? one : none) & done) !== 0) return true;
      }
      return false;
    },
  };
}
