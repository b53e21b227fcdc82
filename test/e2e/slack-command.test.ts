import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { realContent } from '../support/real-content.js';

const CLI = join(process.cwd(), 'dist/src/cli/lifeline.js');

let slack: SlackPlatform;
let folder: string;

beforeEach(async () => {
  slack = await startSlackPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-cli-'));
});

afterEach(async () => {
  await slack.close();
  await rm(folder, { recursive: true });
});

const environment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  SLACK_BOT_TOKEN: slack.bot.token,
  SLACK_APP_TOKEN: slack.bot.appToken,
  SLACK_API_URL: slack.apiUrl,
  ...more,
});

function run(args: readonly string[], input: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, ...args],
      { cwd: folder, env: environment() },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
    child.stdin?.end(input);
  });
}

it('`lifeline start` talks on Slack, and ends in order on SIGTERM', async () => {
  const content = join(folder, 'content');
  for (const part of ['flows', 'locales']) await cp(part, join(content, part), { recursive: true });
  const { files } = await realContent();
  await writeFile(join(content, 'flows/official.yaml'), files.get('flows/official.yaml') ?? '');
  const child = spawn(process.execPath, [CLI, 'start'], {
    cwd: folder,
    env: environment({ LIFELINE_CONTENT: content }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (data) => errors.push(String(data)));
  const exit = new Promise((resolve) => child.once('exit', resolve));
  await slack.until(() => slack.sockets.connections === 2);
  const ann = slack.user();
  ann.says('I forgot my password');
  await slack.until(() => ann.hears().length === 2);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(errors.join('')).toContain('"event":"stopped"');
  expect(errors.join('')).not.toMatch(/xoxb-|xapp-/);
});

it('`lifeline start` refuses the example registry once a Slack token is set', async () => {
  const { code, err } = await run(['start'], '');
  expect(code).toBe(1);
  expect(err).toMatch(/flows\/official\.yaml:\d+:\d+ still names an example address at product\.name/);
  expect(slack.calls).toEqual([]);
});

it('`lifeline chat` stays in the terminal, whatever tokens are set', async () => {
  const { code, out } = await run(['chat', '--locale', 'en', '--no-color'], 'I forgot my password\n');
  expect(code).toBe(0);
  expect(out).toContain('1. Login password');
  expect(slack.calls).toEqual([]);
});
