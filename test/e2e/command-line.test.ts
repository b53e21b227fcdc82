import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compile } from '../../src/load-content.js';
import { contentIn, writeContent } from '../support/content-in.js';

/** In three languages: a process reads it in half the time. */
const files = await contentIn(['zh-CN', 'zh-TW', 'en']);
const bundle = compile(files);
const text = (key: string, locale = 'en'): string =>
  bundle.texts
    .get(locale)
    ?.get(key)
    ?.format(() => 'Example Wallet') ?? '';

const CLI = join(process.cwd(), 'dist/src/cli/lifeline.js');

const MEASURED = z.object({
  'zh-TW': z.object({
    top1: z.number(),
    top3: z.number(),
    thresholds: z.array(z.unknown()),
    intents: z.array(z.unknown()),
  }),
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;
/** Trained models, shared by all calls. */
const cache = await mkdtemp(join(tmpdir(), 'lifeline-cli-cache-'));
const content = await mkdtemp(join(tmpdir(), 'lifeline-cli-content-'));
await writeContent(content, files);

afterAll(async () => {
  for (const made of [cache, content]) await rm(made, { recursive: true });
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-cli-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const always = { PATH: process.env.PATH ?? '', LIFELINE_CACHE: cache, LIFELINE_CONTENT: content };

/** Runs the command in an empty folder, with lines typed into it. */
function lifeline(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, ...args],
      { cwd: folder, env: { ...always, ...env } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
    child.stdin?.end(input);
  });
}

async function contentCopy(): Promise<string> {
  const copy = join(folder, 'content');
  await writeContent(copy, files);
  return copy;
}

describe('lifeline chat', () => {
  it('answers a piped line with the warning and the first question, its choices numbered', async () => {
    const { code, out } = await lifeline(['chat', '--locale', 'zh-CN', '--no-color'], '我忘记密码了\n');
    expect(code).toBe(0);
    expect(out).toContain(text('safety.full', 'zh-CN'));
    expect(out).toMatch(/您要找回的是哪一个？.*\n1\. 登录密码\n2\. /);
    expect(out).not.toContain('\u001b');
  });

  it('takes numbers, words and the letter of a helper', async () => {
    const typed = ['I forgot my password', '1', text('recover.btn-2fa-none'), '1', '1', '1', '1', '1', 'a'];
    const { out } = await lifeline(['chat', '--locale', 'en', '--no-color'], `${typed.join('\n')}\n`);
    expect(out).toContain('https://wallet.example/reset');
    expect(out).toContain('wallet-mirror.example');
  });

  it('begins at a flow or a step', async () => {
    const { out } = await lifeline([
      'chat',
      '--locale',
      'en',
      '--no-color',
      '--at',
      'mail-missing.right-address',
    ]);
    expect(out).toContain('Was the email address on the page right?');
  });

  it('says when there is no such flow or step', async () => {
    const flow = await lifeline(['chat', '--at', 'mail-mising']);
    expect([flow.code, flow.err]).toEqual([
      1,
      'There is no flow "mail-mising"; did you mean "mail-missing"?\n',
    ]);
    const step = await lifeline(['chat', '--at', 'mail-missing.right-adress']);
    expect([step.code, step.err]).toEqual([
      1,
      'The flow "mail-missing" has no step "right-adress"; did you mean "right-address"?\n',
    ]);
  });

  it('survives 64 kB of one letter, empty lines and control characters', async () => {
    const { code, out } = await lifeline(
      ['chat', '--locale', 'en', '--no-color'],
      `${'a'.repeat(65_536)}\n\n\u0007\u202e\nI forgot my password\n`,
    );
    expect(code).toBe(0);
    expect(out).toContain('Which one is it about?');
  });

  it('ends quietly when nobody reads what it says', async () => {
    const command = `printf 'hello\\nhuman\\n' | ${process.execPath} ${CLI} chat --locale en --no-color | head -n 1`;
    const ran = await new Promise<Ran>((resolve) => {
      execFile('sh', ['-c', command], { cwd: folder }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });
    expect(ran.err).toBe('');
  });

  it('names the locales there are when asked for another', async () => {
    const { code, err } = await lifeline(['chat', '--locale', 'xx']);
    expect(code).toBe(1);
    expect(err).toBe('There is no locale "xx". There are: zh-CN, zh-TW, en.\n');
  });
});

describe('the transcript in the README', () => {
  it('is what the command prints', async () => {
    const readme = await readFile('README.md', 'utf8');
    const [, shown] = /```text\n\$ printf .*\n([\s\S]*?)```/.exec(readme) ?? [];
    const { out } = await lifeline(['chat', '--locale', 'en', '--no-color'], 'i forgot my password\n1\n2\n');
    expect(shown).toBe(out);
  });
});

describe('lifeline start', () => {
  it('keeps the talk from one start to the next, and makes its secret once', async () => {
    const first = await lifeline(['start', '--no-color'], 'I forgot my password\n1\n', {
      LANG: 'en_US.UTF-8',
    });
    expect(first.err).toContain('A secret was made at');
    const second = await lifeline(['start', '--no-color'], '2\n', { LANG: 'en_US.UTF-8' });
    expect(second.err).toBe('');
    expect(second.out).toContain(text('recover.has-app'));
    expect(second.out).not.toContain(text('safety.full'));
  });

  it('lists every wrong setting at once', async () => {
    const { code, err } = await lifeline(['start'], '', {
      LIFELINE_STORE: 'floppy:a',
      HTTP_PORT: 'many',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(1);
    for (const name of ['LIFELINE_STORE', 'HTTP_PORT', 'LOG_LEVEL']) expect(err).toContain(name);
    expect(err).not.toContain('at ');
  });

  it.each([
    { TELEGRAM_BOT_TOKEN: '7000000001:AAE-made-up-for-tests_0123456789abcde' },
    { DISCORD_BOT_TOKEN: 'MTEwMDAwMDAwMDAwMDAwMDAwMQ.AbCdEf.made-up-for-tests_0123456789' },
  ])('refuses the example registry once a platform token is set, with the lines to edit', async (token) => {
    const { code, err } = await lifeline(['start'], '', token);
    expect(code).toBe(1);
    expect(err).toMatch(/flows\/official\.yaml:\d+:\d+ still names an example address at product\.name/);
    expect(err).toContain('links.reset-help.url');
  });

  it('ends in order on SIGTERM', async () => {
    const child = spawn(process.execPath, [CLI, 'start'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    await new Promise((resolve) => child.stderr.once('data', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    child.stdin.write('hello\n');
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  });
});

describe('two bots on one store', () => {
  it('the second is refused in one line', async () => {
    const first = spawn(process.execPath, [CLI, 'start'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    first.stdin.write('hello\n');
    await new Promise((resolve) => first.stdout.once('data', resolve));
    const second = await lifeline(['start'], 'hello\n');
    expect(second.code).toBe(1);
    expect(second.err.trimEnd().split('\n')).toHaveLength(1);
    first.kill('SIGTERM');
    await new Promise((resolve) => first.once('exit', resolve));
  });
});

describe('lifeline check', () => {
  it('finds nothing in the shipped content', async () => {
    const { code, out } = await lifeline(['--content', process.cwd(), 'check']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Nothing to mend: \d+ flows and answers/);
  });

  it('lists every problem of every file at once, by file, line and column, without a stack trace', async () => {
    const copy = await contentCopy();
    const flow = join(copy, 'flows/mail-missing.yaml');
    await writeFile(
      flow,
      (await readFile(flow, 'utf8'))
        .replace('go: blocked-senders', 'go: blocked-sender')
        .replace('wait: mail', 'wait: mial'),
    );
    const texts = join(copy, 'locales/en/texts.yaml');
    await writeFile(
      texts,
      (await readFile(texts, 'utf8')).replace(/^mail\.search-sender:/m, 'mail.search-sendr:'),
    );
    const { code, out, err } = await lifeline(['--content', copy, 'check']);
    expect(code).toBe(1);
    expect(out).toMatch(/flows\/mail-missing\.yaml:\d+:\d+\n.*\n.*\^+\n.*did you mean "blocked-senders"\?/);
    expect(out).toMatch(
      /flows\/mail-missing\.yaml:\d+:\d+\n.*\n.*\^+\n.*no time "mial"; did you mean "mail"\?/,
    );
    expect(out).toMatch(/locales\/en\/texts\.yaml:\d+:\d+\n.*\n.*\n +has no text "mail\.search-sender"/);
    expect(out + err).not.toContain('    at ');
  });

  it('never starts the bot on broken content', async () => {
    const copy = await contentCopy();
    await writeFile(join(copy, 'flows/menu.yaml'), 'flow: menu\n\tsteps: [');
    const { code, out, err } = await lifeline(['--content', copy, 'chat'], 'hello\n');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/flows\/menu\.yaml:\d+:\d+ is indented with a tab/);
    expect(err).not.toContain('    at ');
  });
});

describe('the other commands', () => {
  it('lists cases beside the store of a bot, and closes one', async () => {
    await lifeline(['start', '--no-color'], 'human\n', { LANG: 'en_US.UTF-8' });
    const listed = await lifeline(['cases']);
    const [number = ''] = listed.out.split(' ');
    expect(number).toMatch(/^LL-[0-9A-Z]{3}-[0-9A-Z]{3}$/);
    expect((await lifeline(['cases', 'close', number])).out).toBe(`${number} is closed.\n`);
    expect((await lifeline(['cases'])).out).toContain('closed');
  });

  it('shows what it makes of a text, without a secret in it', async () => {
    const { out } = await lifeline(['understand', 'someone on telegram says he is support']);
    expect(out).toMatch(/^language {2}en\nlocale {4}en\ndoes {6}/);
    expect(out).toContain('what spoke for');
    const password = `Xy${randomBytes(5).toString('hex')}!`;
    const secret = await lifeline(['understand', `my password is ${password}`]);
    expect(secret.out).toContain(
      'does      takes out password and opens leaked-secret (flow leaked-secret)\n',
    );
    expect(secret.out).not.toContain(password);
    const held = await lifeline(['understand', randomBytes(32).toString('hex')]);
    expect(held.out).toContain('does      takes out what may be a key and asks whether it is one\n');
  });

  it('understands lines of JSON, one for one', async () => {
    const lines = [
      { id: 1, text: '收不到邮件' },
      { id: 'two', text: 'will it rain tomorrow', locale: 'en' },
      { id: 3, text: 'human' },
      { id: 4, text: 'ลืมรหัสผ่าน' },
      { id: 5, text: 'change language' },
      { id: 6, text: 'my password is Tr0ub4dor!' },
      { id: 7, text: 'i forgot my password', locale: null },
    ];
    const { out } = await lifeline(
      ['understand', '--jsonl'],
      `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
    );
    const read = out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(read).toMatchObject([
      { id: 1, locale: 'zh-CN', intent: 'mail-missing', score: 1, decision: 'answer' },
      { id: 'two', locale: 'en', decision: 'out-of-scope' },
      {
        id: 3,
        intent: 'contact-support',
        decision: 'answer',
        top: [{ intent: 'contact-support', score: 1 }],
      },
      { id: 4, locale: 'th', intent: null, score: 0, decision: 'out-of-scope', top: [] },
      { id: 5, intent: 'change-language', decision: 'answer' },
      { id: 6, intent: 'leaked-secret', score: 1, decision: 'answer' },
      { id: 7, locale: 'en', intent: 'forgot-password', decision: 'answer' },
    ]);
    expect(out).not.toContain('Tr0ub4dor');
  });

  it('answers a line that is none with an error, and goes on', async () => {
    const { code, out } = await lifeline(
      ['understand', '--jsonl'],
      '{"id":1}\nno JSON\n\n{"id":2,"text":"human"}\n',
    );
    const read = out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(code).toBe(0);
    expect(read).toMatchObject([
      { id: 1, error: expect.stringContaining('text') },
      { id: null, error: 'is no JSON' },
      { id: 2, intent: 'contact-support' },
    ]);
  });

  it('measures a model of one file on another', async () => {
    const row = (text: string, intent: string): string => JSON.stringify({ text, intent, locale: 'en' });
    const card = ['my card is lost', 'card is gone', 'i lost the card', 'where is my card'];
    const move = ['i moved house', 'change my address', 'new address', 'i have a new home address'];
    await writeFile(
      join(folder, 'train.jsonl'),
      [...card.map((text) => row(text, 'card')), ...move.map((text) => row(text, 'move'))].join('\n'),
    );
    await writeFile(
      join(folder, 'test.jsonl'),
      [row('i misplaced my card', 'card'), row('my address is new', 'move'), row('sing a song', 'oos')].join(
        '\n',
      ),
    );
    const { code, out } = await lifeline([
      'evaluate',
      '--train',
      'train.jsonl',
      '--test',
      'test.jsonl',
      '--json',
      'figures.json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ accuracy: 1, inScope: 2, outside: 1, auroc: 1 });
    expect(await readFile(join(folder, 'figures.json'), 'utf8')).toBe(out);
    expect((await lifeline(['evaluate', '--train', 'train.jsonl'])).code).toBe(1);
    const chinese = { text: '唱首歌', intent: 'oos', locale: 'zh-CN' };
    await writeFile(join(folder, 'other.jsonl'), `${row('my card', 'card')}\n${JSON.stringify(chinese)}\n`);
    const other = await lifeline(['evaluate', '--train', 'train.jsonl', '--test', 'other.jsonl']);
    expect(JSON.parse(other.out)).toMatchObject({ inScope: 1, outside: 0, unasked: 1 });
    expect(other.err).toContain('is in their language: 1 of other.jsonl (zh-CN;');
  });

  it('measures the phrases of a locale on a classifier that has not seen them', async () => {
    const { code, out, err } = await lifeline(['evaluate', '--locale', 'zh-TW']);
    expect(code).toBe(0);
    const read: unknown = JSON.parse(out);
    expect(Object.keys(read ?? {})).toEqual(['zh-TW']);
    const { top1, top3, thresholds, intents } = MEASURED.parse(read)['zh-TW'];
    expect(top1).toBeGreaterThan(0.8);
    expect(top3).toBeGreaterThan(0.93);
    expect(intents.length).toBeGreaterThan(60);
    expect(thresholds.length).toBeGreaterThan(5);
    expect(err).toMatch(/^== zh-TW: \d+\.\d % right/m);
    expect(err).toContain('worst confusions');
    expect((await lifeline(['evaluate', '--locale', 'xx'])).code).toBe(1);
  });

  it('plays one conversation and prints it to be read', async () => {
    const { code, out } = await lifeline(['simulate', join(process.cwd(), 'test/conversations/thanks.yaml')]);
    expect(code).toBe(1);
    expect(out).toBe('');
    const played = await lifeline([
      'simulate',
      '--locale',
      'en',
      '--transcript',
      join(process.cwd(), 'test/conversations/recover-straight.yaml'),
    ]);
    expect(played.out).toMatch(/[1-9]\d* passed, 0 failed/);
    expect(played.out).toMatch(/steps \d+\/\d+, edges \d+\/\d+\n$/);
  });

  it('explains itself', async () => {
    const { code, out } = await lifeline(['--help']);
    expect(code).toBe(0);
    const talking = ['start', 'chat', 'check', 'simulate', 'understand', 'evaluate', '--content'];
    const operating = ['cases', 'dead', 'quarantine', 'forget', 'export', 'import', 'keys'];
    for (const command of [...talking, ...operating]) expect(out).toContain(command);
    expect((await lifeline(['frobnicate'])).code).toBe(1);
  });
});
