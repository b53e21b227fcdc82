import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exampleAnswers } from '../../src/cli/init-answers.js';
import { QUESTIONS } from '../../src/cli/init-questions.js';
import { TOKENS } from '../../src/cli/init-tokens.js';
import { examineSettings, SETTINGS_SCHEMA } from '../../src/infra/settings.js';
import { startDiscordPlatform } from '../platforms/discord/server.js';
import { startSlackPlatform } from '../platforms/slack/server.js';
import { startTelegramPlatform } from '../platforms/telegram/server.js';
import { lifelineIn } from '../support/lifeline-command.js';

const PAGES = ['telegram', 'discord', 'slack'] as const;
const pageOf = (name: string): string => readFileSync(`docs/setup-${name}.md`, 'utf8');

/** What stands in the code blocks of a language, without indentation and remarks. */
function blocksIn(markdown: string, language: string): readonly string[] {
  const blocks = markdown.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'));
  return [...blocks].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

function commandsIn(markdown: string): readonly string[] {
  return blocksIn(markdown, 'sh').flatMap((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

/** The way from nothing to a running bot. `npm ci` is what CI begins with. */
const WAY = ['npm ci', 'npm run -s lifeline -- init', 'npm run -s lifeline -- doctor', 'npm start'];

describe('the pages that set a platform up', () => {
  it.each(PAGES)('go the same way on %s, and no other', (name) => {
    expect(commandsIn(pageOf(name))).toEqual(WAY);
  });

  it('go the way of the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const section = /## Make it yours\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
    expect(commandsIn(section)).toEqual(WAY.slice(1));
  });

  it('run scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(scripts.lifeline).toBe('node dist/src/cli/lifeline.js');
    expect(scripts.start).toBe('node dist/src/cli/lifeline.js start');
  });

  it.each(PAGES)('show settings that there are, and that can be used: %s', (name) => {
    for (const block of blocksIn(pageOf(name), 'ini')) {
      const lines = block.trim().split('\n');
      const settings = lines.map((line) => line.split('=', 1)[0] ?? '');
      expect(Object.keys(SETTINGS_SCHEMA.shape)).toEqual(expect.arrayContaining(settings));
      const values = lines.map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1).replace('…', '0123456789')];
      });
      expect(examineSettings(Object.fromEntries(values), '/nowhere').problems).toEqual([]);
    }
  });

  it.each(PAGES)('are where the questions for tokens send people: %s', (name) => {
    for (const { explain } of TOKENS[name]) {
      const words = explain.match(/Reset Token|Install App|App-Level Tokens|@BotFather/g) ?? [];
      expect(words.length).toBeGreaterThan(0);
      for (const word of words) expect(pageOf(name)).toContain(word);
    }
  });

  it('change the manifest of Slack where they say, for what is posted', () => {
    const [changes] = blocksIn(pageOf('slack'), 'yaml').map((block) => parse(block));
    const manifest = parse(readFileSync('docs/slack-manifest.yaml', 'utf8'));
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(changes.settings.socket_mode_enabled).toBe(false);
    expect(changes.features.slash_commands[0].command).toBe(manifest.features.slash_commands[0].command);
    const urls = [
      changes.features.slash_commands[0].url,
      changes.settings.event_subscriptions.request_url,
      changes.settings.interactivity.request_url,
    ];
    expect(new Set(urls)).toEqual(new Set(['https://bot.your-wallet.com/slack/events']));
  });
});

describe('the way from nothing to a running bot', () => {
  let folder: string;
  let atEnd: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-way-'));
  });
  afterEach(async () => {
    for (const end of atEnd.splice(0).reverse()) await end();
    await rm(folder, { recursive: true });
  });

  it('ends with somebody on each platform who has an answer', async () => {
    const [telegram, discord, slack] = await Promise.all([
      startTelegramPlatform(),
      startDiscordPlatform(),
      startSlackPlatform(),
    ]);
    atEnd = [telegram.close, discord.close, slack.close];
    const env = {
      TELEGRAM_API_URL: telegram.apiUrl,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_API_URL: slack.apiUrl,
    };
    const lifeline = lifelineIn(folder, env);
    const answers = exampleAnswers()
      .replaceAll('wallet.example', 'harbor.com')
      .replace('example_wallet', 'harbor')
      .replace('Example Wallet', 'Harbor Wallet')
      .replace('languages: [en, zh-CN, zh-TW]', 'languages: [en]');
    const tokens = [
      `TELEGRAM_BOT_TOKEN: ${telegram.bot.token}`,
      `DISCORD_BOT_TOKEN: ${discord.bot.token}`,
      `SLACK_BOT_TOKEN: ${slack.bot.token}`,
      `SLACK_APP_TOKEN: ${slack.bot.appToken}`,
    ];
    await writeFile(join(folder, 'answers.yaml'), [answers, ...tokens].join('\n'), { mode: 0o600 });
    expect(await lifeline('init', '--answers', 'answers.yaml')).toMatchObject({ code: 0, err: '' });
    const examined = await lifeline('doctor');
    expect(examined.out).toMatch(/Nothing to fix\.\n$/);

    const child = spawn(process.execPath, [join(process.cwd(), 'dist/src/cli/lifeline.js'), 'start'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', ...env },
      stdio: 'ignore',
    });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    await discord.online();
    await slack.until(() => slack.sockets.connections === 2);
    const people = { telegram: telegram.user(), discord: discord.user(), slack: slack.user() };
    for (const person of Object.values(people)) person.says('I forgot my password');
    await telegram.until(() => people.telegram.hears().some((heard) => heard.includes('Which one')));
    await discord.until(() => people.discord.hears().some((heard) => heard.includes('Which one')));
    await slack.until(() => people.slack.hears().some((heard) => heard.includes('Which one')));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('asks no more than a person answers in five minutes', () => {
    expect(QUESTIONS.length).toBeLessThanOrEqual(16);
    expect(QUESTIONS.filter(({ none }) => none === null)).toHaveLength(6);
  });
});
