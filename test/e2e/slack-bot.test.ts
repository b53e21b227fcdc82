import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import type { Bot } from '../../src/runtime/lifecycle.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import type { SlackUser, Where } from '../platforms/slack/user.js';
import { realContent } from '../support/real-content.js';

const content = await realContent();
const { bundle } = content;

let slack: SlackPlatform;
let folder: string;
let bots: Bot[] = [];
let logLines: string[] = [];

beforeEach(async () => {
  // More than the manifest asks for: what is written in channels is two events where it mentions us.
  slack = await startSlackPlatform({
    events: ['app_mention', 'message.im', 'message.channels', 'assistant_thread_started'],
    rate: { perSecond: 1, burst: 5 },
  });
  folder = await mkdtemp(join(tmpdir(), 'lifeline-e2e-'));
  logLines = [];
});

afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  await slack.close();
  await rm(folder, { recursive: true });
});

/** A bot as `lifeline start` makes it. */
async function startBot(): Promise<Bot> {
  const settings = readSettings(
    {
      SLACK_BOT_TOKEN: slack.bot.token,
      SLACK_APP_TOKEN: slack.bot.appToken,
      SLACK_API_URL: slack.apiUrl,
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
          bot: '@lifeline',
        })[name],
    ) ?? '';

/** Waits until the person has heard a text; counts from the `from`-th message on. */
async function hears(user: SlackUser, words: string, where: Where = {}, from = 0): Promise<void> {
  await slack.until(() =>
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

describe('the main job over Slack', () => {
  it('leads from "I forgot my password" to the official page', async () => {
    await startBot();
    const ann = slack.user({ locale: 'en-US' });
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    expect(ann.hears()[0]).toBe(text('safety.full'));
    for (const [button, answer] of RECOVERY) {
      ann.taps(text(button));
      await hears(ann, text(answer));
    }
    const page = ann.sees().findLast((message) => message.buttons.some((button) => button.url !== undefined));
    expect(page?.text).toContain(text('safety.line'));
    expect(page?.buttons[0]?.url).toBe('https://harbor.internal/reset');
    expect(ann.sees().flatMap(({ from, marks }) => (from === 'bot' ? marks : []))).toEqual([]);
    await slack.until(() => slack.deliveries.all.every(({ isAcknowledged }) => isAcknowledged));
  });

  it('talks in the assistant, each thread a talk of its own', async () => {
    await startBot();
    const ann = slack.user();
    const thread = ann.opensAssistant();
    await hears(ann, text('safety.full'), { thread });
    ann.says('I forgot my password', { thread });
    await hears(ann, text('recover.which-secret'), { thread });
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'), { thread });
    expect(ann.sees().every(({ threadTs }) => threadTs === thread)).toBe(true);
  });
});

describe('a secret of ours', () => {
  it('(tokens, addresses of answers) stands in no log line and no file', async () => {
    const bot = await startBot();
    const ann = slack.user();
    const channel = slack.channel();
    ann.joins(channel);
    slack.faults.rateLimit('response_url', 1);
    ann.slash('I forgot my password', { in: channel });
    await slack.until(() => slack.calls.some(({ method }) => method === 'response_url'));
    const files = await readdir(`${folder}/store`, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile()))
      expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain('-made-up-secret');
    await hears(ann, text('public.open-private'), { in: channel });
    slack.sockets.break();
    await slack.until(() => slack.sockets.connections === 2);
    await stopBot(bot);
    expect(logLines.length).toBeGreaterThan(0);
    for (const secret of [slack.bot.token, slack.bot.appToken, '-made-up-secret', 'ticket-'])
      expect(logLines.join('\n')).not.toContain(secret);
  });
});
