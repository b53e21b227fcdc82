import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { environment } from '../support/live-store.js';
import { writeOwnContent } from '../support/own-content.js';
import { startRedis } from '../support/redis/start-redis.js';

// A busy machine takes seconds for each process.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TEXTS = 'locales/en/texts.yaml';
const SECRET = new Uint8Array(32).fill(3);
const atEnd: (() => Promise<void>)[] = [];
let telegram: TelegramPlatform;
let folder: string;

beforeEach(async () => {
  telegram = await startTelegramPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-hot-'));
  atEnd.push(
    () => telegram.close(),
    () => rm(folder, { recursive: true }),
  );
  await writeOwnContent(folder);
});

afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** `lifeline start` on the content of this folder, with its log lines as they come. */
function start(content: string, store: string) {
  const env = {
    PATH: process.env.PATH ?? '',
    TELEGRAM_BOT_TOKEN: telegram.bot.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    LIFELINE_CACHE: join(folder, 'cache'),
    ...environment(store, SECRET),
  };
  const child: ChildProcess = spawn(
    process.execPath,
    [join(process.cwd(), 'dist/src/cli/lifeline.js'), '--content', content, 'start'],
    { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  atEnd.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const lines: Record<string, unknown>[] = [];
  let heard = (): void => undefined;
  let rest = '';
  child.stderr?.on('data', (chunk) => {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.startsWith('{')) lines.push(JSON.parse(part));
    heard();
  });
  /** The first line of an event that fits, behind those that were there at `from`. */
  const logs = async (event: string, from = 0): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = lines.slice(from).find((one) => one.event === event);
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  return { child, lines, logs };
}

const save = async (content: string, from: string, to: string): Promise<void> => {
  const path = join(content, TEXTS);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  // As editors do: a new file in the place of the old one.
  await writeFile(`${path}~`, text.replace(from, to));
  await rename(`${path}~`, path);
};

it('a saved text is said next; a broken one is not, and `lifeline status` names its line; SIGHUP reads again', async () => {
  const bot = start(folder, `lmdb:${folder}/store`);
  const lifeline = lifelineIn(folder, environment(`lmdb:${folder}/store`, SECRET));
  await bot.logs('platform-started');
  const ann = telegram.user({ languageCode: 'en' });
  const hears = (words: string) => telegram.until(() => ann.hears().some((heard) => heard.includes(words)));
  ann.says('en wants thanks');
  await hears('en answers thanks');

  await save(folder, 'en answers thanks', 'you are welcome');
  const { bundle } = await bot.logs('content-live');
  ann.says('en wants thanks');
  await hears('you are welcome');
  expect(await lifeline('status')).toEqual({
    code: 0,
    out: `Live: bundle ${bundle}.\nEverything that was saved is live.\n`,
    err: '',
  });

  await save(folder, 'answers.thanks:', 'answers.thank:');
  const refused = await bot.logs('content-refused');
  expect(refused).toMatchObject({ bundle });
  expect(refused.path).toMatch(/^(flows|locales)\/\S+\.yaml:\d+:\d+$/);
  await vi.waitUntil(async () => (await lifeline('status')).code === 1, { timeout: 60_000, interval: 200 });
  const { out } = await lifeline('status');
  expect(out).toContain(`Live: bundle ${bundle}.`);
  expect(out).toContain(String(refused.path));
  ann.says('en wants thanks');
  await telegram.until(() => ann.hears().filter((heard) => heard.includes('you are welcome')).length === 2);

  const from = bot.lines.length;
  bot.child.kill('SIGHUP');
  expect(await bot.logs('content-refused', from)).toMatchObject({ path: refused.path });
  await save(folder, 'answers.thank:', 'answers.thanks:');
  await vi.waitUntil(async () => (await lifeline('status')).code === 0, { timeout: 60_000, interval: 200 });
});

it('all workers on one Redis change over to what one of them was given', async () => {
  const server = await startRedis();
  atEnd.push(() => server.stop());
  const other = join(folder, 'other');
  await writeOwnContent(other);
  const [one, two] = [start(folder, server.url), start(other, server.url)];
  // One of the two has the intake; both have the content.
  await Promise.race([one.logs('platform-started'), two.logs('platform-started')]);
  await Promise.all([one.logs('reload-ready'), two.logs('reload-ready')]);
  await save(other, 'en answers thanks', 'you are welcome');
  const [here, there] = await Promise.all([one.logs('content-live'), two.logs('content-live')]);
  expect(here.bundle).toBe(there.bundle);
  expect(here.path).toBe('store');
  const lifeline = lifelineIn(folder, environment(server.url, SECRET));
  expect((await lifeline('status', '--json')).out).toBe(
    `${JSON.stringify({ live: here.bundle, refused: [] })}\n`,
  );
});
