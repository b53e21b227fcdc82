import { describe, expect, it } from 'vitest';
import { asksSecret, promisesContact, writtenDurations } from '../../../src/authoring/asks-secret.js';
import type { CheckWords } from '../../../src/authoring/check-words.js';
import { shippedCheckWords } from '../../support/shipped-check-words.js';

const TAGS = ['en', 'zh-CN', 'zh-TW'] as const;
const words = shippedCheckWords();

function wordsOf(tag: string): CheckWords {
  const found = words.get(tag);
  if (found === undefined) throw new Error(`no words of ${tag}`);
  return found;
}

/** Texts that a bot must never say, in whatever way they hide it. */
const ASKS: Readonly<Record<(typeof TAGS)[number], readonly string[]>> = {
  en: [
    'Never share it. Now type your seed phrase here.',
    'What are your 24 words?',
    'Please send your recovery phrase to support for a check.',
    "Don't worry, type your private key here.",
    'Do not hesitate to send us your password.',
    'It is not dangerous to send us your seed phrase.',
    'Nobody else can see this chat, so enter your seed phrase here.',
    'Never give your password to strangers, but tell me your seed phrase.',
    'Never share your seed phrase. Now type it here.',
    'Never share your seed phrase with others. Only our agent needs it: paste it below.',
    "If you don't send your seed phrase, your coins are lost.",
    'Without your recovery phrase we cannot help you.',
    "Don't forget to tell us the code.",
    'You have not sent your recovery phrase yet.',
    'Your 12 words, please.',
    "We can't verify you until you share your private key.",
    'Not your password but your recovery phrase, please.',
    'Never share it and type your private key here.',
    'Won’t you tell me your PIN?',
    'Your PASSWORD is needed.',
    'ｐａｓｓｗｏｒｄ now',
    'Never share your recovery phrase with anyone\nThen send it to us',
  ],
  'zh-CN': [
    '请把助记词发给客服核对。',
    '不要告诉别人。现在在这里输入助记词。',
    '您的 24 个词是什么？',
    '请勿担心，助记词很安全，发来即可。',
    '为了不丢失资产，请把助记词发给客服。',
    '您还没有发助记词。',
    '不发助记词就无法恢复钱包。',
    '密码不要给别人，但是可以告诉我。',
    '助记词不要给任何人。现在发给我。',
    '别怕，把私钥粘贴到这里。',
    '不用担心，请提供验证码。',
    '如果不提供助记词，我们不能帮您。',
    '没有危险，请写下私钥。',
    '能不能告诉我助记词？',
    '我们从不保存密码，请输入密码。',
    '助记词要给我们核对一下。',
    '除了我们，不要把助记词给任何人。',
    '密钥文件请上传',
  ],
  'zh-TW': [
    '請把助記詞傳給客服核對。',
    '不要告訴別人。現在在這裡輸入助記詞。',
    '您的 24 個單字是什麼？',
    '請勿擔心，助記詞很安全，貼上來就好。',
    '為了不遺失資產，請把助記詞傳給客服。',
    '如果不提供助記詞，我們不能幫您。',
    '別怕，把私鑰貼到這裡。',
    '不用擔心，請提供驗證碼。',
    '助記詞不要給任何人。現在傳給我。',
    '除了我們，不要把助記詞給任何人。',
    '我們從不保存密碼，請輸入密碼。',
    '能不能告訴我註記詞？',
  ],
};

/** What is plainly right. */
const NEVER: Readonly<Record<(typeof TAGS)[number], readonly string[]>> = {
  en: [
    'Nobody ever needs your password, recovery phrase or private key.',
    'Never give anyone, us included, your password, recovery phrase, private key, codes or security answers.',
    'Do not write the password, phrase, key or code.',
    'We never ask you to send your password.',
    'Give no password and no code to anyone.',
    'Type the address into your browser.',
    'Support never needs your private key.',
  ],
  'zh-CN': [
    '客服从不要您的助记词。',
    '不要把助记词、私钥或验证码发给任何人。',
    '不要给密码、助记词、私钥或验证码，客服不需要它们。',
    '信里不要写密码、助记词、私钥或验证码。',
    '密码不要发到这里。',
    '请写一句话告诉我出了什么事。',
  ],
  'zh-TW': [
    '客服從不要您的助記詞。',
    '不要把助記詞、私鑰或驗證碼傳給任何人。',
    '信裡不要寫密碼、助記詞、私鑰或驗證碼。',
    '請用一句話告訴我發生什麼事。',
  ],
};

const rows = (texts: Readonly<Record<string, readonly string[]>>): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([tag, list]) => list.map((text) => [tag, text] as const));

describe('asksSecret', () => {
  it.each(rows(ASKS))('%s: finds “%s”', (tag, text) => {
    expect(asksSecret(text, wordsOf(tag))).not.toEqual([]);
  });

  it.each(rows(NEVER))('%s: has nothing to say of “%s”', (tag, text) => {
    expect(asksSecret(text, wordsOf(tag))).toEqual([]);
  });

  it('names the sentence that is wrong, not the one before it', () => {
    expect(asksSecret('Never share your key. Your seed phrase, please.', wordsOf('en'))).toEqual([
      'your seed phrase, please.',
    ]);
  });
});

describe('promisesContact', () => {
  it.each([
    ['en', 'Someone will call you soon.'],
    ['en', "We'll get back to you."],
    ['zh-CN', '我们会联系您。'],
    ['zh-TW', '專員會主動聯絡您，請等客服聯絡。'],
  ])('%s: finds “%s”', (tag, text) => {
    expect(promisesContact(text, wordsOf(tag))).not.toEqual([]);
  });

  it.each([
    ['en', 'Nobody will call you.'],
    ['zh-CN', '不会有人先来找您。'],
  ])('%s: has nothing to say of “%s”', (tag, text) => {
    expect(promisesContact(text, wordsOf(tag))).toEqual([]);
  });
});

describe('writtenDurations', () => {
  it.each([
    ['en', 'It takes 10 minutes.', ['10 minutes']],
    ['en', 'It takes ten minutes or an hour.', ['ten minutes', 'an hour']],
    ['en', 'It takes {mail, duration}, a few tries and 24 words.', []],
    ['zh-CN', '等 10 分钟，或者两个小时。', ['10 分钟', '两个小时']],
    ['zh-CN', '等一会儿，过几分钟再试。', []],
    ['zh-TW', '等三十分鐘', ['三十分鐘']],
  ])('%s: finds in “%s” %j', (tag, text, found) => {
    expect(writtenDurations(text, wordsOf(tag))).toEqual(found);
  });
});
