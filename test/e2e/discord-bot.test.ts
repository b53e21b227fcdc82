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
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import type { User, Where } from '../platforms/discord/user.js';
import { realContent } from '../support/real-content.js';

const content = await realContent();
const { bundle } = content;

let discord: DiscordPlatform;
let folder: string;
let bots: Bot[] = [];
let logLines: string[] = [];

beforeEach(async () => {
  discord = await startDiscordPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-e2e-'));
  logLines = [];
});

afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  await discord.close();
  await rm(folder, { recursive: true });
});

/** A bot on the kept store, with its clock ahead of the machine's. */
async function startBot(aheadMs = 0): Promise<Bot> {
  const settings = readSettings(
    {
      DISCORD_BOT_TOKEN: discord.bot.token,
      DISCORD_API_URL: discord.apiUrl,
      LIFELINE_STORE: `lmdb:${folder}/store`,
      LOG_LEVEL: 'debug',
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
  await discord.online();
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
          bot: '@HarborLifeline',
        })[name],
    ) ?? '';

/** Waits until the person has heard a text; counts from the `from`-th message on. */
async function hears(user: User, words: string, where: Where = {}, from = 0): Promise<void> {
  await discord.until(() =>
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

describe('the main job over Discord', () => {
  it.each([
    ['zh-CN', '我忘记密码了'],
    ['zh-TW', '我忘記密碼了'],
    ['en', 'I forgot my password'],
  ])('leads from "I forgot my password" to the official page in %s', async (locale, words) => {
    await startBot();
    const ann = discord.user();
    ann.says(words);
    await hears(ann, text('recover.which-secret', locale));
    for (const [button, answer] of RECOVERY) {
      ann.taps(text(button, locale));
      await hears(ann, text(answer, locale));
    }
    const page = ann.sees().findLast((message) => message.buttons.some(({ url }) => url !== undefined));
    expect(page?.text).toContain(text('safety.line', locale));
    expect(page?.buttons[0]?.url).toBe('https://harbor.internal/reset');
    expect(page?.showsPreviews).toBe(false);
    expect(discord.unanswered()).toBe(0);
    expect(ann.hears().join('\n')).not.toContain('\\');
    expect(logLines.join('')).not.toMatch(/interaction-token|made-up-for-tests/);
  });

  it('goes on where it was after a restart in the middle, and answers what was written meanwhile, once', async () => {
    const first = await startBot();
    const ann = discord.user();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    await stopBot(first);
    const heard = ann.hears().length;
    ann.says(text('recover.btn-login'));
    discord.user({ username: 'bob' }).says('hello');
    const second = await startBot();
    await hears(ann, text('recover.authenticator-at-hand'), {}, heard);
    expect(ann.hears()).toHaveLength(heard + 1);
    await stopBot(second);
    await startBot();
    ann.taps(text('recover.btn-2fa-none'));
    await hears(ann, text('recover.has-app'), {}, heard);
    expect(ann.hears()).toHaveLength(heard + 2);
  });

  it('answers an event that comes twice once', async () => {
    await startBot();
    const ann = discord.user();
    discord.gateway.repeatNext();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    discord.gateway.repeatNext();
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'));
    const heard = ann.hears().length;
    ann.taps(text('recover.btn-2fa-none'));
    await hears(ann, text('recover.has-app'));
    expect(ann.hears()).toHaveLength(heard + 1);
    expect(heard).toBe(3);
  });

  it('answers slash commands in the language of the client, and registers them', async () => {
    await startBot();
    const ann = discord.user({ locale: 'zh-TW' });
    ann.command('help');
    await discord.until(() => ann.hears().length > 0);
    expect(ann.hears().join('\n')).toContain(text('safety.full', 'zh-TW'));
    expect(ann.sees().some(({ thinking }) => thinking)).toBe(false);
    await discord.until(() => discord.commands().length === 7);
    expect(discord.commands().map(({ name }) => name)).toContain('forgetme');
  });
});

describe('in a server', () => {
  it('opens the private part in the direct chat of whoever mentions it', async () => {
    await startBot();
    const ann = discord.user();
    const { channel } = discord.home;
    ann.mentions('I forgot my password', channel);
    await hears(ann, text('public.open-private'), { in: channel });
    expect(ann.hears({ in: channel })[0]).toContain(text('public.not-us'));
    expect(ann.hears({ in: channel }).join('\n')).not.toContain(text('recover.which-secret'));
    ann.taps(text('public.open-btn'), { in: channel });
    await hears(ann, text('recover.which-secret'));
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'));
  });

  it('answers a command for the eyes of that person only', async () => {
    await startBot();
    const ann = discord.user();
    const bob = discord.user({ username: 'bob' });
    const { channel } = discord.home;
    ann.command('help', { in: channel });
    await discord.until(() => ann.hears({ in: channel }).length > 0);
    expect(ann.sees({ in: channel }).every(({ ephemeral, thinking }) => ephemeral && !thinking)).toBe(true);
    expect(ann.hears({ in: channel })[0]).toContain(text('public.not-us'));
    expect(bob.sees({ in: channel })).toEqual([]);
  });

  it('says there how to open direct messages that are closed', async () => {
    const bot = await startBot();
    const ann = discord.user();
    const { channel } = discord.home;
    ann.mentions('I forgot my password', channel);
    await hears(ann, text('public.open-private'), { in: channel });
    ann.closesDirect();
    ann.taps(text('public.open-btn'), { in: channel });
    await hears(ann, text('public.direct-closed'), { in: channel });
    expect(ann.sees({ in: channel }).at(-1)?.ephemeral).toBe(true);
    await bot.deliverer.idle();
    ann.opensDirect();
    ann.taps(text('public.open-btn'), { in: channel });
    await hears(ann, text('recover.which-secret'));
  });

  it('refuses the button of somebody else with a note that only they see', async () => {
    await startBot();
    const ann = discord.user();
    const bob = discord.user({ username: 'bob' });
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    const question = ann.direct.messages.at(-1);
    const id = ann.sees().at(-1)?.buttons[0]?.custom_id;
    if (question === undefined || id === undefined) throw new Error('the bot has asked nothing');
    const heard = ann.hears().length;
    const { channel } = discord.home;
    bob.tapsId(id, question, channel);
    await hears(bob, text('common.not-your-button'), { in: channel });
    expect(bob.sees({ in: channel })).toMatchObject([{ ephemeral: true }]);
    expect(ann.hears()).toHaveLength(heard);
  });
});

describe('a secret in a server', () => {
  const phrase = entropyToMnemonic(
    Uint8Array.from({ length: 16 }, (_, index) => (index * 37 + 11) % 256),
    wordlist,
  );

  it.each([true, false])(
    'is deleted where the bot may (%s), and stands in no file, no log line and no call',
    async (mayDelete) => {
      if (mayDelete) discord.home.allowDeleting();
      const bot = await startBot();
      const ann = discord.user();
      const { channel } = discord.home;
      ann.mentions(`my phrase is ${phrase} how do I get my money back`, channel);
      await hears(ann, text('security.phrase-seen'), { in: channel });
      expect(ann.hears({ in: channel }).join('\n')).toContain(
        text(mayDelete ? 'security.removed' : 'security.delete-tried'),
      );
      expect(ann.sees({ in: channel }).some(({ from }) => from === 'user')).toBe(!mayDelete);
      await stopBot(bot);
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
      expect(discord.calls.some((call) => JSON.stringify(call.body ?? '').includes(words))).toBe(false);
    },
  );

  it('cannot be deleted in a direct chat, and the person is told to', async () => {
    await startBot();
    const ann = discord.user();
    ann.says(`my phrase is ${phrase}`);
    await hears(ann, text('security.delete-yourself'));
    expect(discord.calls.some(({ name }) => name === 'deleteMessage')).toBe(false);
  });
});

describe('input of every kind', () => {
  const kinds: readonly [string, (ann: User) => void, string][] = [
    ['a photo', (ann) => ann.sendsPhoto(), 'unsupported.photo'],
    ['a file', (ann) => ann.sendsDocument('wallet.apk'), 'unsupported.document'],
    ['a sticker', (ann) => ann.sticker(), 'unsupported.sticker'],
    ['a voice message', (ann) => ann.voice(), 'unsupported.voice'],
    ['an unknown command', (ann) => ann.command('frobnicate'), 'common.unknown-command'],
    ['only emoji', (ann) => ann.says('😭😭😭'), 'common.pick-one'],
    ['one letter 2,000 times', (ann) => ann.says('a'.repeat(2000)), 'common.pick-one'],
  ];

  it.each(kinds)('%s gets an answer, and the question stands', async (_name, act, key) => {
    await startBot();
    const ann = discord.user();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    const before = ann.hears().length;
    act(ann);
    await hears(ann, text(key), {}, before);
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'), {}, before);
  });

  it('an edited message is pointed out, a forwarded one is looked into', async () => {
    await startBot();
    const ann = discord.user();
    const id = ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    ann.edits(id, 'the mail is missing');
    await hears(ann, text('common.edited'));
    const before = ann.hears().length;
    ann.forwards('Your account is locked, write me');
    await discord.until(() => ann.hears().length > before);
  });
});
