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
import { electrum } from './electrum.js';
import { monero } from './monero.js';
import { slip39 } from './slip39.js';

/** The lists whose words are words of letters, in the order of their bits. */
export const WORD_LISTS = {
  english,
  czech,
  french,
  italian,
  portuguese,
  spanish,
  japanese,
  korean,
  slip39,
  monero,
  electrum,
} as const;

export type WordListName = keyof typeof WORD_LISTS;
export const WORD_LIST_NAMES = Object.keys(WORD_LISTS) as readonly WordListName[];

/** The lists whose words are single characters. */
export const CHARACTER_LISTS = { chineseSimplified, chineseTraditional } as const;

/** The ten lists of BIP-39, by language. */
export const BIP39_LISTS = {
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
