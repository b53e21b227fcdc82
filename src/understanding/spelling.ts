import { finish, hashText } from './hash.js';
import type { Neighbours } from './neighbours.js';
import { isSlip } from './slips.js';
import { createVocabulary } from './vocabulary.js';

/** Shorter words are left as they are. */
const SHORTEST = 2;
/** From this length on, a word may have two mistakes. */
const TWO_MISTAKES = 5;
/** A word without blanks that is worth splitting, and the longest one that is looked at. */
const SHORTEST_RUN = 9;
const LONGEST = 40;
const SHORTEST_PART = 2;
/** Letters of an alphabet; Chinese characters are mended by their sound. */
const LETTERS = /^(?!.*\p{Script=Han})\p{L}+$/u;
/** So many words of a text are mended; a text with more that nobody knows is no misspelt question. */
const MOST_MENDED = 8;
/** What is near a word is remembered for so many words. */
const REMEMBERED = 2000;
/**
 * What mistakes cost beside what neighbours gain: one, two, one in the first letter too, one that no finger makes; a
 * word that stays unknown.
 */
const COSTS = {
  /** Of a language of Latin letters: an unknown word is most likely misspelt. */
  eager: { one: 0.4, two: 1.4, first: 0.4, odd: 0.8, short: 1.2, long: 3 },
  /** Of any other: it may well be a word of another language. */
  wary: { one: 1.2, two: 2.2, first: 0.6, odd: 0.8, short: 0.2, long: 1.4 },
};
/** Words from this length on are long. */
const LONG = 5;
const COMMON = 0.25;

/** Mends words that a language's phrases do not know. */
export interface Spelling {
  /** A normalised text with its unknown words as the known ones they stand for, where one is near. */
  mended(text: string): string;
}

/**
 * Spelling by known words and who stands beside whom: a word with a letter missing, added, wrong or changed with its
 * neighbour (two from seven letters on) becomes the known word that fits best; a long word made of known words gets its
 * blanks back.
 */
export function createSpelling(
  counts: ReadonlyMap<string, number>,
  neighbours: Neighbours,
  manner: keyof typeof COSTS,
): Spelling {
  const costs = COSTS[manner];
  /** A word with one or two letters left out → the known words it may have come from. Made when first needed. */
  let index: Index | null = null;
  const remembered = new Map<string, ReadonlyMap<string, number>>();
  const near = (word: string): ReadonlyMap<string, number> => {
    const before = remembered.get(word);
    if (before !== undefined) return before;
    index ??= indexed([...counts.keys()]);
    const found = new Map<string, number>();
    for (const short of shortened(word))
      for (const known of index.near(short)) {
        if (found.has(known) || Math.abs(known.length - word.length) > 2) continue;
        const mistakes = mistakesBetween(word, known);
        if (mistakes === 1 || (mistakes === 2 && Math.min(word.length, known.length) >= TWO_MISTAKES))
          found.set(known, mistakes);
      }
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(word, found);
    return found;
  };
  const suits = (before: string | undefined, word: string, after: string | undefined): number =>
    (before === undefined ? 0 : neighbours.affinity(before, word)) +
    (after === undefined ? 0 : neighbours.affinity(word, after)) +
    COMMON * Math.log(1 + (counts.get(word) ?? 0));
  const best = (before: string | undefined, word: string, after: string | undefined): string => {
    let chosen = word;
    let most = -(word.length >= LONG ? costs.long : costs.short);
    for (const [known, mistakes] of near(word)) {
      const odd = mistakes === 1 && !isSlip(word, known) ? costs.odd : 0;
      const cost = (mistakes === 1 ? costs.one : costs.two) + odd + (known[0] === word[0] ? 0 : costs.first);
      const gain = suits(before, known, after) - cost;
      if (gain > most) [chosen, most] = [known, gain];
    }
    return chosen;
  };
  const isMendable = (word: string): boolean =>
    word.length >= SHORTEST && word.length <= LONGEST && !counts.has(word) && LETTERS.test(word);

  return {
    mended(text) {
      const words = text.split(' ');
      if (!words.some(isMendable)) return text;
      const mended: string[] = [];
      let unknown = 0;
      words.forEach((word, i) => {
        if (!isMendable(word) || unknown === MOST_MENDED) {
          mended.push(word);
          return;
        }
        unknown += 1;
        const chosen = best(mended.at(-1), word, words[i + 1]);
        mended.push(chosen === word && word.length >= SHORTEST_RUN ? (split(word, counts) ?? word) : chosen);
      });
      return mended.join(' ');
    },
  };
}

/** Words by what is left of them when letters are left out. */
interface Index {
  near(short: string): readonly string[];
}

function indexed(words: readonly string[]): Index {
  const rows = createVocabulary();
  const lists: number[][] = [];
  words.forEach((word, i) => {
    if (word.length < SHORTEST || word.length > LONGEST || !LETTERS.test(word)) return;
    for (const short of shortened(word)) {
      const row = rows.add(finish(hashText(short)));
      const list = lists[row];
      if (list === undefined) lists[row] = [i];
      else list.push(i);
    }
  });
  const none: readonly number[] = [];
  return {
    near: (short) => (lists[rows.rowOf(finish(hashText(short)))] ?? none).map((i) => words[i] ?? ''),
  };
}

/** A word as it is and with one letter left out, a long one with two, of which none is the first. */
function shortened(word: string): ReadonlySet<string> {
  const short = new Set([word]);
  for (let i = 0; i < word.length; i += 1) {
    const once = word.slice(0, i) + word.slice(i + 1);
    short.add(once);
    if (i === 0 || word.length < TWO_MISTAKES) continue;
    for (let j = i; j < once.length; j += 1) short.add(once.slice(0, j) + once.slice(j + 1));
  }
  return short;
}

/** Rows of the table of {@link mistakesBetween}; words are never longer. */
let rowBefore = new Uint8Array(LONGEST + 2);
let rowLast = new Uint8Array(LONGEST + 2);
let row = new Uint8Array(LONGEST + 2);

/** Letters that are missing, added, wrong, or changed with their neighbour (optimal string alignment). */
function mistakesBetween(one: string, other: string): number {
  for (let j = 0; j <= other.length; j += 1) rowLast[j] = j;
  for (let i = 1; i <= one.length; i += 1) {
    row[0] = i;
    const letter = one.charCodeAt(i - 1);
    for (let j = 1; j <= other.length; j += 1) {
      const same = letter === other.charCodeAt(j - 1);
      let least = Math.min(
        (rowLast[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (rowLast[j - 1] as number) + (same ? 0 : 1),
      );
      if (
        i > 1 &&
        j > 1 &&
        letter === other.charCodeAt(j - 2) &&
        one.charCodeAt(i - 2) === other.charCodeAt(j - 1)
      )
        least = Math.min(least, (rowBefore[j - 2] as number) + 1);
      row[j] = least;
    }
    [rowBefore, rowLast, row] = [rowLast, row, rowBefore];
  }
  return rowLast[other.length] as number;
}

/** A word as the known words it is made of, with blanks between them; `null` when it is not. */
function split(word: string, known: ReadonlyMap<string, number>): string | null {
  const back: number[] = [0];
  const cost: number[] = [0];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = 0; start < end; start += 1) {
      const before = cost[start];
      const part = word.slice(start, end);
      if (before === undefined || !known.has(part)) continue;
      if (part.length < SHORTEST_PART && part !== 'i' && part !== 'a') continue;
      // Short parts fit by chance, so they count more.
      const total = before + (part.length <= SHORTEST_PART ? 2 : 1);
      if (total < (cost[end] ?? Number.POSITIVE_INFINITY)) {
        cost[end] = total;
        back[end] = start;
      }
    }
  }
  if (cost[word.length] === undefined) return null;
  const parts: string[] = [];
  for (let end = word.length; end > 0; end = back[end] ?? 0) parts.unshift(word.slice(back[end] ?? 0, end));
  return parts.join(' ');
}
