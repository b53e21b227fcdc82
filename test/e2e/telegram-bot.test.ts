import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/infra/clock.js';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import type { Bot } from '../../src/runtime/lifecycle.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User, Where } from '../platforms/telegram/user.js';
import { realContent } from '../support/real-content.js';

const content = await realContent();
const { bundle } = content;

let telegram: TelegramPlatform;
let folder: string;
let bots: Bot[] = [];
let logLines: string[] = [];

beforeEach(async () => {
  telegram = await startTelegramPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-e2e-'));
  logLines = [];
});

afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  await telegram.close();
  await rm(folder, { recursive: true });
});

/** A bot on the kept store, with its clock ahead of the machine's. */
async function startBot(aheadMs = 0, more: Readonly<Record<string, string>> = {}): Promise<Bot> {
  const settings = readSettings(
    {
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      LIFELINE_STORE: `lmdb:${folder}/store`,
      LOG_LEVEL: 'debug',
      ...more,
    },
    '/nowhere',
  );
  const clock = { now: () => systemClock.now() + aheadMs, after: systemClock.after };
  const bot = await createBot(settings, {
    content,
    clock,
    logStream: { write: (line) => logLines.push(line) },
  });
  bots.push(bot);
  await bot.start();
  return bot;
}

async function stopBot(bot: Bot): Promise<void> {
  await bot.stop();
  bots = bots.filter((other) => other !== bot);
}

const text = (key: string, locale = 'en'): string =>
  bundle.texts
    .get(locale)
    ?.get(key)
    ?.format(
      (name) =>
        ({
          product: 'Harbor Wallet',
          host: 'harbor.internal',
          sender: 'no-reply@mail.harbor.internal',
          bot: '@LifelineTestBot',
        })[name],
    ) ?? '';

/** Waits until the person has heard a text; counts from the `from`-th message on. */
async function hears(user: User, words: string, where: Where = {}, from = 0): Promise<void> {
  await telegram.until(() =>
    user
      .hears(where)
      .slice(from)
      .some((heard) => heard.includes(words)),
  );
}

/** The straight way to the official page: each button, and what is said next. */
const RECOVERY = [
  ['recover.btn-login', 'recover.authenticator-at-hand'],
  ['recover.btn-2fa-none', 'recover.has-app'],
  ['recover.btn-have-app', 'recover.open-app'],
  ['recover.btn-see-forgot', 'recover.which-proof'],
  ['recover.btn-proof-mail', 'recover.proof-still-there'],
  ['recover.btn-proof-here', 'recover.safe-network'],
  ['recover.btn-own-network', 'hand-off.page'],
] as const;

/** From the missing mail to waiting for a new one. */
const MAIL = [
  ['mail.btn-not-there', 'mail.blocked-senders'],
  ['mail.btn-nothing-blocked', 'mail.right-address'],
  ['mail.btn-address-right', 'mail.ask-once'],
  ['mail.btn-asked', 'mail.waiting'],
] as const;

describe('the main job over Telegram', () => {
  it.each(['zh-CN', 'zh-TW', 'en'])(
    'leads from "I forgot my password" to the official page in %s',
    async (locale) => {
      await startBot();
      const language = { 'zh-CN': 'zh-hans', 'zh-TW': 'zh-hant', en: 'en' }[locale] ?? 'en';
      const ann = telegram.user({ languageCode: language });
      ann.says(
        { 'zh-CN': '我忘记密码了', 'zh-TW': '我忘記密碼了', en: 'I forgot my password' }[locale] ?? '',
      );
      await hears(ann, text('recover.which-secret', locale));
      expect(ann.hears()[0]).toBe(text('safety.full', locale));
      for (const [button, answer] of RECOVERY) {
        ann.taps(text(button, locale));
        await hears(ann, text(answer, locale));
      }
      const page = ann
        .sees()
        .findLast((message) => message.buttons.some((button) => button.url !== undefined));
      expect(page?.text).toContain(text('safety.line', locale));
      expect(page?.buttons[0]?.url).toBe('https://harbor.internal/reset');
      expect(telegram.pendingTaps()).toBe(0);
    },
  );

  it('goes on where it was after a restart, and a wait that ended meanwhile is over', async () => {
    const first = await startBot();
    const ann = telegram.user({ languageCode: 'en' });
    ann.says('the reset mail never came');
    await hears(ann, text('mail.search-sender'));
    for (const [button, answer] of MAIL) {
      ann.taps(text(button));
      await hears(ann, text(answer));
    }
    await stopBot(first);
    const before = ann.hears().length;
    await startBot(11 * 60_000);
    await hears(ann, text('mail.came-now'), {}, before);
    expect(ann.hears()).toHaveLength(before + 1);
  });
});

describe('a secret in the chat', () => {
  it('is deleted there, and stands in no file, no log line and no call', async () => {
    await startBot();
    const phrase = entropyToMnemonic(
      Uint8Array.from({ length: 16 }, (_, index) => (index * 37 + 11) % 256),
      wordlist,
    );
    const ann = telegram.user({ languageCode: 'en' });
    ann.says(`my phrase is ${phrase} how do I get my money back`);
    await hears(ann, text('security.phrase-seen'));
    expect(ann.sees().some((message) => message.from === 'user')).toBe(false);
    const bot = bots[0];
    if (bot !== undefined) await stopBot(bot);
    const words = phrase.split(' ').slice(0, 3).join(' ');
    const files = await readdir(`${folder}/store`, { recursive: true, withFileTypes: true });
    const stored = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
    );
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.some((bytes) => bytes.includes(words))).toBe(false);
    expect(logLines.some((line) => line.includes(words))).toBe(false);
    expect(
      telegram.calls.some(
        (call) => call.method !== 'getUpdates' && JSON.stringify(call.payload).includes(words),
      ),
    ).toBe(false);
  });
});

describe('in a group', () => {
  it('takes fake support away where it is an administrator, and warns of it once', async () => {
    await startBot();
    const ann = telegram.user({ languageCode: 'en' });
    const thief = telegram.user({ languageCode: 'en' });
    const group = telegram.group();
    group.addBot(ann, 'administrator');
    for (const one of [ann, thief]) one.joins(group);
    thief.says('Validate your wallet at https://dapp-fix.test', { in: group });
    await hears(ann, text('group.fake-support'), { in: group });
    thief.says('Send me your recovery phrase', { in: group });
    await telegram.until(
      () => telegram.calls.filter(({ method }) => method === 'deleteMessage').length === 2,
    );
    ann.says('is this group official?', { in: group });
    ann.says('@LifelineTestBot I forgot my password', { in: group });
    await hears(ann, text('public.open-private'), { in: group });
    const seen = ann.hears({ in: group });
    expect(seen.filter((words) => words.includes(text('group.fake-support')))).toHaveLength(1);
    expect(JSON.stringify(ann.sees({ in: group }))).not.toMatch(/dapp-fix|recovery phrase"/);
  });
});

describe('input that no conversation file holds', () => {
  const kinds: readonly [string, (ann: User) => void, string][] = [
    ['an unknown command', (ann) => ann.command('frobnicate'), 'common.unknown-command'],
    ['control and bidirectional characters', (ann) => ann.says('\u202e\u200b\u2066\u0007'), 'common.empty'],
    ['one letter 4,096 times', (ann) => ann.says('a'.repeat(4096)), 'common.pick-one'],
  ];

  it.each(kinds)('%s gets an answer, and the question stands', async (_name, act, key) => {
    await startBot();
    const ann = telegram.user({ languageCode: 'en' });
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    const before = ann.hears().length;
    act(ann);
    await hears(ann, text(key), {}, before);
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'), {}, before);
  });

  it('what is written below a photo is answered, after a word about the photo', async () => {
    await startBot();
    const ann = telegram.user({ languageCode: 'en' });
    ann.sendsPhoto('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    expect(ann.hears().join('\n')).toContain(text('unsupported.photo'));
  });

  it('a forwarded message is compared with the registry', async () => {
    await startBot();
    const ann = telegram.user({ languageCode: 'en' });
    ann.forwards('Your account is locked, write me', { username: 'harbor_walIet_support' });
    await hears(ann, text('official.look-alike'));
  });
});
