import { SYLLABLES } from './pinyin-table.js';

const FIRST = 0x4e00;
const LAST = 0x9fff;
/** Longest syllable in letters ("zhuang"), and the longest word that is split into syllables. */
const LONGEST = 6;
const MOST_LETTERS = 40;
const LETTERS = /^[a-z]+$/;

/**
 * Number of a syllable without tone; syllables that many speakers do not tell apart (zh and z, ing and in) share one.
 */
type Syllable = number;

const numbers = new Map<string, Syllable>();
const bySound = new Map<string, Syllable>();
const byCharacter = new Uint16Array(LAST - FIRST + 1);

for (const entry of SYLLABLES.split(' ')) {
  const letters = /^[a-z]+/.exec(entry)?.[0] ?? '';
  const sound = letters.replace(/^([zcs])h/, '$1').replace(/(?<=[ie])ng$/, 'n');
  const number = bySound.get(sound) ?? bySound.size + 1;
  bySound.set(sound, number);
  numbers.set(letters, number);
  if (letters.includes('v'))
    numbers.set(letters.replace('v', 'u'), bySound.get(sound.replace('v', 'u')) ?? number);
  for (const character of entry.slice(letters.length)) byCharacter[character.charCodeAt(0) - FIRST] = number;
}

/** The syllable of a Simplified character's commonest reading, by its code; 0 for a rare or other character. */
export function syllableOf(code: number): Syllable {
  return byCharacter[code - FIRST] ?? 0;
}

/** The syllables of a word in Latin letters that is pinyin from end to end ("mima"); none for any other word. */
export function syllablesIn(word: string): readonly Syllable[] {
  if (word.length > MOST_LETTERS || !LETTERS.test(word)) return [];
  // back[i]: where the last syllable of the best split of the first i letters begins; fewer syllables are better.
  const back: number[] = [0];
  const fewest: number[] = [0];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST); start < end; start += 1) {
      const before = fewest[start];
      if (before === undefined || !numbers.has(word.slice(start, end))) continue;
      if (before + 1 < (fewest[end] ?? Number.POSITIVE_INFINITY)) {
        fewest[end] = before + 1;
        back[end] = start;
      }
    }
  }
  if (fewest[word.length] === undefined) return [];
  const syllables: Syllable[] = [];
  for (let end = word.length; end > 0; end = back[end] ?? 0)
    syllables.unshift(numbers.get(word.slice(back[end] ?? 0, end)) ?? 0);
  return syllables;
}
