import type { Expectation, PhraseBook } from '../../../src/model/index.js';

/** A hand-made phrase book in English: a few intents that lie close enough to be asked about. */
export const ENGLISH: PhraseBook = {
  global: {
    cancel: ['cancel', 'never mind'],
    restart: ['start over'],
    language: ['language'],
    human: ['human', 'talk to a person'],
    help: ['help', 'help me'],
    'forget-me': ['delete my data'],
  },
  yes: ['yes', 'yep', 'sure', '👍'],
  no: ['no', 'nope'],
  ordinals: [
    ['first', 'the first one'],
    ['second', 'the second one'],
    ['third', 'the third one'],
  ],
  intents: new Map([
    [
      'forgot-password',
      [
        'i forgot my password',
        'cannot remember my password',
        'lost my login password',
        'what was my password',
        'password is gone from my head',
      ],
    ],
    [
      'mail-missing',
      [
        'the reset mail never came',
        'no mail in my inbox',
        'i did not get the email',
        'still waiting for the reset mail',
        'where is my email',
      ],
    ],
    [
      'code-missing',
      [
        'the sms code never came',
        'no code on my phone',
        'i did not get the sms',
        'still waiting for the code',
        'where is my sms',
      ],
    ],
    [
      'leaked-secret',
      [
        'i gave my recovery phrase to someone',
        'i typed my seed words into a website',
        'someone has my seed phrase',
        'i showed a stranger my recovery words',
        'a scammer got my recovery phrase',
      ],
    ],
    [
      'is-it-official',
      ['{link}', 'is {link} yours', 'is this link official', 'is {handle} really you', 'is this site real'],
    ],
    ['fees', ['how much are the fees', 'what does sending cost', 'network fee too high']],
  ]),
  outside: ['what is the weather', 'tell me a joke', 'who won the game', 'write a poem', 'how old are you'],
  alike: new Map([
    ['hello', ['hello', 'good morning']],
    ['please', ['please', 'pls']],
    ['thanks', ['thanks', 'thank you']],
    ['lose', ['lost', 'gone', 'misplaced']],
  ]),
};

/** The same in Simplified Chinese, smaller. */
const CHINESE: PhraseBook = {
  global: {
    cancel: ['取消'],
    restart: ['重新开始'],
    language: ['语言'],
    human: ['人工'],
    help: ['帮助'],
    'forget-me': ['删除我的数据'],
  },
  yes: ['是', '是的', '对'],
  no: ['不是', '没有'],
  ordinals: [['第一个'], ['第二个'], ['第三个']],
  intents: new Map([
    ['forgot-password', ['我忘记密码了', '密码想不起来了', '登录密码忘了', '忘了钱包密码']],
    ['mail-missing', ['收不到邮件', '重置邮件没来', '邮箱里没有邮件', '邮件一直没到']],
    [
      'leaked-secret',
      ['我把助记词给别人了', '助记词泄露了', '别人看到了我的助记词', '我把助记词输到网站上了'],
    ],
  ]),
  outside: ['今天天气怎么样', '讲个笑话', '现在几点'],
};

/** And in Traditional Chinese, smaller still. */
const TAIWANESE: PhraseBook = {
  ...CHINESE,
  global: { ...CHINESE.global, human: ['真人客服'] },
  intents: new Map([
    ['forgot-password', ['我忘記密碼了', '登入密碼忘了']],
    ['mail-missing', ['收不到信件', '重設信一直沒寄來', '信箱裡沒有信']],
    ['leaked-secret', ['我把助記詞給別人了', '助記詞外流了']],
  ]),
  outside: [],
};

/** The three together, Simplified Chinese first. */
export const BOOKS: ReadonlyMap<string, PhraseBook> = new Map([
  ['zh-CN', CHINESE],
  ['zh-TW', TAIWANESE],
  ['en', ENGLISH],
]);

/** A step that asks for nothing. */
export const NOTHING: Expectation = { choices: [], expects: [] };

/** A question with these labels; values are a, b, c …, or those given as `value=label`. */
export function question(labels: readonly string[], expects: Expectation['expects'] = []): Expectation {
  const choices = labels.map((label, i) => {
    const [value, text] = label.split('=');
    if (text === undefined || value === undefined) {
      return { value: String.fromCharCode(97 + i), label, means: [] };
    }
    return { value, label: text, means: [] };
  });
  return { choices, expects };
}
