/** Crockford's base 32: no I, L, O, U, so that a number read aloud is not misheard. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A case number `LL-XXX-XXX` (30 bits) from the turn's entropy; the store refuses one that exists. */
export function caseNumber(entropy: Uint8Array): string {
  const letters = Array.from({ length: 6 }, (_, index) => ALPHABET[(entropy[index] ?? 0) % 32]).join('');
  return `LL-${letters.slice(0, 3)}-${letters.slice(3)}`;
}
