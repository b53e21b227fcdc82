import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/**
 * Characters (NIST SP 800-63B-4 asks for 15 where a password stands alone; the meter below asks for more than length).
 */
const MIN_CHARS = 10;
const MAX_CHARS = 128;
/** Of 0 to 4; 3 is "safely unguessable: moderate protection from an offline attack". */
const WANTED_SCORE = 3;
/** scrypt with 32 MiB (OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3). */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };
const KEY_BYTES = 32;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);
const meter = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
const common = new Set<string>(dictionary['passwords-common']);

/** Why a password is not taken, or how strong it is (0 to 4). */
export type Judged =
  | { readonly kind: 'good'; readonly score: number }
  | { readonly kind: 'bad'; readonly why: 'short' | 'long' | 'common' | 'weak'; readonly score: number };

/** `own`: words that are easily guessed of this person, such as their mail address. */
export function judgePassword(password: string, own: readonly string[]): Judged {
  const chars = [...password].length;
  if (chars > MAX_CHARS) return { kind: 'bad', why: 'long', score: 0 };
  const words = own.flatMap((word) => [word, ...word.split(/[@.\s]/)]).filter(({ length }) => length > 2);
  const { score } = meter.check(password, words);
  if (common.has(password.toLowerCase())) return { kind: 'bad', why: 'common', score: 0 };
  if (chars < MIN_CHARS) return { kind: 'bad', why: 'short', score: Math.min(score, 1) };
  return score < WANTED_SCORE ? { kind: 'bad', why: 'weak', score } : { kind: 'good', score };
}

/** A password as it is kept: `salt.key`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST);
  return `${salt.toString('base64url')}.${key.toString('base64url')}`;
}

/** Whether a password is the kept one. It takes as long when there is none (`null`). */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [salt = '', key = ''] = (kept ?? `${'A'.repeat(22)}.${'A'.repeat(43)}`).split('.');
  const given = await derive(
    password.normalize('NFKC').slice(0, 1024),
    Buffer.from(salt, 'base64url'),
    KEY_BYTES,
    COST,
  );
  const wanted = Buffer.from(key, 'base64url');
  return wanted.length === given.length && timingSafeEqual(wanted, given) && kept !== null;
}
