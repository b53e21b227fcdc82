import { timingSafeEqual } from 'node:crypto';
import { generateSync } from 'otplib';
import type { Challenge } from '../model/index.js';

/** Digits of a link number. */
const LINK_NUMBER_DIGITS = 8;
/** Checks of one link number. */
export const LINK_NUMBER_TRIES = 5;

/** The link number of a challenge, which a person types on the official page when they are on another device. */
export function linkNumberOf({ secret, counter }: Pick<Challenge, 'secret' | 'counter'>): string {
  const bytes = Buffer.from(secret, 'base64url');
  return generateSync({ strategy: 'hotp', secret: bytes, counter, digits: LINK_NUMBER_DIGITS });
}

/**
 * What a person typed for a link number: full-width digits, blanks and hyphens are read as meant; `null` for anything
 * else.
 */
export function readLinkNumber(typed: string): string | null {
  const digits = typed
    .slice(0, 64)
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  return /^[0-9]{8}$/.test(digits) ? digits : null;
}

/** Whether a number is the present one of a challenge, in constant time. */
export function isLinkNumber(challenge: Challenge, number: string): boolean {
  const wanted = Buffer.from(linkNumberOf(challenge));
  const given = Buffer.from(number);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
