import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/guard/secrets/index.js';
import { BIP39_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import { chance } from '../../support/secrets/chance.js';
import { hex, MADE_UP } from '../../support/secrets/made-up-keys.js';

const from = chance(150);
const make = (name: string): string => MADE_UP.find((one) => one.name === name)?.make(from) ?? '';
const many = (count: number, write: () => string): string => Array.from({ length: count }, write).join('\n');

/** Whether every one of some secrets lies in a finding, sure or not. */
function covers(text: string, secrets: readonly string[]): boolean {
  const found = detect(text);
  return secrets.every((secret) => {
    const at = text.indexOf(secret);
    return found.some(({ start, end }) => start <= at && end >= at + secret.length);
  });
}

it('words of a list are found from the first to the last, however many there are', () => {
  const words = Array.from({ length: 10_000 }, () => from.pick(BIP39_LISTS.english));
  const text = words.join(' ');
  expect(detect(text)).toEqual([{ kind: 'phrase', confidence: 'hard', start: 0, end: text.length }]);
});

describe('what is behind a limit of the work done', () => {
  it.each(['WIF', 'xprv'])('counts as a secret: %s', (name) => {
    const keys = Array.from({ length: 150 }, () => make(name));
    expect(covers(keys.join('\n'), keys)).toBe(true);
  });

  it('is still judged where only hashes came before', () => {
    const key = make('WIF');
    const text = `${many(120, () => `tx ${hex(from.bytes(32))}`)}\n${key}`;
    const at = text.indexOf(key);
    expect(detect(text)).toContainEqual({
      kind: 'key',
      confidence: 'hard',
      start: at,
      end: at + key.length,
    });
  });

  it('is still judged where only words came before that mean many things', () => {
    const text = `${'code '.repeat(61)}and my password is Hunter42!x`;
    expect(covers(text, ['Hunter42!x'])).toBe(true);
  });

  it('counts as a secret behind very many words for one', () => {
    const text = `${'the password, '.repeat(80)}and my password is Hunter42!x`;
    expect(covers(text, ['Hunter42!x'])).toBe(true);
  });
});
