import { describe, expect, it } from 'vitest';
import { chooseLocale, localeByScript, writtenLocale } from '../../../src/runtime/locale-choice.js';

const LOCALES = {
  source: 'zh-CN',
  required: ['zh-CN'],
  fallbacks: {},
  names: { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' },
  must_say: [],
};

describe('chooseLocale', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN_us', 'en'],
    ['zh', 'zh-CN'],
    ['zh-hans', 'zh-CN'],
    ['zh-hant', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['zh_SG', 'zh-CN'],
    ['de', 'zh-CN'],
    ['', 'zh-CN'],
    ['no such tag!', 'zh-CN'],
    ['constructor', 'zh-CN'],
  ])('meets the wish "%s" with %s', (wish, tag) => {
    expect(chooseLocale(LOCALES, [wish])).toBe(tag);
  });

  it('takes the first wish that can be met', () => {
    expect(chooseLocale(LOCALES, [undefined, 'de', 'en', 'zh-TW'])).toBe('en');
    expect(chooseLocale(LOCALES, [])).toBe('zh-CN');
  });
});

describe('localeByScript', () => {
  it.each([
    ['Latn', 'en'],
    ['Han', 'zh-CN'],
    ['Cyrl', 'zh-CN'],
    [null, 'zh-CN'],
  ] as const)('takes the first that is written in %s: %s', (script, tag) => {
    expect(localeByScript(LOCALES, script)).toBe(tag);
  });
});

describe('writtenLocale', () => {
  it('follows what is written only where it is one of ours', () => {
    expect([
      writtenLocale(LOCALES, 'en', 'zh-CN'),
      writtenLocale(LOCALES, 'de', 'zh-CN'),
      writtenLocale(LOCALES, null, 'zh-TW'),
    ]).toEqual(['en', 'zh-CN', 'zh-TW']);
  });
});
