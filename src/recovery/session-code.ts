import { bytesFor } from './random.js';

/** Crockford's base 32: no I, L, O and U (crockford.com/base32.html). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Letters of a session code: 50 random bits. */
const LENGTH = 10;
/** What is read as another letter, as it is easily taken for that. */
const ALIKE: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/** The code by which a chat is known on the official site's "is this bot genuine?". */
export function sessionCode(entropy: Uint8Array): string {
  return [...bytesFor(entropy, 'session').subarray(0, LENGTH)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');
}

/** What somebody typed for a session code, in any case, width and grouping; `null` for what cannot be one. */
export function readSessionCode(typed: string): string | null {
  const letters = typed
    .slice(0, 64)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .replace(/[ILO]/g, (letter) => ALIKE[letter] ?? letter);
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
    ? letters
    : null;
}

/** `a…7` of a handle: enough for its owner, and all that is kept of it. */
export function shortenedHandle(handle: string): string {
  const letters = [...handle.replace(/^@/, '')];
  return letters.length < 3 ? '…' : `${letters[0] ?? ''}…${letters.at(-1) ?? ''}`;
}
