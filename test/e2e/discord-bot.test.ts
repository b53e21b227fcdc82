import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

/** A bot as `lifeline start` makes it. */
async function startBot(): Promise<Bot> {
  const settings = readSettings(
    {
      DISCORD_BOT_TOKEN: discord.bot.token,
      DISCORD_API_URL: discord.apiUrl,
      LIFELINE_STORE: `lmdb:${folder}/store`,
      LOG_LEVEL: 'debug',
    },
    '/nowhere',
  );
  const bot = await createBot(settings, {
    content,
    logStream: { write: (line) => logLines.push(line) },
  });
  bots.push(bot);
  await bot.start();
  await discord.online();
  return bot;
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
  it('leads from "I forgot my password" to the official page', async () => {
    await startBot();
    const ann = discord.user();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    for (const [button, answer] of RECOVERY) {
      ann.taps(text(button));
      await hears(ann, text(answer));
    }
    const page = ann.sees().findLast((message) => message.buttons.some(({ url }) => url !== undefined));
    expect(page?.text).toContain(text('safety.line'));
    expect(page?.buttons[0]?.url).toBe('https://harbor.internal/reset');
    expect(page?.showsPreviews).toBe(false);
    expect(discord.unanswered()).toBe(0);
    expect(ann.hears().join('\n')).not.toContain('\\');
    expect(logLines.join('')).not.toMatch(/interaction-token|made-up-for-tests/);
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
