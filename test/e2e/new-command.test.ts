import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, askEntry } from '../../src/cli/new-ask.js';
import { askLocale, makeLocale } from '../../src/cli/new-locale.js';
import type { Ground } from '../../src/cli/new-plan.js';
import { writeChanges } from '../../src/cli/write-changes.js';
import type { ContentFiles } from '../../src/content/index.js';
import { readContentFiles } from '../../src/content/read-files.js';
import { createFakeTerminal, type FakeTerminal, KEY } from '../support/fake-terminal.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { ownContent, writeOwnContent } from '../support/own-content.js';
import { shippedCheckWords } from '../support/shipped-check-words.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-new-'));
  await writeOwnContent(folder);
});

afterEach(() => rm(folder, { recursive: true }));

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const present = (): Promise<ContentFiles> => readContentFiles(folder);

function ground(): Ground {
  return { folder, ...ownContent(), checkWords: shippedCheckWords(), shelf: null };
}

const WORDS = {
  en: {
    title: 'No gas',
    text: 'Nothing goes\\nwithout gas.',
    phrases: ['no gas', 'gas gone', 'gas empty', 'pay gas how', 'need gas'],
  },
  'zh-CN': {
    title: '没有 gas',
    text: '没有 gas 不能转账。',
    phrases: ['没有gas', 'gas没了', '付不起gas', 'gas不够', 'gas空了'],
  },
} as const;
const NAMES = { en: 'English', 'zh-CN': '简体中文' } as const;
const TAGS = ['en', 'zh-CN'] as const;

/** Answers the questions for an answer but its name. */
async function goOn(terminal: FakeTerminal): Promise<void> {
  for (const tag of TAGS) {
    await terminal.when(`Its title, in ${NAMES[tag]}`, WORDS[tag].title, KEY.enter);
    await terminal.when(`What the bot answers, in ${NAMES[tag]}`, WORDS[tag].text, KEY.enter);
    for (const [index, phrase] of WORDS[tag].phrases.entries())
      await terminal.when(`in ${NAMES[tag]}? (${index + 1} of 5)`, phrase, KEY.enter);
  }
  await terminal.when('Which links does it give?', KEY.space, KEY.enter);
  await terminal.when('Where may it be said?', KEY.enter);
}

function talk(kind: 'answer' | 'flow', name?: string): { terminal: FakeTerminal; done: Promise<Asked> } {
  const terminal = createFakeTerminal();
  return { terminal, done: askEntry(terminal, ground(), kind, name) };
}

describe('lifeline new answer, in a terminal', () => {
  it('asks, shows what it will write, writes it, and opens a chat there', async () => {
    const { terminal, done } = talk('answer');
    await terminal.when('What is it called?', 'gas', KEY.enter);
    await goOn(terminal);
    await terminal.when('/flows/answers.yaml');
    await terminal.when('Played: 8 conversations, all as written.');
    await terminal.when('Write it?', KEY.enter);
    await terminal.when('Try it now?', KEY.enter);
    expect(await done).toEqual({ chatAt: 'gas', locale: 'en' });
    expect(await read('flows/answers.yaml')).toMatch(
      /\ngas: \{ say: answers\.gas, links: \[reset-help\] \}\n$/,
    );
    expect(await read('locales/en/texts.yaml')).toMatch(
      /\nanswers\.gas: \|-\n {2}Nothing goes\n {2}without gas\.\n$/,
    );
    expect(await read('locales/zh-CN/phrases.yaml')).toContain('  gas:\n    - 没有gas\n');
  });

  it('says at once what is wrong with an answer', async () => {
    const { terminal, done } = talk('answer');
    await terminal.when('What is it called?', 'fees', KEY.enter);
    await terminal.when('There is "fees" already', KEY.clear, 'gas', KEY.enter);
    await terminal.when('Its title, in English', KEY.enter);
    await terminal.when('an empty text says nothing', 'No gas', KEY.enter);
    await terminal.when('What the bot answers', 'Type your seed phrase here.', KEY.enter);
    await terminal.when('This asks for a secret', KEY.clear, 'See harbor.internal/help', KEY.enter);
    await terminal.when('No address, handle or number', KEY.clear, 'Short.', KEY.enter);
    await terminal.when('(1 of 5)', 'en cancel', KEY.enter);
    await terminal.when('always means "cancel"', KEY.clear, KEY.leave);
    expect(await done).toBe('left');
    expect(await present()).toEqual(ownContent().files);
  });

  it.each(['at the first question', 'at the last'])(
    'writes nothing when the person leaves %s',
    async (when) => {
      const { terminal, done } = talk('answer', 'gas');
      if (when === 'at the last') {
        await goOn(terminal);
        await terminal.when('Write it?', KEY.leave);
      } else await terminal.when('Its title', KEY.leave);
      expect(await done).toBe('left');
      expect(await present()).toEqual(ownContent().files);
    },
  );

  it('says what to mend when it cannot be written, and lets an answer be changed', async () => {
    const terminal = createFakeTerminal();
    const files = new Map(ownContent().files).set('flows/help.yaml', 'flow: help\n');
    const done = askEntry(terminal, { ...ground(), files }, 'answer', 'gas');
    await goOn(terminal);
    await terminal.when('This cannot be written yet:');
    await terminal.when('flows/help.yaml:1:1');
    await terminal.when('Change an answer?', KEY.enter);
    await terminal.when('What is it called?', KEY.enter);
    await terminal.when('No gas', KEY.enter);
    await terminal.when('What the bot answers, in English', KEY.leave);
    expect(await done).toBe('left');
    expect(await present()).toEqual(ownContent().files);
  });
});

describe('lifeline new, without questions', () => {
  const lifeline = (...args: readonly string[]) =>
    lifelineIn(folder, { LIFELINE_CONTENT: '.', LIFELINE_CACHE: './cache' })('new', ...args);
  const options = TAGS.flatMap((tag) => [
    ...['--title', `${tag}=${WORDS[tag].title}`, '--text', `${tag}=${WORDS[tag].text}`],
    ...WORDS[tag].phrases.flatMap((phrase) => ['--phrase', `${tag}=${phrase}`]),
  ]);

  it('takes an answer from options', async () => {
    const { code, out, err } = await lifeline(
      'answer',
      'gas',
      ...options,
      '--link',
      'help-fees',
      '--private',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Try it: lifeline chat --at gas');
    expect(await read('flows/answers.yaml')).toContain(
      'gas: { say: answers.gas, links: [help-fees], private: true }',
    );
  });

  it('takes a flow from the example of its file, filled in', async () => {
    const example = await lifeline('flow', '--example');
    const ways = ['low', 'out', 'gone', 'empty', 'short'];
    const filled = example.out
      .replace('name: ""', 'name: gas')
      .replaceAll('    - ""', () => ways.map((way) => `    - gas is ${way}`).join('\n'))
      .replaceAll('""', (_whole, at: number) => `words ${at}`);
    await writeFile(join(folder, 'gas.yaml'), filled);
    const { code, out, err } = await lifeline('flow', '--file', 'gas.yaml');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('new      flows/gas.yaml');
    expect(await read('test/conversations/gas.yaml')).toContain('means: gas');
  });

  it('says everything that is wrong, and writes nothing', async () => {
    const { code, err } = await lifeline(
      'answer',
      'fees',
      '--title',
      `en=${'x'.repeat(30)}`,
      '--link',
      'help-fee',
    );
    expect(code).toBe(1);
    for (const said of [
      'name: There is "fees" already',
      'en.title: That is too long',
      'en.text: This one is needed',
      'zh-CN.phrases: at least 5',
      'did you mean "help-fees"',
    ])
      expect(err).toContain(said);
    expect(await present()).toEqual(ownContent().files);
  });

  it('asks for a terminal, or a file, where there is neither', async () => {
    const { code, err } = await lifeline('answer', 'gas');
    expect(code).toBe(1);
    expect(err).toContain('lifeline new answer --example > new.yaml');
  });

  it('has the content mended first', async () => {
    await writeFile(join(folder, 'flows/help.yaml'), 'flow: help\n');
    const { code, err } = await lifeline('answer', 'gas', ...options);
    expect(code).toBe(1);
    expect(err).toContain('Mend this first');
  });
});

describe('lifeline new locale, in a terminal', () => {
  it('asks, writes the draft, and opens a chat in it', async () => {
    const terminal = createFakeTerminal();
    const done = askLocale(terminal, ground());
    await terminal.when('Which language?', 'fr', KEY.enter);
    await terminal.when('What does it call itself?', KEY.enter);
    await terminal.when('From which language will it be translated?', KEY.enter);
    await terminal.when('Français (fr) is a draft');
    await terminal.when('Try it now?', KEY.enter);
    expect(await done).toEqual({ chatIn: 'fr' });
    expect(await read('locales/locales.yaml')).toMatch(/fr: Français/);
  });

  it('says that it is written to whoever leaves at the last question, and to nobody before', async () => {
    const [early, late] = [createFakeTerminal(), createFakeTerminal()];
    const left = askLocale(early, ground());
    await early.when('Which language?', KEY.leave);
    expect(await left).toBe('left');
    const done = askLocale(late, ground());
    await late.when('Which language?', 'fr', KEY.enter);
    await late.when('What does it call itself?', KEY.enter);
    await late.when('From which language will it be translated?', KEY.enter);
    await late.when('Try it now?', KEY.leave);
    expect(await done).toBe('written');
  });
});

describe('lifeline new locale', () => {
  it('makes a draft that can be talked to, which the check tells of', async () => {
    const lifeline = lifelineIn(
      folder,
      { LIFELINE_CONTENT: '.', LIFELINE_CACHE: './cache' },
      { input: 'en wants fees\n' },
    );
    expect(await lifeline('new', 'locale', 'fr', '--from', 'en')).toMatchObject({ code: 0, err: '' });
    const { code, out } = await lifeline('check');
    expect(code).toBe(0);
    expect(out).toMatch(
      /Français \(fr\) is a draft and not served: \d+ texts and \d+ lists of phrases to translate\./,
    );
    expect((await lifeline('chat', '--locale', 'fr')).out).toContain('en answers fees');
    expect((await lifeline('chat', '--locale', 'de')).err).toContain('There is no locale "de"');
  });

  it('makes a draft, counts what is left, and serves it only when nothing is', async () => {
    const begun = makeLocale(ground(), 'FR', { from: 'en' });
    expect(begun).toContain('Français (fr) is a draft: nobody is answered in it yet.');
    const drafted = { ...ground(), files: await present() };
    expect(() => makeLocale(drafted, 'fr', { serve: true })).toThrow('fr is not served yet');
    const texts = (await read('locales/fr/texts.yaml'))
      .replaceAll('"en ', '"fr ')
      .replaceAll('"Nobody, ', '"Personne, ');
    const phrases = (await read('locales/fr/phrases.yaml')).replaceAll('[en ', '[fr ');
    const checks = await read('locales/en/checks.yaml');
    const translated = new Map(drafted.files)
      .set('locales/fr/checks.yaml', checks)
      .set('locales/fr/texts.yaml', texts)
      .set('locales/fr/phrases.yaml', phrases);
    for (const name of ['texts', 'phrases', 'checks'])
      await writeFile(
        join(folder, `locales/fr/${name}.yaml`),
        translated.get(`locales/fr/${name}.yaml`) ?? '',
      );
    const state = { ...drafted, files: translated };
    expect(makeLocale(state, 'fr', {})).toEqual([
      'Français (fr) is translated. Serve it: lifeline new locale fr --serve',
    ]);
    expect(makeLocale(state, 'fr', { serve: true })).toContain(
      'fr is served from now on. Try it: lifeline chat --locale fr',
    );
    expect(await read('locales/locales.yaml')).toContain(
      'names: { en: English, zh-CN: 简体中文, fr: Français }',
    );
  });

  it.each([
    ['xq', {}, 'no language "xq"'],
    ['en', {}, 'served already'],
    ['fr', { serve: true }, 'no draft of fr yet'],
    ['fr', { from: 'eng' }, 'did you mean "en"'],
    ['fr', { name: ' ' }, '1 to 40 letters'],
  ])('refuses %s %j', async (tag, options, said) => {
    expect(() => makeLocale(ground(), tag, options)).toThrow(said);
    expect(await present()).toEqual(ownContent().files);
  });
});

describe('lifeline simulate', () => {
  const simulate = (...args: readonly string[]) =>
    lifelineIn(folder, { LIFELINE_CONTENT: '.', LIFELINE_CACHE: './cache' })('simulate', ...args);

  it('plays the answers of a content that has no conversations yet', async () => {
    expect(await simulate()).toMatchObject({ code: 0, out: expect.stringContaining('24 passed, 0 failed') });
    expect((await simulate('--answer', 'fees')).out).toContain('8 passed, 0 failed');
  });

  it('says when there is no such answer', async () => {
    expect(await simulate('--answer', 'feez')).toMatchObject({
      code: 1,
      err: expect.stringContaining('did you mean "fees"'),
    });
  });
});

describe('writing', () => {
  it('is nothing at all when somebody changed a file meanwhile', async () => {
    await writeFile(join(folder, 'flows/help.yaml'), '# theirs\n');
    const help = ownContent().files.get('flows/help.yaml') ?? '';
    const changes = [
      { path: 'flows/new.yaml', before: null, after: 'x' },
      { path: 'flows/help.yaml', before: help, after: 'mine' },
    ];
    expect(() => writeChanges(folder, changes)).toThrow('changed by somebody else');
    expect(await read('flows/help.yaml')).toBe('# theirs\n');
    expect((await present()).has('flows/new.yaml')).toBe(false);
  });

  it('is undone when one of the files cannot be written', async () => {
    const before = await present();
    const changes = [
      { path: 'flows/help.yaml', before: before.get('flows/help.yaml') ?? '', after: '# mine\n' },
      { path: 'flows/help.yaml/below.yaml', before: null, after: 'x' },
    ];
    expect(() => writeChanges(folder, changes)).toThrow('Nothing was changed');
    expect(await present()).toEqual(before);
  });
});
