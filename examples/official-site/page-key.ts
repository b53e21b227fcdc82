import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';

const keySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
});

/** A new private key of the page. */
export async function newPageKey(): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: (await calculateJwkThumbprint(jwk)).slice(0, 10) };
}

/** What the bot pins: the public half, as a JWKS (RFC 7517). */
export function publicHalf({ kty, crv, x, kid }: JWK): { readonly keys: readonly JWK[] } {
  return { keys: [{ kty, crv, x, kid, use: 'sig', alg: 'EdDSA' } as JWK] };
}

/** The key of a file; a new one is made and written, with its public half beside it, when there is none. */
export async function pageKeyOf(file: string): Promise<JWK> {
  if (existsSync(file)) return keySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const key = await newPageKey();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  writeFileSync(publicFileOf(file), JSON.stringify(publicHalf(key)));
  return key;
}

/** Where the public half of a key file stands. */
export function publicFileOf(file: string): string {
  return `${file.replace(/\.json$/, '')}.public.json`;
}
