import { type PersonId, partitionOf } from '../model/index.js';

/** Crockford's base 32: no I, L, O, U, so that a number read aloud is not misheard. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A case number `LL-XXX-XXX` (24 bits of the turn's entropy); the store refuses one that exists. The first 6 bits are
 * the partition of the person: a store that looks only where the person is finds every case of the same number.
 */
export function caseNumber(entropy: Uint8Array, person: PersonId): string {
  const partition = partitionOf(person);
  const digits = Array.from({ length: 6 }, (_, index) => (entropy[index] ?? 0) % 32);
  digits[0] = partition % 32;
  digits[1] = Math.floor(partition / 32) + 2 * ((entropy[1] ?? 0) % 16);
  const letters = digits.map((digit) => ALPHABET[digit]).join('');
  return `LL-${letters.slice(0, 3)}-${letters.slice(3)}`;
}
