import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLookUp } from '../../../../src/guard/index.js';
import { registryOf } from '../../../support/registry-of.js';
import { bundleOf, edited, smallContent } from '../../../support/small-content.js';

const lookUpOn = createLookUp(bundleOf(smallContent()).registry);
const lookUp = (value: string): string => lookUpOn(value, 'telegram');

describe('lookUp', () => {
  it.each([
    'https://wallet.example',
    'https://wallet.example/reset?from=mail#top',
    'wallet.example/help',
    'WALLET.example',
    '  wallet.example  ',
    'hxxps://wallet[.]example',
    'wallet。example',
    'https://wallet-mirror.example/reset',
    'no-reply@mail.wallet.example',
    'Support@Wallet.Example',
    '@ExampleLifelineBot',
    'examplelifelinebot',
    '+86 400 000 0000',
    '86-400-000-0000',
  ])('takes %s for ours', (value) => {
    expect(lookUp(value)).toBe('ours');
  });

  it.each([
    ['https://wallet.example/help\nhttps://evil.test/claim', 'not-ours'],
    ['https://evil.test/claim\nhttps://wallet.example/help', 'not-ours'],
    ['https://wallet.example/help\n@examplewallet_support\nhttps://evil.test', 'look-alike'],
    ['https://wallet.example/help\nno-reply@mail.wallet.example', 'ours'],
    [`${'https://wallet.example\n'.repeat(25)}https://evil.test`, 'not-ours'],
  ])('judges several by the worst of them: %j', (values, verdict) => {
    expect(lookUp(values)).toBe(verdict);
  });

  it.each([
    ['http://wallet.example', 'the scheme is not https'],
    ['https://wallet.example:8443/', 'another port'],
    ['https://wallet.example@evil.net/', 'our host is the user name'],
    ['https://wallet.example:443@evil.net/', 'our host and port are the user name'],
    ['https://user:pass@wallet.example/', 'a user name before our host'],
    ['https://wallet.example\\@evil.net', 'a backslash'],
    ['https://wallet.example.evil.net', 'our host as a subdomain'],
    ['https://example-wallet.net', 'our name as a host'],
    ['https://evil.net/wallet.example', 'our host in the path'],
    ['https://wa11et.example', 'digits for letters'],
    ['https://walIet.example', 'a capital i for an l'],
    ['https://wallеt.example', 'a Cyrillic e'],
    ['https://wαllet.example', 'a Greek alpha'],
    ['https://walet.example', 'a letter less'],
    ['https://exarnplewallet.net', 'rn for m in our name'],
    ['support@wallet.example.net', 'a mail address below our name'],
    ['no-reply@mail.wa11et.example', 'a mail address with digits for letters'],
    ['suport@wallet.example', 'a mail address a letter away'],
    ['@example_wa11et', 'a handle with digits for letters'],
    ['@examplewallet_support', 'a handle with our name in it'],
    ['@ехample_wallet', 'a handle with Cyrillic letters'],
    ['@examp\u200ble__wallet', 'a handle with one more letter, under an invisible one'],
  ])('takes %s for a look-alike: %s', (value) => {
    expect(lookUp(value)).toBe('look-alike');
  });

  it.each([
    'https://evil.net/',
    'evil.net',
    'somebody@mail.net',
    '@somebody',
    'somebody',
    '+1 555 0100',
    '',
    ' ',
    '@',
    'http://',
    '1'.repeat(600),
  ])('takes "%s" for not ours', (value) => {
    expect(lookUp(value)).toBe('not-ours');
  });

  it.each([
    ['https://wallet-example.net', 'a hyphen for the dot'],
    [new URL('https://wallеt.example').href, 'a Cyrillic letter in punycode, as apps hand it on'],
  ])('takes %s for a look-alike: %s', (value) => {
    expect(lookUp(value)).toBe('look-alike');
  });

  // A registry may link to a platform that everybody can write on: its host is not ours.
  it.each(['https://t.me/ExampleWalletHelpDesk', 'https://t.me/somebody_else'])(
    'takes a stranger on a shared platform (%s) for not ours',
    (value) => {
      const files = edited(
        smallContent(),
        'flows/official.yaml',
        'url: "https://wallet.example/help/fees"',
        'url: "https://t.me/example_wallet"',
      );
      expect(createLookUp(bundleOf(files).registry)(value, 'telegram')).not.toBe('ours');
    },
  );

  const PLATFORMS = ['telegram', 'discord', 'slack', 'console'] as const;
  const everywhere = createLookUp(registryOf(readFileSync('flows/official.yaml', 'utf8')));

  it.each([
    ['@ExampleLifelineBot', 'telegram'],
    ['@ExampleLifeline', 'discord'],
    ['lifeline', 'slack'],
  ] as const)('knows our %s on %s, and on no other platform', (name, where) => {
    for (const platform of PLATFORMS)
      expect(everywhere(name, platform), platform).toBe(platform === where ? 'ours' : 'elsewhere');
  });

  it('takes a name that is ours on X for ours nowhere else', () => {
    for (const platform of PLATFORMS) {
      expect(everywhere('@example_wallet', platform)).toBe('elsewhere');
      expect(everywhere('https://x.com/example_wallet', platform)).toBe('ours');
      expect(everywhere('https://t.me/example_wallet', platform)).toBe('look-alike');
      expect(everywhere('https://x.com/ExampleLifelineBot', platform)).not.toBe('ours');
    }
  });

  it('takes the name of a channel that is no platform for ours on all', () => {
    for (const platform of PLATFORMS) expect(lookUpOn('@example_wallet', platform)).toBe('ours');
  });
});
