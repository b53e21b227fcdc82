import { SYLLABLES } from '../../src/understanding/pinyin-table.js';
import { createSeeded } from '../../src/understanding/seeded.js';

/** Rows of a keyboard, for keys that stand next to each other. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const LETTER = /[a-z]/i;
const HAN = /\p{Script=Han}/u;

/** Characters by the syllable that they are read with. */
const SOUNDS: ReadonlyMap<string, { readonly letters: string; readonly alike: string }> = new Map(
  SYLLABLES.split(' ').flatMap((entry) => {
    const letters = /^[a-z]+/.exec(entry)?.[0] ?? '';
    const alike = entry.slice(letters.length);
    return [...alike].map((character) => [character, { letters, alike }] as const);
  }),
);

/** A source of mistakes: the same seed makes the same ones. */
export interface Noise {
  /** One mistake in ten letters, at least one: swapped, missing, doubled, or the key beside. */
  typos(text: string): string;
  /** Other characters of the same sound in `count` places. */
  homophones(text: string, count: number): string;
  /** Two neighbouring characters typed as pinyin. */
  pinyin(text: string): string;
}

/** Mistakes as people make them on a phone. */
export function createNoise(seed: number): Noise {
  const next = createSeeded(seed);
  const below = (count: number): number => next() % count;
  const placesOf = (letters: readonly string[], kind: RegExp): readonly number[] =>
    letters.flatMap((letter, i) => (kind.test(letter) ? [i] : []));
  const beside = (letter: string): string => {
    const row = ROWS.find((keys) => keys.includes(letter.toLowerCase())) ?? '';
    const at = row.indexOf(letter.toLowerCase());
    return row[at + (below(2) === 0 ? -1 : 1)] ?? row[at - 1] ?? letter;
  };
  return {
    typos(text) {
      const letters = [...text];
      const mistakes = Math.max(1, Math.round(letters.length / 10));
      for (let n = 0; n < mistakes; n += 1) {
        const places = placesOf(letters, LETTER);
        const at = places[below(Math.max(1, places.length))];
        if (at === undefined) break;
        const letter = letters[at] ?? '';
        const kind = below(4);
        if (kind === 0 && at + 1 < letters.length) letters.splice(at, 2, letters[at + 1] ?? '', letter);
        else if (kind === 1) letters.splice(at, 1);
        else if (kind === 2) letters.splice(at, 0, letter);
        else letters[at] = beside(letter);
      }
      return letters.join('');
    },
    homophones(text, count) {
      const letters = [...text];
      for (let n = 0; n < count; n += 1) {
        const places = placesOf(letters, HAN).filter(
          (i) => (SOUNDS.get(letters[i] ?? '')?.alike.length ?? 0) > 1,
        );
        const at = places[below(Math.max(1, places.length))];
        if (at === undefined) break;
        const alike = [...(SOUNDS.get(letters[at] ?? '')?.alike ?? '')].filter(
          (other) => other !== letters[at],
        );
        letters[at] = alike[below(Math.max(1, alike.length))] ?? letters[at] ?? '';
      }
      return letters.join('');
    },
    pinyin(text) {
      const letters = [...text];
      const places = placesOf(letters, HAN).filter(
        (i) => SOUNDS.has(letters[i] ?? '') && SOUNDS.has(letters[i + 1] ?? ''),
      );
      const at = places[below(Math.max(1, places.length))];
      if (at === undefined) return text;
      const typed = `${SOUNDS.get(letters[at] ?? '')?.letters}${SOUNDS.get(letters[at + 1] ?? '')?.letters}`;
      letters.splice(at, 2, ` ${typed} `);
      return letters.join('');
    },
  };
}
