import { describe, expect, it } from 'vitest';
import { createGuard } from '../../../src/guard/index.js';
import { conversationId } from '../../../src/model/index.js';

const ID = conversationId('console', { channel: 'terminal' }, '1');
const inspect = (text: string) => createGuard().inspect(ID, text, 0);

// Public test vectors: BIP-32 vector 1, the WIF example of the Bitcoin wiki, made-up digits.
const HEX = 'e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262';
const XPRV =
  'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi';
const WIF = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';

describe('the guard, by pattern', () => {
  it.each([
    [`my private key: ${HEX}, help`, 'my private key:  , help', 'key'],
    [`我的私钥是${HEX}`, '我的私钥是', 'key'],
    [`Private Key: 0x${HEX}`, 'Private Key:', 'key'],
    [`私钥：${HEX}`, '私钥：', 'key'],
    [`look ${XPRV} here`, 'look   here', 'key'],
    [`WIF ${WIF}`, 'WIF', 'key'],
    [`-----BEGIN EC PRIVATE KEY-----\nMHQCAQEE\n-----END EC PRIVATE KEY-----\nthat one`, 'that one', 'key'],
    ['otpauth://totp/x?secret=JBSWY3DPEHPK3PXP', '', 'code'],
    ['验证码是 123456，对吗', '验证码是  ，对吗', 'code'],
    ['the verification code is 482913', 'the verification code is', 'code'],
    ['密码：Hunter2!', '密码：', 'password'],
    ['my password is Hunter2! and now?', 'my password is   and now?', 'password'],
    ['PIN: 4711', 'PIN:', 'password'],
  ])('takes the secret out of "%s"', (text, clean, kind) => {
    expect(inspect(text)).toEqual({ clean, secrets: [kind] });
  });

  it.each([
    `my private key is ${HEX}`,
    `my private key is 0x${HEX}`,
    `here is my private key for the wallet: ${HEX}`,
    `the WIF is ${WIF}`,
    `${HEX} is my private key`,
    `这是我的私钥，帮我看看 https://x.y ${HEX}`,
  ])('takes the key out of "%s"', (text) => {
    expect(inspect(text).secrets).toEqual(['key']);
  });

  it.each([
    `the transaction ${HEX} is pending`,
    'my password is wrong',
    'the password is not accepted',
    '密码忘记了',
    '验证码一直没有收到',
    'the code is 6 digits long and never came',
    'order 20260301 of 10:45',
    '0x52908400098527886E0F7030069857D2E4169EE7',
  ])('leaves "%s" as it is', (text) => {
    const { clean, secrets, held } = inspect(text);
    expect({ clean, secrets, held }).toEqual({ clean: text, secrets: [], held: undefined });
  });

  it('names the gravest kind first, each once', () => {
    const words = `${'abandon '.repeat(11)}about`;
    expect(inspect(`密码：Hunter2! 验证码 123456\n${words}\npassword: Hunter3!`).secrets).toEqual([
      'phrase',
      'password',
      'code',
    ]);
  });

  it('sees through invisible characters', () => {
    expect(inspect(`private\u200b key: ${HEX.slice(0, 20)}\u2060${HEX.slice(20)}`)).toEqual({
      clean: 'private key:',
      secrets: ['key'],
    });
  });
});
