import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/cli/diagnosis.js';
import { examine } from '../../src/cli/doctor.js';
import { addHealthRoutes } from '../../src/infra/health-routes.js';
import { createHttpServer } from '../../src/infra/http-server.js';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { freePort } from '../support/free-port.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { writeOwnContent, writeOwnRegistry } from '../support/own-content.js';
import { SILENT } from '../support/silent-log.js';

/** Written once; only the registry differs from test to test. */
let content: string;
let folder: string;
let atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'lifeline-content-'));
  await writeOwnContent(content);
});

afterAll(() => rm(content, { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-doctor-'));
  await writeOwnRegistry(content);
});

afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
  await rm(folder, { recursive: true });
});

type Environment = Readonly<Record<string, string>>;

async function diagnose(environment: Environment, aheadMs = 0): Promise<readonly Diagnosis[]> {
  return examine({
    environment: {
      LIFELINE_CONTENT: content,
      LIFELINE_STORE: `lmdb:${folder}/store`,
      ...environment,
    },
    envFile: join(folder, '.env'),
    content: undefined,
    timeoutMs: 5_000,
    now: () => Date.now() + aheadMs,
  });
}

/** Codes of a level, in order. */
const codes = (diagnoses: readonly Diagnosis[], level: Diagnosis['level']): readonly string[] =>
  diagnoses.filter((one) => one.level === level).map(({ code }) => code);

const words = (diagnoses: readonly Diagnosis[]): string =>
  diagnoses.map(({ what, todo = '' }) => `${what} ${todo}`).join('\n');

async function onTelegram(options: Parameters<typeof startTelegramPlatform>[0] = {}) {
  const telegram = await startTelegramPlatform(options);
  atEnd.push(telegram.close);
  const env = { TELEGRAM_BOT_TOKEN: telegram.bot.token, TELEGRAM_API_URL: telegram.apiUrl };
  return { telegram, env };
}

async function onDiscord(): Promise<{ discord: DiscordPlatform; env: Environment }> {
  const discord = await startDiscordPlatform();
  atEnd.push(discord.close);
  return { discord, env: { DISCORD_BOT_TOKEN: discord.bot.token, DISCORD_API_URL: discord.apiUrl } };
}

async function onSlack(options: Parameters<typeof startSlackPlatform>[0] = {}) {
  const slack: SlackPlatform = await startSlackPlatform(options);
  atEnd.push(slack.close);
  const env = {
    SLACK_BOT_TOKEN: slack.bot.token,
    SLACK_APP_TOKEN: slack.bot.appToken,
    SLACK_API_URL: slack.apiUrl,
  };
  return { slack, env };
}

/** Calls of a method, as another program with the same token would make them. */
function telegramCall(telegram: TelegramPlatform, method: string, body: unknown): Promise<Response> {
  return fetch(`${telegram.apiUrl}/bot${telegram.bot.token}/${method}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
}

describe('with everything set up', () => {
  it('there is nothing to fix, and no secret is named', async () => {
    const [one, two, three] = await Promise.all([onTelegram(), onDiscord(), onSlack()]);
    const env = { ...one.env, ...two.env, ...three.env };
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual([]);
    expect(codes(found, 'ok')).toEqual([
      ...['settings', 'content', 'store'],
      ...['telegram-token', 'telegram-handle', 'telegram-webhook'],
      ...['discord-token', 'discord-handle', 'discord-intents'],
      ...['slack-token', 'slack-handle', 'slack-scopes', 'slack-app-token'],
      ...['http', 'clock'],
    ]);
    // Nothing has been started yet, and in the one server nobody gave it the right to delete.
    expect(codes(found, 'note')).toEqual([
      'telegram-commands',
      'discord-commands',
      'discord-rights-dispensable',
    ]);
    for (const [name, value] of Object.entries(env))
      if (name.endsWith('TOKEN')) expect(JSON.stringify(found)).not.toContain(value);
  });

  it('it is looked at without changing anything', async () => {
    const [one, two, three] = await Promise.all([onTelegram(), onDiscord(), onSlack()]);
    await diagnose({ ...one.env, ...two.env, ...three.env });
    expect(one.telegram.calls.map(({ method }) => method).sort()).toEqual([
      'getMe',
      'getMyCommands',
      'getWebhookInfo',
    ]);
    expect(two.discord.calls.every(({ name }) => name.startsWith('get'))).toBe(true);
    expect(two.discord.gateway.identifies).toBe(0);
    expect(three.slack.calls.map(({ method }) => method).sort()).toEqual([
      'apps.connections.open',
      'auth.test',
      'bots.info',
    ]);
    expect(three.slack.sockets.connections).toBe(0);
  });
});

describe('on Telegram', () => {
  it('a wrong token is told with where to get the right one', async () => {
    const { telegram, env } = await onTelegram();
    const wrong = telegram.bot.token.replace('7', '8');
    const found = await diagnose({ ...env, TELEGRAM_BOT_TOKEN: wrong });
    expect(codes(found, 'fix')).toEqual(['telegram-token']);
    expect(words(found)).toContain('@BotFather');
    expect(JSON.stringify(found)).not.toContain(wrong);
  });

  it('a handle that the registry has otherwise, or not at all, is told with the line to write', async () => {
    const { env } = await onTelegram();
    await writeOwnRegistry(content, 'bot: { telegram: HarborHelpBot }');
    const other = await diagnose(env);
    expect(codes(other, 'fix')).toEqual(['telegram-handle']);
    expect(words(other)).toContain('"HarborHelpBot"');
    expect(words(other)).toContain('bot: { telegram: LifelineTestBot }');
    await writeOwnRegistry(content, 'bot: {}');
    expect(codes(await diagnose(env), 'fix')).toEqual(['telegram-handle']);
  });

  it('a webhook that was left over is told while updates are polled', async () => {
    const { telegram, env } = await onTelegram();
    await telegramCall(telegram, 'setWebhook', { url: 'https://old.harbor.internal/hook' });
    telegram.user().says('hello');
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual([]);
    expect(codes(found, 'note')).toEqual(['telegram-webhook-left', 'telegram-pending', 'telegram-commands']);
    expect(words(found)).toContain('A webhook at old.harbor.internal is set');
  });

  it('group privacy that is off is told', async () => {
    const { env } = await onTelegram({ hasPrivacy: false });
    expect(codes(await diagnose(env), 'note')).toContain('telegram-privacy');
  });

  it('what Telegram says of a webhook that fails is told, fit for one line', async () => {
    const { telegram, env } = await onTelegram();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/hook`;
    const hook = {
      ...env,
      TELEGRAM_WEBHOOK_URL: url,
      TELEGRAM_WEBHOOK_SECRET: randomBytes(16).toString('hex'),
      HTTP_PORT: String(port),
    };
    expect(codes(await diagnose(hook), 'note')).toContain('telegram-webhook');
    await telegramCall(telegram, 'setWebhook', { url });
    expect(codes(await diagnose(hook), 'ok')).toContain('telegram-webhook');
    telegram.user().says('hello');
    await telegram.until(() => telegram.pushes.length > 0);
    const found = await diagnose(hook);
    expect(codes(found, 'fix')).toEqual(['telegram-webhook-error']);
    expect(words(found)).toContain('it says "Connection refused"');
    await telegramCall(telegram, 'setWebhook', { url: 'https://elsewhere.harbor.internal/' });
    expect(codes(await diagnose(hook), 'note')).toContain('telegram-webhook-other');
  });

  it('no network is told with the system’s code, and with no address that holds the token', async () => {
    const { telegram, env } = await onTelegram();
    await telegram.close();
    atEnd = [];
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual(['telegram-unreachable']);
    expect(words(found)).toContain('Telegram does not answer (ECONNREFUSED).');
    expect(codes(found, 'ok')).not.toContain('clock');
  });

  it('an answer that does not come ends by itself', async () => {
    const { telegram, env } = await onTelegram();
    telegram.faults.next('getMe', { kind: 'hold', until: new Promise<void>(() => undefined) });
    const found = await examine({
      environment: { ...env, LIFELINE_CONTENT: content, LIFELINE_STORE: 'memory:' },
      envFile: join(folder, '.env'),
      content: undefined,
      timeoutMs: 50,
      now: Date.now,
    });
    expect(words(found)).toContain('Telegram does not answer (timeout).');
  });

  it('answers that are no answers of Telegram are told as such', async () => {
    const { telegram, env } = await onTelegram();
    telegram.faults.next('getMe', { kind: 'garbage' });
    expect(words(await diagnose(env))).toContain('Telegram does not answer (200).');
    telegram.faults.next('getWebhookInfo', { kind: 'garbage' });
    telegram.faults.next('getMyCommands', { kind: 'error', status: 502, description: 'Bad Gateway' });
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual([]);
    expect(codes(found, 'note')).toEqual(['telegram-webhook']);
  });
});

describe('on Discord', () => {
  it('a wrong token, and a wrong handle, are told', async () => {
    const { discord, env } = await onDiscord();
    const wrong = discord.bot.token.replace('MTE', 'MTA');
    expect(codes(await diagnose({ ...env, DISCORD_BOT_TOKEN: wrong }), 'fix')).toEqual(['discord-token']);
    await writeOwnRegistry(content, 'bot: { discord: HarborHelp }');
    expect(codes(await diagnose(env), 'fix')).toEqual(['discord-handle']);
  });

  it('intents that are not needed are told, and what keeps taps or invitations from it must be fixed', async () => {
    const { discord, env } = await onDiscord();
    discord.appSays({
      flags: (1 << 19) | (1 << 15) | (1 << 23),
      bot_public: true,
      bot_require_code_grant: true,
      interactions_endpoint_url: 'https://old.harbor.internal/',
    });
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual(['discord-interactions-url', 'discord-code-grant']);
    expect(codes(found, 'note').slice(0, 2)).toEqual(['discord-intents', 'discord-public']);
    expect(words(found)).toContain('does not need: Server Members, Message Content.');
  });

  it('the intent that watching channels takes must be on, and is not called needless', async () => {
    const { discord, env } = await onDiscord();
    const watching = { ...env, DISCORD_READS_CHANNELS: 'on' };
    expect(codes(await diagnose(watching), 'fix')).toEqual(['discord-intents']);
    discord.appSays({ flags: 1 << 19 });
    const found = await diagnose(watching);
    expect([codes(found, 'fix'), codes(found, 'ok')]).toEqual([
      [],
      expect.arrayContaining(['discord-intents']),
    ]);
    expect(codes(await diagnose(env), 'note')).toContain('discord-intents');
  });

  it('rights that are missing, or too many, are told by server', async () => {
    const { discord, env } = await onDiscord();
    discord.home.guild.botPermissions = (1n << 10n) | (1n << 11n);
    discord.server('All \u202erights').guild.botPermissions = 1n << 3n;
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual(['discord-rights']);
    expect(words(found)).toContain(
      'Rights are missing in "Harbor Wallet" (Send Messages in Threads, Read Message History).',
    );
    expect(words(found)).toContain('It is an administrator in "All  rights"');
    discord.home.allowDeleting();
    discord.home.guild.botPermissions = 274_877_983_744n;
    expect(codes(await diagnose(env), 'note')).not.toContain('discord-rights-dispensable');
  });

  it('a bot in no server is given the address that invites it', async () => {
    const { discord, env } = await onDiscord();
    discord.home.removeBot();
    const found = await diagnose(env);
    expect(codes(found, 'note')).toContain('discord-servers');
    expect(words(found)).toContain(
      'https://discord.com/oauth2/authorize?client_id=1100000000000000002&scope=bot+applications.commands&permissions=274877983744',
    );
  });

  it('a bot that has connected too often is told how long to wait', async () => {
    const { discord, env } = await onDiscord();
    discord.leaveSessions(20);
    expect(codes(await diagnose(env), 'note')).toContain('discord-sessions');
    discord.leaveSessions(0);
    expect(codes(await diagnose(env), 'fix')).toEqual(['discord-sessions']);
  });

  it('no network is told', async () => {
    const { discord, env } = await onDiscord();
    await discord.close();
    atEnd = [];
    expect(codes(await diagnose(env), 'fix')).toEqual(['discord-unreachable']);
  });
});

describe('on Slack', () => {
  it('wrong tokens are told, both of them', async () => {
    const { slack, env } = await onSlack();
    const wrong = `${slack.bot.token}x`;
    expect(codes(await diagnose({ ...env, SLACK_BOT_TOKEN: wrong }), 'fix')).toEqual(['slack-token']);
    const app = `${slack.bot.appToken}x`;
    const both = await diagnose({ ...env, SLACK_BOT_TOKEN: wrong, SLACK_APP_TOKEN: app });
    expect(codes(both, 'fix')).toEqual(['slack-token', 'slack-app-token']);
    expect(JSON.stringify(both)).not.toContain(app);
  });

  it('rights that are missing, or not needed, are told by name', async () => {
    const { env } = await onSlack({
      scopes: [
        ...['app_mentions:read', 'chat:write', 'commands', 'im:history'],
        ...['channels:history', 'files:read'],
      ],
    });
    const found = await diagnose(env);
    expect(codes(found, 'fix')).toEqual(['slack-scopes']);
    expect(codes(found, 'note')).toEqual(['slack-scopes-extra', 'slack-reads-channels']);
    expect(words(found)).toContain('The bot token lacks rights: im:write, users:read.');
    expect(words(found)).toContain('does not need: files:read.');
  });

  it.each([
    ['missing_scope', 'slack-app-scope'],
    ['access_denied', 'slack-socket-mode'],
  ])('an app-level token that gets no socket (%s) is told', async (code, told) => {
    const { slack, env } = await onSlack();
    slack.faults.next('apps.connections.open', { kind: 'refuse', code });
    expect(codes(await diagnose(env), 'fix')).toEqual([told]);
  });

  it('tokens of two apps are told', async () => {
    const { slack, env } = await onSlack();
    const other = slack.bot.appToken.replace('A0APP00001', 'A0APP00002');
    Object.assign(slack.bot, { appToken: other });
    const found = await diagnose({ ...env, SLACK_APP_TOKEN: other });
    expect(codes(found, 'fix')).toEqual(['slack-two-apps']);
  });

  it('a wrong handle, and no network, are told', async () => {
    const { slack, env } = await onSlack({ handle: 'harbor' });
    expect(codes(await diagnose(env), 'fix')).toEqual(['slack-handle']);
    await slack.close();
    atEnd = [];
    expect(codes(await diagnose(env), 'fix')).toEqual(['slack-unreachable']);
  });

  it('what Slack posts cannot be looked at from here, and it says so', async () => {
    const { slack, env } = await onSlack();
    const { SLACK_APP_TOKEN: _app, ...rest } = env;
    const found = await diagnose({
      ...rest,
      SLACK_SIGNING_SECRET: slack.bot.signingSecret,
      HTTP_PORT: String(await freePort()),
    });
    expect(codes(found, 'fix')).toEqual([]);
    expect(codes(found, 'note')).toEqual(['slack-posts']);
    expect(codes(found, 'ok')).toContain('http-port');
  });
});

describe('on this machine', () => {
  it('a clock that is wrong is told, by how much and which way', async () => {
    const { env } = await onTelegram();
    const ahead = await diagnose(env, 3_600_000);
    expect(codes(ahead, 'fix')).toEqual(['clock']);
    expect(words(ahead)).toMatch(/is 3(600|599|601) s ahead/);
    expect(words(await diagnose(env, -600_000))).toMatch(/is (600|599|601) s behind/);
  });

  it('settings at fault are told all at once, and the rest is looked at all the same', async () => {
    const { env } = await onTelegram();
    const found = await diagnose({
      ...env,
      DISCORD_BOT_TOKEN: 'x',
      SLACK_BOT_TOKEN: 'xoxb-0123456789',
      HTTP_PORT: 'x',
    });
    expect(codes(found, 'fix')).toEqual(['settings-invalid', 'settings-invalid', 'settings-invalid']);
    expect(codes(found, 'ok')).toContain('telegram-token');
  });

  it('secrets that others may read are told with the command that ends it', async () => {
    await mkdir(join(folder, 'store'));
    for (const file of ['.env', 'store/secret']) await writeFile(join(folder, file), '', { mode: 0o644 });
    const found = await diagnose({});
    expect(codes(found, 'fix')).toEqual(['secret-file', 'secret-file']);
    expect(words(found)).toContain(`chmod 600 ${folder}/.env`);
    for (const file of ['.env', 'store/secret']) await chmod(join(folder, file), 0o600);
    expect(codes(await diagnose({}), 'ok').filter((code) => code === 'secret-file')).toHaveLength(2);
  });

  it('content with mistakes, without a folder, or with examples, is told', async () => {
    await writeOwnRegistry(content, 'bot: none');
    expect(codes(await diagnose({}), 'fix')).toEqual(['content-invalid']);
    const none = await diagnose({ LIFELINE_CONTENT: join(folder, 'nowhere') });
    expect(codes(none, 'fix')).toEqual(['content-invalid']);
    const { env } = await onTelegram();
    await writeOwnRegistry(content, 'bot: { telegram: ExampleLifelineBot }');
    expect(codes(await diagnose(env), 'fix')).toEqual(['registry-example', 'telegram-handle']);
  });

  it('content that runs, but would not go live when it is saved, is told', async () => {
    const texts = join(content, 'locales/en/texts.yaml');
    const before = await readFile(texts, 'utf8');
    await writeFile(texts, before.replace('en mail came', 'type your recovery phrase here'));
    const found = await diagnose({});
    await writeFile(texts, before);
    expect(codes(found, 'fix')).toEqual(['content-unfit']);
    expect(words(found)).toContain('1 error');
  });

  it('content that breaks a rule of the proof, which no start would take, is told', async () => {
    const registry = join(content, 'flows/official.yaml');
    const before = await readFile(registry, 'utf8');
    await writeFile(registry, before.replace('reset"], private: true', 'reset"]'));
    const found = await diagnose({});
    await writeFile(registry, before);
    expect(codes(found, 'fix')).toEqual(['content-unfit']);
    expect(words(found)).toContain('proof-public');
  });

  it('a store that cannot be had is told, with no password', async () => {
    const found = await diagnose({
      LIFELINE_STORE: `redis://user:hunter22@127.0.0.1:${await freePort()}`,
      LIFELINE_SECRET: randomBytes(32).toString('base64'),
    });
    expect(codes(found, 'fix')).toEqual(['store-unavailable']);
    expect(JSON.stringify(found)).not.toContain('hunter22');
    expect(codes(await diagnose({ LIFELINE_STORE: 'memory:' }), 'note')).toContain('store-memory');
  });
});

describe('where platforms post', () => {
  const SECRET = randomBytes(16).toString('hex');

  async function hooked(port: number, url: string): Promise<readonly Diagnosis[]> {
    const { env } = await onTelegram();
    const hook = { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: SECRET, HTTP_PORT: String(port) };
    return diagnose({ ...env, ...hook });
  }

  it('an address that leads here is tried, while nothing runs', async () => {
    const port = await freePort();
    const found = await hooked(port, `http://127.0.0.1:${port}/hook`);
    expect(codes(found, 'fix')).toEqual([]);
    expect(codes(found, 'ok')).toEqual(expect.arrayContaining(['http-port', 'public-address']));
  });

  it('an address that leads elsewhere, or nowhere, is told', async () => {
    const other = createServer((_request, response) => void response.end('<html>'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    atEnd.push(async () => void other.close());
    const address = other.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const found = await hooked(await freePort(), `http://127.0.0.1:${taken}/hook`);
    expect(codes(found, 'fix')).toEqual(['public-address']);
    expect(words(found)).toContain('is answered with 200, but not by this machine');
    const nowhere = await hooked(await freePort(), `http://127.0.0.1:${await freePort()}/hook`);
    expect(codes(nowhere, 'note')).toContain('public-address');
    const foreign = await hooked(taken, `http://127.0.0.1:${taken}/hook`);
    expect(codes(foreign, 'fix')).toEqual(['http-port']);
  });

  it('a bot that runs is known by its health, and says how it is', async () => {
    const port = await freePort();
    const server = createHttpServer({ host: '127.0.0.1', port, log: SILENT });
    addHealthRoutes(server.routes, () => ({
      ready: true,
      reasons: ['discord is starting'],
      status: 'ok',
      store: { status: 'ok', operations: 0, oldestMs: 0 },
      platforms: {},
      waiting: 0,
      bundle: 'abc',
    }));
    server.routes.add({
      method: 'POST',
      path: '/hook',
      maxBodyBytes: 10,
      admit: () => 401,
      answer: () => ({ status: 200 }),
    });
    await server.start();
    atEnd.push(server.stop);
    const found = await hooked(port, `http://127.0.0.1:${port}/hook`);
    expect(codes(found, 'fix')).toEqual([]);
    expect(codes(found, 'ok')).toEqual(expect.arrayContaining(['http-port', 'public-address']));
    expect(words(found)).toContain('It says: "discord is starting".');
    const wrong = await hooked(port, `http://127.0.0.1:${port}/other`);
    expect(codes(wrong, 'fix')).toEqual(['public-address']);
  });
});

describe('the command', () => {
  it('prints a line each, and ends with 1 when something must be fixed', async () => {
    const { env } = await onTelegram();
    const set = { ...env, LIFELINE_CONTENT: content };
    const well = await lifelineIn(folder, set)('doctor');
    expect(well.code).toBe(0);
    expect(well.out).toMatch(/^ok {4}telegram {2}The token is right: this is @LifelineTestBot\.$/m);
    expect(well.out).toMatch(/Nothing to fix\.\n$/);
    await writeOwnRegistry(content, 'bot: { telegram: HarborHelpBot }');
    const ill = await lifelineIn(folder, set)('doctor', '--json');
    expect(ill.code).toBe(1);
    const { ok, diagnoses } = JSON.parse(ill.out);
    expect(ok).toBe(false);
    expect(codes(diagnoses, 'fix')).toEqual(['telegram-handle']);
    expect(ill.out + well.out).not.toContain(env.TELEGRAM_BOT_TOKEN);
  });
});
