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
    'Type your 12-word phrase here.',
    'Type the 24 word phrase',
    'What are your 18 words?',
    'Your twenty four words, please',
    'Your twenty-one words are needed.',
    'What is your wallet phrase?',
    'Tell us your secret recovery words.',
    'Send a photo of your backup words.',
    'We need your pass phrase.',
    'Please type your private-key.',
    'Your recovery key, please.',
    'Type your key here.',
    'Send your seedphrase to the agent.',
    'Do not hide your recovery phrase from support.',
    "Don't be shy, your seed phrase please.",
    'Never share your seed phrase. Now send it.',
    'Never tell anyone your password! Now please type it.',
    'Upload your JSON file so that we can check it.',
    'Read your 25 words out to the agent.',
    'Never be too shy to tell us your passphrase.',
    'Which words are in your mnemonic?',
    'Your keystore and its passcode go here.',
    'Your PIN-code, please.',
    'Nobody will be angry: what is your secret phrase?',
    'Do not withhold your phrase from our team.',
    "Don't hide your private key from us.",
    'Enter the phrase you wrote down when you made the wallet.',
    'Could you read me the words on your paper?',
    'Reply with all twenty-four, in order.',
    'Your backup, please.',
    'Take a screenshot of your recovery page and send it to us.',
    'No one but our agent may see your 24 words.',
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
    '请提供二十四个单词',
    '把那 12 个英文单词发过来',
    '请把 keystore 发来',
    '不要对客服隐瞒您的助记词',
    '请写出十八个词',
    '把 12个英文词 发给我',
    '您的英文单词是哪些？',
    '请把备份词拍照上传',
    '请上传钱包文件',
    '不用害羞，把短语告诉我',
    '千万不要告诉别人助记词。现在发给我。',
    '没人会看到，请输入恢复密钥',
    '请勿对我们隐瞒私钥',
    '助记码请报一下',
    '请按顺序写出您抄下的词',
    '请提供种子',
    '把恢复页截图发给我们',
    '请将密语发送给专员',
    '只有我们客服可以看您的助记词',
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
    '請提供二十四個單字',
    '把那 12 個英文單字傳過來',
    '請把 keystore 傳來',
    '不要對客服隱瞞您的助記詞',
    '請寫出十八個詞',
    '您的英文單字是哪些？',
    '請上傳錢包檔案',
    '不用害羞，把短語告訴我',
    '別著急，貼上您的私鑰',
    '請勿對我們隱瞞私鑰',
    '不準時也沒關係，請告訴我密碼',
    '請依序寫出您抄下的詞',
    '請提供種子',
    '把復原頁截圖傳給我們',
    '請將密語傳給專員',
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
    'Nobody needs your 24 words, we included.',
    'Never type your 12-word phrase into a chat.',
    'Do not send a photo of your backup words.',
    'Support never asks for your recovery key.',
    'Do not tell anybody your keystore file.',
    'A public key is known to everybody.',
    'Scan the QR code on the box.',
    'Add the country code to your number.',
    'The error code helps us.',
    'Press any key.',
    'Say in a few words what happened.',
    'Write one word about it.',
    'Tell me which app you use.',
    'Send a photo of the box.',
    'No one may see your seedphrase.',
    'Never show your private-key to anyone.',
    'What happened?',
    'Copy the address of the page.',
    'Please read the words on the page and compare the address.',
    'Send the mail again.',
  ],
  'zh-CN': [
    '客服从不要您的助记词。',
    '不要把助记词、私钥或验证码发给任何人。',
    '不要给密码、助记词、私钥或验证码，客服不需要它们。',
    '信里不要写密码、助记词、私钥或验证码。',
    '密码不要发到这里。',
    '请写一句话告诉我出了什么事。',
    '谁都不需要您的二十四个单词。',
    '不要把那 12 个英文单词发给任何人。',
    '没有人需要您的 keystore。',
    '请扫描盒子上的二维码。',
    '请告诉我错误代码。',
    '公钥是公开的。',
    '请用几个字说明情况。',
    '绝不要拍下备份词。',
    '请把页面的地址复制下来。',
  ],
  'zh-TW': [
    '客服從不要您的助記詞。',
    '不要把助記詞、私鑰或驗證碼傳給任何人。',
    '信裡不要寫密碼、助記詞、私鑰或驗證碼。',
    '請用一句話告訴我發生什麼事。',
    '誰都不需要您的二十四個單字。',
    '不要把那 12 個英文單字傳給任何人。',
    '沒有人需要您的 keystore。',
    '請掃描盒子上的 QR 碼。',
    '請告訴我錯誤代碼。',
    '公鑰是公開的。',
    '請用幾個字說明情況。',
    '絕不要拍下備份短語。',
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

/** Promises that somebody will come, and what only sounds like one. */
const PROMISES: Readonly<Record<(typeof TAGS)[number], readonly string[]>> = {
  en: [
    'Someone will call you soon.',
    "Don't worry, we will call you soon.",
    "We'll get back to you.",
    'We will reply within a day.',
    "You'll be contacted soon.",
    'You will receive a call.',
    'We are going to call you.',
    'Wait here until an agent joins.',
    'Our team shall soon be in touch.',
    'An agent is about to join this chat.',
    'You will then hear from one of us.',
    'I will write back as soon as I can.',
    'They are going to follow up tomorrow.',
    'Wait for our call.',
    'A specialist will shortly reach out.',
    'Expect our message today.',
    'Help is on the way.',
    'We’ll respond soon.',
    'You are going to get an answer today.',
    'Please stay online, our colleague joins in a moment.',
    'You can expect to hear from us.',
    'We will let you know.',
  ],
  'zh-CN': [
    '我们会联系您。',
    '客服稍后会与您联系。',
    '我们将联系您。',
    '我们会在一天内联系您。',
    '专员将尽快给您打电话。',
    '请等待客服来电。',
    '您会收到回复。',
    '技术人员马上跟进。',
    '稍后有人会私信您。',
    '团队很快会答复。',
    '请等人工接入。',
    '稍等，马上有人来帮您',
    '请保持在线，专员即将接入',
    '会有专人跟您对接',
    '请留意来电',
  ],
  'zh-TW': [
    '專員會主動聯絡您，請等客服聯絡。',
    '請等待客服來電。',
    '我們將聯絡您。',
    '客服稍後會與您聯繫。',
    '我們會在一天內回覆。',
    '專員將盡快給您打電話。',
    '團隊很快會答覆。',
    '稍後有人會私信您。',
    '稍等，馬上有人來幫您',
    '請保持在線，專員即將接入',
    '會有專人跟您對接',
    '請留意來電',
  ],
};

const NO_PROMISES: Readonly<Record<(typeof TAGS)[number], readonly string[]>> = {
  en: [
    'Nobody will call you.',
    'We never write first.',
    'We will not contact you.',
    'No agent will ever message you first.',
    'You will not hear from us here.',
    'You can call support from nine to five.',
    'Write to support; the address is below.',
    'The mail comes within {mail, duration}.',
    'We will show you the official page.',
    'You will get a mail with a link.',
    'I will show you where to look.',
    "Don't wait for a call.",
    'Was it support? Nobody of us will call you.',
    'Scammers call people and say they are support.',
    'Somebody wrote to you? It was not us.',
  ],
  'zh-CN': [
    '不会有人先来找您。',
    '我们从不主动联系您。',
    '客服不会给您打电话。',
    '您可以联系客服。',
    '我们会告诉您官方页面。',
    '您会收到一封邮件。',
    '不要等客服来电，没有人会打来。',
    '上班时间可以给客服写信。',
    '骗子会冒充客服。',
  ],
  'zh-TW': [
    '不會有人先來找您。',
    '我們從不主動聯絡您。',
    '客服不會給您打電話。',
    '您可以聯絡客服。',
    '我們會告訴您官方頁面。',
    '您會收到一封郵件。',
  ],
};

describe('promisesContact', () => {
  it.each(rows(PROMISES))('%s: finds “%s”', (tag, text) => {
    expect(promisesContact(text, wordsOf(tag))).not.toEqual([]);
  });

  it.each(rows(NO_PROMISES))('%s: has nothing to say of “%s”', (tag, text) => {
    expect(promisesContact(text, wordsOf(tag))).toEqual([]);
  });
});

describe('writtenDurations', () => {
  it.each([
    ['en', 'It takes 10 minutes.', ['10 minutes']],
    ['en', 'It takes ten minutes or an hour.', ['ten minutes', 'an hour']],
    ['en', 'It takes {mail, duration}, a few tries and 24 words.', []],
    ['en', 'sixteen minutes, fifty minutes', ['sixteen minutes', 'fifty minutes']],
    ['en', 'thirteen days or twenty-five days', ['thirteen days', 'twenty-five days']],
    ['en', 'within 24h or 48 hrs, not 2h', ['24h', '48 hrs', '2h']],
    ['en', 'a few minutes, several hours', ['a few minutes', 'several hours']],
    ['en', 'half an hour, a quarter of an hour', ['half an hour', 'a quarter of an hour']],
    ['en', 'one hundred and twenty seconds', ['twenty seconds']],
    ['en', '10min', ['10min']],
    ['en', 'The second mail, the first day, 3 tries, 24 words, 5 hosts and many a daydream.', []],
    ['en', 'Only the newest mail counts. Support works by day.', []],
    ['zh-CN', '等 10 分钟，或者两个小时。', ['10 分钟', '两个小时']],
    ['zh-CN', '等一会儿再试。', []],
    ['zh-CN', '过几分钟，一刻钟，5分，十三天', ['几分钟', '一刻钟', '5分', '十三天']],
    ['zh-CN', '请等5分钟，再等1.5小时', ['5分钟', '1.5小时']],
    ['zh-CN', '24h 内，四十五分钟', ['24h', '四十五分钟']],
    ['zh-CN', '十分安全，分三步，12 个词，第二次，今天，半信半疑。', []],
    ['zh-TW', '等三十分鐘', ['三十分鐘']],
    ['zh-TW', '過幾分鐘，一刻鐘，5分，兩週', ['幾分鐘', '一刻鐘', '5分', '兩週']],
    ['zh-TW', '十分安全，分三步，12 個字，第二次，今天。', []],
  ])('%s: finds in “%s” %j', (tag, text, found) => {
    expect(writtenDurations(text, wordsOf(tag))).toEqual(found);
  });
});
