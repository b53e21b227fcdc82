import { isShopTalk } from '../everyday.js';
import { foldWord } from '../plain-text.js';
import { TELLING } from './telling.js';
import { WORD_LIST_NAMES, WORD_LISTS } from './word-lists.js';

/** Number of lists with words of letters; a list is known by its place in `WORD_LIST_NAMES`. */
export const LISTS = WORD_LIST_NAMES.length;
/** Lists of scripts in which nobody shortens a word to four letters. */
const UNSHORTENED = new Set(['japanese', 'korean']);
const PREFIX_LETTERS = 4;
/** In the table of weights, what is in a list has a positive entry; this is the weight 0. */
export const ZERO_WEIGHT = 10;

/** Every folded word and four-letter beginning of every list. */
interface WordIndex {
  /** Number of a folded word; missing where no list has it. */
  readonly ids: ReadonlyMap<string, number>;
  /** For `id * LISTS + list`: ten more than how telling the word is, 0 where the list does not have it. */
  readonly weights: Uint8Array;
  /** For `id * LISTS + list`: its place in that list, −1 where it is only the beginning of a word, or not there. */
  readonly places: Int16Array;
  /** For each number: the lists that have it, one bit for each. */
  readonly lists: Uint16Array;
  /** The longest word, in UTF-16 units. */
  readonly longest: number;
}

function buildIndex(): WordIndex {
  const ids = new Map<string, number>();
  const entries: { id: number; list: number; weight: number; place: number }[] = [];
  const enter = (word: string, list: number, digit: string | undefined, place: number): void => {
    const id = ids.get(word) ?? ids.size;
    ids.set(word, id);
    entries.push({ id, list, weight: isShopTalk(word) ? 0 : Number(digit ?? '9') - 3, place });
  };
  for (const [list, name] of WORD_LIST_NAMES.entries()) {
    const words = WORD_LISTS[name].map(foldWord);
    const { word: telling, prefix } = TELLING[name];
    const ofWord = telling.replaceAll('\n', '');
    const ofPrefix = prefix.replaceAll('\n', '');
    for (const [place, word] of words.entries()) enter(word, list, ofWord[place], place);
    if (UNSHORTENED.has(name)) continue;
    const whole = new Set(words);
    for (const [place, word] of words.entries()) {
      const beginning = word.slice(0, PREFIX_LETTERS);
      if (word.length > PREFIX_LETTERS && !whole.has(beginning)) enter(beginning, list, ofPrefix[place], -1);
    }
  }
  const weights = new Uint8Array(ids.size * LISTS);
  const places = new Int16Array(ids.size * LISTS).fill(-1);
  const lists = new Uint16Array(ids.size);
  for (const { id, list, weight, place } of entries) {
    weights[id * LISTS + list] = weight + ZERO_WEIGHT;
    places[id * LISTS + list] = place;
    lists[id] = (lists[id] ?? 0) | (1 << list);
  }
  return { ids, weights, places, lists, longest: Math.max(...[...ids.keys()].map((word) => word.length)) };
}

const index = buildIndex();

/** The number of a folded word, −1 where no list has it. */
export function wordId(folded: string): number {
  return folded.length > index.longest ? -1 : (index.ids.get(folded) ?? -1);
}

/** The first three units of every word. */
const beginnings = new Set([...index.ids.keys()].map((word) => word.slice(0, 3)));

/** Whether three units begin some word of some list. */
export function isBeginning(units: string): boolean {
  return beginnings.has(units);
}

/** The lists that have a word or its beginning, one bit for each. */
export function listsOf(id: number): number {
  return index.lists[id] ?? 0;
}

/** Whether a list has a word or its beginning: ten more than how telling that is, or 0. */
export function weightOf(id: number, list: number): number {
  return index.weights[id * LISTS + list] ?? 0;
}

/** The place of a word in a list; −1 where the list has only its beginning, or nothing. */
export function placeOf(id: number, list: number): number {
  return index.places[id * LISTS + list] ?? -1;
}

/**
 * Hashes of every word of every list with letters, as it is and with any one letter left out, in an open table: two
 * words that agree after leaving out one letter each are one slip of the hand apart, or two.
 */
const slips = new Uint32Array(1 << 19);
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over a word of a list without the letter at `without`; never 0. */
function slipHash(word: string, list: number, without: number): number {
  let hash = FNV_START ^ (list + 1);
  for (let at = 0; at < word.length; at += 1)
    if (at !== without) hash = Math.imul(hash ^ word.charCodeAt(at), FNV_PRIME);
  return hash >>> 0 || 1;
}

function addSlip(hash: number): void {
  let slot = hash % slips.length;
  while (slips[slot] !== 0 && slips[slot] !== hash) slot = (slot + 1) % slips.length;
  slips[slot] = hash;
}

function hasSlip(hash: number): boolean {
  let slot = hash % slips.length;
  while (slips[slot] !== 0) {
    if (slips[slot] === hash) return true;
    slot = (slot + 1) % slips.length;
  }
  return false;
}

for (const [list, name] of WORD_LIST_NAMES.entries()) {
  if (UNSHORTENED.has(name)) continue;
  for (const word of WORD_LISTS[name].map(foldWord))
    for (let without = -1; without < word.length; without += 1) addSlip(slipHash(word, list, without));
}

/** Whether a folded word is one slip of the hand away from a word of a list. */
export function isNear(folded: string, list: number): boolean {
  if (folded.length < 4 || folded.length > 12) return false;
  // Another form of a word of the list is no slip but ordinary language.
  if (/[sd]$/.test(folded) && wordId(folded.replace(/(?:e?s|e?d)$/, '')) >= 0) return false;
  for (let without = -1; without < folded.length; without += 1)
    if (hasSlip(slipHash(folded, list, without))) return true;
  return false;
}
