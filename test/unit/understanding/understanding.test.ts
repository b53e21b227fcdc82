import { describe, expect, it } from 'vitest';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { BOOKS, ENGLISH, NOTHING } from './small-books.js';

describe('createUnderstanding', () => {
  it('trains to the same scores, bit for bit', () => {
    const texts = [
      'my mail is missing',
      'password gone',
      '我的助记词被看到了',
      '2fa',
      'is https://x.example real',
    ];
    const [one, other] = [createUnderstanding({ locales: BOOKS }), createUnderstanding({ locales: BOOKS })];
    other.warm('en');
    other.warm('zh-TW');
    for (const locale of BOOKS.keys()) {
      for (const text of texts)
        expect(other.understand(text, locale, NOTHING)).toEqual(one.understand(text, locale, NOTHING));
    }
  });
  it('gives the same answer whatever was asked before', () => {
    const used = createUnderstanding({ locales: BOOKS });
    const first = used.understand('where is that reset mail', 'en', NOTHING);
    used.understand('x'.repeat(5000), 'en', NOTHING);
    used.understand('i gave someone my recovery phrase '.repeat(80), 'en', NOTHING);
    expect(used.understand('where is that reset mail', 'en', NOTHING)).toEqual(first);
  });
  it('names the intents it weighed, best first, with scores from 0 to 1', () => {
    const { top } = createUnderstanding({ locales: BOOKS }).understand(
      'my reset mail is not here',
      'en',
      NOTHING,
    );
    expect(top[0]?.intent).toBe('mail-missing');
    const scores = top.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });
  it('is certain of an author’s own phrase, however it is dressed', () => {
    const { understand } = createUnderstanding({ locales: BOOKS });
    for (const text of ['Someone has my SEED phrase!!!', 'ｓｏｍｅｏｎｅ has my seed phrase 😱']) {
      expect(understand(text, 'en', NOTHING).top).toEqual([{ intent: 'leaked-secret', score: 1 }]);
    }
  });
  it('understands a text in another locale than the present one, and says which', () => {
    const { understand } = createUnderstanding({ locales: BOOKS });
    const english = understand('i can not remember my password', 'zh-CN', NOTHING);
    expect(english).toMatchObject({ locale: 'en', event: { kind: 'intent', intent: 'forgot-password' } });
    const taiwanese = understand('我把助記詞給別人了', 'en', NOTHING);
    expect(taiwanese).toMatchObject({ locale: 'zh-TW', event: { kind: 'intent', intent: 'leaked-secret' } });
  });
  it('understands two Latin words in a Chinese talk without leaving Chinese', () => {
    const { understand } = createUnderstanding({ locales: BOOKS });
    const short = understand('forgot password', 'zh-CN', NOTHING);
    expect(short.locale).toBeNull();
    expect(short.top[0]?.intent).toBe('forgot-password');
  });
  it('understands Traditional Chinese where only Simplified is shipped', () => {
    const locales = new Map([...BOOKS].filter(([tag]) => tag === 'zh-CN'));
    const { event } = createUnderstanding({ locales }).understand('我忘記密碼了', 'zh-CN', NOTHING);
    expect(event).toEqual({ kind: 'intent', intent: 'forgot-password', found: [] });
  });
  it('follows the fallbacks of a locale that has no phrases, else uses the first one', () => {
    const locales = new Map([['en', ENGLISH]]);
    const { understand } = createUnderstanding({ locales, fallbacks: { 'en-GB': 'en', a: 'b', b: 'a' } });
    for (const locale of ['en-GB', 'xx', 'a']) {
      expect(understand('never mind', locale, NOTHING).event).toEqual({ kind: 'global', word: 'cancel' });
    }
  });
  it('tells the locale of a text by itself', () => {
    const { localeOf } = createUnderstanding({ locales: BOOKS });
    expect(['我忘记密码了', '我忘記密碼了', 'i forgot my password', 'ok'].map(localeOf)).toEqual([
      'zh-CN',
      'zh-TW',
      'en',
      null,
    ]);
  });
  it('does not read a link as a language', () => {
    const { localeOf } = createUnderstanding({ locales: BOOKS });
    expect(localeOf('https://the-reset-mail.never.came.example/my/password')).toBeNull();
  });
  it('refuses to start without a locale', () => {
    expect(() => createUnderstanding({ locales: new Map() })).toThrow(RangeError);
  });
});
