import { entropyToMnemonic } from '@scure/bip39';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../../src/content/index.js';
import { buildBundle } from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import { createGuard } from '../../../src/guard/index.js';
import { BIP39_LISTS as WORD_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import { conversationId, type Inspected } from '../../../src/model/index.js';

const ID = conversationId('console', { channel: 'terminal' }, '1');
const LISTS = Object.entries(WORD_LISTS);
const AT = Date.parse('2026-03-02T01:00:00Z');

/** A valid phrase from fixed bytes: nobody's wallet. */
function phrase(list: readonly string[], seed: number, words: 12 | 24 = 12): readonly string[] {
  const bytes = Uint8Array.from(
    { length: (words * 4) / 3 },
    (_, index) => (seed * 73 + index * 151 + ((seed * index) % 89)) % 256,
  );
  return entropyToMnemonic(bytes, [...list]).split(/[ \u3000]/);
}

const inspect = (text: string) => createGuard().inspect(ID, text, AT);

/** Every way people set the words apart. */
const WRITTEN: Readonly<Record<string, (words: readonly string[]) => string>> = {
  'separated by spaces': (words) => words.join(' '),
  'separated by commas': (words) => words.join(', '),
  'separated by Chinese commas': (words) => words.join('、'),
  'one a line': (words) => words.join('\n'),
  'one a line with Windows line ends': (words) => words.join('\r\n'),
  'numbered with dots': (words) => words.map((word, index) => `${index + 1}. ${word}`).join('\n'),
  'numbered on one line': (words) => words.map((word, index) => `${index + 1} ${word}`).join(' '),
  'as a list': (words) => words.map((word) => `- ${word}`).join('\n'),
  'in upper case': (words) => words.join(' ').toUpperCase(),
  'in composed letters': (words) => words.join(' ').normalize('NFC'),
  'with zero-width characters inside': (words) =>
    words.map((word) => [...word.normalize('NFC')].join('\u200b')).join(' '),
};

describe('the guard', () => {
  describe.each(LISTS)('with a phrase of the list %s', (_name, list) => {
    it.each(Object.keys(WRITTEN))('removes it %s', (how) => {
      for (let seed = 1; seed <= 12; seed += 1) {
        const words = phrase(list, seed, seed % 3 === 0 ? 24 : 12);
        const { clean, secrets } = inspect(WRITTEN[how]?.(words) ?? '');
        expect([secrets, seed]).toEqual([['phrase'], seed]);
        expect(clean.replace(/[\d\s.,"'、-]/gu, '')).toBe('');
      }
    });

    it('removes it split over two and over three messages', () => {
      for (let seed = 1; seed <= 6; seed += 1) {
        for (const parts of [2, 3]) {
          const guard = createGuard();
          const words = phrase(list, seed);
          const size = 12 / parts;
          const kinds = Array.from({ length: parts }, (_, part) =>
            guard.inspect(ID, words.slice(part * size, (part + 1) * size).join(' '), AT + part * 60_000),
          );
          expect([seed, kinds.at(-1)]).toEqual([seed, { clean: '', secrets: ['phrase'] }]);
        }
      }
    });
  });

  const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(
    ' ',
  );
  it.each<[string, number, (words: string, at: number) => string]>([
    ['one word a message', 1, (words) => words],
    ['one word a message, numbered', 1, (words, at) => `${at + 1}. ${words}`],
    ['one word a message, in sentences', 1, (words, at) => `word ${at + 1} is ${words}`],
    ['one word a message, with ordinals', 1, (words, at) => `the ${ORDINALS[at] ?? ''} one is ${words}`],
    ['two words a message', 2, (words) => words],
    ['three words a message', 3, (words) => words],
    ['four words a message', 4, (words) => words],
  ])('notices a phrase told %s, and keeps none of the messages', (_how, size, write) => {
    const told = LISTS.flatMap(([, list]) =>
      [1, 2, 3, 4, 5, 6].map((seed) => {
        const guard = createGuard();
        const words = phrase(list, seed);
        return Array.from({ length: 12 / size }, (_, at) =>
          guard.inspect(
            ID,
            write(words.slice(at * size, at * size + size).join(' '), at),
            AT + at * 20_000,
            `${at}`,
          ),
        );
      }),
    );
    const isKept = ({ secrets, held, mayBePart }: Inspected): boolean =>
      secrets.length === 0 && held === undefined && mayBePart !== true;
    expect(told.filter((all) => all.some(isKept))).toEqual([]);
    expect(told.filter((all) => !all.some(({ secrets }) => secrets.includes('phrase')))).toEqual([]);
    const toTheEnd = told.filter((all) => all.at(-1)?.secrets.includes('phrase'));
    expect(toTheEnd.length / told.length).toBeGreaterThanOrEqual(0.95);
  });

  it('removes an English phrase in quotes', () => {
    const words = phrase(WORD_LISTS.english, 3);
    expect(inspect(words.map((word) => `"${word}"`).join(' ')).secrets).toEqual(['phrase']);
  });

  it('removes a Chinese phrase that is written without anything between', () => {
    expect(inspect(phrase(WORD_LISTS.chineseSimplified, 3).join('')).secrets).toEqual(['phrase']);
  });

  it.each([
    ['in quotes', (word: string) => `“${word}”`],
    ['numbered with colons', (word: string, index: number) => `${index + 1}：${word}`],
    ['labelled', (word: string, index: number) => `第${index + 1}个字是${word}`],
  ] as const)('removes a Chinese phrase %s', (_how, write) => {
    const missed = [3, 4, 5, 6].filter(
      (seed) =>
        inspect(phrase(WORD_LISTS.chineseSimplified, seed).map(write).join('\n')).secrets.length === 0,
    );
    expect(missed).toEqual([]);
  });

  it.each(['1) ', '(1) ', '[1] '])('removes a phrase numbered with "%s"', (sign) => {
    const text = phrase(WORD_LISTS.english, 3)
      .map((word, index) => `${sign.replace('1', String(index + 1))}${word}`)
      .join('\n');
    expect(inspect(text).secrets).toEqual(['phrase']);
  });

  it('keeps the rest of the message and nothing of the phrase', () => {
    const words = phrase(WORD_LISTS.english, 7);
    const { clean } = inspect(`The reset mails never came!\n${words.join(' ')}\nIs this it?`);
    expect(clean).toBe('The reset mails never came!\n \nIs this it?');
    expect(words.filter((word) => clean.split(/\W+/).includes(word))).toEqual([]);
  });

  it('removes two phrases from one message', () => {
    const text = `These: ${phrase(WORD_LISTS.english, 2).join(' ')}. And these: ${phrase(WORD_LISTS.french, 4).join(' ')}.`;
    expect(inspect(text)).toEqual({ clean: 'These:  . And these:  .', secrets: ['phrase'] });
  });

  it('removes a phrase whose words repeat, when its checksum is right', () => {
    expect(inspect(`${'abandon '.repeat(11)}about`).secrets).toEqual(['phrase']);
    expect(inspect('zoo '.repeat(12)).secrets).toEqual([]);
  });

  it('takes 12 list words without a right checksum for a phrase all the same', () => {
    const words = [...phrase(WORD_LISTS.english, 5)].reverse();
    expect(inspect(words.join(' ')).secrets).toEqual(['phrase']);
    expect(inspect(words.slice(1).join(' ')).secrets).toEqual(['phrase']);
    expect(inspect(words.slice(8).join(' ')).secrets).toEqual([]);
  });

  it('forgets the part of a split phrase after a quarter of an hour', () => {
    const guard = createGuard();
    const words = phrase(WORD_LISTS.english, 1);
    guard.inspect(ID, words.slice(0, 6).join(' '), AT);
    expect(guard.inspect(ID, words.slice(6).join(' '), AT + 900_001).secrets).toEqual([]);
  });

  it('never joins the words of two people', () => {
    const guard = createGuard();
    const words = phrase(WORD_LISTS.english, 1);
    guard.inspect(ID, words.slice(0, 6).join(' '), AT);
    const other = conversationId('console', { channel: 'terminal' }, '2');
    expect(guard.inspect(other, words.slice(6).join(' '), AT).secrets).toEqual([]);
  });

  it('does not report the same split phrase again with the next words', () => {
    const guard = createGuard();
    const words = phrase(WORD_LISTS.english, 1);
    guard.inspect(ID, words.slice(0, 6).join(' '), AT);
    guard.inspect(ID, words.slice(6).join(' '), AT);
    expect(guard.inspect(ID, 'yes please help', AT).secrets).toEqual([]);
  });

  it.each([
    ['zh-CN', 'chineseSimplified', '我的助记词是：', '，请问怎么办'],
    ['zh-CN', 'chineseSimplified', '请看一下这个 ', ' 这个是不是有问题'],
    ['zh-TW', 'chineseTraditional', '我的助記詞：', '，請問怎麼辦'],
  ] as const)('removes a %s phrase of the list %s between "%s" and "%s"', (_tag, list, before, after) => {
    const words = phrase(WORD_LISTS[list], 9);
    expect(inspect(`${before}${words.join(' ')}${after}`).secrets).toEqual(['phrase']);
  });
});

describe('the guard on ordinary words', () => {
  const PROSE = [
    'I forgot my password and the reset mail does not arrive. I have looked in the spam folder, waited ten minutes and asked again, but nothing came. What can I do now?',
    'Please tell me where to find the address of the official site, I can not open it from my phone since last week and I am afraid that the page is not yours.',
    'ok ok ok ok ok ok ok ok ok ok ok ok ok ok',
    'can you help me find my account again because this phone is not able to receive any message today',
    '我忘记了密码，重置邮件一直没有收到。我已经看过垃圾邮件，也等了十分钟，又重新发了一次，还是没有。请问我现在应该怎么办？',
    '你好，我的手机昨天在上海地铁里丢了，里面有验证器，现在我不能登录，也不能转账，怎么才能找回我的账号，是不是要联系人工客服',
    '我在手機上看不到我的錢包，不知道是不是因為昨天更新了系統，請問應該怎麼做才能看到我的幣',
    '一二三四五六七八九十',
    '的一是在不了有和人这中大为上个国我以要他',
    'no no no no no no no no no no no no no',
    '0x52908400098527886e0f7030069857d2e4169ee7 tx 5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060',
  ];

  it.each(PROSE)('leaves "%s" as it is', (text) => {
    const { clean, secrets, held } = inspect(text);
    expect({ clean, secrets, held }).toEqual({ clean: text, secrets: [], held: undefined });
  });

  it('leaves sentences alone that follow each other in several messages', () => {
    const guard = createGuard();
    for (const text of PROSE) expect(guard.inspect(ID, text, AT).secrets).toEqual([]);
  });

  describe('of the shipped content', () => {
    let bundle: Bundle;
    beforeAll(async () => {
      const built = buildBundle(await readContentFiles(process.cwd()));
      if (built.kind === 'broken') throw new Error('the shipped content has findings');
      bundle = built.bundle;
    });

    it('stays quiet for every text of every locale', () => {
      const loud = [...bundle.texts].flatMap(([tag, texts]) =>
        [...texts]
          .filter(([, message]) => inspect(message.format((name) => name)).secrets.length > 0)
          .map(([key]) => `${tag} ${key}`),
      );
      expect(loud).toEqual([]);
    });

    it('stays quiet for every phrase of every locale', () => {
      const loud = [...bundle.phrases].flatMap(([tag, { intents, outside }]) =>
        [...intents.values(), outside]
          .flat()
          .filter((text) => inspect(text).secrets.length > 0)
          .map((text) => `${tag} ${text}`),
      );
      expect(loud).toEqual([]);
    });

    it.each([
      ['zh-CN', 'chineseSimplified'],
      ['zh-TW', 'chineseTraditional'],
      ['en', 'english'],
    ] as const)('removes a phrase before and behind every phrase people say in %s', (tag, list) => {
      const missed: string[] = [];
      for (const [index, text] of [...(bundle.phrases.get(tag)?.intents.values() ?? [])].flat().entries()) {
        const words = phrase(WORD_LISTS[list], 1 + (index % 40)).join(' ');
        if (inspect(`${text}\n${words}`).secrets.length === 0) missed.push(`${text} …`);
        if (inspect(`${words} ${text}`).secrets.length === 0) missed.push(`… ${text}`);
      }
      expect(missed).toEqual([]);
    });
  });
});
