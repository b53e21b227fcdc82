import type { Confidence } from './finding.js';
import { HASH_WORDS, KEY_WORDS } from './key-words.js';
import { distanceTo } from './nearby.js';
import type { PlainText } from './plain-text.js';

/** Characters beside a hexadecimal number that make it part of a path, a file name or a larger identifier. */
const BESIDE_BEFORE = /[\w./\-:@]$/;
const BESIDE_AFTER = /^(?:[\w/-]|\.\w| {1,2}[\w./-]{1,60}\.\w{1,5}(?![\w.]))/;
/** Digits before it that say what it is: an explorer's address, a digest. */
const NAMED_BEFORE = /(?:tx|transaction|block|hash|sha256|sha512|sha3|blake2b?|blake3|keccak|md5)[=:/-]$/;
/** Fewest different digits of a key: what has fewer is a placeholder. */
const MIN_DISTINCT = 6;

/**
 * What 32 bytes in hex are: a private key, a transaction hash or a checksum have the same form, and only the words
 * beside them tell. Nothing either way is `maybe`.
 */
export function judgeHex(text: PlainText, start: number, end: number): Confidence | null {
  const digits = text.lower.slice(start, end).replace(/^0x|[^0-9a-f]/g, '');
  if (
    new Set(digits).size < MIN_DISTINCT ||
    /^(.{1,16}?)\1{3}/.test(digits) ||
    /^(?:00010203|0123456789abcdef0)/.test(digits)
  )
    return null;
  const toKey = distanceTo(KEY_WORDS, text.lower, start, end);
  const toHash = distanceTo(HASH_WORDS, text.lower, start, end);
  if (toKey < toHash) return 'hard';
  if (toHash < Number.POSITIVE_INFINITY) return null;
  const before = text.lower.slice(Math.max(0, start - 16), start);
  const after = text.lower.slice(end, end + 70);
  if (NAMED_BEFORE.test(before) || BESIDE_BEFORE.test(before) || BESIDE_AFTER.test(after)) return null;
  return 'maybe';
}

/** Whether the word for a key is nearer to a stretch than any for something harmless. */
export function saysKey(text: PlainText, start: number, end: number): boolean {
  const toKey = distanceTo(KEY_WORDS, text.lower, start, end);
  return toKey < Number.POSITIVE_INFINITY && toKey < distanceTo(HASH_WORDS, text.lower, start, end);
}
