import type { PhraseBook } from '../model/index.js';
import { wordsAlike } from './alike.js';
import { createNeighbours } from './neighbours.js';
import { phrasesOf } from './phrases.js';
import { createSameSound } from './same-sound.js';
import { createSpelling } from './spelling.js';

const HAN = /\p{Script=Han}/u;
const HAN_ALL = /\p{Script=Han}/gu;

/** Mends what is misspelt in a normalised text. */
export interface Mending {
  mended(words: string): string;
}

/** Mending by the phrases and words of one meaning of a language's books, and of its companions' words. */
export function createMending(
  books: readonly PhraseBook[],
  companions: readonly PhraseBook[],
  sounds: boolean,
): Mending {
  const words = new Map<string, number>();
  const characters = new Map<string, number>();
  const sentences: string[][] = [];
  const runs: string[][] = [];
  const learn = (text: string): void => {
    const parts = text.split(' ');
    sentences.push(parts);
    for (const word of parts) words.set(word, (words.get(word) ?? 0) + 1);
    if (!HAN.test(text)) return;
    const run = text.match(HAN_ALL) ?? [];
    runs.push(run);
    for (const character of run) characters.set(character, (characters.get(character) ?? 0) + 1);
  };
  for (const book of books) {
    for (const { words: text } of phrasesOf(book)) learn(text);
    for (const text of wordsAlike(book)) learn(text);
  }
  for (const book of companions)
    for (const text of wordsAlike(book))
      for (const word of text.split(' ')) if (!words.has(word)) words.set(word, 1);
  const spelling = createSpelling(words, createNeighbours(sentences), sounds ? 'wary' : 'eager');
  if (!sounds) return spelling;
  const sameSound = createSameSound(characters, words, createNeighbours(runs));
  // Pinyin first: it looks like misspelt words of Latin letters.
  return { mended: (text) => spelling.mended(sameSound.mended(text)) };
}
