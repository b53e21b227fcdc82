/** Longest n-gram of characters inside a word, and of Chinese characters. */
const LATIN_GRAMS = 4;
const HAN_GRAMS = 2;
/** Room for the features of the longest text: per character four n-grams and two of words. */
const ROOM = 40_960;

const FNV_PRIME = 0x01000193;
/** Start values that keep the kinds of feature apart. */
const SALT = { word: 0x811c9dc5, pair: 0x2f0b4c47, gram: 0x5bd1e995, han: 0x3c6ef372 };
const EDGE = 0x5f;
const SPACE = 0x20;

/** The hashed features of one text; made once and filled anew for each text. */
export interface Features {
  /** Hashes (32 bit, repeats included) of words, word pairs and character n-grams; `count` of them are valid. */
  readonly hashes: Uint32Array;
  count: number;
  /** Hashes of what counts as a word for "how much of this is known": words, single Chinese characters. */
  readonly words: Uint32Array;
  wordCount: number;
}

/** Empty features with room for any text of 4,096 characters. */
export function createFeatures(): Features {
  return { hashes: new Uint32Array(ROOM), count: 0, words: new Uint32Array(ROOM), wordCount: 0 };
}

function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

/** Spreads the bits of a finished hash (the last step of MurmurHash3). */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Fills `out` with the features of a normalised text: each word and pair of neighbouring words, the character
 * n-grams (1 to 4) of each word with its edges marked, and for runs of Chinese characters their n-grams (1 to 2; longer ones and dictionary words measured no better).
 */
export function extractFeatures(text: string, out: Features): void {
  out.count = 0;
  out.wordCount = 0;
  let before = 0;
  let start = 0;
  const end = text.length;
  while (start < end) {
    const code = text.charCodeAt(start);
    if (code === SPACE) {
      start += 1;
      continue;
    }
    const han = isHan(code);
    let stop = start + 1;
    while (stop < end) {
      const next = text.charCodeAt(stop);
      if (next === SPACE || isHan(next) !== han) break;
      stop += 1;
    }
    if (han) {
      hanFeatures(text, start, stop, out);
      before = 0;
    } else {
      before = wordFeatures(text, start, stop, before, out);
    }
    start = stop;
  }
}

function wordFeatures(text: string, start: number, stop: number, before: number, out: Features): number {
  let word = SALT.word;
  for (let i = start; i < stop; i += 1) word = mix(word, text.charCodeAt(i));
  const hash = finish(word);
  push(out, hash);
  out.words[out.wordCount] = hash;
  out.wordCount += 1;
  if (before !== 0) push(out, finish(mix(mix(SALT.pair, before), word)));
  for (let i = start - 1; i <= stop; i += 1) {
    let gram = SALT.gram;
    for (let n = 1; n <= LATIN_GRAMS && i + n - 1 <= stop; n += 1) {
      const at = i + n - 1;
      gram = mix(gram, at < start || at === stop ? EDGE : text.charCodeAt(at));
      if (n > 1 || (i >= start && i < stop)) push(out, finish(gram));
    }
  }
  return word;
}

function hanFeatures(text: string, start: number, stop: number, out: Features): void {
  for (let i = start; i < stop; i += 1) {
    let gram = SALT.han;
    for (let n = 1; n <= HAN_GRAMS && i + n <= stop; n += 1) {
      gram = mix(gram, text.charCodeAt(i + n - 1));
      const hash = finish(gram);
      push(out, hash);
      if (n === 1) {
        out.words[out.wordCount] = hash;
        out.wordCount += 1;
      }
    }
  }
}

function push(out: Features, hash: number): void {
  out.hashes[out.count] = hash;
  out.count += 1;
}
