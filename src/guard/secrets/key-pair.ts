import { createPublicKey } from 'node:crypto';

/** A PKCS #8 frame around the 32 bytes of an Ed25519 seed (RFC 8410). */
const PKCS8 = Uint8Array.from([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34, 4, 32]);

/**
 * Whether 64 bytes are an Ed25519 secret key, as Solana and TON write it: the seed, then the public key made from it. A
 * signature has the same length, and is none.
 */
export function isKeyPair(bytes: Uint8Array): boolean {
  if (bytes.length !== 64) return false;
  const body = Buffer.from([...PKCS8, ...bytes.subarray(0, 32)]).toString('base64');
  // Node makes the public key where it is given a private one.
  const key = createPublicKey(`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`);
  const made = key.export({ format: 'der', type: 'spki' }).subarray(-32);
  return made.every((byte, at) => byte === bytes[32 + at]);
}
