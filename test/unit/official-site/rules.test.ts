import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../examples/official-site/accounts.js';
import { cookieOf, createBrowsers } from '../../../examples/official-site/browser.js';
import { html } from '../../../examples/official-site/html.js';
import { createCounter } from '../../../examples/official-site/limits.js';
import { judgePassword } from '../../../examples/official-site/passwords.js';
import { PICTURES } from '../../../examples/official-site/pictures.js';
import { readDigits, readMail, readSessionCode } from '../../../examples/official-site/typed.js';
import { localeOf, readWords } from '../../../examples/official-site/words.js';
import { PICTURES as BOTS_PICTURES } from '../../../src/model/index.js';

describe('what people type', () => {
  it.each([
    ['1234 5678', '12345678'],
    ['１２３４５６７８', '12345678'],
    [' 1234-5678 ', '12345678'],
    ['1234–5678', '12345678'],
  ])('reads %j as the number that is meant', (typed, digits) => {
    expect(readDigits(typed, 8)).toEqual({ kind: 'digits', digits });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['1234567', 'few'],
    ['123456789', 'many'],
    ['1234567a', 'letters'],
    ['一二三四五六七八', 'letters'],
  ])('says what is wrong with %j', (typed, why) => {
    expect(readDigits(typed, 8)).toEqual({ kind: 'wrong', why });
  });

  it('reads session codes as they are written by hand, and nothing else', () => {
    expect(readSessionCode('7k3qd m2x9a')).toBe('7K3QDM2X9A');
    expect(readSessionCode('OIl23 45678')).toBe('0112345678');
    expect(readSessionCode('7K3QD M2X9')).toBeNull();
    expect(readSessionCode('7K3QD M2X9U')).toBeNull();
  });

  it('reads mail addresses, full-width and in capitals too', () => {
    expect(readMail(' Ann@Mail.Example ')).toBe('ann@mail.example');
    expect(readMail('ａｎｎ＠ｍａｉｌ．ｃｏｍ')).toBe('ann@mail.com');
    for (const typed of [
      'ann',
      'ann@mail',
      'a b@mail.com',
      'ann@mail.com,bob@mail.com',
      'a@b.com\r\nBcc: x@y.z',
    ])
      expect(readMail(typed)).toBeNull();
  });
});

describe('a language', () => {
  it.each([
    [undefined, 'zh-TW,zh;q=0.9', 'zh-TW'],
    [undefined, 'zh-Hant-HK', 'zh-TW'],
    [undefined, 'fr, en;q=0.1, zh;q=0.8', 'zh-CN'],
    [undefined, 'zh;q=0, en', 'en'],
    [undefined, 'fr', 'en'],
    ['zh-CN', 'en', 'zh-CN'],
    ['xx', 'zh-TW', 'zh-TW'],
  ])('chosen %s, accepted %s is %s', (chosen, accepted, locale) => {
    expect(localeOf(chosen, accepted)).toBe(locale);
  });

  it('has every text', () => {
    expect(readWords()('zh-TW')('start.label')).toBe('數字');
  });
});

it('shows the same pictures as the bot', () => {
  expect(PICTURES).toEqual([...BOTS_PICTURES]);
});

it('puts nothing into a page that is not escaped', () => {
  expect(html`<p title="${'"<&'}">${'<script>'}</p>${null}${html`<b>`}`.markup).toBe(
    '<p title="&#34;&#60;&#38;">&#60;script&#62;</p><b>',
  );
});

describe('a browser', () => {
  const secret = new Uint8Array(32).fill(1);

  it('is known by its own cookie only', () => {
    const browsers = createBrowsers(secret);
    const first = browsers.of(undefined);
    const cookie = browsers.cookie(first);
    expect(cookie).toMatch(/^__Host-browser=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure$/);
    const again = browsers.of(`language=en; ${cookie.split(';')[0]}`);
    expect([again.id, again.isKnown, first.isKnown]).toEqual([first.id, true, false]);
    expect(browsers.of(`__Host-browser=${first.id}.made-up`).id).not.toBe(first.id);
    expect(createBrowsers(new Uint8Array(32)).of(cookie.split(';')[0]).isKnown).toBe(false);
    expect(cookieOf('a=1; b=2', 'b')).toBe('2');
  });

  it('sends forms that only it could have got, and tells the bot nothing of its cookie', () => {
    const browsers = createBrowsers(secret);
    const [one, other] = [browsers.of(undefined), browsers.of(undefined)];
    expect(browsers.isFormToken(one, one.formToken)).toBe(true);
    expect(browsers.isFormToken(one, other.formToken)).toBe(false);
    expect(browsers.isFormToken(one, undefined)).toBe(false);
    expect(one.name).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(browsers.cookie(one)).not.toContain(one.name);
  });
});

it('counts up to a limit, and anew once its time is over', () => {
  let now = 0;
  const counter = createCounter(() => now);
  const take = () => counter.take('a', { max: 2, windowMs: 10 });
  expect([take(), take(), take()]).toEqual([true, true, false]);
  expect(counter.take('b', { max: 2, windowMs: 10 })).toBe(true);
  now = 10;
  expect(take()).toBe(true);
});

describe('a password', () => {
  it.each([
    ['123', 'short'],
    ['password123', 'common'],
    ['1234567890', 'common'],
    ['ann@mail.example1', 'weak'],
    ['aaaaaaaaaaaaaaa', 'weak'],
    ['x'.repeat(129), 'long'],
  ])('%s is refused: %s', (password, why) => {
    expect(judgePassword(password, ['ann@mail.example', 'Harbor Wallet'])).toMatchObject({
      kind: 'bad',
      why,
    });
  });

  it('is taken when nobody guesses it', () => {
    expect(judgePassword('purple otter 41 listens', ['ann@mail.example'])).toMatchObject({ kind: 'good' });
    expect(judgePassword('河流 书桌 蓝色 四十一 柠檬', [])).toMatchObject({ kind: 'good' });
  });
});

describe('an account', () => {
  const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

  it('takes a code of the authenticator one step early or late, and each once', async () => {
    const now = 1_772_355_600_000;
    const accounts = createAccounts(() => now);
    await accounts.add('ann@mail.example', 'old one', SECRET);
    const codeAt = (ms: number): string =>
      generateSync({ strategy: 'totp', secret: SECRET, epoch: ms / 1000 });
    expect(accounts.takeCode('ann@mail.example', codeAt(now - 60_000))).toBe(false);
    expect(accounts.takeCode('ann@mail.example', codeAt(now + 60_000))).toBe(false);
    expect(accounts.takeCode('ann@mail.example', codeAt(now - 30_000))).toBe(true);
    expect(accounts.takeCode('ann@mail.example', codeAt(now - 30_000))).toBe(false);
    expect(accounts.takeCode('ann@mail.example', codeAt(now + 30_000))).toBe(true);
    expect(accounts.takeCode('ann@mail.example', codeAt(now))).toBe(false);
    expect(accounts.takeCode('bob@mail.example', codeAt(now))).toBe(false);
  });

  it('takes no password again that it ever had', async () => {
    const accounts = createAccounts(Date.now);
    await accounts.add('ann@mail.example', 'first');
    for (const password of ['second', 'third', 'fourth', 'fifth', 'sixth'])
      await accounts.setPassword('ann@mail.example', password);
    expect(await accounts.wasPassword('ann@mail.example', 'first')).toBe(true);
    expect(await accounts.isPassword('ann@mail.example', 'first')).toBe(false);
    expect(await accounts.isPassword('ann@mail.example', 'sixth')).toBe(true);
    expect(await accounts.isPassword('bob@mail.example', 'sixth')).toBe(false);
  });
});
