import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseEnv } from 'dotenv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inDialogue } from '../../src/cli/init.js';
import { exampleAnswers, readAnswers } from '../../src/cli/init-answers.js';
import { type Around, type Before, lookAround } from '../../src/cli/init-before.js';
import { type Plan, planFiles, type Setup } from '../../src/cli/init-plan.js';
import { QUESTIONS } from '../../src/cli/init-questions.js';
import type { Identified } from '../../src/cli/init-tokens.js';
import { writePlan } from '../../src/cli/init-write.js';
import { readContentFiles } from '../../src/content/read-files.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { contentIn } from '../support/content-in.js';
import { createFakeTerminal, type FakeTerminal, KEY } from '../support/fake-terminal.js';
import { lifelineIn } from '../support/lifeline-command.js';

const TELEGRAM = '7000000001:AAE-made-up-for-tests_0123456789abcde';
const DISCORD = 'MTEwMDAwMDAwMDAwMDAwMDAwMQ.AbCdEf.made-up-for-tests_0123456789-abc';
const ENGLISH = { en: 'English' };

/** The shipped content in one language, which is checked in a fraction of the time. */
const lean = await contentIn(['en']);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-init-'));
});

afterEach(() => rm(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
const read = (name: string): Promise<string> => readFile(path(name), 'utf8');
const registry = async () => parse(await read('content/flows/official.yaml'));
const env = async () => parseEnv(await read('.env'));

function look(around: Partial<Around>): Promise<Before> {
  return lookAround({ content: undefined, envFile: path('.env'), environment: {}, shipped: '.', ...around });
}

/** What is there, with the lean content in place of the shipped one. */
async function present(environment: Readonly<Record<string, string>> = {}): Promise<Before> {
  const store = { LIFELINE_STORE: `lmdb:${folder}/store` };
  const around = await look({ content: path('content'), environment: { ...store, ...environment } });
  const own = around.isThere ? {} : { files: lean, languages: ['en'] };
  return { ...around, ...own, shipped: lean, names: ENGLISH };
}

const SETUP: Setup = {
  texts: {
    product: 'Harbor Wallet',
    sites: 'https://harbor.com',
    reset: 'https://harbor.com/reset',
    senders: 'no-reply@mail.harbor.com',
    help: 'https://harbor.com/help',
    mail: 'support@harbor.com',
    explorer: 'https://explorer.harbor.com/',
  },
  languages: ['en'],
  bot: {},
  settings: {},
};

/** Writes a setup; resolves with what was planned. */
async function write(setup: Setup = SETUP): Promise<Plan> {
  const plan = planFiles(await present(), setup);
  await writePlan(plan);
  return plan;
}

describe('what is written', () => {
  it('is a content of its own that is valid, and settings that only their owner may read', async () => {
    const plan = await write({
      ...SETUP,
      bot: { telegram: 'HarborBot' },
      settings: { TELEGRAM_BOT_TOKEN: TELEGRAM },
    });
    expect(await env()).toEqual({
      TELEGRAM_BOT_TOKEN: TELEGRAM,
      LIFELINE_CONTENT: path('content'),
      LIFELINE_SECRET: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
    expect((await stat(path('.env'))).mode & 0o777).toBe(0o600);
    expect(plan.secretMade).toBe(true);
    expect(await readContentFiles(path('content'))).toHaveProperty('size', lean.size);
    expect(await registry()).toMatchObject({
      product: { name: 'Harbor Wallet' },
      origins: ['https://harbor.com'],
      bot: { telegram: 'HarborBot' },
      support: [
        { channel: 'help-center', link: 'help-center' },
        { channel: 'mail', mail: 'support@harbor.com' },
        { channel: 'phone', none: true },
      ],
    });
    expect(JSON.stringify(await registry())).not.toMatch(/example/i);
    // Nothing is left lying about.
    expect((await readdir(folder)).sort()).toEqual(['.env', 'content']);
  });

  it('says which hosts are official from then on, and which ways to support the words still offer', async () => {
    const plan = planFiles(await present(), SETUP);
    expect(plan.sites).toEqual(['harbor.com']);
    expect(plan.alsoOfficial).toEqual(['explorer.harbor.com']);
    expect(plan.promises).toEqual(['live chat', 'tickets', 'account on X', 'community']);
  });

  it('keeps what somebody changed by hand, and changes what hung on an answer', async () => {
    await write();
    const official = path('content/flows/official.yaml');
    const text = (await readFile(official, 'utf8'))
      .replace(
        'help-fees: { url: "https://harbor.com/help" }',
        'help-fees: { url: "https://harbor.com/fees" }',
      )
      .replace('cases: {}', 'cases: {} # none yet');
    await writeFile(official, text);
    await writeFile(
      path('content/flows/welcome.yaml'),
      `${await read('content/flows/welcome.yaml')}# mine\n`,
    );
    const plan = await write({ ...SETUP, texts: { ...SETUP.texts, help: 'https://help.harbor.com/' } });
    expect(plan.files.map((file) => [file.path, file.change])).toEqual([[official, 'changed']]);
    const { links } = await registry();
    expect(links['help-fees'].url).toBe('https://harbor.com/fees');
    expect(links['help-limits'].url).toBe('https://help.harbor.com/');
    expect(await readFile(official, 'utf8')).toContain('cases: {} # none yet');
    expect(await read('content/flows/welcome.yaml')).toMatch(/# mine\n$/);
  });

  it('is nothing the second time', async () => {
    await write();
    expect((await write()).files).toEqual([]);
  });

  it('leaves a secret alone that the store is encrypted under already', async () => {
    await mkdir(path('store'));
    await writeFile(path('store/secret'), randomBytes(32).toString('base64'));
    expect((await write()).secretMade).toBe(false);
    expect(await env()).toEqual({ LIFELINE_CONTENT: path('content') });
    await writeFile(path('.env'), 'LIFELINE_SECRET=old\nMINE=1\n', { mode: 0o644 });
    await write({ ...SETUP, settings: { TELEGRAM_BOT_TOKEN: TELEGRAM } });
    expect(await env()).toMatchObject({ LIFELINE_SECRET: 'old', MINE: '1', TELEGRAM_BOT_TOKEN: TELEGRAM });
    expect((await stat(path('.env'))).mode & 0o777).toBe(0o600);
  });

  it('goes where a link leads, and leaves the link', async () => {
    await writeFile(path('elsewhere.env'), 'MINE=1\n');
    await symlink(path('elsewhere.env'), path('.env'));
    await write();
    expect(parseEnv(await read('elsewhere.env'))).toMatchObject({
      MINE: '1',
      LIFELINE_CONTENT: path('content'),
    });
  });

  it('is nothing at all when it cannot be written whole', async () => {
    const plan = planFiles(await present(), SETUP);
    const [first] = plan.files;
    const broken = {
      ...plan,
      files: [...plan.files.slice(0, 3), { ...plan.files[0], path: first?.path ?? '' }],
    };
    await expect(writePlan(broken as Plan)).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.stringContaining('EEXIST'),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused when the content would have mistakes, or still an example', async () => {
    await write();
    const official = path('content/flows/official.yaml');
    const text = await readFile(official, 'utf8');
    await writeFile(
      official,
      text.replace('cases: {}', 'cases: { notify: { webhook: "https://hook.example/" } }'),
    );
    await expect(write()).rejects.toMatchObject({ code: 'registry-example' });
    await writeFile(official, text);
    await writeFile(path('content/flows/help.yaml'), 'flow: help\n');
    await expect(write()).rejects.toMatchObject({ code: 'content-invalid' });
  });

  it('is never the shipped content, nor a folder of something else', async () => {
    for (const shipped of ['.', 'flows', `${process.cwd()}/locales/en`])
      await expect(look({ content: shipped })).rejects.toMatchObject({ code: 'settings-invalid' });
    await expect(look({ content: folder })).rejects.toMatchObject({
      message: expect.stringContaining('holds no content'),
    });
  });
});

describe('an answers file', () => {
  const FILE = `product: Harbor Wallet
sites: [https://harbor.com]
reset: harbor.com/reset
senders: no-reply@mail.harbor.com
help: https://harbor.com/help
explorer: https://explorer.harbor.com/
`;

  async function answers(text: string, mode = 0o600): Promise<ReturnType<typeof readAnswers>> {
    await writeFile(path('answers.yaml'), text);
    await chmod(path('answers.yaml'), mode);
    return readAnswers(path('answers.yaml'), await present());
  }

  it('gives what was asked, and for what it leaves out what was before', async () => {
    const { texts, languages } = await answers(FILE);
    expect(texts).toMatchObject({ reset: 'https://harbor.com/reset', 'live-chat': '', hours: '' });
    expect(languages).toEqual(['en']);
    await write({ ...SETUP, texts: { ...SETUP.texts, x: '@harbor', hours: 'mon 09:00-10:00 UTC' } });
    expect((await answers('product: Other Wallet')).texts).toMatchObject({
      product: 'Other Wallet',
      sites: 'https://harbor.com',
      mail: 'support@harbor.com',
      x: '@harbor',
      hours: 'mon 09:00-10:00 UTC',
    });
  });

  it.each([
    ['product: ""\n', 'product: This one is needed.'],
    [`${FILE}mail: ${TELEGRAM}\n`, 'mail: That looks like a token of Telegram.'],
    [`${FILE}TELEGRAM_BOT_TOKEN: ${DISCORD}\n`, 'TELEGRAM_BOT_TOKEN: It must be a bot token'],
    [`${FILE}languages: [xx]\n`, 'languages: there is no "xx"; there are en.'],
    [`${FILE}bot: { telegram: "a b" }\n`, 'bot.telegram: That is no handle'],
    [`${FILE}prodcut: x\n`, 'does not know the word "prodcut" here.'],
    [`${FILE}mail: [`, 'is not valid YAML here'],
  ])('with a mistake is refused with its place, and without what it holds', async (text, said) => {
    const refused = answers(text);
    await expect(refused).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.stringContaining(said),
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringMatching(/AAE-made|MTEwMD/) });
  });

  it('with tokens is refused while others may read it', async () => {
    const text = `${FILE}TELEGRAM_BOT_TOKEN: ${TELEGRAM}\n`;
    await expect(answers(text, 0o644)).rejects.toMatchObject({
      message: expect.stringContaining('chmod 600'),
    });
    expect((await answers(text)).tokens).toEqual({ TELEGRAM_BOT_TOKEN: TELEGRAM });
  });
});

/** Answers every question from `from` on with what is there, or what is needed. */
async function goOn(terminal: FakeTerminal, from = 0): Promise<void> {
  for (const { id, ask } of QUESTIONS.slice(from)) {
    const text = SETUP.texts[id];
    await terminal.when(ask, ...(text === undefined ? [] : [text]), KEY.enter);
  }
}

describe('the dialogue', () => {
  const known: Identified = {
    kind: 'known',
    handle: 'HarborBot',
    says: 'Telegram says: this is @HarborBot.',
  };

  async function talk(identified: readonly Identified[] = [known]) {
    const terminal = createFakeTerminal();
    const left = [...identified];
    const asked: string[] = [];
    const identify = async (platform: string): Promise<Identified> => {
      asked.push(platform);
      return left.shift() ?? known;
    };
    const done = inDialogue(terminal, await present(), identify);
    return { terminal, done, asked };
  }

  it('asks everything, shows what it will write, and writes it', async () => {
    const { terminal, done, asked } = await talk();
    await goOn(terminal);
    await terminal.when('Which languages', KEY.enter);
    await terminal.when('Where does it talk?', KEY.space, KEY.enter);
    await terminal.when('Token of the Telegram bot', TELEGRAM, KEY.enter);
    await terminal.when('this is @HarborBot');
    await terminal.when('official: harbor.com; single pages on explorer.harbor.com');
    await terminal.when('Write it?', KEY.enter);
    expect(await done).toBe(true);
    expect(asked).toEqual(['telegram']);
    expect((await registry()).bot).toEqual({ telegram: 'HarborBot' });
    expect(await env()).toMatchObject({ TELEGRAM_BOT_TOKEN: TELEGRAM });
    expect(terminal.seen()).not.toContain('AAE-made');
  });

  it('says at once what is wrong with an answer, and with a token', async () => {
    const refused: Identified = {
      kind: 'refused',
      name: 'TELEGRAM_BOT_TOKEN',
      says: 'Telegram does not know it.',
    };
    const { terminal, done, asked } = await talk([refused, known]);
    await terminal.when('What is the product called?', TELEGRAM, KEY.enter);
    await terminal.when('That looks like a token of Telegram.', KEY.clear, 'Harbor', KEY.enter);
    await terminal.when('Which are your own sites?', 'http://harbor.com', KEY.enter);
    await terminal.when('It must begin with https://', KEY.clear);
    await goOn(terminal, 1);
    await terminal.when('Which languages', KEY.enter);
    await terminal.when('Where does it talk?', KEY.space, KEY.enter);
    await terminal.when('Token of the Telegram bot', DISCORD, KEY.enter);
    await terminal.when('this looks like a token of Discord', KEY.clear, TELEGRAM, KEY.enter);
    await terminal.when('Telegram does not know it.');
    await terminal.when('Token of the Telegram bot', TELEGRAM, KEY.enter);
    await terminal.when('Write it?', KEY.up, KEY.enter);
    expect(await done).toBe(false);
    expect(asked).toEqual(['telegram', 'telegram']);
    expect(terminal.seen()).not.toContain('MTEwMD');
  });

  it('begins the next time with what is there, keeps a token by Enter, and asks who the bot is where nobody can tell', async () => {
    await write({ ...SETUP, settings: { TELEGRAM_BOT_TOKEN: TELEGRAM } });
    const away: Identified = { kind: 'unreachable', says: 'Telegram does not answer (ENOTFOUND).' };
    const { terminal, done } = await talk([away]);
    for (const { ask } of QUESTIONS) await terminal.when(ask, KEY.enter);
    await terminal.when('Which languages', KEY.enter);
    await terminal.when('Where does it talk?', KEY.enter);
    await terminal.when('Enter keeps the one that is there.', KEY.enter);
    await terminal.when('own handle on Telegram?', '@HarborBot', KEY.enter);
    await terminal.when('Already there, and changed:');
    await terminal.when('Write it?', KEY.down, KEY.enter);
    await terminal.when('bot: { telegram: "@HarborBot" }');
    await terminal.when('Write it?', KEY.enter);
    expect(await done).toBe(true);
    expect((await registry()).bot).toEqual({ telegram: '@HarborBot' });
    expect(await env()).toMatchObject({ TELEGRAM_BOT_TOKEN: TELEGRAM });
  });

  it('lets an answer be changed, and asks again for what no longer fits', async () => {
    const { terminal, done } = await talk();
    await goOn(terminal);
    await terminal.when('Which languages', KEY.enter);
    await terminal.when('Where does it talk?', KEY.enter);
    await terminal.when('Write it?', KEY.down, KEY.down, KEY.enter);
    await terminal.when('Which one?', KEY.down, KEY.enter);
    await terminal.when('Which are your own sites?', KEY.clear, 'https://harbor.net', KEY.enter);
    await terminal.when('On which page do people reset', KEY.clear, 'https://harbor.net/reset', KEY.enter);
    await terminal.when('official: harbor.net');
    await terminal.when('Write it?', KEY.enter);
    expect(await done).toBe(true);
    expect((await registry()).links['reset-help'].url).toBe('https://harbor.net/reset');
  });

  it.each(['What is the product called?', 'Where do people look up'])(
    'writes nothing when left at %s',
    async (at) => {
      const { terminal, done } = await talk();
      const index = QUESTIONS.findIndex(({ ask }) => ask.startsWith(at));
      for (const { id, ask } of QUESTIONS.slice(0, index))
        await terminal.when(ask, SETUP.texts[id] ?? '', KEY.enter);
      await terminal.when(at, KEY.leave);
      expect(await done).toBe(false);
      expect(await readdir(folder)).toEqual([]);
    },
  );
});

describe('the command', () => {
  let telegram: TelegramPlatform;
  beforeEach(async () => {
    telegram = await startTelegramPlatform();
  });
  afterEach(() => telegram.close());

  it('takes an answers file, and changes what is there only with a word', async () => {
    const lifeline = lifelineIn(folder, { TELEGRAM_API_URL: telegram.apiUrl });
    const own = exampleAnswers()
      .replaceAll('wallet.example', 'harbor.com')
      .replace('example_wallet', 'harbor')
      .replace('Example Wallet', 'Harbor Wallet')
      .replace('languages: [en, zh-CN, zh-TW]', 'languages: [en]');
    await writeFile(path('answers.yaml'), `${own}TELEGRAM_BOT_TOKEN: ${telegram.bot.token}\n`, {
      mode: 0o600,
    });
    const made = await lifeline('init', '--answers', 'answers.yaml');
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).not.toContain(telegram.bot.token);
    expect((await registry()).bot).toEqual({ telegram: 'LifelineTestBot' });
    await writeFile(path('answers.yaml'), 'product: Other Wallet\n');
    const asked = await lifeline('init', '--answers', 'answers.yaml');
    expect(asked.code).toBe(1);
    expect(asked.err).toContain('Say --yes for that:\n  content/flows/official.yaml\n');
    expect((await registry()).product.name).toBe('Harbor Wallet');
  });

  it('says plainly that there is no terminal to ask in', async () => {
    const { code, err } = await lifelineIn(folder, {})('init');
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no terminal to ask in\. .*--answers/);
    expect(await readdir(folder)).toEqual([]);
  });
});
