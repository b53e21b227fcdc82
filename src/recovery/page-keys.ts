import { readFileSync } from 'node:fs';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { LifelineError } from '../model/index.js';

/** Only what an Ed25519 key has (RFC 8037): a private one does not belong here. */
const key = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  kid: z.string().min(1).max(64),
  use: z.literal('sig').optional(),
  alg: z.literal('EdDSA').optional(),
});
const keySet = z.object({ keys: z.array(key).min(1).max(8) });

/** The pinned public keys of the official page's server. Throws `settings-invalid` for a file that is none. */
export function readPageKeys(path: string): JSONWebKeySet {
  const parsed = keySet.safeParse(readJson(path));
  if (!parsed.success)
    throw new LifelineError(
      'settings-invalid',
      `RECOVERY_PAGE_KEYS: ${path} must be a JWKS of one to eight public Ed25519 keys, each with its kid.`,
    );
  return {
    keys: parsed.data.keys.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, use: 'sig', alg: 'EdDSA' })),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new LifelineError('settings-invalid', `RECOVERY_PAGE_KEYS: ${path} cannot be read (${code}).`, {
      cause: error,
    });
  }
}
