import { describe, expect, it } from 'vitest';
import {
  checkHandle,
  checkHours,
  checkMail,
  checkName,
  checkOwnPage,
  checkPage,
  checkSite,
  hoursText,
  secretIn,
} from '../../../src/cli/init-checks.js';
import { checkAnswer, QUESTIONS } from '../../../src/cli/init-questions.js';
import { checkToken } from '../../../src/cli/init-tokens.js';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const SECRETS = [
  ['a token of Telegram', '7000000001:AAE-made-up-for-tests_0123456789abcde'],
  ['a token of Discord', 'MTEwMDAwMDAwMDAwMDAwMDAwMQ.AbCdEf.made-up-for-tests_0123456789-abc'],
  ['a bot token of Slack', 'xoxb-made-up-for-tests-0123456789'],
  ['an app-level token of Slack', 'xapp-1-A0APP00001-made-up-for-tests'],
  ['a signing secret', '0123456789abcdef0123456789abcdef'],
  ['a key', Buffer.alloc(32, 7).toString('base64')],
  ['a secret', MNEMONIC],
] as const;

describe('a secret in the wrong place', () => {
  it.each(SECRETS)('is known: %s', (name, secret) => {
    expect(secretIn(secret)).toBe(name);
    expect(secretIn(`  ${secret}\n`)).toBe(name);
  });

  it.each(QUESTIONS.map(({ id }) => id))('is refused as answer to %s, and not repeated', (id) => {
    const question = QUESTIONS.find((one) => one.id === id);
    for (const [, secret] of SECRETS) {
      const checked = question === undefined ? {} : checkAnswer(question, secret, ['https://harbor.com']);
      expect(checked).toHaveProperty('problem', expect.stringMatching(/looks like|address/));
      expect(JSON.stringify(checked)).not.toContain(secret);
    }
  });

  it('is no ordinary answer', () => {
    const ordinary = [
      'Harbor Wallet',
      '钱包',
      'https://harbor.com/reset',
      'https://support.harbor.com/hc/en-us/articles/360000000000-Reset',
      'no-reply@mail.harbor.com',
      '@harbor_wallet',
      'mon-fri 09:00-18:00 Europe/Berlin',
    ];
    expect(ordinary.map(secretIn)).toEqual(ordinary.map(() => null));
  });
});

describe('a page', () => {
  it.each([
    ['https://harbor.com/reset', 'https://harbor.com/reset'],
    ['  harbor.com/reset ', 'https://harbor.com/reset'],
    ['HTTPS://Harbor.COM/Reset', 'https://harbor.com/Reset'],
    ['https://harbor.com', 'https://harbor.com'],
    ['https://harbor.com?a=1', 'https://harbor.com/?a=1'],
    ['https://harbor.com/a?b=c#d', 'https://harbor.com/a?b=c#d'],
    ['https://xn--hrbor-gra.com/', 'https://xn--hrbor-gra.com/'],
  ])('%s is taken as %s', (typed, value) => {
    expect(checkPage(typed)).toEqual({ value });
  });

  it.each([
    'http://harbor.com/',
    'ftp://harbor.com/',
    'javascript:alert(1)',
    'https://harbor.com:8443/',
    'harbor.com:8443',
    'https://user:pass@harbor.com/',
    'https://harbor.com/a b',
    'https://localhost/',
    'https://192.168.0.1/',
    'https://[::1]/',
    'https://wallet.example/',
    'https://harbor.test/',
    'harbor',
    '',
  ])('%s is refused', (typed) => {
    expect(checkPage(typed)).toHaveProperty('problem');
  });

  it('that others look after as well is no site of one’s own', () => {
    expect(checkSite('https://harbor.com/en/')).toEqual({ value: 'https://harbor.com' });
    for (const shared of ['t.me/harbor', 'https://harbor.github.io', 'https://x.com/harbor'])
      expect(checkSite(shared)).toHaveProperty('problem', expect.stringContaining('Anybody can have a page'));
  });

  it('must be on one’s own sites where people type passwords', () => {
    const sites = ['https://harbor.com'];
    expect(checkOwnPage('https://harbor.com/r', sites)).toEqual({ value: 'https://harbor.com/r' });
    expect(checkOwnPage('https://my.harbor.com/r', sites)).toEqual({ value: 'https://my.harbor.com/r' });
    for (const other of ['https://harb0r.com/r', 'https://notharbor.com/r', 'https://harbor.com.evil.net/r'])
      expect(checkOwnPage(other, sites)).toHaveProperty('problem');
  });
});

describe('other answers', () => {
  it.each([
    [checkName, ' Harbor   Wallet ', 'Harbor Wallet'],
    [checkMail, ' No-Reply@Mail.Harbor.com', 'no-reply@mail.harbor.com'],
    [checkHandle, '@harbor_wallet', '@harbor_wallet'],
  ])('are brought into one form', (check, typed, value) => {
    expect(check(typed)).toEqual({ value });
  });

  it.each([
    [checkName, ''],
    [checkName, 'x'.repeat(41)],
    [checkName, 'Har\u202ebor'],
    [checkName, 'https://harbor.com'],
    [checkName, 'Example Wallet'],
    [checkMail, 'no-reply'],
    [checkMail, 'a@b@harbor.com'],
    [checkMail, 'a@harbor'],
    [checkMail, 'a@wallet.example'],
    [checkHandle, '@'],
    [checkHandle, 'har bor'],
    [checkHandle, '@example_wallet'],
  ])('are refused when they cannot be used', (check, typed) => {
    expect(check(typed)).toHaveProperty('problem');
  });

  it('hours are days, times and a zone that exists', () => {
    const week = {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: '09:00',
      to: '18:00',
      zone: 'Europe/Berlin',
    };
    expect(checkHours('Mon-Fri 9:00 - 18:00 europe/berlin')).toEqual({ value: week });
    expect(checkHours(hoursText(week))).toEqual({ value: week });
    expect(checkHours('sat 22:00-02:00 Asia/Shanghai')).toHaveProperty('value.days', ['sat']);
    expect(checkHours('always')).toEqual({ value: null });
    for (const wrong of [
      '9-18',
      'fri-mon 09:00-18:00 Europe/Berlin',
      'mon 25:00-26:00 UTC',
      'mon 09:00-18:00 Mars/Base',
    ])
      expect(checkHours(wrong)).toHaveProperty('problem');
  });

  it('tokens are told apart, and never repeated', () => {
    const [, telegram] = SECRETS[0];
    const [, discord] = SECRETS[1];
    expect(checkToken('TELEGRAM_BOT_TOKEN', ` ${telegram} `)).toEqual({ value: telegram });
    const wrong = checkToken('TELEGRAM_BOT_TOKEN', discord);
    expect(wrong).toEqual({
      problem: 'It must be a bot token as BotFather gives it; this looks like a token of Discord.',
    });
    expect(checkToken('SLACK_APP_TOKEN', SECRETS[2][1])).toHaveProperty('problem');
    expect(checkToken('DISCORD_BOT_TOKEN', '')).toHaveProperty('problem');
  });
});
