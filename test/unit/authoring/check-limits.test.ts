import { describe, expect, it } from 'vitest';
import { tooLong } from '../../../src/authoring/check-limits.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';

/** What is too long when the title of `fees` reads so. */
function tooLongAs(title: string) {
  const files = smallContent();
  const path = 'locales/en/texts.yaml';
  const line = /^title\.fees: .*$/m.exec(files.get(path) ?? '')?.[0] ?? '';
  const bundle = bundleOf(edited(files, path, line, `title.fees: "${title}"`));
  return tooLong(bundle).filter(({ tag, key }) => tag === 'en' && key === 'title.fees');
}

describe('the title of a flow', () => {
  it.each([
    'It’s the “wrong” address',
    'Đặt lại mật khẩu của ví!',
    '重置钱包的登录密码的办法',
    '지갑비밀번호 새로 만들기',
  ])('may be as wide as 24 letters: %s', (title) => {
    expect(tooLongAs(title)).toEqual([]);
  });

  it.each(['It’s the “wrong” address.', '重置钱包的登录密码的办法?', '지갑비밀번호 새로 만들기!!'])(
    'is too long when it is wider: %s',
    (title) => {
      expect(tooLongAs(title)).toMatchObject([{ key: 'title.fees', code: 'title-too-long', most: 24 }]);
    },
  );
});

/** Where a text or label is too long that reads so, in all languages. */
function platformsOf(key: string, words: string, product = 'Example Wallet') {
  const registry = edited(smallContent(), 'flows/official.yaml', 'name: Example Wallet', `name: ${product}`);
  const files = ['en', 'zh-CN'].reduce((some, tag) => {
    const path = `locales/${tag}/texts.yaml`;
    const line = new RegExp(`^${key.replace('.', '\\.')}: .*$`, 'm').exec(some.get(path) ?? '')?.[0] ?? '';
    return edited(some, path, line, `${key}: "${words}"`);
  }, registry);
  return tooLong(bundleOf(files)).flatMap((one) =>
    one.tag === 'en' && one.key === key ? one.platforms : [],
  );
}

describe('a text with values', () => {
  it('fits on one platform and not on another', () => {
    const words = 'a word '.repeat(300).trim();
    expect(platformsOf('mail.check', words)).toEqual(['discord']);
    expect(platformsOf('mail.check', 'a word '.repeat(500).trim())).toEqual(['discord', 'slack']);
    expect(platformsOf('mail.check', 'a word')).toEqual([]);
  });

  it.each(['mail.check', 'mail.btn-yes'])('is judged with the longest values it can have: %s', (key) => {
    const most = key === 'mail.check' ? 2_000 : 40;
    const words = `{product}${'x'.repeat(most - 10)}`;
    expect(platformsOf(key, words, 'Short')).toEqual([]);
    expect(platformsOf(key, words, 'A Wallet With A Very Long Name Indeed')).not.toEqual([]);
  });
});
