import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HealthReport } from '../../src/infra/health-routes.js';
import { readSettings } from '../../src/infra/settings.js';
import { createBot, type Overrides } from '../../src/main.js';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { freePort } from '../support/free-port.js';
import { ownContent } from '../support/own-content.js';

const content = ownContent();

let telegram: TelegramPlatform;
let discord: DiscordPlatform;
let slack: SlackPlatform;
let port: number;
let atEnd: (() => Promise<void>)[] = [];

beforeEach(async () => {
  [telegram, discord, slack, port] = await Promise.all([
    startTelegramPlatform(),
    startDiscordPlatform(),
    startSlackPlatform(),
    freePort(),
  ]);
  atEnd = [telegram.close, discord.close, slack.close];
});

afterEach(async () => {
  for (const end of atEnd.reverse()) await end();
});

/** A bot on all three; Telegram and Slack post to it. */
async function startBot(changed: Readonly<Record<string, string>> = {}, overrides: Overrides = {}) {
  const settings = readSettings(
    {
      LIFELINE_STORE: 'memory:',
      HTTP_PORT: String(port),
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
      TELEGRAM_WEBHOOK_SECRET: randomBytes(24).toString('hex'),
      DISCORD_BOT_TOKEN: discord.bot.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.bot.token,
      SLACK_SIGNING_SECRET: slack.bot.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      LOG_LEVEL: 'silent',
      ...changed,
    },
    '/nowhere',
  );
  slack.pushTo(`http://127.0.0.1:${port}/slack/events`);
  const bot = await createBot(settings, { content, ...overrides });
  atEnd.push(() => bot.stop());
  await bot.start();
  return bot;
}

async function readiness(): Promise<{ status: number; report: HealthReport }> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: answer.status, report: (await answer.json()) as HealthReport };
}

const QUESTION = 'en wants fees';

/** A person on each platform asks; resolves when all of those named have an answer. */
async function allAnswer(...who: readonly ('telegram' | 'discord' | 'slack')[]): Promise<void> {
  const people = { telegram: telegram.user(), discord: discord.user(), slack: slack.user() };
  await Promise.all(
    who.map(async (name) => {
      people[name].says(QUESTION);
      const platform = { telegram, discord, slack }[name];
      await platform.until(() => people[name].hears().length > 0);
    }),
  );
}

describe('one process on three platforms', () => {
  it('answers on each, with one port for everything that is posted and for its health', async () => {
    await startBot();
    await discord.online();
    await allAnswer('telegram', 'discord', 'slack');
    expect(await readiness()).toMatchObject({
      status: 200,
      report: { ready: true, reasons: [], platforms: { telegram: 'running', slack: 'running' } },
    });
    const alive = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'alive' }]);
  });

  it('runs without the one whose token is wrong, says so, and works on it', async () => {
    const told: unknown[] = [];
    const token = telegram.bot.token.replace('7', '8');
    await startBot({ TELEGRAM_BOT_TOKEN: token }, { refused: (refusal) => told.push(refusal) });
    expect(told).toEqual([
      {
        platform: 'telegram',
        why: 'Telegram refused getMe: 401-unauthorized',
        retryInMs: 30_000,
      },
    ]);
    await discord.online();
    await allAnswer('discord', 'slack');
    const { status, report } = await readiness();
    expect(status).toBe(200);
    expect(report.reasons).toEqual(['telegram is refused: Telegram refused getMe: 401-unauthorized']);
    expect(JSON.stringify(report)).not.toContain(token);
  });

  it('keeps what is posted for one from what is sent to another', async () => {
    await startBot();
    await discord.online();
    const slow = Array.from({ length: 20 }, () => {
      const half = request({
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/slack/events',
        headers: { 'content-length': '200000' },
      });
      // They are cut off at the end of the test.
      half.on('error', () => half.destroy());
      half.write('{"half":');
      return half;
    });
    const large = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      body: 'x'.repeat(257 * 1024),
    });
    expect(large.status).toBe(413);
    const forged = await fetch(`http://127.0.0.1:${port}/telegram`, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(401);
    await allAnswer('telegram', 'slack');
    for (const half of slow) half.destroy();
  });

  it('does not start when nothing can listen on the port', async () => {
    await startBot();
    await expect(startBot()).rejects.toMatchObject({ code: 'settings-invalid' });
  });

  it('takes no two ways in at one path', async () => {
    const url = `http://127.0.0.1:${port}/slack/events`;
    await expect(startBot({ TELEGRAM_WEBHOOK_URL: url })).rejects.toMatchObject({
      code: 'settings-invalid',
      message: 'Two receivers want POST /slack/events: give one another path.',
    });
  });
});
