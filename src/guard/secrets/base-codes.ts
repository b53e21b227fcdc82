import { createHash } from 'node:crypto';

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** The alphabet of the XRP Ledger (xrpl.org, "Base58 Encodings"). */
const XRP = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

/** Bytes of a base58 text; `null` where a character does not belong. */
export function base58(text: string, alphabet: 'bitcoin' | 'xrp' = 'bitcoin'): Uint8Array | null {
  const letters = alphabet === 'bitcoin' ? BITCOIN : XRP;
  // Four characters at a time (58⁴ < 2²⁴) into 24-bit limbs, the least first.
  const limbs: number[] = [];
  for (const character of text) {
    const digit = letters.indexOf(character);
    if (digit < 0) return null;
    let carry = digit;
    for (let at = 0; at < limbs.length; at += 1) {
      carry += (limbs[at] ?? 0) * 58;
      limbs[at] = carry & 0xffffff;
      carry = Math.floor(carry / 0x1000000);
    }
    if (carry > 0) limbs.push(carry);
  }
  const bytes: number[] = limbs.flatMap((limb) => [limb & 0xff, (limb >> 8) & 0xff, limb >> 16]);
  while (bytes.length > 0 && bytes.at(-1) === 0) bytes.pop();
  for (let at = 0; at < text.length && text[at] === letters[0]; at += 1) bytes.push(0);
  return Uint8Array.from(bytes.reverse());
}

/** What stands before the four bytes of a right base58check sum (Bitcoin wiki); `null` where it is wrong. */
export function base58Check(text: string, alphabet: 'bitcoin' | 'xrp' = 'bitcoin'): Uint8Array | null {
  const bytes = base58(text, alphabet);
  if (bytes === null || bytes.length < 5) return null;
  const payload = bytes.subarray(0, -4);
  const sum = sha256(sha256(payload));
  return bytes.subarray(-4).every((byte, at) => byte === sum[at]) ? payload : null;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Whether a text in lower case has a right checksum of bech32 (BIP-173) or bech32m (BIP-350). */
export function isBech32(text: string): boolean {
  const split = text.lastIndexOf('1');
  const name = text.slice(0, split);
  const data = [...text.slice(split + 1)].map((character) => BECH32.indexOf(character));
  if (split < 1 || data.length < 6 || data.includes(-1)) return false;
  const codes = [...name].map((character) => character.charCodeAt(0));
  const values = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...data];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries())
      if (((top >>> bit) & 1) === 1) sum ^= generator;
  }
  return sum === 1 || sum === 0x2bc830a3;
}

/** Bytes of base32 without padding (RFC 4648); `null` where a character does not belong. */
export function base32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text) {
    const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** Whether the last two bytes are the CRC-16 (XModem, low byte first) of those before: keys of Stellar (SEP-23). */
export function hasCrc16(bytes: Uint8Array): boolean {
  let crc = 0;
  for (const byte of bytes.subarray(0, -2)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return bytes.at(-2) === (crc & 0xff) && bytes.at(-1) === crc >> 8;
}
