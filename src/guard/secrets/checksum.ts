import { createHash } from 'node:crypto';

/** Lengths of a BIP-39 phrase, in words. */
export const PHRASE_LENGTHS = [12, 15, 18, 21, 24] as const;

/**
 * Whether the places of words in their list carry a right BIP-39 checksum: eleven bits a word, a bit of SHA-256 for
 * each three words behind the entropy.
 */
export function isBip39(places: readonly number[]): boolean {
  const checkBits = places.length / 3;
  const entropy = new Uint8Array((places.length * 11 - checkBits) / 8);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const place of places) {
    held = ((held << 11) | place) & 0x7ffff;
    bits += 11;
    while (bits >= 8 && at < entropy.length) {
      bits -= 8;
      entropy[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  const [first = 0] = createHash('sha256').update(entropy).digest();
  return first >> (8 - checkBits) === (held & ((1 << checkBits) - 1));
}

/** Windows looked at in one run: enough for three phrases of 24 words among others. */
const MAX_WINDOWS = 72;

/** Whether some stretch of a run of places is a phrase with a right checksum. */
export function holdsBip39(places: readonly number[]): boolean {
  return PHRASE_LENGTHS.some((length) => {
    for (let from = 0; from + length <= Math.min(places.length, MAX_WINDOWS); from += 1)
      if (isBip39(places.slice(from, from + length))) return true;
    return false;
  });
}
