import { describe, expect, it } from 'vitest';
import { createNeighbours } from '../../../src/understanding/neighbours.js';
import { syllableOf, syllablesIn } from '../../../src/understanding/pinyin.js';
import { createSameSound } from '../../../src/understanding/same-sound.js';

const PHRASES = ['我忘记密码了', '密码忘了', '收不到邮件', '邮件没来', '助记词泄露了', '忘记密码'];

const characters = new Map<string, number>();
for (const character of PHRASES.join('')) characters.set(character, (characters.get(character) ?? 0) + 1);
const { mended } = createSameSound(
  characters,
  new Map([['app', 1]]),
  createNeighbours(PHRASES.map((phrase) => [...phrase])),
);
const syllable = (character: string): number => syllableOf(character.charCodeAt(0));

describe('pinyin', () => {
  it('splits a word of syllables, and no other', () => {
    expect(syllablesIn('mima')).toEqual([syllable('密'), syllable('码')]);
    expect(syllablesIn('wangji')).toEqual([syllable('忘'), syllable('记')]);
    expect([
      syllablesIn('password'),
      syllablesIn(''),
      syllablesIn('m1ma'),
      syllablesIn('a'.repeat(50)),
    ]).toEqual([[], [], [], []]);
  });
  it('does not tell apart what many speakers do not', () => {
    expect(syllable('知')).toBe(syllable('资'));
    expect(syllable('英')).toBe(syllable('因'));
    expect(syllable('x')).toBe(0);
  });
});

describe('createSameSound', () => {
  it.each([
    ['我忘记蜜马了', '我忘记密码了'],
    ['收不到油件', '收不到邮件'],
    ['我的mima忘了', '我的密码忘了'],
    ['wo wangji mima le', '我忘记密码了'],
    ['助纪词泄漏了', '助记词泄露了'],
  ])('mends "%s"', (text, right) => {
    expect(mended(text)).toBe(right);
  });
  it('leaves what is known, what is no pinyin, and blanks between characters', () => {
    for (const text of ['邮件没来', 'password', '我忘记 邮件', 'app', '', '今天天气'])
      expect(mended(text)).toBe(text);
  });
});
