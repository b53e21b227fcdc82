import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpPortOf, readSettings } from '../../../src/infra/settings.js';
import { LifelineError } from '../../../src/model/index.js';

const folder = mkdtempSync(join(tmpdir(), 'lifeline-settings-'));
const NONE = join(folder, 'none.env');
const TOKEN = `1:${'a'.repeat(30)}`;

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readSettings(environment, NONE);
    return [];
  } catch (error) {
    if (!(error instanceof LifelineError) || error.code !== 'settings-invalid') throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}

describe('readSettings', () => {
  it('needs nothing', () => {
    expect(readSettings({}, NONE)).toEqual({
      TELEGRAM_API_URL: 'https://api.telegram.org',
      DISCORD_API_URL: 'https://discord.com/api',
      DISCORD_READS_CHANNELS: 'off',
      SLACK_API_URL: 'https://slack.com/api/',
      LIFELINE_STORE: 'lmdb:.lifeline/store',
      LIFELINE_BLOCK_LISTS_FOLDER: '.lifeline/lists',
      LIFELINE_CACHE: '.lifeline/cache',
      RECOVERY_SIGNING_KEYS: '.lifeline/signing-keys',
      HTTP_HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
    });
  });

  it.each([
    ['https://bot.wallet.example', []],
    ['http://127.0.0.1:8080', []],
    ['http://localhost:8080', []],
    ['http://bot.wallet.example', ['RECOVERY_URL']],
    ['https://bot.wallet.example/path', ['RECOVERY_URL']],
    ['https://user@bot.wallet.example', ['RECOVERY_URL']],
    ['bot.wallet.example', ['RECOVERY_URL']],
  ])('takes %s for the origin of this bot, or names what is wrong: %j', (url, wrong) => {
    const problems = problemsOf({ RECOVERY_URL: url, RECOVERY_PAGE_KEYS: 'page-keys.json' });
    expect(problems.map((line) => line.split(' ')[0])).toEqual(wrong);
  });

  it('wants the origin of this bot and the keys of the page both, or none', () => {
    expect(problemsOf({ RECOVERY_URL: 'https://bot.wallet.example' })).toEqual([
      'RECOVERY_PAGE_KEYS is needed with RECOVERY_URL',
    ]);
    expect(problemsOf({ RECOVERY_PAGE_KEYS: 'page-keys.json' })).toEqual([
      'RECOVERY_URL is needed with RECOVERY_PAGE_KEYS',
    ]);
  });

  it('gives what cannot be changed', () => {
    expect(Object.isFrozen(readSettings({}, NONE))).toBe(true);
  });

  it('takes an empty setting as not set, and knows nothing of other variables', () => {
    expect(readSettings({ TELEGRAM_BOT_TOKEN: '', PATH: '/bin' }, NONE)).toEqual(readSettings({}, NONE));
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      TELEGRAM_BOT_TOKEN: 'x',
      LIFELINE_STORE: 'redis:x',
      HTTP_PORT: '99999',
      LOG_LEVEL: 'loud',
      LIFELINE_SECRET: 'c2hvcnQ=',
      TELEGRAM_WEBHOOK_URL: 'ftp://x',
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_URL',
      'LIFELINE_STORE',
      'LIFELINE_SECRET',
      'HTTP_PORT',
      'LOG_LEVEL',
      'TELEGRAM_WEBHOOK_SECRET',
    ]);
  });

  it('never repeats the value of a setting that may be a secret', () => {
    expect(problemsOf({ TELEGRAM_BOT_TOKEN: 'hunter2', LIFELINE_SECRET: 'hunter3' }).join()).not.toMatch(
      /hunter/,
    );
  });

  it('asks for a webhook secret with a webhook address', () => {
    const url = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://bot.real.io/hook' };
    expect(problemsOf(url)).toEqual(['TELEGRAM_WEBHOOK_SECRET is needed with TELEGRAM_WEBHOOK_URL']);
    expect(problemsOf({ ...url, TELEGRAM_WEBHOOK_SECRET: 'short' })).toHaveLength(1);
    expect(problemsOf({ ...url, TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(16) })).toEqual([]);
  });

  it('asks for a way in with a Slack token, and for a token with a way in', () => {
    const bot = { SLACK_BOT_TOKEN: 'xoxb-0123456789-made-up' };
    const app = { SLACK_APP_TOKEN: 'xapp-1-A01-made-up' };
    const secret = { SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };
    expect(problemsOf(bot)).toEqual([
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is needed with SLACK_BOT_TOKEN',
    ]);
    for (const way of [app, secret]) {
      expect(problemsOf(way)).toEqual([
        'SLACK_BOT_TOKEN is needed with SLACK_APP_TOKEN and SLACK_SIGNING_SECRET',
      ]);
      expect(problemsOf({ ...bot, ...way })).toEqual([]);
    }
    expect(problemsOf({ ...bot, SLACK_APP_TOKEN: 'xoxb-0123456789-made-up' })).toEqual([
      'SLACK_APP_TOKEN must be an app-level token as Slack gives it (xapp-…)',
    ]);
  });

  it('listens only where a platform posts to us, or somebody wants to', () => {
    const telegram = { TELEGRAM_BOT_TOKEN: TOKEN };
    const hook = {
      TELEGRAM_WEBHOOK_URL: 'https://bot.real.io/hook',
      TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(16),
    };
    const slack = { SLACK_BOT_TOKEN: 'xoxb-0123456789-made-up' };
    const socket = { SLACK_APP_TOKEN: 'xapp-1-A01-made-up' };
    const posted = { SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };
    const portOf = (environment: Readonly<Record<string, string>>) =>
      httpPortOf(readSettings(environment, NONE));
    expect([{}, telegram, { ...slack, ...socket }, hook].map(portOf)).toEqual([null, null, null, null]);
    expect(portOf({ ...slack, ...socket, ...posted })).toBe(null);
    expect(portOf({ ...telegram, ...hook })).toBe(8080);
    expect(portOf({ ...slack, ...posted })).toBe(8080);
    expect(portOf({ ...telegram, ...hook, ...slack, ...posted })).toBe(8080);
    expect(portOf({ HTTP_PORT: '9000' })).toBe(9000);
  });

  it('reads a .env file, below the environment', () => {
    const file = join(folder, 'some.env');
    writeFileSync(file, 'LOG_LEVEL=debug\nHTTP_PORT=9000\n# a remark\nLIFELINE_STORE="memory:"\n');
    expect(readSettings({ HTTP_PORT: '9001' }, file)).toMatchObject({
      LOG_LEVEL: 'debug',
      HTTP_PORT: 9001,
      LIFELINE_STORE: 'memory:',
    });
  });

  it.each(['-1', '1.5', 'x', '65536'])('takes no port %s', (port) => {
    expect(problemsOf({ HTTP_PORT: port })).toHaveLength(1);
  });
});
