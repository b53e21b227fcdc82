import { describe, expect, it } from 'vitest';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { joinedWishes } from '../../../src/understanding/joined-wishes.js';
import { readBooks } from './shipped-books.js';
import { NOTHING } from './small-books.js';

const books = readBooks();
const { understand } = createUnderstanding({ locales: books });

describe('two wishes in one sentence', () => {
  it.each([
    ['en', 'i forgot my password and my phone was stolen', 'forgot-password', 'lost-phone'],
    ['en', 'i forgot my password, how much are the fees', 'forgot-password', 'fees'],
    ['en', 'the reset mail never came, and how do i install the app', 'mail-missing', 'install-app'],
    ['en', 'my phone was stolen. how do i install the app', 'lost-phone', 'install-app'],
    ['zh-CN', '邮件没收到，手续费多少', 'mail-missing', 'fees'],
    ['zh-CN', '我忘记密码了、手机也被偷了', 'forgot-password', 'lost-phone'],
    ['zh-CN', '忘记密码了还有手续费多少', 'forgot-password', 'fees'],
    ['zh-TW', '密碼忘了，手續費多少', 'forgot-password', 'fees'],
  ])('%s: "%s" is %s, then %s', (locale, text, intent, also) => {
    expect(understand(text, locale, NOTHING).event).toEqual({ kind: 'intent', intent, found: [], also });
  });

  it.each([
    ['en', 'lost both email and phone'],
    ['en', 'i forgot my password and now i cannot log in'],
    ['en', 'someone called me and it was a scam'],
    ['en', 'hello, i forgot my password'],
    ['en', 'i typed my password, it says wrong password'],
    ['zh-CN', '私钥和助记词有什么不同'],
    ['zh-CN', '换了手机，验证码收不到'],
    ['zh-CN', '你好，我忘记密码了'],
  ])('%s: "%s" is one', (locale, text) => {
    expect(understand(text, locale, NOTHING).event).not.toHaveProperty('also');
  });

  it('goes with a choice that means one of them', () => {
    const choices = [{ value: 'mail', label: 'x', means: ['mail-missing'] }];
    const said = understand('邮件没收到，手续费多少', 'zh-CN', { choices, expects: [] });
    expect(said.event).toEqual({ kind: 'choice', value: 'mail', also: 'fees' });
  });

  it('is looked for in few places, and not in long texts', () => {
    let asked = 0;
    const rank = () => {
      asked += 1;
      return { intents: [{ intent: 'a', score: 1 }], clear: 0.99 };
    };
    const whole = { intents: [{ intent: 'a', score: 1 }], clear: 0.9 };
    expect(joinedWishes('a, '.repeat(50), whole, rank)).toBeNull();
    expect(asked).toBeLessThanOrEqual(8);
    asked = 0;
    expect(joinedWishes('a, '.repeat(100), whole, rank)).toBeNull();
    expect(asked).toBe(0);
  });
});
