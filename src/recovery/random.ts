import { createHash } from 'node:crypto';

/** Bytes that depend on the turn's entropy and on what they are for; 32 of them. */
export function bytesFor(entropy: Uint8Array, what: string): Buffer {
  return createHash('sha256').update(entropy).update('\0').update(what).digest();
}

/** `count` different numbers below `below`, drawn in an order that depends on the entropy. */
export function draw(entropy: Uint8Array, what: string, count: number, below: number): readonly number[] {
  const left = Array.from({ length: below }, (_, index) => index);
  return Array.from({ length: Math.min(count, below) }, (_, index) => {
    const at = bytesFor(entropy, `${what}.${index}`).readUInt32BE(0) % left.length;
    return left.splice(at, 1)[0] ?? 0;
  });
}
