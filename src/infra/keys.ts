import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LifelineError } from '../model/index.js';

/** The purposes keys are derived for; one secret, one key each. */
export type KeyPurpose = 'buttons' | 'log-hash' | 'addresses' | 'audit';

/** Derives a 32-byte key for a purpose (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: Uint8Array, purpose: KeyPurpose): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'lifeline', purpose, 32)));
}

const SECRET_FILE = 'secret';
/** Fewest bytes of a secret. */
const MIN_SECRET_BYTES = 32;

/** Reads a secret as base64 of at least 32 bytes; `null` when it is none. */
export function parseSecret(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= MIN_SECRET_BYTES ? bytes : null;
}

/**
 * The secret beside an embedded store: read, or made at the first start with mode 0600.
 * Throws `settings-invalid` when the file is there but damaged.
 */
export function secretBeside(folder: string): { secret: Uint8Array; made: string | null } {
  const kept = readSecretBeside(folder);
  if (kept !== null) return { secret: kept, made: null };
  const path = join(folder, SECRET_FILE);
  const secret = randomBytes(MIN_SECRET_BYTES);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${secret.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return { secret, made: path };
}

/**
 * The secret beside an embedded store, or `null`. Throws `settings-invalid` when the file cannot be read or is damaged.
 */
export function readSecretBeside(folder: string): Uint8Array | null {
  const path = join(folder, SECRET_FILE);
  const text = readIfThere(path);
  if (text === null) return null;
  const secret = parseSecret(text.trim());
  if (secret === null)
    throw new LifelineError(
      'settings-invalid',
      `${path} is damaged. Put the secret back from your copy; a new one makes every open button useless.`,
    );
  return secret;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new LifelineError(
      'settings-invalid',
      `${path} cannot be read (${code}). Let this user read it, or set LIFELINE_SECRET to what is in it.`,
      { cause: error },
    );
  }
}
