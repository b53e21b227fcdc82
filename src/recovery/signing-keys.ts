import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import { z } from 'zod';
import { LifelineError } from '../model/index.js';
import { type SigningKey, TOKEN_ALGORITHM } from './token.js';

const storedKey = z.object({
  kid: z.string(),
  /** Epoch ms. */
  since: z.number(),
  jwk: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
});

/** One key pair, as its file keeps it. */
type StoredKey = z.infer<typeof storedKey>;

const keySet = z.object({
  current: storedKey,
  /** Published already, so that pages know it when it becomes the current one. */
  next: storedKey,
  /** Published still, for links that are under way. */
  previous: storedKey.nullable(),
});

/** The keys that tokens are signed with. */
export type KeySet = z.infer<typeof keySet>;

/** A key without its private part. */
export interface ListedKey {
  readonly kid: string;
  readonly since: number;
  readonly state: 'current' | 'next' | 'previous';
}

/** A first key set. */
export async function newKeySet(now: number): Promise<KeySet> {
  return { current: await newKey(now), next: await newKey(now), previous: null };
}

/** The next key becomes the current one, and a new one the next. */
export async function rotateKeySet(keys: KeySet, now: number): Promise<KeySet> {
  return { current: keys.next, next: await newKey(now), previous: keys.current };
}

/**
 * Without a key that may be known to others: it is published no more, and nothing signed with it is taken once pages
 * have read the keys anew. Throws `settings-invalid` for a key that is not there.
 */
export async function withdrawKey(keys: KeySet, kid: string, now: number): Promise<KeySet> {
  if (kid === keys.previous?.kid) return { ...keys, previous: null };
  if (kid === keys.next.kid) return { ...keys, next: await newKey(now) };
  if (kid === keys.current.kid) return { ...keys, current: keys.next, next: await newKey(now) };
  throw new LifelineError('settings-invalid', `There is no signing key "${kid}".`);
}

export function listKeySet({ current, next, previous }: KeySet): readonly ListedKey[] {
  const listed = ({ kid, since }: StoredKey, state: ListedKey['state']): ListedKey => ({ kid, since, state });
  return [
    ...(previous === null ? [] : [listed(previous, 'previous')]),
    listed(current, 'current'),
    listed(next, 'next'),
  ];
}

/** The public halves, as the body of a JWKS (RFC 7517). */
export function publicKeys({ current, next, previous }: KeySet): { readonly keys: readonly JWK[] } {
  const keys = [current, next, ...(previous === null ? [] : [previous])];
  return { keys: keys.map(publicJwk) };
}

/** What tokens are signed with now. */
export async function signingKey({ current }: KeySet): Promise<SigningKey> {
  const key = (await importJWK(current.jwk, TOKEN_ALGORITHM)) as CryptoKey;
  return { kid: current.kid, key, publicJwk: publicJwk(current) };
}

export function packKeySet(keys: KeySet): string {
  return JSON.stringify(keys);
}

/** Throws `store-damaged` for what is no key set. */
export function readKeySet(packed: string): KeySet {
  try {
    return keySet.parse(JSON.parse(packed));
  } catch {
    // The parser's own message may quote the keys.
    throw new LifelineError('store-damaged', 'the signing keys cannot be read');
  }
}

async function newKey(now: number): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(TOKEN_ALGORITHM, { crv: 'Ed25519', extractable: true });
  const jwk = storedKey.shape.jwk.parse(await exportJWK(privateKey));
  return { kid: (await calculateJwkThumbprint(jwk)).slice(0, 10), since: now, jwk };
}

function publicJwk({ kid, jwk: { kty, crv, x } }: StoredKey): JWK {
  return { kty, crv, x, kid, use: 'sig', alg: TOKEN_ALGORITHM };
}
