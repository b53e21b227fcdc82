import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createImpersonationJudge } from '../../../../src/guard/impersonation/impersonation.js';
import { registryOf } from '../../../support/registry-of.js';
import { HALVES, sayings } from '../../../support/sayings.js';

const judge = createImpersonationJudge(registryOf(readFileSync('flows/official.yaml', 'utf8')));

/** Of 100 messages, how many may be overlooked or taken for what they are not. */
const MAX_OVERLOOKED = 5;
const MAX_FALSE = 4;

describe.each(HALVES)('what people wrote, the %s part', (half) => {
  it('is seen for what it is where it is fake support', () => {
    const scams = sayings('scams', half);
    const overlooked = scams.filter(({ text, author }) => !judge(text, author).scam);
    expect(
      (100 * overlooked.length) / scams.length,
      overlooked.map(({ text }) => text).join('\n'),
    ).toBeLessThan(MAX_OVERLOOKED);
  });

  it('is left alone where it asks, tells, warns or is ordinary talk', () => {
    const innocent = sayings('innocent', half);
    const taken = innocent.filter(({ text, author }) => judge(text, author).scam);
    expect((100 * taken.length) / innocent.length, taken.map(({ text }) => text).join('\n')).toBeLessThan(
      MAX_FALSE,
    );
  });
});

describe('a message in a group', () => {
  it.each([
    ['admin will DM you', 'asks-for-contact'],
    ['Validate your wallet at https://dapp-fix.test', 'wallet-ritual'],
    ['Send me your recovery phrase and I restore it', 'asks-for-secret'],
    ['Pay the unlock fee first, then the withdrawal is released', 'asks-for-money'],
    ['Install AnyDesk and share your screen', 'asks-for-screen'],
    ['Reset it at https://wallet.example.evil.test', 'look-alike-link'],
    ['look: tg://resolve?domain=helper', 'blocked-link'],
    ['私聊我，我是官方客服', 'asks-for-contact'],
    ['請提供您的助記詞', 'asks-for-secret'],
  ])('is fake support: %s (%s)', (text, why) => {
    expect(judge(text)).toEqual({ scam: true, why });
  });

  it.each([
    ['Is https://wallet.example.evil.test yours?', 'asks-about-it'],
    ['Somebody sent me https://wallet.example.evil.test', 'tells-of-it'],
    ['Beware of https://wallet.example.evil.test, it is phishing', 'warns-of-it'],
    ['Admins will never DM you first', 'nothing'],
    ['The page is https://wallet.example/reset', 'nothing'],
    ['"Your account is suspended, verify at https://verify-now.test" came by mail', 'nothing'],
    ['收到这条：“您的钱包需要验证，请点击 https://yz.test”', 'nothing'],
    ['', 'nothing'],
  ])('is left alone: %s (%s)', (text, why) => {
    expect(judge(text)).toMatchObject({
      scam: false,
      why: expect.stringMatching(why === 'nothing' ? /nothing|warns|tells/ : why),
    });
  });

  it.each([
    ['Example Wallet Support', 'ew_help'],
    ['ExampIe Wallet', 'x1'],
    ['Exаmple Wаllet', 'x2'],
    ['Anna', 'example_wallet_'],
    ['Anna', 'ExampleLifelineB0t'],
    ['Official Example Wallet Team', 'x3'],
    ['𝐄𝐱𝐚𝐦𝐩𝐥𝐞 𝐖𝐚𝐥𝐥𝐞𝐭', 'x4'],
    ['Ex\u200bample Wallet', 'x5'],
  ])('is fake support by the name %s (@%s) alone', (name, handle) => {
    expect(judge('hello', { name, handle })).toEqual({ scam: true, why: 'name-like-ours' });
  });

  it.each([
    ['Anna', 'anna_1'],
    ['Walter', 'wallet_fan'],
    ['Support', 'sup'],
    ['Example', 'ex'],
    ['Example Wallet user since 2019', 'longtime'],
    ['', ''],
  ])('is no fake support by the name %s (@%s)', (name, handle) => {
    expect(judge('hello', { name, handle }).scam).toBe(false);
  });

  it('of an account of ours is left alone, whatever it says', () => {
    const author = { name: 'Example Wallet', handle: 'ExampleLifeline', platform: 'discord' } as const;
    expect(judge('Send me a direct message', author)).toEqual({ scam: false, why: 'staff' });
  });

  it('is fake support by the name of an account that is ours on another platform only', () => {
    for (const handle of ['ExampleLifeline', 'example_wallet'])
      expect(judge('hello', { name: 'Anna', handle, platform: 'telegram' })).toEqual({
        scam: true,
        why: 'name-like-ours',
      });
  });

  it('is seen through letters of other scripts, unseen characters and dots', () => {
    for (const text of [
      'Vаlidаte yоur wаllet',
      'Val\u200bidate your wal\u200blet',
      'ＤＭ ｍｅ ｆｏｒ ｈｅｌｐ',
      'D.M me for help',
    ])
      expect(judge(text).scam, text).toBe(true);
  });

  it('is judged by links under other words too', () => {
    expect(judge('our page', undefined, ['https://wallet.example.evil.test']).why).toBe('look-alike-link');
    expect(judge('wallet.example', undefined, ['https://evil.test/x']).why).toBe('look-alike-link');
    expect(judge('what I wrote of Example Wallet', undefined, ['https://blog.test/x']).scam).toBe(false);
  });
});
