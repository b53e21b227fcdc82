import { describe, expect, it } from 'vitest';
import { createNeighbours } from '../../../src/understanding/neighbours.js';
import { isSlip } from '../../../src/understanding/slips.js';
import { createSpelling } from '../../../src/understanding/spelling.js';

const PHRASES = [
  'i forgot my password',
  'password forgotten',
  'where is the reset mail',
  'the mail is missing',
  'my recovery phrase is gone',
];

function spelling(manner: 'eager' | 'wary') {
  const counts = new Map<string, number>();
  const sentences = PHRASES.map((phrase) => phrase.split(' '));
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return createSpelling(counts, createNeighbours(sentences), manner);
}

describe('isSlip', () => {
  it.each([
    ['pasword', 'password'],
    ['passsword', 'password'],
    ['passowrd', 'password'],
    ['oassword', 'password'],
    ['passwird', 'password'],
    ['passwordf', 'password'],
    ['recovary', 'recovery'],
  ])('knows "%s" for a slip in "%s"', (word, known) => {
    expect(isSlip(word, known)).toBe(true);
  });
  it.each([
    ['mail', 'nail'],
    ['rail', 'mail'],
    ['xmail', 'mail'],
  ])('takes "%s" for no slip in "%s", or for one of the key beside', (word, known) => {
    expect(isSlip(word, known)).toBe(word === 'mail');
  });
});

describe('createSpelling', () => {
  it.each([
    ['i forgto my password', 'i forgot my password'],
    ['i forgot my pasword', 'i forgot my password'],
    ['i forgot my passsword', 'i forgot my password'],
    ['i forgot my pazsword', 'i forgot my password'],
    ['my recvoery phraze is gone', 'my recovery phrase is gone'],
    ['the mial is missing', 'the mail is missing'],
  ])('mends "%s"', (text, mended) => {
    expect(spelling('eager').mended(text)).toBe(mended);
  });
  it('gives blanks back to a run of known words', () => {
    expect(spelling('wary').mended('iforgotmypassword')).toBe('i forgot my password');
  });
  it('leaves known words, short words, numbers and what nothing is near', () => {
    for (const text of ['where is the mail', 'x 42 2fa', 'cryptography zebra', ''])
      expect(spelling('wary').mended(text)).toBe(text);
  });
  it('is warier where a word may be of another language', () => {
    expect(spelling('eager').mended('the nail is missing')).toBe('the mail is missing');
    expect(spelling('wary').mended('nail')).toBe('nail');
  });
  it('mends no more than a few words of a text that nobody could have meant', () => {
    const text = Array.from({ length: 300 }, (_, i) => `zqx${'abcdefgh'[i % 8]}v`).join(' ');
    expect(spelling('eager').mended(text)).toBe(text);
  });
});
