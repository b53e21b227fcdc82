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
