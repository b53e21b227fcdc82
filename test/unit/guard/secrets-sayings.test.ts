import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/guard/secrets/index.js';
import { chance } from '../../support/secrets/chance.js';
import { freeSayings, laterSayings, type Saying, sayings } from '../../support/secrets/sayings.js';

const ALL = sayings(chance(7));
const LANGUAGES = ['en', 'zh', 'ja', 'ko', 'es', 'ru'];

/** Share of sayings whose secrets are all noticed, and all sure. */
function shares(set: readonly Saying[]): { readonly noticed: number; readonly hard: number } {
  const covers = (saying: Saying, least: 'hard' | 'maybe'): boolean => {
    const found = detect(saying.text).filter(({ confidence }) => least === 'maybe' || confidence === 'hard');
    return saying.secrets.every(({ start, end }) =>
      found.some((finding) => finding.start < end && finding.end > start),
    );
  };
  return {
    noticed: set.filter((saying) => covers(saying, 'maybe')).length / set.length,
    hard: set.filter((saying) => covers(saying, 'hard')).length / set.length,
  };
}

describe.each([
  ['looked at while the rules were written', false],
  ['held out', true],
] as const)('of the sayings that were %s', (_, isHeldOut) => {
  const set = ALL.filter((saying) => saying.isHeldOut === isHeldOut);

  it('95 of 100 are noticed, and 90 sure', () => {
    const { noticed, hard } = shares(set);
    expect(noticed).toBeGreaterThanOrEqual(0.95);
    expect(hard).toBeGreaterThanOrEqual(0.9);
  });

  it('85 of 100 passwords and codes are sure', () => {
    expect(
      shares(set.filter(({ kind }) => kind === 'password' || kind === 'code')).hard,
    ).toBeGreaterThanOrEqual(0.85);
  });

  it.each(LANGUAGES)('in %s, four of five are sure and nine of ten noticed', (language) => {
    const { noticed, hard } = shares(set.filter((saying) => saying.language === language));
    expect(noticed).toBeGreaterThanOrEqual(0.9);
    expect(hard).toBeGreaterThanOrEqual(0.8);
  });
});

describe('of the sayings that came later', () => {
  const set = laterSayings(chance(8));

  it('98 of 100 are noticed, and 95 sure', () => {
    const { noticed, hard } = shares(set);
    expect(noticed).toBeGreaterThanOrEqual(0.98);
    expect(hard).toBeGreaterThanOrEqual(0.95);
  });

  it.each(LANGUAGES)('in %s, nine of ten are sure and 95 of 100 noticed', (language) => {
    const { noticed, hard } = shares(set.filter((saying) => saying.language === language));
    expect(noticed).toBeGreaterThanOrEqual(0.95);
    expect(hard).toBeGreaterThanOrEqual(0.9);
  });
});

describe('of the sayings in which hardly anything is called by its name', () => {
  const set = freeSayings(chance(9));
  const secrets = set.filter(({ kind }) => kind === 'password' || kind === 'code');

  it('85 of 100 are noticed, and 70 sure', () => {
    const { noticed, hard } = shares(set);
    expect(noticed).toBeGreaterThanOrEqual(0.85);
    expect(hard).toBeGreaterThanOrEqual(0.7);
  });

  it('so are 85 of 100 passwords and codes', () => {
    expect(shares(secrets).noticed).toBeGreaterThanOrEqual(0.85);
  });

  it.each(LANGUAGES)('in %s, four of five are noticed, and three of five sure', (language) => {
    const { noticed, hard } = shares(set.filter((saying) => saying.language === language));
    expect(noticed).toBeGreaterThanOrEqual(0.8);
    expect(hard).toBeGreaterThanOrEqual(0.6);
  });
});

describe('a saying', () => {
  const found = (text: string): readonly string[] =>
    detect(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

  it.each([
    ['my password is hunter42', 'password hunter42'],
    ['the password? it is "hunter42"!', 'password hunter42'],
    ['hunter42 is my password', 'password hunter42'],
    ['我的密码是hunter42，登不上', 'password hunter42'],
    ['my pin is 4711', 'password 4711'],
    ['me@mail.test:hunter42', 'password hunter42'],
    ['【钱包】您的验证码是339021，5分钟内有效', 'code 339021'],
    ['G-551273 is your verification code', 'code G-551273'],
    ['pinkgiraffe77\nthats what i use to open the app but it just shakes', 'password pinkgiraffe77'],
    ['ok 294417', 'code 294417'],
    ['密码不对 就是这个 Tiger@2008 昨天还能登', 'password Tiger@2008'],
    ['2fa is six six zero one nine four', 'code six six zero one nine four'],
  ])('"%s" holds the %s and nothing else', (text, secret) => {
    expect(found(text)).toEqual([secret]);
  });

  it('may hold several', () => {
    expect(found('old password oldpass1, new password newpass2')).toEqual([
      'password oldpass1',
      'password newpass2',
    ]);
  });
});
