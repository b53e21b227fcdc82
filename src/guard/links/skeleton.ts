import { CONFUSABLES } from './confusables.js';

/** What is not seen: format characters, fillers, variation selectors, tags, halves of surrogate pairs. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;
const PLAIN = /^[a-z0-9.\-_]*$/;

/** Letters and digits that pass for each other, one for each group. */
const FOLDED: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '|': 'l',
  '!': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  $: 's',
  '6': 'b',
  '7': 't',
  '8': 'b',
  '9': 'g',
};
const FOLDABLE = /[0-9i|!$]/g;
const PAIRS = /rn|vv|cl/g;
const PAIR: Readonly<Record<string, string>> = { rn: 'm', vv: 'w', cl: 'd' };

/**
 * A text in the form in which look-alikes are equal (Unicode Technical Standard #39, with digits for letters and pairs
 * such as `rn` besides). Only ever compared with another skeleton. Dots, hyphens and blanks stay.
 */
export function skeleton(text: string): string {
  const plain = text.toLowerCase();
  const letters = PLAIN.test(plain) ? plain : unmasked(text);
  return letters
    .replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter)
    .replace(PAIRS, (pair) => PAIR[pair] ?? pair);
}

/** The skeleton without what stands between its letters. */
export function squeezed(text: string): string {
  return skeleton(text).replace(/[^\p{L}\p{N}]/gu, '');
}

function unmasked(text: string): string {
  let letters = '';
  for (const letter of text.replace(UNSEEN, '').normalize('NFKD')) {
    const small = letter.toLowerCase();
    letters += CONFUSABLES.get(letter) ?? CONFUSABLES.get(small) ?? small;
  }
  return letters.replace(/\p{M}/gu, '');
}
