import { entropyToMnemonic } from '@scure/bip39';
import { BIP39_LISTS, WORD_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import type { Chance } from './chance.js';
import { CHINESE_LAYOUTS, JOINED_LAYOUTS, LAYOUTS, type Layout } from './phrase-layouts.js';

/** Every list from which phrases are made, and the lengths they have. */
export const PHRASE_LISTS: readonly {
  readonly name: string;
  readonly words: readonly string[];
  readonly lengths: readonly number[];
  readonly layouts: readonly Layout[];
}[] = [
  ...Object.entries(BIP39_LISTS).map(([name, words]) => ({
    name,
    words,
    lengths: [12, 12, 24, 12, 15, 18, 12, 21],
    layouts: layoutsOf(name),
  })),
  { name: 'slip39', words: WORD_LISTS.slip39, lengths: [20, 33], layouts: LAYOUTS },
  { name: 'monero', words: WORD_LISTS.monero, lengths: [25], layouts: LAYOUTS },
  { name: 'electrum', words: WORD_LISTS.electrum, lengths: [12], layouts: LAYOUTS },
];

function layoutsOf(name: string): readonly Layout[] {
  const isChinese = name.startsWith('chinese');
  const isUnshortened = isChinese || name === 'japanese' || name === 'korean';
  return [
    ...LAYOUTS.filter(({ letters }) => letters !== true || !isUnshortened),
    ...(isChinese ? CHINESE_LAYOUTS : []),
    ...(name === 'japanese' || name === 'korean' ? JOINED_LAYOUTS : []),
  ];
}

/** A valid phrase of a BIP-39 list; of another list, words by chance. Nobody's wallet. */
export function madeUpPhrase(from: Chance, words: readonly string[], length: number): readonly string[] {
  const isBip39 = words.length === 2048;
  return isBip39
    ? entropyToMnemonic(from.bytes((length * 4) / 3), [...words]).split(/[ \u3000]/)
    : Array.from({ length }, () => from.pick(words));
}

/** What happens to phrases on the way into a chat. */
export const DAMAGES: readonly {
  readonly name: string;
  readonly damage: (phrase: readonly string[], list: readonly string[], from: Chance) => readonly string[];
}[] = [
  { name: 'the last word missing', damage: (phrase) => phrase.slice(0, -1) },
  { name: 'a wrong last word', damage: (phrase, list, from) => [...phrase.slice(0, -1), from.pick(list)] },
  { name: 'one word misspelled', damage: (phrase, _, from) => misspelled(phrase, 1, from) },
  { name: 'two words misspelled', damage: (phrase, _, from) => misspelled(phrase, 2, from) },
  { name: 'two words changed round', damage: ([a = '', b = '', ...rest]) => [b, a, ...rest] },
  { name: 'a word of no list', damage: (phrase) => phrase.map((word, at) => (at === 4 ? 'qwertz' : word)) },
];

function misspelled(phrase: readonly string[], count: number, from: Chance): readonly string[] {
  const words = [...phrase];
  for (let done = 0; done < count; done += 1) {
    const at = (from.below(words.length / 2) * 2 + done) % words.length;
    const letters = [...(words[at] ?? '').normalize('NFC')];
    const place = from.below(letters.length);
    // Words of one character are changed by nobody's slip.
    if (letters.length < 3) continue;
    const slip = from.below(3);
    if (slip === 0) letters.splice(place, 1);
    else if (slip === 1) letters.splice(place, 0, letters[place] ?? '');
    else letters.splice(place, 1, letters[(place + 1) % letters.length] ?? '');
    words[at] = letters.join('');
  }
  return words;
}
