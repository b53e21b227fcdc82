import { describe, expect, it } from 'vitest';
import { cleanText, keyOf, MAX_CHARS, normalise } from '../../../src/understanding/normalise.js';

const through = (text: string): string => normalise(cleanText(text));

describe('cleanText', () => {
  it('makes full-width and circled characters plain', () => {
    expect(cleanText('ＡＢ　１２ ②')).toBe('AB 12 2');
  });
  it('drops zero-width, bidi and control characters', () => {
    expect(cleanText('wal\u200blet\u202e \u0007is\u2060 \ufeffhere')).toBe('wallet is here');
  });
  it('drops the ring of a keycap, lone surrogates and private-use characters', () => {
    expect(cleanText('2\ufe0f\u20e3 \ud800x\ue001')).toBe('2 x');
  });
  it('makes any white space one blank and keeps case and punctuation', () => {
    expect(cleanText('  It’s\n\n in\tSpam! ')).toBe('It’s in Spam!');
  });
  it('reads no more than the first 4,096 characters, also when they grow', () => {
    expect(cleanText('b'.repeat(70_000))).toHaveLength(MAX_CHARS);
    expect(cleanText('\ufdfa'.repeat(5000)).length).toBeLessThanOrEqual(MAX_CHARS);
  });
});

describe('normalise', () => {
  it('lowers case and leaves punctuation out', () => {
    expect(through('Hello, WORLD!!! (really?)')).toBe('hello world really');
  });
  it('joins words over an apostrophe of any shape', () => {
    expect(through("I don't")).toBe(through('I don’t'));
    expect(through('can`t')).toBe('cant');
  });
  it('shortens stretched letters but not digits', () => {
    expect(through('heeeelp')).toBe('help');
    expect(through('nooooo 1000 救命救命')).toBe('no 1000 救命救命');
    expect(through('急急急急')).toBe('急');
  });
  it('trims emoji from words and keeps a lone emoji, without its skin', () => {
    expect(through('🙏 please 🙏')).toBe('please');
    expect(through('👍🏽')).toBe('👍');
    expect(through('?!…')).toBe('');
  });
  it('removes marks stacked on letters and keeps accents', () => {
    expect(through('h\u0336e\u0337l\u0336p')).toBe('help');
    expect(through('CAFÉ')).toBe('café');
  });
  it('writes Traditional characters as Simplified ones', () => {
    expect(through('我忘記錢包的密碼了')).toBe('我忘记钱包的密码了');
    expect(through('帳號')).toBe(through('账号'));
  });
  it('is the same when done twice', () => {
    for (const text of ['Hello!!', '我忘記密碼', '👍', "don't", 'Ａ２']) {
      expect(through(through(text))).toBe(through(text));
    }
  });
});

describe('keyOf', () => {
  it('does not count blanks beside Chinese characters', () => {
    expect(keyOf(through('忘 记 密 码'))).toBe('忘记密码');
    expect(keyOf(through('2FA 丢了'))).toBe(keyOf(through('2FA丢了')));
    expect(keyOf('start over')).toBe('start over');
  });
});
