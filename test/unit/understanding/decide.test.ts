import { describe, expect, it } from 'vitest';
import type { ConversationEvent, Expectation } from '../../../src/model/index.js';
import type { Ranking } from '../../../src/understanding/classify.js';
import { decide } from '../../../src/understanding/decide.js';
import { hear } from '../../../src/understanding/hear.js';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { createLexicon } from '../../../src/understanding/lexicon.js';
import { BOOKS, NOTHING, question } from './small-books.js';

const { understand } = createUnderstanding({ locales: BOOKS });
const event = (text: string, expectation: Expectation = NOTHING, locale = 'en'): ConversationEvent =>
  understand(text, locale, expectation).event;

describe('global words', () => {
  it('work as a whole message, in any case, and in any shipped language', () => {
    expect(event('Never mind.')).toEqual({ kind: 'global', word: 'cancel' });
    expect(event('heeelp!!')).toEqual({ kind: 'global', word: 'help' });
    expect(event('cancel', NOTHING, 'zh-CN')).toEqual({ kind: 'global', word: 'cancel' });
    expect(event('取 消', NOTHING, 'en')).toEqual({ kind: 'global', word: 'cancel' });
  });
  it('do not work inside a longer message', () => {
    expect(event('help, someone has my seed phrase')).toMatchObject({
      kind: 'intent',
      intent: 'leaked-secret',
    });
  });
  it('come before choices and free text', () => {
    expect(event('help', question(['Help', 'Other'], ['text']))).toEqual({ kind: 'global', word: 'help' });
  });
});

describe('a yes or no to nothing that was asked', () => {
  it.each(['yes', 'No', '👍'])('"%s" is near no intent', (text) => {
    expect(event(text)).toEqual({ kind: 'unclear', near: [] });
    expect(event(text, question(['In the spam folder', 'Wrong address']))).toEqual({
      kind: 'unclear',
      near: [],
    });
  });
  it('is what an author says it is', () => {
    const books = new Map(BOOKS);
    const english = BOOKS.get('en');
    if (english === undefined) throw new Error('there is no English');
    books.set('en', {
      ...english,
      intents: new Map([...english.intents, ['fees', ['sure', 'fees please']]]),
    });
    const { event: said } = createUnderstanding({ locales: books }).understand('sure', 'en', NOTHING);
    expect(said).toMatchObject({ kind: 'intent', intent: 'fees' });
  });
});

describe('a text that is nothing but an expected value', () => {
  it('is the answer, whatever choice it looks like', () => {
    const english = BOOKS.get('en');
    if (english === undefined) throw new Error('there is no English');
    const intents = new Map([...english.intents, ['fees', ['{link}', 'see {link}', 'what about {link}']]]);
    const { understand: hears } = createUnderstanding({
      locales: new Map([['en', { ...english, intents }]]),
    });
    const choices = [{ value: 'fees', label: 'About fees', means: ['fees'] }];
    const said = hears('https://wallet.example/fees', 'en', { choices, expects: ['link'] });
    expect(said.event).toEqual({ kind: 'answer', value: 'https://wallet.example/fees' });
  });
});

describe('a label that names several things', () => {
  const menu = question(['Forgot my password', 'My email or sms never came']);
  it('is not taken for the first of them, when that is an intent of its own', () => {
    expect(event('my email', menu)).toMatchObject({ kind: 'intent', intent: 'mail-missing' });
    expect(event('my email or sms', menu)).toEqual({ kind: 'choice', value: 'b' });
  });
  it('is taken by the first of them, when that is no certain intent', () => {
    const others = question(['A dog or a cat', 'A horse']);
    expect(event('a dog', others)).toEqual({ kind: 'choice', value: 'a' });
  });
});

describe('a choice named outright', () => {
  const mail = question(['In the spam folder', 'Wrong address', 'I waited']);

  it('is taken by its label', () => {
    expect(event('in the SPAM folder!', mail)).toEqual({ kind: 'choice', value: 'a' });
  });
  it.each([
    '2',
    '２',
    '②',
    '2.',
    '(2)',
    '（2）',
    '2️⃣',
    '#2',
    'option 2',
    'number 2',
    '2nd',
    'the second one',
    '选2',
    '選２',
    '第二个',
    '第二個',
    '第2个',
    '我选2',
    '二',
  ])('is taken by its number, written "%s"', (text) => {
    expect(event(text, mail)).toEqual({ kind: 'choice', value: 'b' });
  });
  it('is not taken by a number that no choice has', () => {
    expect(event('7', mail)).toEqual({ kind: 'unclear', near: [] });
    expect(event('0', mail)).toEqual({ kind: 'unclear', near: [] });
  });
  it('is taken by yes or no where the values are yes and no', () => {
    const sure = question(['yes=It came', 'no=Not yet']);
    expect(event('yep', sure)).toEqual({ kind: 'choice', value: 'yes' });
    expect(event('👍', sure)).toEqual({ kind: 'choice', value: 'yes' });
    expect(event('不是', sure)).toEqual({ kind: 'choice', value: 'no' });
    expect(event('yes, just now', sure)).toEqual({ kind: 'choice', value: 'yes' });
    expect(event('是的，刚到', sure, 'zh-CN')).toEqual({ kind: 'choice', value: 'yes' });
    expect(event('yes', mail)).toMatchObject({ kind: 'unclear' });
  });
});

describe('a choice pointed at', () => {
  const mail = question(['In the spam folder', 'Wrong address', 'Wrong mailbox']);

  it('is taken by the beginning of its label or a word only it has', () => {
    expect(event('in the sp', mail)).toEqual({ kind: 'choice', value: 'a' });
    expect(event('address', mail)).toEqual({ kind: 'choice', value: 'b' });
  });
  it('is taken by a word of three letters that only its label has', () => {
    const secret = question(['The wallet password', 'The app PIN', 'Something else']);
    expect(event('pin', secret)).toEqual({ kind: 'choice', value: 'b' });
    expect(event('ap', secret).kind).not.toBe('choice');
  });
  it('is taken when its label stands in a short text', () => {
    expect(event('it was in the spam folder', mail)).toEqual({ kind: 'choice', value: 'a' });
    expect(event('在垃圾邮件里啊', question(['在垃圾邮件里', '还没找']), 'zh-CN')).toEqual({
      kind: 'choice',
      value: 'a',
    });
  });
  it('is taken by another word of the same meaning, when only one label has that meaning', () => {
    const books = new Map(
      [...BOOKS].map(([tag, book]) => [
        tag,
        {
          ...book,
          alike: new Map([
            ['delete', ['delete', 'wiped']],
            ['password', tag === 'en' ? ['password', 'pwd', 'passcode', 'pin'] : ['密码', '口令']],
            ['phrase', tag === 'en' ? ['recovery phrase', 'seed'] : ['助记词', '种子']],
          ]),
        },
      ]),
    );
    const hears = createUnderstanding({ locales: books }).understand;
    const kind = (text: string, locale: string, ...labels: readonly string[]): ConversationEvent =>
      hears(text, locale, question(labels)).event;
    const english = ['Login password', 'Payment PIN', 'Recovery phrase', 'I am not sure'];
    expect(kind('pwd', 'en', ...english)).toEqual({ kind: 'choice', value: 'a' });
    expect(kind('Passcode!', 'en', ...english)).toEqual({ kind: 'choice', value: 'a' });
    expect(kind('seed', 'en', ...english)).toEqual({ kind: 'choice', value: 'c' });
    expect(kind('passcode', 'en', 'Old password', 'New password').kind).not.toBe('choice');
    expect(kind('wiped', 'en', 'Yes, delete it', 'Keep it').kind).not.toBe('choice');
    expect(kind('seed', 'en', 'My recovery phrase is known', 'Nobody knows it').kind).not.toBe('choice');
    expect(kind('seed', 'en', 'No recovery phrase', 'I am not sure').kind).not.toBe('choice');
    expect(kind('口令', 'zh-CN', '登录密码', '助记词')).toEqual({ kind: 'choice', value: 'a' });
    expect(kind('口令', 'zh-CN', '登录密码', '支付密码').kind).not.toBe('choice');
    expect(kind('種子', 'zh-TW', '登入密碼', '助記詞')).toEqual({ kind: 'choice', value: 'b' });
    expect(kind('密碼', 'en', 'Password', 'Recovery phrase')).toEqual({ kind: 'choice', value: 'a' });
  });
  it('is not taken when several fit', () => {
    expect(event('wrong', mail).kind).not.toBe('choice');
  });
  it('is not taken when the text says the opposite', () => {
    expect(event('it is not in the spam folder', mail).kind).not.toBe('choice');
    expect(event('没有在垃圾邮件里', question(['在垃圾邮件里', '还没找']), 'zh-CN').kind).not.toBe('choice');
  });
  it('is not taken by a common word', () => {
    expect(event('the', question(['The page asked me', 'Other'])).kind).not.toBe('choice');
  });
  it('is taken by the digits its label begins with, unless they number a choice', () => {
    expect(event('24', question(['12 words', '24 words']))).toEqual({ kind: 'choice', value: 'b' });
    expect(event('1', question(['2 days', '1 day']))).toEqual({ kind: 'choice', value: 'a' });
  });
});

describe('a choice that means an intent', () => {
  const step: Expectation = {
    choices: [
      { value: 'mail', label: 'Nothing arrived', means: ['mail-missing'] },
      { value: 'other', label: 'Something else', means: [] },
    ],
    expects: [],
  };

  it('is taken by a sentence of that intent', () => {
    expect(event('i still did not get the email', step)).toEqual({ kind: 'choice', value: 'mail' });
  });
  it('carries what stands in the sentence', () => {
    const official: Expectation = {
      choices: [{ value: 'another', label: 'Something else came', means: ['is-it-official'] }],
      expects: [],
    };
    expect(event('is https://x.example yours', official)).toEqual({
      kind: 'choice',
      value: 'another',
      found: [{ kind: 'link', value: 'https://x.example' }],
    });
  });
  it('carries a second question of the same message, but not the first one twice', () => {
    expect(event('i still did not get the email. also, how much are the fees?', step)).toEqual({
      kind: 'choice',
      value: 'mail',
      also: 'fees',
    });
    expect(event('i did not get the email. also, where is my email?', step)).toEqual({
      kind: 'choice',
      value: 'mail',
    });
  });
  it('is not taken by a sentence of another intent', () => {
    expect(event('someone has my seed phrase', step)).toMatchObject({
      kind: 'intent',
      intent: 'leaked-secret',
    });
  });
});

describe('a free answer', () => {
  it.each([
    ['link', 'they sent me https://x.example/a', 'https://x.example/a'],
    ['handle', 'his name is @example_help.', '@example_help'],
    ['handle', 'ExampleHelp_bot', 'ExampleHelp_bot'],
    ['mail', 'it came from a@b.example', 'a@b.example'],
    ['number', '他用 138 0013 8000 打来', '138 0013 8000'],
    ['hash', 'ab12'.repeat(16), 'ab12'.repeat(16)],
  ] as const)('of kind %s is the value in "%s"', (kind, text, value) => {
    expect(event(text, question([], [kind]))).toEqual({ kind: 'answer', value });
  });
  it('is all of several values that are to be looked up, else the first', () => {
    const asked = '@who from https://x.example and https://y.example';
    expect(event(asked, question([], ['handle', 'link']))).toEqual({
      kind: 'answer',
      value: 'https://x.example\nhttps://y.example\n@who',
    });
    expect(event('@who or @whom', question([], ['handle']))).toEqual({ kind: 'answer', value: '@who' });
  });

  it('of a few words is taken as written when no intent is certain', () => {
    expect(event('  My  Blue Ledger ', question([], ['words']))).toEqual({
      kind: 'answer',
      value: 'My Blue Ledger',
    });
    expect(event('someone has my seed phrase', question([], ['words']))).toMatchObject({ kind: 'intent' });
    expect(event('one two three four five six seven eight nine', question([], ['words'])).kind).not.toBe(
      'answer',
    );
  });
  it('of any text gives way to global words, named choices and expected values only', () => {
    const any = question(['Skip this'], ['text', 'link']);
    expect(event('someone has my seed phrase', any)).toEqual({
      kind: 'answer',
      value: 'someone has my seed phrase',
    });
    expect(event('1', any)).toEqual({ kind: 'choice', value: 'a' });
    expect(event('look at https://x.example', any)).toEqual({ kind: 'answer', value: 'https://x.example' });
    expect(event('cancel', any)).toEqual({ kind: 'global', word: 'cancel' });
    expect(event('\u200b', any)).toEqual({ kind: 'unclear', near: [] });
  });
});

describe('intents', () => {
  it('are taken when certain, with what was found', () => {
    expect(event('is https://x.example yours')).toEqual({
      kind: 'intent',
      intent: 'is-it-official',
      found: [{ kind: 'link', value: 'https://x.example' }],
    });
    expect(event('https://x.example')).toMatchObject({ kind: 'intent', intent: 'is-it-official' });
  });
  it('are asked about when several are near', () => {
    const { event: asked } = understand('i am still waiting', 'en', NOTHING);
    expect(asked.kind).toBe('ask-back');
    if (asked.kind !== 'ask-back') return;
    expect([...asked.intents].sort()).toEqual(expect.arrayContaining(['code-missing', 'mail-missing']));
    expect(asked.intents.length).toBeLessThanOrEqual(3);
  });
  it('are unclear for what is none of ours', () => {
    expect(event('tell me a joke')).toEqual({ kind: 'unclear', near: [] });
    expect(event('qwzx vbnm')).toMatchObject({ kind: 'unclear' });
    expect(event('')).toEqual({ kind: 'unclear', near: [] });
  });
  it('are two when two questions are asked', () => {
    expect(event('i forgot my password. also, how much are the fees?')).toMatchObject({
      kind: 'intent',
      intent: 'forgot-password',
      also: 'fees',
    });
    expect(event('where is my email? where is my email?')).not.toHaveProperty('also');
  });
  it('of a label that only holds the words give way to an author’s phrase', () => {
    const menu = question(['No mail in my inbox, no SMS, no code', 'Something else']);
    expect(event('no mail in my inbox', menu)).toMatchObject({ kind: 'intent', intent: 'mail-missing' });
  });
  it('are read through greetings and thanks', () => {
    expect(event('hello, the reset mail never came please')).toMatchObject({ intent: 'mail-missing' });
  });
});

describe('a text in a language that is not shipped', () => {
  it.each([
    'Я забыл пароль от кошелька',
    'パスワードを忘れました',
    'আমি আমার পাসওয়ার্ড ভুলে গেছি',
    'პაროლი დამავიწყდა',
    'መክፈቻ ረሳሁ',
    'ਮੈਂ ਆਪਣਾ ਪਾਸਵਰਡ ਭੁੱਲ ਗਿਆ',
    'ich habe mein passwort vergessen und komme nicht rein',
  ])('opens the choice of language: "%s"', (text) => {
    expect(event(text)).toEqual({ kind: 'global', word: 'language' });
  });
  it('does not when its words are understood all the same', () => {
    expect(event('how much are the fees')).toMatchObject({ kind: 'intent', intent: 'fees' });
  });
});

describe('a message that answers the question and asks another one', () => {
  it('is the choice that its first part means, though the whole is most about the other', () => {
    const about = (intent: string): Ranking => ({ intents: [{ intent, score: 0.95 }], clear: 0.9 });
    const said = decide({
      heard: hear('the reset never arrived. and what about fees?'),
      lexicon: createLexicon([...BOOKS.values()]),
      expectation: {
        choices: [
          { value: 'none', label: 'Neither of them', means: ['mail-missing'] },
          { value: 'works', label: 'It works', means: [] },
        ],
        expects: [],
      },
      labelKey: (label) => label,
      rank: () => about('fees'),
      questions: () => [about('mail-missing'), about('fees')],
      joined: () => null,
      foreign: () => false,
    });
    expect(said).toEqual({ kind: 'choice', value: 'none', also: 'fees' });
  });
});
