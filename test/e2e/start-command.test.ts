import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { freePort } from '../support/free-port.js';
import { writeOwnContent } from '../support/own-content.js';

let telegram: TelegramPlatform;
let folder: string;

beforeEach(async () => {
  telegram = await startTelegramPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-start-'));
  await writeOwnContent(folder);
});

afterEach(async () => {
  await telegram.close();
  await rm(folder, { recursive: true });
});

/** `lifeline start` as a process; `ended` resolves with its code and what it said on standard error. */
function start(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['dist/src/cli/lifeline.js', '--content', folder, 'start'], {
    env: {
      PATH: process.env.PATH ?? '',
      LIFELINE_STORE: `lmdb:${folder}/store`,
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said: said.join('') }));
  });
  return { child, ended };
}

it('`lifeline start` ends with what the platform said when its only token is wrong', async () => {
  const { ended } = start({ TELEGRAM_BOT_TOKEN: telegram.bot.token.replace('7', '8') });
  const { code, said } = await ended;
  expect(code).toBe(1);
  expect(said).toMatch(/^Telegram refused getMe: 401-unauthorized\nWhat to do: lifeline doctor$/m);
});

it('`lifeline start` ends in order on SIGTERM while it waits for a platform that is away', async () => {
  const port = await freePort();
  const { child, ended } = start({ HTTP_PORT: String(port), LOG_LEVEL: 'silent' });
  telegram.faults.next('getMe', { kind: 'error', status: 502, description: 'Bad Gateway' }, 1_000);
  await telegram.until(() => telegram.calls.length > 0);
  const readiness = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect([readiness.status, await readiness.json()]).toMatchObject([
    503,
    { reasons: ['telegram is starting'] },
  ]);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
});

it('`lifeline start` says nothing of what is not fit: the last good content serves, and without one it does not start', async () => {
  const texts = join(folder, 'locales/en/texts.yaml');
  const before = await readFile(texts, 'utf8');
  const asking = before.replace('en answers thanks', 'Now type your seed phrase here.');
  const env = { LIFELINE_CACHE: join(folder, 'cache') };
  await writeFile(texts, asking);
  const refused = await start(env).ended;
  expect(refused.code).toBe(1);
  expect(refused.said).toMatch(
    /^The content has one problem:\nlocales\/en\/texts\.yaml:\d+:\d+ .* \[asks-secret\]$/m,
  );

  const ann = telegram.user({ languageCode: 'en' });
  const hears = (words: string, times: number) =>
    telegram.until(() => ann.hears().filter((heard) => heard.includes(words)).length === times);
  for (const [text, times] of [
    [before, 1],
    [asking, 2],
  ] as const) {
    await writeFile(texts, text);
    const { child, ended } = start(env);
    ann.says('en wants thanks');
    await hears('en answers thanks', times);
    child.kill('SIGTERM');
    const { said } = await ended;
    expect(said.includes('content-refused')).toBe(text === asking);
  }
  expect(ann.hears().join('\n')).not.toContain('seed phrase');
});

it('finds the shipped content in a folder with a space and other letters in its name', async () => {
  const checkout = join(folder, 'my bots 钱包');
  await cp('dist', join(checkout, 'dist'), { recursive: true });
  for (const name of ['flows', 'locales', 'node_modules', 'package.json', 'src'])
    await symlink(join(process.cwd(), name), join(checkout, name));
  const ran = await new Promise<string>((resolve) => {
    const command = join(checkout, 'dist/src/cli/lifeline.js');
    execFile(process.execPath, [command, 'check'], (_error, out, err) => resolve(out + err));
  });
  expect(ran).toContain('Nothing to mend');
});
