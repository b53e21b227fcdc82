import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/guard/secrets/index.js';
import { BIP39_LISTS, WORD_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import { createMeter } from '../../../src/guard/secrets/meter.js';
import { chance } from '../../support/secrets/chance.js';
import { hex } from '../../support/secrets/made-up-keys.js';

const from = chance(64);
const many = (part: () => string, length: number): string => {
  let text = '';
  while (text.length < length) text += part();
  return text.slice(0, length);
};
const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const word58 = (length: number): string =>
  Array.from({ length }, () => LETTERS[from.below(58)] ?? '').join('');

/** Texts that are long in the one thing that something looks for. */
const LONG: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    Object.entries({ ...WORD_LISTS, ...BIP39_LISTS }).map(([name, list]) => [
      `words of ${name}`,
      () => `${from.pick<string>(list)} `,
    ]),
  ),
  'misspelled words': () => `${from.pick(WORD_LISTS.english).slice(1)} `,
  'Chinese without blanks': () => from.pick(BIP39_LISTS.chineseSimplified),
  'Japanese without blanks': () => from.pick(WORD_LISTS.japanese),
  'English without blanks': () => from.pick(WORD_LISTS.english),
  'one word': () => 'zoo ',
  hex: () => hex(from.bytes(32)),
  hashes: () => `${hex(from.bytes(32))} `,
  'base58 of the length of keys': () => `${word58(from.pick([51, 52, 88, 111]))} `,
  'lists of bytes': () => `[${[...from.bytes(64)].join(',')}] `,
  'nested JSON': () => '{"ciphertext":"00112233445566778899aabb","kdf":{',
  brackets: () => '[',
  'beginnings of PEM': () => '-----BEGIN PRIVATE KEY-----\n',
  'line breaks': () => '\n',
  blanks: () => ' ',
  links: () => 'https://a:b@c.test/d?e=f ',
  'mail addresses': () => 'a@b.cd:',
  'key URIs': () => 'otpauth://totp/a b ',
  'base32 in groups': () => 'JBSW Y3DP EHPK 3PXP ',
  'parts of a JWT': () => 'eyJhbGciOi.',
  'words for a password': () => 'my password is ',
  'words for a code': () => 'code 123456 ',
  'Chinese words for a password': () => '密码是',
  'open quotes': () => '"a ',
  'open tags': () => '<b ',
  'combining marks': () => 'e\u0301\u0302\u0303',
  'tag characters': () => '\u{e0041}\u{e0042}',
  confusables: () => 'аЬсԁеfɡһіјklｍոорԛгѕtцѵԝхуᴢ',
  'mathematical letters': () => '𝐚𝐛𝐚𝐧𝐝𝐨𝐧 ',
  'ligatures of a sentence': () => '\ufdfa',
  'halves of surrogate pairs': () => '\ud83d',
};

describe('the steps of a look at a text', () => {
  it.each(Object.keys(LONG))('grow with its length only: %s', (name) => {
    const part = LONG[name] ?? (() => '');
    const steps = [1_024, 8_192, 65_536].map((length) => {
      const meter = createMeter();
      detect(many(part, length), { meter });
      return meter.steps / length;
    });
    // So many rounds of any loop for each character, at every length.
    for (const each of steps) expect(each).toBeLessThanOrEqual(60);
    expect(steps[2] ?? 0).toBeLessThanOrEqual((steps[0] ?? 0) + (steps[1] ?? 0) + 8);
  });
});
