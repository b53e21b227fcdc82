import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const TOKEN_TYPE = 'recovery-handoff+jwt';
/** The bot's keys are read anew after this long, so that a withdrawn one is refused within five minutes. */
const KEYS_MS = 4 * 60_000;
const CLOCK_SKEW_S = 30;
/** How long the bot may take to tell its keys. */
const TIMEOUT_MS = 5_000;

/** What a token in the link of a hand-off came to. */
export type ReadToken =
  | { readonly kind: 'valid'; readonly id: string }
  /** Not made by our bot for this page, or over. */
  | { readonly kind: 'invalid' }
  /** The bot's keys cannot be read now. */
  | { readonly kind: 'away' };

export type TokenReader = (token: string) => Promise<ReadToken>;

/** Reads tokens of one bot for one page, by the bot's published keys. */
export function createTokenReader(parts: {
  /** Origin of the bot. */
  readonly bot: string;
  /** Origin of this page. */
  readonly origin: string;
  readonly now: () => number;
  readonly timeoutMs?: number;
}): TokenReader {
  const { bot, origin, now, timeoutMs = TIMEOUT_MS } = parts;
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', bot), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: KEYS_MS,
  });
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer: bot, audience: origin, typ: TOKEN_TYPE, algorithms: ['EdDSA'] },
        requiredClaims: ['iat', 'exp', 'jti'],
        clockTolerance: CLOCK_SKEW_S,
        currentDate: new Date(now()),
      });
      const { jti = '', iat = 0 } = payload;
      const isFuture = iat > now() / 1000 + CLOCK_SKEW_S;
      return /^[A-Za-z0-9_-]{22}$/.test(jti) && !isFuture ? { kind: 'valid', id: jti } : { kind: 'invalid' };
    } catch (error) {
      if (isAboutToken(error)) return { kind: 'invalid' };
      return { kind: 'away' };
    }
  };
}

/** Everything else (no answer, no key set) is about the bot. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey
  );
}
