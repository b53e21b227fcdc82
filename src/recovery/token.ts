import { createPublicKey, verify } from 'node:crypto';
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

/**
 * Whether a token is one of ours for a page: by a key that is still published, of our type, and for that audience. It
 * asks for no time: a link that is sent late is refused by the page.
 */
export function isOurToken(
  token: string,
  parts: { readonly keys: readonly JWK[]; readonly issuer: string; readonly audience: string },
): boolean {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = parsed(head);
  const claims = parsed(body);
  const jwk = parts.keys.find(({ kid }) => kid === header?.kid);
  if (more.length > 0 || jwk === undefined) return false;
  if (header?.alg !== TOKEN_ALGORITHM || header.typ !== TOKEN_TYPE) return false;
  if (claims?.iss !== parts.issuer || claims.aud !== parts.audience) return false;
  const { kty = '', crv = '', x = '' } = jwk;
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  return verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
}

function parsed(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
