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
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import type { SlackUser, Where } from '../platforms/slack/user.js';
import { freePort } from '../support/free-port.js';
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

/** A bot on the kept store, with its clock ahead of the machine's. */
async function startBot(
  aheadMs = 0,
  intake: Readonly<Record<string, string>> = { SLACK_APP_TOKEN: slack.bot.appToken },
): Promise<Bot> {
  const settings = readSettings(
    {
      SLACK_BOT_TOKEN: slack.bot.token,
      SLACK_API_URL: slack.apiUrl,
      LIFELINE_STORE: `lmdb:${folder}/store`,
      LOG_LEVEL: 'debug',
      ...intake,
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

/** From the missing mail to waiting for a new one. */
const MAIL = [
  ['mail.btn-not-there', 'mail.blocked-senders'],
  ['mail.btn-nothing-blocked', 'mail.right-address'],
  ['mail.btn-address-right', 'mail.ask-once'],
  ['mail.btn-asked', 'mail.waiting'],
] as const;

describe('the main job over Slack', () => {
  it.each([
    ['zh-CN', '我忘记密码了'],
    ['en', 'I forgot my password'],
  ])('leads from "I forgot my password" to the official page in %s', async (locale, words) => {
    await startBot();
    const ann = slack.user({ locale: locale === 'en' ? 'en-US' : locale });
    ann.says(words);
    await hears(ann, text('recover.which-secret', locale));
    expect(ann.hears()[0]).toBe(text('safety.full', locale));
    for (const [button, answer] of RECOVERY) {
      ann.taps(text(button, locale));
      await hears(ann, text(answer, locale));
    }
    const page = ann.sees().findLast((message) => message.buttons.some((button) => button.url !== undefined));
    expect(page?.text).toContain(text('safety.line', locale));
    expect(page?.buttons[0]?.url).toBe('https://harbor.internal/reset');
    expect(ann.sees().flatMap(({ from, marks }) => (from === 'bot' ? marks : []))).toEqual([]);
    await slack.until(() => slack.deliveries.all.every(({ isAcknowledged }) => isAcknowledged));
  });

  it('does the same where Slack posts to it', async () => {
    const port = await freePort();
    slack.pushTo(`http://127.0.0.1:${port}/slack/events`);
    await startBot(0, { SLACK_SIGNING_SECRET: slack.bot.signingSecret, HTTP_PORT: String(port) });
    const ann = slack.user();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'));
    await slack.until(() => slack.deliveries.all.every(({ isAcknowledged }) => isAcknowledged));
    expect(slack.sockets.opened).toBe(0);
  });

  it('goes on where it was after a restart, and a wait that ended meanwhile is over', async () => {
    const first = await startBot();
    const ann = slack.user();
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

  it('answers what was written while it was down, once', async () => {
    await stopBot(await startBot());
    const ann = slack.user();
    ann.says('I forgot my password');
    const bot = await startBot();
    await hears(ann, text('recover.which-secret'));
    await stopBot(bot);
    await startBot();
    ann.says('thank you');
    await hears(ann, text('answers.thanks'));
    expect(ann.hears().filter((words) => words.includes(text('safety.full')))).toHaveLength(1);
  });

  it('keeps the place when Slack opens its connections anew in the middle', async () => {
    slack.sockets.keepsLine = true;
    await startBot();
    const ann = slack.user();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    slack.sockets.disconnect('refresh_requested');
    await slack.until(() => slack.sockets.connections === 2);
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'));
    expect(ann.hears()).toHaveLength(3);
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

describe('a secret in the chat', () => {
  it('stands in no file, no log line and no call, and the person is told to delete it', async () => {
    await startBot();
    const phrase = entropyToMnemonic(
      Uint8Array.from({ length: 16 }, (_, index) => (index * 37 + 11) % 256),
      wordlist,
    );
    const ann = slack.user();
    const ts = ann.says('hello');
    await hears(ann, text('safety.full'));
    ann.edits(ts, `my phrase is ${phrase} how do I get my money back`);
    await hears(ann, text('security.delete-yourself'));
    ann.deletes(ts);
    ann.slash(`my phrase is ${phrase}`);
    await slack.until(() => slack.deliveries.all.every(({ isAcknowledged }) => isAcknowledged));
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
    expect(JSON.stringify(slack.calls)).not.toContain(words);
  });

  it('of ours (tokens, addresses of answers) stands in no log line and no file', async () => {
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

describe('input of every kind', () => {
  const kinds: readonly [string, (ann: SlackUser) => void, string][] = [
    ['a picture', (ann) => ann.sharesFile('screen.png', 'image/png'), 'unsupported.photo'],
    ['a file', (ann) => ann.sharesFile('wallet.apk', 'application/zip'), 'unsupported.document'],
    ['a video', (ann) => ann.sharesFile('me.mp4', 'video/mp4'), 'unsupported.video'],
    ['only emoji', (ann) => ann.says('😭😭😭'), 'common.pick-one'],
    ['a command that is none', (ann) => ann.slash('frobnicate'), 'common.pick-one'],
    ['markup', (ann) => ann.says('*<!channel>* & <@U0BOT00001>'), 'common.pick-one'],
  ];

  it.each(kinds)('%s gets an answer, and the question stands', async (_name, act, key) => {
    await startBot();
    const ann = slack.user();
    ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    const before = ann.hears().length;
    act(ann);
    await hears(ann, text(key), {}, before);
    ann.taps(text('recover.btn-login'));
    await hears(ann, text('recover.authenticator-at-hand'), {}, before);
  });

  it('a link under other words and a shared message are compared with the registry', async () => {
    await startBot();
    const ann = slack.user();
    ann.says('is this you: wallet help', {
      hiddenLinks: [{ words: 'wallet help', url: 'https://harb0r.internal/x' }],
    });
    await hears(ann, text('official.look-alike'));
    const bob = slack.user();
    bob.shares('Your account is locked, write me', 'harbor_walIet');
    await hears(bob, text('official.look-alike'));
  });

  it('an edit is pointed out, and a deleted message is let be', async () => {
    await startBot();
    const ann = slack.user();
    const ts = ann.says('I forgot my password');
    await hears(ann, text('recover.which-secret'));
    ann.edits(ts, 'the mail is missing');
    await hears(ann, text('common.edited'));
    const before = ann.hears().length;
    ann.deletes(ts);
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    expect(ann.hears()).toHaveLength(before);
  });
});
