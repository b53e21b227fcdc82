import { createHash } from 'node:crypto';

/** A nonce for every try of the same thing: 22 characters of base64url (132 bits of SHA-256). */
export function nonceOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 22);
}
