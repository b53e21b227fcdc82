import { type CryptoKey, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Challenge } from '../model/index.js';

/** The `typ` of a token in the link of a verified hand-off. */
export const TOKEN_TYPE = 'recovery-handoff+jwt';
/** Ed25519 (RFC 8037). */
export const TOKEN_ALGORITHM = 'EdDSA';

/** A key that tokens are signed with now, and its public name. */
export interface SigningKey {
  readonly kid: string;
  readonly key: CryptoKey;
  readonly publicJwk: JWK;
}

/**
 * Signs the token of a challenge (RFC 7515, compact): it says who made it, for which official origin, until when, and
 * nothing of the person. It carries no authority: all it opens is a help page.
 */
export async function signToken(
  { id, issuedAt, deadline }: Pick<Challenge, 'id' | 'issuedAt' | 'deadline'>,
  parts: { readonly signingKey: SigningKey; readonly issuer: string; readonly audience: string },
): Promise<string> {
  const claims: JWTPayload = {
    iss: parts.issuer,
    aud: parts.audience,
    iat: Math.floor(issuedAt / 1000),
    exp: Math.floor(deadline / 1000),
    jti: id,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: TOKEN_TYPE, kid: parts.signingKey.kid })
    .sign(parts.signingKey.key);
}
