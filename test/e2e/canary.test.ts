import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '../../src/infra/at-rest.js';
import { openStore } from '../../src/store/open.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { type BotProcess, startBotProcess } from '../support/canary/bot-process.js';
import { type Canary, canaries } from '../support/canary/canaries.js';
import { tracesIn, tracesInFolder } from '../support/canary/traces.js';
import { writeOwnContent } from '../support/own-content.js';
import { askRedis } from '../support/redis/ask-redis.js';
import { startRedis } from '../support/redis/start-redis.js';
import { chance } from '../support/secrets/chance.js';

const ALL = canaries(chance(2027));
/** What is planted in the process: the search has to find it, or it finds nothing. */
const NARROW = 'planted-in-one-byte';
const WIDE = '种在两个字节里';
const PLANTED = [NARROW, WIDE].map((text): Canary => ({ name: text, kind: 'planted', text, traces: [text] }));

let telegram: TelegramPlatform;
let discord: DiscordPlatform;
let slack: SlackPlatform;
let folder: string;
let secret: Uint8Array;
let atEnd: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const temp = await makeTempFolder();
  [telegram, discord, slack] = await Promise.all([
    startTelegramPlatform(),
    startDiscordPlatform(),
    startSlackPlatform({ events: ['app_mention', 'message.im', 'message.channels'] }),
  ]);
  atEnd = [temp.remove, telegram.close, discord.close, slack.close];
  folder = temp.path;
  secret = randomBytes(32);
  await writeOwnContent(join(folder, 'content'));
});

afterEach(async () => {
  for (const end of atEnd.reverse()) await end();
});

/** The bot on all three platforms, with everything it can log. */
function startBot(store: string): BotProcess {
  const bot = startBotProcess(folder, join(folder, 'content'), {
    LIFELINE_STORE: store,
    LIFELINE_SECRET: Buffer.from(secret).toString('base64'),
    LIFELINE_CACHE: join(folder, 'cache'),
    TELEGRAM_BOT_TOKEN: telegram.bot.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    DISCORD_BOT_TOKEN: discord.bot.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.bot.token,
    SLACK_APP_TOKEN: slack.bot.appToken,
    SLACK_API_URL: slack.apiUrl,
    PLANTED_NARROW: NARROW,
    PLANTED_WIDE: WIDE,
  });
  atEnd.push(() => bot.end('SIGKILL'));
  return bot;
}

/** Sends a text on its way; resolves when its person has heard an answer. */
type Way = (text: string) => Promise<void>;

/** Every way in which words of a person come in, by what it is called. */
function waysIn(): Readonly<Record<string, Way>> {
  return { ...telegramWays(), ...discordWays(), ...slackWays() };
}

function telegramWays(): Readonly<Record<string, Way>> {
  const group = telegram.group({ title: 'Wallet talk' });
  group.addBot({ id: 1 }, 'administrator');
  const alone = (act: (user: ReturnType<typeof telegram.user>, text: string) => unknown): Way => {
    return async (text) => {
      const user = telegram.user();
      act(user, text);
      await telegram.until(() => user.hears().length > 0);
    };
  };
  return {
    'a text on Telegram': alone((user, text) => user.says(text)),
    'a caption on Telegram': alone((user, text) => user.sendsPhoto(text)),
    'a file name on Telegram': alone((user, text) => user.sendsDocument(`${text}.txt`)),
    'a command on Telegram': alone((user, text) => user.command('help', text)),
    'a forwarded text on Telegram': alone((user, text) => user.forwards(text, { name: 'Bob' })),
    'an edit on Telegram': async (text) => {
      const user = telegram.user();
      const id = user.says('hello');
      await telegram.until(() => user.hears().length > 0);
      const before = user.hears().length;
      user.edits(id, text);
      await telegram.until(() => user.hears().length > before);
    },
    'a button on Telegram': async (text) => {
      const user = telegram.user();
      user.says('hello');
      await telegram.until(() => user.hears().length > 0);
      user.tapsData(text);
      await telegram.until(() => user.toasts().length > 0);
    },
    'a mention in a group': async (text) => {
      const user = telegram.user();
      const before = telegram.calls.length;
      user.says(`@${telegram.bot.username} ${text}`, { in: group });
      await telegram.until(() => telegram.calls.length > before + 1);
    },
    'what is overheard in a group': async (text) => {
      const user = telegram.user();
      user.says(text, { in: group });
      await telegram.until(() => user.sees({ in: group }).every((one) => !one.text.includes(text)));
    },
  };
}

function discordWays(): Readonly<Record<string, Way>> {
  const channel = discord.home.openChannel('general');
  const alone = (act: (user: ReturnType<typeof discord.user>, text: string) => unknown): Way => {
    return async (text) => {
      const user = discord.user();
      act(user, text);
      await discord.until(() => user.hears().length > 0);
    };
  };
  return {
    'a text on Discord': alone((user, text) => user.says(text)),
    'a caption on Discord': alone((user, text) => user.sendsPhoto(text)),
    'a file name on Discord': alone((user, text) => user.sendsDocument(`${text}.txt`)),
    'a command on Discord': alone((user, text) => user.command('help', {}, [{ name: 'about', value: text }])),
    'a forwarded text on Discord': alone((user, text) => user.forwards(text)),
    'an edit on Discord': async (text) => {
      const user = discord.user();
      const id = user.says('hello');
      await discord.until(() => user.hears().length > 0);
      const before = user.hears().length;
      user.edits(id, text);
      await discord.until(() => user.hears().length > before);
    },
    'a button on Discord': async (text) => {
      const user = discord.user();
      user.says('hello');
      await discord.until(() => user.hears().length > 0);
      const message = user.direct.messages.findLast(({ author }) => author === 'bot');
      if (message === undefined) throw new Error('the bot has said nothing');
      user.tapsId(text, message, user.direct);
      await discord.until(() => user.interactions().every((state) => state === 'answered'));
    },
    'a mention in a server': async (text) => {
      const user = discord.user();
      user.mentions(text, channel);
      await discord.until(() => user.hears({ in: channel }).length > 0);
    },
  };
}

function slackWays(): Readonly<Record<string, Way>> {
  const channel = slack.channel('wallet-talk');
  channel.members.add(slack.bot.userId);
  const alone = (act: (user: ReturnType<typeof slack.user>, text: string) => unknown): Way => {
    return async (text) => {
      const user = slack.user();
      act(user, text);
      await slack.until(() => user.hears().length > 0);
    };
  };
  return {
    'a text on Slack': alone((user, text) => user.says(text)),
    'a caption on Slack': alone((user, text) => user.sharesFile('a.png', 'image/png', text)),
    'a file name on Slack': alone((user, text) => user.sharesFile(`${text}.txt`, 'text/plain')),
    'a command on Slack': alone((user, text) => user.slash(`help ${text}`)),
    'a shared text on Slack': alone((user, text) => user.shares(text, 'Bob')),
    'an edit on Slack': async (text) => {
      const user = slack.user();
      const ts = user.says('hello');
      await slack.until(() => user.hears().length > 0);
      const before = user.hears().length;
      user.edits(ts, text);
      await slack.until(() => user.hears().length > before);
    },
    'what was deleted on Slack': async (text) => {
      const user = slack.user();
      const ts = user.says(text);
      user.deletes(ts);
      await slack.until(() => user.hears().length > 0);
    },
    'what was changed at once on Slack': async (text) => {
      const user = slack.user();
      const ts = user.says(text);
      user.edits(ts, 'nothing to see here');
      await slack.until(() => user.hears().length > 0);
    },
    'a button on Slack': async (text) => {
      const user = slack.user();
      user.says('hello');
      await slack.until(() => user.hears().length > 0);
      const before = user.hears().length;
      user.tapsForeign({ label: 'x', value: text, actionId: 'choice', blockId: 'choices' });
      await slack.until(() => user.hears().length > before);
    },
    'a mention in a channel': async (text) => {
      const user = slack.user();
      user.joins(channel);
      user.says(`@${slack.bot.handle} ${text}`, { in: channel });
      await slack.until(() => user.hears({ in: channel }).length > 0);
    },
  };
}

/** Waits until nothing is in hand any more: everything is acknowledged, and something harmless came after it. */
async function quiet(): Promise<void> {
  await telegram.until(() => telegram.unconfirmed().length === 0);
  await slack.until(() => slack.deliveries.unacknowledged().length === 0);
  await discord.until(() => discord.unanswered() === 0);
  for (let round = 0; round < 2; round += 1)
    await Promise.all(
      [telegram, discord, slack].map(async (platform) => {
        const user = platform.user();
        user.says('hello');
        await platform.until(() => user.hears().length > 1);
      }),
    );
}

/** Everything that the bot told the platforms. */
function transcript(): Buffer {
  const updates = telegram.calls.filter(({ method }) => method !== 'getUpdates');
  return Buffer.from(JSON.stringify([updates, discord.calls, slack.calls]));
}

const KINDS = ['phrase', 'key', 'token', 'password', 'code'] as const;

/** Sends a canary of every kind on every way, and every canary on some; which one goes where changes with `turn`. */
async function sendAll(turn: number): Promise<void> {
  const ways = Object.entries(waysIn());
  for (const wanted of KINDS) {
    const ofKind = ALL.filter(({ kind }) => kind === wanted);
    await Promise.all(
      ways.map(async ([name, way], at) => {
        const canary = ofKind[(at + turn) % ofKind.length];
        if (canary === undefined) return;
        await way(canary.text).catch((error) => {
          throw new Error(`${name}: ${canary.name}`, { cause: error });
        });
      }),
    );
  }
}

/** What the store would give to somebody who has its keys. */
async function keptIn(store: string): Promise<Buffer> {
  const opened = await openStore(store, { keyring: createKeyring([secret]), tool: true });
  const items = [];
  for await (const item of opened.exportItems()) items.push(item);
  const counters = await opened.readCounters();
  await opened.close();
  return Buffer.from(
    JSON.stringify([items, counters], (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    ),
  );
}

/** Heap snapshots take their time where others work too. */
const LONGEST_MS = 120_000;

describe('of secrets of every kind, on every way in', { timeout: LONGEST_MS }, () => {
  it('nothing is left in memory, log, report, calls and files, on LMDB, nor when the bot dies', async () => {
    const store = `lmdb:${join(folder, 'store')}`;
    const bot = startBot(store);
    await discord.online();
    await sendAll(0);
    await quiet();
    expect(tracesIn('the report', await bot.report(), ALL)).toEqual([]);
    const heap = await bot.heap();
    expect(tracesIn('the heap', heap, PLANTED)).toHaveLength(PLANTED.length);
    expect(tracesIn('the heap', heap, ALL)).toEqual([]);

    // It dies in the middle of turns: secrets have come in, and nobody has been answered.
    const before = bot.removals();
    const late = [telegram.user(), discord.user(), slack.user()];
    for (const [at, user] of late.entries()) user.says(ALL[at]?.text ?? '');
    await bot.until(() => bot.removals() > before);
    await bot.end('SIGKILL');
    expect(await tracesInFolder(folder, ALL)).toEqual([]);
    const kept = await keptIn(store);
    expect(kept.toString()).toContain('secret:phrase:telegram:en');
    expect(tracesIn('the store', kept, ALL)).toEqual([]);
    expect(tracesIn('the log', Buffer.from(bot.said()), ALL)).toEqual([]);
    expect(tracesIn('the calls', transcript(), ALL)).toEqual([]);
  });

  it('nothing is left in the files of Redis, nor with a bot that comes after one that died', async () => {
    const redis = await startRedis({ appendonly: true });
    atEnd.push(redis.stop);
    const first = startBot(redis.url);
    await discord.online();
    const late = [telegram, slack].map((platform) => ({ platform, user: platform.user() }));
    for (const [at, { user }] of late.entries()) user.says(ALL[at]?.text ?? '');
    await first.until(() => first.removals() > 0);
    await first.end('SIGKILL');

    const second = startBot(redis.url);
    await Promise.all(late.map(({ platform, user }) => platform.until(() => user.hears().length > 0)));
    // By another turn, so that what only may be a key comes on other ways than what is overheard, where it is left.
    await sendAll(3);
    await second.end('SIGTERM');
    await askRedis(redis.port, 'SAVE');
    expect(await tracesInFolder(redis.folder, ALL)).toEqual([]);
    expect(tracesIn('the store', await keptIn(redis.url), ALL)).toEqual([]);
    expect(tracesIn('the log', Buffer.from(first.said() + second.said()), ALL)).toEqual([]);
    expect(tracesIn('the calls', transcript(), ALL)).toEqual([]);
  });

  it('nothing is left of what is typed in a terminal', async () => {
    const store = `lmdb:${join(folder, 'store')}`;
    const bot = startBotProcess(folder, join(folder, 'content'), {
      LIFELINE_STORE: store,
      LIFELINE_SECRET: Buffer.from(secret).toString('base64'),
      LIFELINE_CACHE: join(folder, 'cache'),
    });
    atEnd.push(() => bot.end('SIGKILL'));
    for (const { text } of ALL) bot.write(text.replaceAll('\n', ' '));
    await bot.until(() => bot.removals() >= ALL.length - 1);
    await bot.end('SIGTERM');
    expect(tracesIn('what it prints', Buffer.from(bot.said()), ALL)).toEqual([]);
    expect(tracesIn('the store', await keptIn(store), ALL)).toEqual([]);
    expect(await tracesInFolder(folder, ALL)).toEqual([]);
  });
});

it('a trace is found in whatever form it is planted', async () => {
  await writeFile(join(folder, 'utf-8'), `before ${WIDE} behind`);
  await writeFile(join(folder, 'two-bytes'), Buffer.from(`x${NARROW}`, 'utf16le'));
  expect([...(await tracesInFolder(folder, PLANTED))].sort()).toEqual([
    `${NARROW} in two-bytes`,
    `${WIDE} in utf-8`,
  ]);
  const escaped = [...WIDE].map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`).join('');
  expect(tracesIn('JSON', Buffer.from(escaped), PLANTED)).toEqual([`${WIDE} in JSON`]);
});
