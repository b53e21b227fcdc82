import { wordlist as czech } from '@scure/bip39/wordlists/czech.js';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as french } from '@scure/bip39/wordlists/french.js';
import { wordlist as italian } from '@scure/bip39/wordlists/italian.js';
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js';
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
import { wordlist as chineseSimplified } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import { wordlist as chineseTraditional } from '@scure/bip39/wordlists/traditional-chinese.js';

/** The ten word lists of BIP-39, by language. */
export const WORD_LISTS = {
  english,
  chineseSimplified,
  chineseTraditional,
  czech,
  french,
  italian,
  japanese,
  korean,
  portuguese,
  spanish,
} as const;

/** One bit per list: which lists hold a folded word. */
const BITS = new Map<string, number>();
Object.values(WORD_LISTS).forEach((words, index) => {
  for (const word of words) {
    const folded = foldWord(word);
    BITS.set(folded, (BITS.get(folded) ?? 0) | (1 << index));
  }
});

/** NFKD without combining marks of the Latin kind (kana voicing stays), NFC, lower case: lists and texts are folded alike. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

/** A bit mask of the lists that hold a folded word; 0 for none. */
export function listsOf(folded: string): number {
  return BITS.get(folded) ?? 0;
}
