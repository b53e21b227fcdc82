import { createHash } from 'node:crypto';

/** Lengths of a BIP-39 phrase, in words. */
export const PHRASE_LENGTHS = [12, 15, 18, 21, 24] as const;

/**
 * Whether the places of words in their list carry a right BIP-39 checksum: eleven bits a word, a bit of SHA-256 for each
 * three words behind the entropy.
 */
export function isBip39(places: readonly number[]): boolean {
  const checkBits = places.length / 3;
  const bits = places.map((place) => place.toString(2).padStart(11, '0')).join('');
  const entropyBits = bits.length - checkBits;
  const entropy = Uint8Array.from({ length: entropyBits / 8 }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2),
  );
  const [first = 0] = createHash('sha256').update(entropy).digest();
  return first.toString(2).padStart(8, '0').slice(0, checkBits) === bits.slice(entropyBits);
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
