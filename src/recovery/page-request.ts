import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { PageRequest } from '../model/index.js';
import { readLinkNumber } from './link-number.js';
import { TOKEN_ALGORITHM } from './token.js';

/** The `typ` of a request of the official page's server. */
export const REQUEST_TYPE = 'recovery-request+jwt';
/** Longest time from `iat` to `exp`, and how far the clocks of both ends may differ (seconds). */
const MAX_AGE_S = 60;
const CLOCK_SKEW_S = 30;

const id = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const browser = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const address = z.string().min(1).max(64).optional();

/** What a request may ask, on the wire. */
export const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), id, browser }),
  z.strictObject({ kind: z.literal('open-by-number'), number: z.string().max(64), browser, address }),
  z.strictObject({
    kind: z.literal('choose-handle'),
    id,
    browser,
    index: z.int().min(0).max(3).nullable(),
  }),
  z.strictObject({ kind: z.literal('progress'), id, step: z.literal('mail-sent') }),
  z.strictObject({ kind: z.literal('result'), id, outcome: z.enum(['completed', 'abandoned']) }),
  z.strictObject({ kind: z.literal('status'), id, browser }),
  z.strictObject({
    kind: z.literal('check-session'),
    code: z.string().max(64),
    address,
  }),
]);

/**
 * What a page may ask beside what belongs to a challenge: how far it is, and whether a session code is a chat of ours.
 */
export type PageQuestion =
  | Exclude<PageRequest, { kind: 'returned-elsewhere' | 'open-by-number' }>
  | (Extract<PageRequest, { kind: 'open-by-number' }> & Typed)
  | { readonly kind: 'status'; readonly id: string; readonly browser: string }
  | ({ readonly kind: 'check-session'; readonly code: string } & Typed);

/** Something that a visitor typed and might guess. */
interface Typed {
  /** Address of the visitor: tries are counted for each. */
  readonly address?: string | undefined;
}

const claimsSchema = z.object({ jti: id, iat: z.int(), exp: z.int(), request: requestSchema });

export type ReadPageRequest =
  /** `jti` names the request: a repeat has the same. */
  | { readonly kind: 'question'; readonly jti: string; readonly question: PageQuestion }
  /** Nobody's signature, or not meant for us, or not now. */
  | { readonly kind: 'unauthorized' }
  /** Signed as it should be, and not of a form we know. */
  | { readonly kind: 'malformed' };

/** Checks the signature of a request against the pinned keys and reads it. Never throws for what somebody may send. */
export async function readPageRequest(
  body: string,
  parts: {
    readonly keys: JSONWebKeySet;
    /** Origin of the page. */
    readonly issuer: string;
    /** Origin of the bot. */
    readonly audience: string;
    /** Epoch ms. */
    readonly now: number;
  },
): Promise<ReadPageRequest> {
  const { keys, issuer, audience, now } = parts;
  let payload: unknown;
  try {
    const verified = await jwtVerify(body.trim(), createLocalJWKSet(keys), {
      ...{ issuer, audience, typ: REQUEST_TYPE, algorithms: [TOKEN_ALGORITHM] },
      requiredClaims: ['iat', 'exp', 'jti'],
      clockTolerance: CLOCK_SKEW_S,
      currentDate: new Date(now),
    });
    payload = verified.payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return { kind: 'unauthorized' };
    throw error;
  }
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'malformed' };
  const { jti, iat, exp, request } = parsed.data;
  const isShort = exp - iat <= MAX_AGE_S && iat <= now / 1000 + CLOCK_SKEW_S;
  if (!isShort) return { kind: 'unauthorized' };
  if (request.kind !== 'open-by-number') return { kind: 'question', jti, question: request };
  const number = readLinkNumber(request.number);
  // What cannot be a link number is nobody's: looked up and refused like every other wrong one.
  return { kind: 'question', jti, question: { ...request, number: number ?? '' } };
}
