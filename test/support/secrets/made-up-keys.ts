import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { Chance } from './chance.js';

/** A kind of key or token that says by itself what it is, made on the fly: nobody's. */
export interface MadeUp {
  readonly name: string;
  readonly kind: 'key' | 'code' | 'token';
  readonly make: (from: Chance) => string;
}

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const XRP = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const letters = (from: Chance, count: number, alphabet: string): string =>
  Array.from({ length: count }, () => alphabet[from.below(alphabet.length)] ?? '').join('');

function base58(bytes: Uint8Array, alphabet = BITCOIN): string {
  let number = BigInt(`0x00${hex(bytes)}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = (alphabet[Number(number % 58n)] ?? '') + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return (alphabet[0] ?? '').repeat(Math.max(0, zeros)) + text;
}

const base58Check = (bytes: Uint8Array, alphabet = BITCOIN): string =>
  base58(Uint8Array.from([...bytes, ...sha256(sha256(bytes)).subarray(0, 4)]), alphabet);

function bech32(name: string, bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const data = (bits.match(/.{1,5}/g) ?? []).map((five) => Number.parseInt(five.padEnd(5, '0'), 2));
  const codes = [...name].map((character) => character.charCodeAt(0));
  const values = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...data];
  let sum = 1;
  for (const value of [...values, 0, 0, 0, 0, 0, 0]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, by] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries())
      if (((top >>> bit) & 1) === 1) sum ^= by;
  }
  sum ^= 1;
  const check = [5, 4, 3, 2, 1, 0].map((at) => (sum >>> (5 * at)) & 31);
  return `${name}1${[...data, ...check].map((five) => BECH32[five] ?? '').join('')}`;
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}

function stellar(seed: Uint8Array): string {
  const bytes = [0x90, ...seed];
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return base32(Uint8Array.from([...bytes, crc & 0xff, crc >> 8]));
}

/** 32 bytes of seed and the Ed25519 public key made from them. */
function pair(seed: Uint8Array): Uint8Array {
  const frame = [0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34, 4, 32];
  const key = createPrivateKey({ key: Buffer.from([...frame, ...seed]), format: 'der', type: 'pkcs8' });
  return Uint8Array.from([
    ...seed,
    ...createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32),
  ]);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const pem = (name: string, bytes: Uint8Array): string =>
  `-----BEGIN ${name}-----\n${
    base64(bytes)
      .match(/.{1,64}/g)
      ?.join('\n') ?? ''
  }\n-----END ${name}-----`;
const keystore = (from: Chance): object => ({
  version: 3,
  id: 'e1f0c2a4-0000-4000-8000-000000000000',
  address: hex(from.bytes(20)),
  crypto: {
    ciphertext: hex(from.bytes(32)),
    cipherparams: { iv: hex(from.bytes(16)) },
    cipher: 'aes-128-ctr',
    kdf: 'scrypt',
    kdfparams: { dklen: 32, salt: hex(from.bytes(32)), n: 8192, r: 8, p: 1 },
    mac: hex(from.bytes(32)),
  },
});

/** Every kind; those with a checksum, a pair or a structure need no word beside them. */
export const MADE_UP: readonly MadeUp[] = [
  { name: 'WIF', kind: 'key', make: (c) => base58Check(Uint8Array.from([0x80, ...c.bytes(32)])) },
  {
    name: 'WIF, compressed',
    kind: 'key',
    make: (c) => base58Check(Uint8Array.from([0x80, ...c.bytes(32), 1])),
  },
  { name: 'WIF, testnet', kind: 'key', make: (c) => base58Check(Uint8Array.from([0xef, ...c.bytes(32), 1])) },
  ...(['xprv', 'yprv', 'zprv', 'tprv'] as const).map((name, at): MadeUp => {
    const version = [0x0488ade4, 0x049d7878, 0x04b2430c, 0x04358394][at] ?? 0;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(version);
    return {
      name,
      kind: 'key',
      make: (c) =>
        base58Check(
          Uint8Array.from([...head, 3, ...c.bytes(4), 0, 0, 0, 7, ...c.bytes(32), 0, ...c.bytes(32)]),
        ),
    };
  }),
  {
    name: 'BIP-38',
    kind: 'key',
    make: (c) => base58Check(Uint8Array.from([0x01, 0x42, 0xc0, ...c.bytes(36)])),
  },
  { name: 'Solana, base58', kind: 'key', make: (c) => base58(pair(c.bytes(32))) },
  { name: 'Solana, bytes', kind: 'key', make: (c) => JSON.stringify([...pair(c.bytes(32))]) },
  { name: 'Solana, bytes with blanks', kind: 'key', make: (c) => `[${[...pair(c.bytes(32))].join(', ')}]` },
  { name: 'TON, base64', kind: 'key', make: (c) => base64(pair(c.bytes(32))) },
  { name: 'TON, hex', kind: 'key', make: (c) => hex(pair(c.bytes(32))) },
  { name: 'Stellar', kind: 'key', make: (c) => stellar(c.bytes(32)) },
  { name: 'XRP', kind: 'key', make: (c) => base58Check(Uint8Array.from([0x21, ...c.bytes(16)]), XRP) },
  {
    name: 'XRP, Ed25519',
    kind: 'key',
    make: (c) => base58Check(Uint8Array.from([0x01, 0xe1, 0x4b, ...c.bytes(16)]), XRP),
  },
  { name: 'nsec', kind: 'key', make: (c) => bech32('nsec', c.bytes(32)) },
  { name: 'Sui', kind: 'key', make: (c) => bech32('suiprivkey', Uint8Array.from([0, ...c.bytes(32)])) },
  { name: 'age', kind: 'key', make: (c) => bech32('age-secret-key-', c.bytes(32)).toUpperCase() },
  { name: 'Tezos', kind: 'key', make: (c) => base58Check(Uint8Array.from([13, 15, 58, 7, ...c.bytes(32)])) },
  { name: 'keystore', kind: 'key', make: (c) => JSON.stringify(keystore(c)) },
  { name: 'keystore, indented', kind: 'key', make: (c) => JSON.stringify(keystore(c), null, 2) },
  {
    name: 'browser vault',
    kind: 'key',
    make: (c) =>
      JSON.stringify({ data: base64(c.bytes(90)), iv: base64(c.bytes(16)), salt: base64(c.bytes(32)) }),
  },
  { name: 'PEM', kind: 'key', make: (c) => pem('PRIVATE KEY', c.bytes(120)) },
  { name: 'PEM, RSA', kind: 'key', make: (c) => pem('RSA PRIVATE KEY', c.bytes(600)) },
  { name: 'PEM, EC', kind: 'key', make: (c) => pem('EC PRIVATE KEY', c.bytes(118)) },
  { name: 'OpenSSH', kind: 'key', make: (c) => pem('OPENSSH PRIVATE KEY', c.bytes(300)) },
  { name: 'PGP', kind: 'key', make: (c) => pem('PGP PRIVATE KEY BLOCK', c.bytes(500)) },
  {
    name: 'otpauth',
    kind: 'code',
    make: (c) => `otpauth://totp/Wallet:me%40mail.test?secret=${base32(c.bytes(20))}&issuer=Wallet`,
  },
  {
    name: 'otpauth, blanks in the label',
    kind: 'code',
    make: (c) => `otpauth://totp/My Wallet:me@mail.test?secret=${base32(c.bytes(10))}`,
  },
  {
    name: 'otpauth, migration',
    kind: 'code',
    make: (c) => `otpauth-migration://offline?data=${encodeURIComponent(base64(c.bytes(40)))}`,
  },
  {
    name: 'Telegram',
    kind: 'token',
    make: (c) => `${1e9 + c.below(1e9)}:AA${letters(c, 33, `${ALPHANUMERIC}_-`)}`,
  },
  {
    name: 'Discord',
    kind: 'token',
    make: (c) =>
      `M${letters(c, 25, ALPHANUMERIC)}.${letters(c, 6, ALPHANUMERIC)}.${letters(c, 38, `${ALPHANUMERIC}_-`)}`,
  },
  {
    name: 'Slack',
    kind: 'token',
    make: (c) => `xoxb-${1e11 + c.below(1e9)}-${1e11 + c.below(1e9)}-${letters(c, 24, ALPHANUMERIC)}`,
  },
  {
    name: 'Slack, app level',
    kind: 'token',
    make: (c) =>
      `xapp-1-A0${letters(c, 9, '0123456789ABCDEF')}-${1e12 + c.below(1e9)}-${letters(c, 64, '0123456789abcdef')}`,
  },
  { name: 'GitHub', kind: 'token', make: (c) => `ghp_${letters(c, 36, ALPHANUMERIC)}` },
  {
    name: 'GitHub, fine-grained',
    kind: 'token',
    make: (c) => `github_pat_${letters(c, 22, ALPHANUMERIC)}_${letters(c, 59, ALPHANUMERIC)}`,
  },
  { name: 'AWS', kind: 'token', make: (c) => `AKIA${letters(c, 16, BASE32)}` },
  { name: 'OpenAI', kind: 'token', make: (c) => `sk-proj-${letters(c, 48, ALPHANUMERIC)}` },
  { name: 'Stripe', kind: 'token', make: (c) => `sk_live_${letters(c, 24, ALPHANUMERIC)}` },
  { name: 'Google', kind: 'token', make: (c) => `AIza${letters(c, 35, `${ALPHANUMERIC}_-`)}` },
  { name: 'npm', kind: 'token', make: (c) => `npm_${letters(c, 36, ALPHANUMERIC)}` },
  {
    name: 'JWT',
    kind: 'token',
    make: (c) =>
      [{ alg: 'HS256' }, { sub: letters(c, 12, ALPHANUMERIC) }]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .concat(Buffer.from(c.bytes(32)).toString('base64url'))
        .join('.'),
  },
];

/** How people put a key into a message. */
export const KEY_LAYOUTS: readonly { readonly name: string; readonly write: (key: string) => string }[] = [
  { name: 'alone', write: (key) => key },
  { name: 'with blanks around', write: (key) => `  ${key}\n` },
  { name: 'in a sentence', write: (key) => `hi, ${key} does not work any more, what now?` },
  { name: 'at the end of a sentence', write: (key) => `I have this: ${key}.` },
  { name: 'on a line of its own', write: (key) => `my wallet\n\n${key}\n\nplease help` },
  { name: 'in quotes', write: (key) => `"${key}"` },
  { name: 'in back-ticks', write: (key) => `\`${key}\`` },
  { name: 'in a code block', write: (key) => `\`\`\`\n${key}\n\`\`\`` },
  { name: 'in brackets', write: (key) => `(${key})` },
  { name: 'bold', write: (key) => `**${key}**` },
  { name: 'behind a colon', write: (key) => `key:${key}` },
  { name: 'behind an equals sign', write: (key) => `KEY=${key}` },
  { name: 'in Chinese', write: (key) => `这个${key}是什么，帮我看看` },
  { name: 'in Japanese', write: (key) => `これは${key}です。どうすればいいですか` },
  { name: 'in Korean', write: (key) => `이거 ${key}인데요` },
  { name: 'in Russian', write: (key) => `вот, ${key}, помогите` },
  { name: 'HTML', write: (key) => `<code>${key}</code>` },
  { name: 'with zero-width characters', write: (key) => `${key.slice(0, 9)}\u200b${key.slice(9)}` },
];
