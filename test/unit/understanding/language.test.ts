import { describe, expect, it } from 'vitest';
import { localeOfText, scriptOfLocale, written } from '../../../src/understanding/language.js';
import { scriptOf } from '../../../src/understanding/script.js';
import { BOOKS } from './small-books.js';

const LOCALES = [...BOOKS.keys()].map(written);
const localeOf = (text: string, present: string | null = null): string | null =>
  localeOfText(text, LOCALES, present);

describe('localeOfText', () => {
  it.each([
    ['我忘记密码了', 'zh-CN'],
    ['我忘記密碼了', 'zh-TW'],
    ['簡訊收不到', 'zh-TW'],
    ['KYC 过不了', 'zh-CN'],
    ['the reset mail never came', 'en'],
    ['I forgot my wallet password', 'en'],
    ['what does 助记词 mean for my password', 'en'],
  ])('reads "%s" as %s', (text, locale) => {
    expect(localeOf(text)).toBe(locale);
  });

  it.each([
    '',
    '?!',
    '12345',
    '👍',
    'ok',
    'KYC',
    '2FA app',
    'Google Authenticator',
    'ok yes hi thanks',
    'asdf qwer zxcv',
  ])('can not tell by "%s"', (text) => {
    expect(localeOf(text, 'zh-CN')).toBeNull();
    expect(localeOf(text, 'en')).toBeNull();
  });

  it('says nothing for an alphabet that no locale has', () => {
    expect(localeOf('Я забыл пароль от кошелька')).toBeNull();
    expect(localeOf('パスワードを忘れました')).toBeNull();
  });
  it('stays with the present Chinese when no character tells', () => {
    expect(localeOf('你好', 'zh-TW')).toBeNull();
    expect(localeOf('你好', 'zh-CN')).toBeNull();
    expect(localeOf('你好')).toBeNull();
  });
  it('goes to the first Chinese locale from another language when no character tells', () => {
    expect(localeOf('你好', 'en')).toBe('zh-CN');
  });
  it('reads either Chinese as the only one that is shipped', () => {
    const one = LOCALES.filter(({ tag }) => tag !== 'zh-TW');
    expect(localeOfText('我忘記密碼了', one, 'en')).toBe('zh-CN');
  });
  it('tells locales of one alphabet apart', () => {
    const [german, english] = [written('de'), written('en')];
    expect(localeOfText('ich habe mein passwort verloren', [english, german], 'en')).toBe('de');
    expect(localeOfText('i forgot my password', [english, german], 'de')).toBe('en');
  });
  it('reads two words with Vietnamese letters, but not two without', () => {
    const shipped = [written('en'), written('vi')];
    expect(localeOfText('mất sim', shipped, 'en')).toBe('vi');
    expect(localeOfText('cảm ơn', shipped, null)).toBe('vi');
    expect(localeOfText('mat sim', shipped, 'en')).toBeNull();
    expect(localeOfText('mat dien thoai roi', shipped, 'en')).toBe('vi');
  });
});

describe('scriptOf', () => {
  it('goes by words, not letters', () => {
    expect(scriptOf('我的 Authenticator 丢了')).toBe('Han');
    expect(scriptOf('my 助记词 is gone')).toBe('Latn');
    expect(scriptOf('123')).toBeNull();
  });
  it('knows the script of a locale', () => {
    expect(['en', 'zh-CN', 'zh-TW', 'zh-Hant-HK', 'ru'].map(scriptOfLocale)).toEqual([
      'Latn',
      'Han',
      'Han',
      'Han',
      'Cyrl',
    ]);
  });
});
