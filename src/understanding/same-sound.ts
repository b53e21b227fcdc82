import type { Neighbours } from './neighbours.js';
import { syllableOf, syllablesIn } from './pinyin.js';

/** What speaks for the character that was written, beside what its neighbours say. */
const WRITTEN = 0.8;
/** So many characters of a text are looked at, so many characters of one sound are tried. */
const READ_CHARS = 60;
const MOST_ALIKE = 12;
const HAN = /\p{Script=Han}/u;
const PARTS = /\p{Script=Han}|[a-z]+|[^\p{Script=Han}a-z]+/gu;

/** Mends characters that sound like the right ones, and pinyin. */
export interface SameSound {
  /** A normalised text with the characters that phrases would have there. */
  mended(text: string): string;
}

/** One place of a text: the characters it may be, and the one that was written. */
interface Place {
  readonly written: string;
  readonly alike: readonly string[];
}

/** By the characters of a language's phrases, the commonest first, and who stands beside whom. */
export function createSameSound(
  characters: ReadonlyMap<string, number>,
  words: ReadonlyMap<string, number>,
  neighbours: Neighbours,
): SameSound {
  const bySound = new Map<number, string[]>();
  for (const [character] of [...characters].sort(([, a], [, b]) => b - a)) {
    const syllable = syllableOf(character.charCodeAt(0));
    if (syllable === 0) continue;
    const list = bySound.get(syllable) ?? [];
    if (list.length < MOST_ALIKE) list.push(character);
    bySound.set(syllable, list);
  }
  const placesOf = (part: string): readonly Place[] => {
    if (HAN.test(part)) {
      const alike = bySound.get(syllableOf(part.charCodeAt(0))) ?? [];
      return [{ written: part, alike: alike.includes(part) ? alike : [part, ...alike] }];
    }
    const syllables = words.has(part) ? [] : syllablesIn(part);
    if (syllables.length === 0 || !syllables.every((syllable) => bySound.has(syllable))) return [];
    return syllables.map((syllable) => ({ written: '', alike: bySound.get(syllable) ?? [] }));
  };

  return {
    mended(text) {
      let result = '';
      let run: Place[] = [];
      const flush = (): void => {
        if (run.length > 0)
          result += isKnown(run, neighbours)
            ? run.map(({ written }) => written).join('')
            : likeliest(run, neighbours);
        run = [];
      };
      const parts = text.slice(0, READ_CHARS).match(PARTS) ?? [];
      parts.forEach((part, i) => {
        const places = placesOf(part);
        // A blank between pinyin and characters separates nothing.
        const joins = part === ' ' && (run.length > 0 || i === 0) && placesOf(parts[i + 1] ?? '').length > 0;
        if (places.length > 0) run.push(...places);
        else if (!joins || !beside(parts[i - 1], parts[i + 1])) {
          flush();
          result += part;
        }
      });
      flush();
      return result + text.slice(READ_CHARS);
    },
  };
}

/** Whether a blank stands beside pinyin: between characters it means something. */
function beside(before: string | undefined, after: string | undefined): boolean {
  return /^[a-z]+$/.test(before ?? '') || /^[a-z]+$/.test(after ?? '');
}

/** Whether all was written in characters that are seen beside each other. */
function isKnown(run: readonly Place[], neighbours: Neighbours): boolean {
  return run.every(({ written }, i) => {
    const before = run[i - 1]?.written;
    return written !== '' && (before === undefined || neighbours.affinity(before, written) > 0);
  });
}

/** The characters that go together best, by dynamic programming from left to right. */
function likeliest(run: readonly Place[], neighbours: Neighbours): string {
  let scores: number[] = [];
  const back: number[][] = [];
  run.forEach(({ written, alike }, at) => {
    const before = run[at - 1];
    const row: number[] = [];
    const from: number[] = [];
    alike.forEach((character, i) => {
      let most = Number.NEGATIVE_INFINITY;
      let best = 0;
      if (before === undefined) most = 0;
      else
        before.alike.forEach((earlier, j) => {
          const score = (scores[j] ?? 0) + neighbours.affinity(earlier, character);
          if (score > most) [most, best] = [score, j];
        });
      // The commoner of two that fit equally stands first.
      row[i] = most + (character === written ? WRITTEN : 0) - i * 0.001;
      from[i] = best;
    });
    scores = row;
    back.push(from);
  });
  let at = scores.indexOf(Math.max(...scores));
  let text = '';
  for (let i = run.length - 1; i >= 0; i -= 1) {
    text = (run[i]?.alike[at] ?? '') + text;
    at = back[i]?.[at] ?? 0;
  }
  return text;
}
