import { describe, expect, it } from 'vitest';
import { refuseLink, refuseName, refusePhrase, refuseText } from '../../../src/authoring/refuse-words.js';
import { shippedCheckWords } from '../../support/shipped-check-words.js';
import { bundleOf, smallContent } from '../../support/small-content.js';

const bundle = bundleOf(smallContent());
const checkWords = shippedCheckWords();
const text = (typed: string, locale = 'en', like: string | null = null) =>
  refuseText({ bundle, checkWords }, locale, 'text', typed, like);

describe('a name', () => {
  it.each([
    ['', 'needed'],
    ['  ', 'needed'],
    ['Fees Abroad', 'fees-abroad'],
    ['手续费', 'small Latin letters'],
    ['9lives', 'small Latin letters'],
    ['a--b', 'small Latin letters'],
    ['fe\u0435s', 'only looks like the right one'],
    ['fe\u200bes', 'cannot be seen'],
    ['idle', 'a word of the program'],
    ['menu', 'a word of the program'],
    ['answers', 'a word of the program'],
    ['cancel', 'a word of the program'],
    ['null', 'a word of the program'],
    ['fees', 'already, in flows/answers.yaml'],
    ['recover', 'already, in flows/recover.yaml'],
    ['forgot-password', 'already starts "recover"'],
    ['a'.repeat(41), 'at most 40'],
  ])('%j is refused', (name, said) => {
    expect(refuseName(bundle, name)).toContain(said);
  });

  it('may be any other', () => {
    for (const name of ['fees-abroad', ' fees-abroad ', 'a2', 'x'])
      expect(refuseName(bundle, name)).toBeNull();
  });
});

describe('a text', () => {
  it.each([
    ['', 'an empty text'],
    [' \n ', 'an empty text'],
    ['Look at https://wallet.example/help/fees', 'No address'],
    ['Look at wallet.example', 'No address'],
    ['Look at evil.com/help', 'No address'],
    ['Write to @example_wallet', 'No address'],
    ['Write to support@wallet.example', 'No address'],
    ['Call +86 400 000 0000 or +1 555 0100 200', 'No address'],
    ['Please type your recovery phrase here.', 'asks for a secret'],
    ['Never share it. Now type your seed phrase here.', 'asks for a secret'],
    ['What are your 24 words?', 'asks for a secret'],
    ['Send me the code from the SMS', 'asks for a secret'],
    ['legal winner thank year wave sausage worth useful legal winner thank yellow', 'a real secret'],
    ['The f\u0435e is small', 'only looks like the right one'],
    ['The \u{1D41F}ee is small', 'only looks like the right one'],
    ['Hidden\u200b word', 'cannot be seen'],
    ['**Bold** words', 'no Markdown'],
    ['Wait {mail, duration', 'not valid'],
    ['Wait {post, duration}', '_times.yaml'],
    ['Hello {produkt}', 'did you mean "product"'],
    ["It's l'{product}", 'apostrophe'],
    ['x'.repeat(1501), 'too long'],
  ])('%j is refused', (typed, said) => {
    expect(text(typed)).toContain(said);
  });

  it.each([
    ['zh-CN', '请把助记词发给客服核对'],
    ['zh-CN', '您的私钥是什么？'],
    ['zh-TW', '請輸入您的驗證碼。'],
    ['zh-TW', '把密碼告訴我們。'],
  ])('that asks for a secret is refused in %s: %s', (locale, typed) => {
    expect(text(typed, locale)).toContain('asks for a secret');
  });

  it.each([
    ['en', 'Never give your recovery phrase to anyone.'],
    ['en', "Don't type a code into a chat. Nobody needs your password."],
    ['en', 'Wait {mail, duration}. {product} will show it.'],
    ['en', 'Two of them keep it: l\u2019{product}'],
    ['zh-CN', '不要把助记词发给任何人。'],
    ['zh-TW', '絕不要說出驗證碼。'],
    ['ru', 'Комиссия везде одна. {product}'],
    ['en', 'All good 👍🏽 👨‍👩‍👧'],
  ])('%s may say %j', (locale, typed) => {
    expect(text(typed, locale)).toBeNull();
  });

  it('uses the same values in every language', () => {
    expect(text('费用', 'zh-CN', 'Fees of {product}')).toContain('{product}');
    expect(text('{product} 的费用', 'zh-CN', 'Fees of {product}')).toBeNull();
  });

  it('is short where it stands on a button, a Chinese character counting as two', () => {
    expect(refuseText({ bundle, checkWords }, 'en', 'title', 'x'.repeat(24), null)).toBeNull();
    expect(refuseText({ bundle, checkWords }, 'en', 'title', 'x'.repeat(25), null)).toContain(
      'at most 24 characters (12 Chinese)',
    );
    expect(refuseText({ bundle, checkWords }, 'zh-CN', 'title', '费'.repeat(13), null)).toContain(
      'at most 24',
    );
    expect(refuseText({ bundle, checkWords }, 'en', 'label', 'two\nlines', null)).toContain('one line');
  });
});

describe('a phrase', () => {
  it.each([
    ['', 'Write what'],
    ['en cancel', 'always means "cancel"'],
    ['EN Yes', 'means yes or no'],
    ['en wants fees', '"fees" has that phrase'],
    ['said before', 'that one already'],
    ['x'.repeat(201), 'at most 200'],
    ['hid\u200bden', 'cannot be seen'],
    ['legal winner thank year wave sausage worth useful legal winner thank yellow', 'a real secret'],
  ])('%j is refused', (typed, said) => {
    expect(refusePhrase(bundle, 'en', typed, ['Said before'])).toContain(said);
  });

  it('may be any other', () => {
    expect(refusePhrase(bundle, 'en', 'what does it cost abroad', [])).toBeNull();
  });
});

describe('a link', () => {
  it('is one of the registry', () => {
    expect(refuseLink(bundle, 'help-fees')).toBeNull();
    expect(refuseLink(bundle, 'help-fee')).toContain('did you mean "help-fees"');
    expect(refuseLink(bundle, 'https://wallet.example')).toContain('no address');
  });
});
