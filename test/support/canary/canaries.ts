import { BIP39_LISTS, WORD_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import type { Chance } from '../secrets/chance.js';
import { hex, MADE_UP } from '../secrets/made-up-keys.js';
import { madeUpPhrase } from '../secrets/phrases.js';

/** A made-up secret as somebody sends it, and what of it must be found nowhere afterwards. */
export interface Canary {
  readonly name: string;
  readonly kind: 'phrase' | 'key' | 'token' | 'password' | 'code' | 'planted';
  readonly text: string;
  readonly traces: readonly string[];
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz';

/** One of every kind, made on the fly: nobody's. */
export function canaries(from: Chance): readonly Canary[] {
  const made = (name: string): string => MADE_UP.find((one) => one.name === name)?.make(from) ?? '';
  const letters = (count: number): string =>
    Array.from({ length: count }, () => LETTERS[from.below(LETTERS.length)] ?? '').join('');
  const digits = (count: number): string =>
    Array.from({ length: count }, () => String(1 + from.below(9))).join('');
  const said = (
    name: string,
    secret: string,
    say: (secret: string) => string,
    kind: Canary['kind'] = 'key',
  ): Canary => ({
    name,
    kind,
    text: say(secret),
    traces: [secret],
  });
  const key = (name: string, kind: Canary['kind'] = 'key'): Canary => {
    const secret = made(name);
    // Its middle too, should a part of it be left.
    const middle = secret.slice(secret.length >> 2, (secret.length >> 2) + 24);
    return { name, kind, text: secret, traces: [secret, middle] };
  };
  const pem = (name: string): Canary => {
    const text = made(name);
    const [, line = ''] = text.split('\n');
    return { name, kind: 'key', text, traces: [line] };
  };
  const base32 = (count: number): string =>
    Array.from({ length: count }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[from.below(32)] ?? '').join('');
  const keystore = made('keystore');
  const [, cipherText = ''] = /"ciphertext":"(\w+)"/.exec(keystore) ?? [];
  const code = `${letters(2)}${digits(1)}${letters(1)}-${digits(2)}${letters(2)}`.toUpperCase();
  return [
    phrase('phrase', madeUpPhrase(from, BIP39_LISTS.english, 12), ' '),
    phrase('phrase of 24', madeUpPhrase(from, BIP39_LISTS.spanish, 24), ' '),
    phrase('Chinese phrase', madeUpPhrase(from, BIP39_LISTS.chineseSimplified, 12), ''),
    phrase('Japanese phrase', madeUpPhrase(from, BIP39_LISTS.japanese, 12), '\u3000'),
    phrase('share of SLIP-39', madeUpPhrase(from, WORD_LISTS.slip39, 20), ' '),
    phrase('seed of Monero', madeUpPhrase(from, WORD_LISTS.monero, 25), ' '),
    phrase('seed of the old Electrum', madeUpPhrase(from, WORD_LISTS.electrum, 12), ' '),
    said('key', hex(from.bytes(32)), (secret) => `my private key is ${secret}`),
    said('maybe a key', hex(from.bytes(32)), (secret) => secret),
    key('WIF'),
    key('xprv'),
    key('Solana, base58'),
    { name: 'keystore', kind: 'key', text: keystore, traces: [cipherText] },
    key('otpauth', 'code'),
    said('seed of an authenticator', base32(32), (secret) => `my 2fa setup key is ${secret}`, 'code'),
    pem('PEM'),
    pem('OpenSSH'),
    ...['Telegram', 'Slack', 'Discord', 'GitHub'].map((name) => key(name, 'token')),
    said('password', `${letters(9)}!${digits(3)}`, (secret) => `my password is ${secret}`, 'password'),
    said('Chinese password', `${letters(8)}${digits(4)}`, (secret) => `我的密码是${secret}`, 'password'),
    said('PIN', digits(8), (secret) => `my pin is ${secret}`, 'password'),
    said('code', digits(8), (secret) => `the verification code is ${secret}`, 'code'),
    said('recovery code', code, (secret) => `my recovery code is ${secret}`, 'code'),
  ];
}

/** Three words in a row are found nowhere by chance; of a joined one, so are six. */
function phrase(name: string, words: readonly string[], between: string): Canary {
  const inARow = between === '' ? 6 : 3;
  return {
    name,
    kind: 'phrase',
    text: words.join(between),
    traces: words
      .slice(0, words.length - inARow + 1)
      .flatMap((_, at) => [words.slice(at, at + inARow).join(between)])
      .filter((_, at) => at % inARow === 0),
  };
}
