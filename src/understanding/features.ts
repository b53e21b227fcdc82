import { type Meanings, pairOf } from './alike.js';
import { finish, mix, START } from './hash.js';
import { syllableOf, syllablesIn } from './pinyin.js';

/** Lengths of the n-grams of letters inside a word with its edges marked, and of Chinese characters. */
const LETTERS_FROM = 2;
const LETTERS_TO = 4;
const HAN_TO = 2;
/** The longest phrase of one meaning, in words and in Chinese characters. */
const PHRASE_WORDS = 4;
const PHRASE_HAN = 6;
/** Two meanings belong together when they stand within this many words; about 1.7 Chinese characters are a word. */
const TOGETHER = 12;
const HAN_A_WORD = 1.7;
/** So many characters of a text are read for its intent, and so many meanings of it are paired. */
const READ_CHARS = 1000;
const READ_MEANINGS = 64;
/** Room for the features of a text of that length: letters 3, words 2, meanings 8 and their pairs. */
const ROOM = 16_384;

const SALT = {
  word: START,
  pair: 0x2f0b4c47,
  letters: 0x5bd1e995,
  han: 0x3c6ef372,
  meaning: 0x1b873593,
  meanings: 0x38b34ae5,
  sound: 0x7feb352d,
};
const EDGE = 0x5f;
const SPACE = 0x20;

/** What a feature is made of, for weighing it and for telling people. */
export const KINDS = ['word', 'words', 'letters', 'characters', 'meaning', 'meanings', 'sound'] as const;
export type Kind = (typeof KINDS)[number];
const KIND = Object.fromEntries(KINDS.map((kind, i) => [kind, i])) as Record<Kind, number>;
/** How much each kind weighs. Meanings are few and say most, by cross-validation over the shipped phrases. */
export const KIND_WEIGHTS: readonly number[] = KINDS.map((kind) => (kind === 'meaning' ? 2 : 1));

/** What is known of a language beside its phrases. */
export interface Knowledge {
  readonly meanings: Meanings;
  /** Whether what sounds alike is alike (Chinese: other characters of one sound, pinyin). */
  readonly sounds: boolean;
}

/** The hashed features of one text; made once and filled anew for each text. */
export interface Features {
  /** Hashes (32 bit, repeats included); `count` of them are valid. */
  readonly hashes: Uint32Array;
  /** Index into {@link KINDS}, and where in the text it begins and ends. */
  readonly kinds: Uint8Array;
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  count: number;
  /** Hashes of what counts as a word for "how much of this is known": words, single Chinese characters. */
  readonly words: Uint32Array;
  wordCount: number;
}

/** Empty features with room for any text. */
export function createFeatures(): Features {
  return {
    hashes: new Uint32Array(ROOM),
    kinds: new Uint8Array(ROOM),
    from: new Uint16Array(ROOM),
    to: new Uint16Array(ROOM),
    count: 0,
    words: new Uint32Array(READ_CHARS),
    wordCount: 0,
  };
}

/** A run of one text: a word, or Chinese characters that stand together. */
interface Run {
  readonly start: number;
  readonly stop: number;
  readonly han: boolean;
}

/** A meaning at its place: the word it stands at, counted from the beginning, and its characters. */
interface Meant {
  readonly meaning: number;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Fills `out` with the features of a normalised text: words, pairs of neighbours, letter n-grams (2 to 4) of each word
 * with its edges marked, Chinese characters and pairs of them, meanings and pairs of meanings, syllables and pairs of
 * them.
 */
export function extractFeatures(whole: string, knowledge: Knowledge, out: Features): void {
  const text = whole.slice(0, READ_CHARS);
  out.count = 0;
  out.wordCount = 0;
  const runs = runsOf(text);
  let before = 0;
  for (const { start, stop, han } of runs) {
    if (han) hanFeatures(text, start, stop, out);
    before = han ? 0 : wordFeatures(text, start, stop, before, out);
  }
  meaningFeatures(meantIn(text, runs, knowledge.meanings), out);
  if (knowledge.sounds) soundFeatures(text, runs, out);
}

function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

function runsOf(text: string): readonly Run[] {
  const runs: Run[] = [];
  let start = 0;
  while (start < text.length) {
    const code = text.charCodeAt(start);
    if (code === SPACE) {
      start += 1;
      continue;
    }
    const han = isHan(code);
    let stop = start + 1;
    while (stop < text.length) {
      const next = text.charCodeAt(stop);
      if (next === SPACE || isHan(next) !== han) break;
      stop += 1;
    }
    runs.push({ start, stop, han });
    start = stop;
  }
  return runs;
}

function wordFeatures(text: string, start: number, stop: number, before: number, out: Features): number {
  let word = SALT.word;
  for (let i = start; i < stop; i += 1) word = mix(word, text.charCodeAt(i));
  const hash = finish(word);
  push(out, hash, KIND.word, start, stop);
  out.words[out.wordCount] = hash;
  out.wordCount += 1;
  if (before !== 0) push(out, finish(mix(mix(SALT.pair, before), word)), KIND.words, start, stop);
  for (let i = start - 1; i <= stop; i += 1) {
    let gram = SALT.letters;
    for (let n = 1; n <= LETTERS_TO && i + n - 1 <= stop; n += 1) {
      const at = i + n - 1;
      gram = mix(gram, at < start || at === stop ? EDGE : text.charCodeAt(at));
      if (n >= LETTERS_FROM) push(out, finish(gram), KIND.letters, i, at + 1);
    }
  }
  return word;
}

function hanFeatures(text: string, start: number, stop: number, out: Features): void {
  for (let i = start; i < stop; i += 1) {
    let gram = SALT.han;
    for (let n = 1; n <= HAN_TO && i + n <= stop; n += 1) {
      gram = mix(gram, text.charCodeAt(i + n - 1));
      const hash = finish(gram);
      push(out, hash, KIND.characters, i, i + n);
      if (n === 1) {
        out.words[out.wordCount] = hash;
        out.wordCount += 1;
      }
    }
  }
}

/** Every meaning in a text: of words and phrases of up to four words; of Chinese, the longest match at each place. */
function meantIn(text: string, runs: readonly Run[], meanings: Meanings): readonly Meant[] {
  const meant: Meant[] = [];
  let at = 0;
  runs.forEach((run, r) => {
    if (!run.han) {
      const here = new Set<number>();
      let hash = START;
      for (let n = 0; n < PHRASE_WORDS; n += 1) {
        const next = runs[r + n];
        if (next === undefined || next.han) break;
        if (n > 0) hash = mix(hash, SPACE);
        for (let i = next.start; i < next.stop; i += 1) hash = mix(hash, text.charCodeAt(i));
        for (const meaning of meanings.meaningsOf(finish(hash))) {
          if (here.has(meaning)) continue;
          here.add(meaning);
          meant.push({ meaning, at, from: run.start, to: next.stop });
        }
      }
      at += 1;
      return;
    }
    let covered = run.start;
    for (let i = run.start; i < run.stop; i += 1) {
      let hash = START;
      let found: readonly number[] = [];
      let end = i;
      for (let n = 1; n <= PHRASE_HAN && i + n <= run.stop; n += 1) {
        hash = mix(hash, text.charCodeAt(i + n - 1));
        if (i + n <= covered) continue;
        const here = meanings.meaningsOf(finish(hash));
        if (here.length > 0) [found, end] = [here, i + n];
      }
      for (const meaning of found)
        meant.push({ meaning, at: at + (i - run.start) / HAN_A_WORD, from: i, to: end });
      covered = Math.max(covered, end);
    }
    at += (run.stop - run.start) / HAN_A_WORD;
  });
  return meant.slice(0, READ_MEANINGS);
}

function meaningFeatures(meant: readonly Meant[], out: Features): void {
  for (let i = 0; i < meant.length; i += 1) {
    const one = meant[i] as Meant;
    push(out, finish(mix(SALT.meaning, one.meaning)), KIND.meaning, one.from, one.to);
    for (let j = i + 1; j < meant.length; j += 1) {
      const other = meant[j] as Meant;
      if (other.at - one.at > TOGETHER) break;
      if (other.at === one.at || other.meaning === one.meaning) continue;
      push(
        out,
        finish(mix(SALT.meanings, pairOf(one.meaning, other.meaning))),
        KIND.meanings,
        one.from,
        other.to,
      );
    }
  }
}

function soundFeatures(text: string, runs: readonly Run[], out: Features): void {
  let before = 0;
  const sound = (syllable: number, from: number, to: number): void => {
    if (syllable !== 0) {
      push(out, finish(mix(SALT.sound, syllable)), KIND.sound, from, to);
      if (before !== 0) push(out, finish(mix(mix(SALT.sound, before), syllable)), KIND.sound, from, to);
    }
    before = syllable;
  };
  for (const { start, stop, han } of runs) {
    if (han) for (let i = start; i < stop; i += 1) sound(syllableOf(text.charCodeAt(i)), i, i + 1);
    else {
      const syllables = syllablesIn(text.slice(start, stop));
      for (const syllable of syllables) sound(syllable, start, stop);
      if (syllables.length === 0) before = 0;
    }
  }
}

function push(out: Features, hash: number, kind: number, from: number, to: number): void {
  const { count } = out;
  if (count === ROOM) return;
  out.hashes[count] = hash;
  out.kinds[count] = kind;
  out.from[count] = Math.max(0, from);
  out.to[count] = to;
  out.count = count + 1;
}
