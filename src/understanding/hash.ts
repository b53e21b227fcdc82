const FNV_PRIME = 0x01000193;

/** Where a hash of characters begins (FNV-1a, 32 bit). */
export const START = 0x811c9dc5;

/** A hash with one more character code, or number, in it. */
export function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

/** Spreads the bits of a finished hash (the last step of MurmurHash3); never negative. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The unfinished hash of a text. */
export function hashText(text: string, from: number = START): number {
  let hash = from;
  for (let i = 0; i < text.length; i += 1) hash = mix(hash, text.charCodeAt(i));
  return hash;
}
