import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import type { Bot } from '../../src/runtime/lifecycle.js';
import type { Group } from '../platforms/telegram/group.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { Saying, User, Where } from '../platforms/telegram/user.js';
import { realContent } from '../support/real-content.js';

const content = await realContent();
const { bundle } = content;
const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const;

/** One bot for all: each test has its own group and its own people. Without privacy mode it is shown everything. */
let telegram: TelegramPlatform;
let bot: Bot;
let group: Group;
let ann: User;
const logLines: string[] = [];

beforeAll(async () => {
  telegram = await startTelegramPlatform({ hasPrivacy: false });
  const settings = readSettings(
    {
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      LIFELINE_STORE: 'memory:',
      LOG_LEVEL: 'debug',
    },
    '/nowhere',
  );
  bot = await createBot(settings, { content, logStream: { write: (line) => logLines.push(line) } });
  await bot.start();
  await telegram.until(() => telegram.groupCommands.size === 3);
});

afterAll(async () => {
  await bot.stop();
  await telegram.close();
});

beforeEach(() => {
  group = telegram.group({ isForum: true });
  ann = member('en');
  group.addBot(ann);
});

function member(languageCode: string): User {
  const person = telegram.user({ languageCode });
  person.joins(group);
  return person;
}

const text = (key: string, locale = 'en'): string =>
  bundle.texts
    .get(locale)
    ?.get(key)
    ?.format((name) => ({ product: 'Harbor Wallet', host: 'harbor.internal', bot: '@LifelineTestBot' })[name])
    .trim() ?? '';

/** The bot's messages in the group, once there are so many. */
async function heard(count: number, by: User = ann, where: Where = {}): Promise<readonly string[]> {
  await telegram.until(() => by.hears({ in: group, ...where }).length >= count);
  return by.hears({ in: group, ...where });
}

async function hearsDirectly(person: User, words: string): Promise<void> {
  await telegram.until(() => person.hears().some((said) => said.includes(words)));
}

const asks = (words: string, where: Saying = {}): number =>
  ann.says(`@LifelineTestBot ${words}`, { in: group, ...where });

/** Words of a person's own way back: none of them is said where others read. */
const PERSONAL = /^(recover|mail|code|access|authenticator|locked|hand-off|human|contact|mnemonic|leaked)\./;

function personalTexts(locale: string): readonly string[] {
  const keys = [...(bundle.texts.get(locale)?.keys() ?? [])].filter((key) => PERSONAL.test(key));
  return keys.map((key) => text(key, locale)).filter((words) => words.length > 12);
}

describe('whoever addresses the bot', () => {
  const ways: readonly [string, () => number][] = [
    ['a mention', () => asks('what are the fees?')],
    ['a mention further in', () => ann.says('what are the fees @LifelineTestBot', { in: group })],
    [
      'a mention by id',
      () => ann.says('Lifeline, what are the fees?', { in: group, mentionsBotAs: 'Lifeline' }),
    ],
    ['a mention below a photo', () => ann.sendsPhoto('@LifelineTestBot what are the fees?', { in: group })],
  ];

  it.each(ways)('gets one answer right there, with a way into the direct chat: %s', async (_how, ask) => {
    const asked = ask();
    const [said = '', ...more] = await heard(1);
    expect(said.startsWith(text('public.not-us'))).toBe(true);
    expect(said).toContain(text('answers.fees'));
    expect(more).toEqual([]);
    const [answer] = ann.sees({ in: group }).filter(({ from }) => from === 'bot');
    expect(answer).toMatchObject({ replyTo: asked, ephemeral: false });
    expect(answer?.buttons.at(-1)?.text).toBe(text('public.open-btn'));
  });

  it('by a reply gets the next answer, and is warned once only', async () => {
    asks('what are the fees?');
    await heard(1);
    const [answer] = ann.sees({ in: group }).filter(({ from }) => from === 'bot');
    ann.says('thank you', { in: group, replyTo: answer?.messageId ?? 0 });
    const said = await heard(2);
    expect(said[1]).toContain(text('answers.thanks'));
    expect(said.filter((words) => words.includes(text('public.not-us')))).toHaveLength(1);
  });

  it.each(['help', 'help@LifelineTestBot', 'start@lifelinetestbot'])('by /%s', async (command) => {
    ann.says(`/${command}`, { in: group });
    const [said] = await heard(1);
    expect(said).toContain(text('public.open-private'));
    const handle = `/${command}`.includes('help') ? 'help' : 'menu';
    const [button] = ann.sees({ in: group }).at(-1)?.buttons ?? [];
    expect(button?.url).toBe(`https://t.me/LifelineTestBot?start=f_${handle}`);
  });

  it('by a command of the menu is answered for their eyes only', async () => {
    const bob = member('en');
    ann.command('help', '', { in: group });
    await heard(1);
    expect(ann.sees({ in: group }).every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(bob.sees({ in: group })).toEqual([]);
  });

  it('without a word is led into the direct chat', async () => {
    ann.says('@LifelineTestBot', { in: group });
    const [said] = await heard(1);
    expect(said).toContain(text('public.open-private'));
  });

  it('in a topic is answered in that topic; everybody has a talk of their own', async () => {
    const topic = group.openTopic();
    const bob = member('zh-hant');
    asks('what are the fees?', { topic });
    await heard(1, ann, { topic });
    bob.says('@LifelineTestBot 謝謝', { in: group, topic });
    const said = await heard(2, ann, { topic });
    expect(said[1]).toContain(text('public.not-us', 'zh-TW'));
    expect(
      ann.sees({ in: group }).filter(({ from, threadId }) => from === 'bot' && threadId !== topic),
    ).toEqual([]);
  });

  it('is heard again when the group has become a supergroup', async () => {
    group = telegram.group({ isBasic: true });
    ann = member('en');
    group.addBot(ann);
    asks('what are the fees?');
    await heard(1);
    group = group.migrates();
    asks('thank you');
    const [said] = await heard(1);
    expect(said).toContain(text('answers.thanks'));
  });
});

describe('everybody else', () => {
  it('hears nothing', async () => {
    const news = telegram.channel();
    news.isDiscussedIn(group);
    const hello = ann.says('good morning, I forgot my password', { in: group });
    ann.says('/roll 6', { in: group });
    ann.says('/help@another_bot', { in: group });
    ann.says('@another_bot what are the fees?', { in: group });
    ann.says('me too', { in: group, replyTo: hello });
    ann.says('@LifelineTestBot hello', { in: group, as: 'anonymous' });
    ann.says('@LifelineTestBot hello', { in: group, as: news });
    news.posts('@LifelineTestBot has news');
    ann.edits(hello, 'good morning @LifelineTestBot, I forgot my password', { in: group });
    ann.sticker({ in: group });
    asks('what are the fees?');
    const said = await heard(1);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(text('answers.fees'));
  });
});

describe('the private part', () => {
  const WISHES: Readonly<Record<(typeof LOCALES)[number], readonly (readonly [string, string, string])[]>> = {
    en: [
      ['I forgot my password', 'recover-password', 'recover.which-secret'],
      ['the reset mail never came', 'mail-missing', 'mail.search-sender'],
      ['how long does the reset mail take?', 'mail-how-long', 'answers.mail-how-long'],
    ],
    'zh-CN': [['我忘记密码了', 'recover-password', 'recover.which-secret']],
    'zh-TW': [['我忘記密碼了', 'recover-password', 'recover.which-secret']],
  };
  const wishes = LOCALES.flatMap((locale) => WISHES[locale].map((wish) => [locale, ...wish] as const));

  it.each(wishes)('is opened by one tap, and stays out of the group (%s: %s)', async (locale, ...wish) => {
    const [words, flow, first] = wish;
    ann = member({ en: 'en', 'zh-CN': 'zh-hans', 'zh-TW': 'zh-hant' }[locale]);
    asks(words);
    await heard(1);
    const [button, ...more] = ann.sees({ in: group }).at(-1)?.buttons ?? [];
    expect(button).toEqual({
      text: text('public.open-btn', locale),
      url: `https://t.me/LifelineTestBot?start=f_${flow}`,
    });
    expect(more).toEqual([]);
    ann.taps(text('public.open-btn', locale), { in: group });
    await hearsDirectly(ann, text(first, locale).split('\n')[0] ?? '');
    expect(ann.hears()[0]).toBe(text('safety.full', locale));
    const said = ann.hears({ in: group });
    expect(said).toEqual([`${text('public.not-us', locale)}\n\n${text('public.open-private', locale)}`]);
    expect(personalTexts(locale).filter((personal) => said.join('\n').includes(personal))).toEqual([]);
  });

  it('goes on where it is when the direct chat is in the middle of something', async () => {
    ann.says('the reset mail never came');
    await hearsDirectly(ann, text('mail.search-sender').split('\n')[0] ?? '');
    asks('I forgot my password');
    await heard(1);
    ann.taps(text('public.open-btn'), { in: group });
    await hearsDirectly(ann, text('recover.which-secret'));
  });
});

describe('a button in the group', () => {
  it('answers whoever it was made for, for their eyes only, and nobody else', async () => {
    const bob = member('en');
    asks('what are the fees?');
    await heard(1);
    bob.taps(text('link.wont-open'), { in: group });
    await telegram.until(() => bob.toasts().includes(text('common.not-your-button')));
    ann.taps(text('link.wont-open'), { in: group });
    await heard(2);
    expect(ann.sees({ in: group }).at(-1)).toMatchObject({ ephemeral: true });
    expect(bob.hears({ in: group })).toHaveLength(1);
    expect(telegram.pendingTaps()).toBe(0);
  });
});

describe('a secret in the group', () => {
  const phrase = entropyToMnemonic(
    Uint8Array.from({ length: 16 }, (_, index) => (index * 37 + 11) % 256),
    wordlist,
  );

  it.each([true, false])('is dealt with before anything else (may delete: %s)', async (mayDelete) => {
    if (mayDelete) group.promotesBot(ann, { canDelete: true });
    asks(`my phrase is ${phrase} how do I get my money back`);
    const [said = '', ...more] = await heard(1);
    expect(more).toEqual([]);
    expect(said).toContain(text('security.phrase-seen'));
    expect(said).toContain(text(mayDelete ? 'security.removed' : 'security.delete-yourself'));
    expect(ann.sees({ in: group }).some(({ from }) => from === 'user')).toBe(!mayDelete);
    const answer = ann.sees({ in: group }).at(-1);
    // A reply would show the message that others shall not see.
    expect(answer?.replyTo).toBeNull();
    expect(answer?.buttons.map(({ url }) => url)).toEqual([
      'https://t.me/LifelineTestBot?start=f_leaked-secret',
    ]);
    const words = phrase.split(' ').slice(0, 3).join(' ');
    const calls = telegram.calls.filter(({ method }) => method !== 'getUpdates');
    expect(JSON.stringify(calls)).not.toContain(words);
    expect(logLines.join('\n')).not.toContain(words);
    ann.taps(text('public.open-btn'), { in: group });
    await hearsDirectly(ann, text('safety.full'));
  });

  it('in an edit is found too', async () => {
    const asked = asks('what are the fees?');
    await heard(1);
    ann.edits(asked, `@LifelineTestBot ${phrase}`, { in: group });
    const said = await heard(2);
    expect(said[1]).toContain(text('security.phrase-seen'));
  });
});
