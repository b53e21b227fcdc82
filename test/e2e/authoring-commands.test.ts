import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkedContent } from '../support/checked-content.js';
import { lifelineIn, type Ran } from '../support/lifeline-command.js';

const HELP = 'flows/help.yaml';
const ZH = 'locales/zh-CN/texts.yaml';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-authoring-'));
  for (const [name, text] of checkedContent()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lifeline = (...args: readonly string[]): Promise<Ran> =>
  lifelineIn(folder, { LIFELINE_CACHE: join(folder, 'cache') })('--content', folder, ...args);

async function edit(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, name), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, name), text.replace(from, to));
}

describe('lifeline check', () => {
  it('--json gives the findings as objects; --fix mends slips in their line and keeps the rest', async () => {
    await edit(HELP, 'say: help.says, go: end }', 'say: help.syas, go: end } # where to?');
    const before = await lifeline('check', '--json');
    expect(before.code).toBe(1);
    expect(JSON.parse(before.out)).toMatchObject({
      ok: false,
      errors: 1,
      warnings: 0,
      findings: [
        {
          code: 'missing-text',
          file: HELP,
          line: 6,
          suggestion: 'help.says',
          fix: { text: 'help.says', safe: true },
        },
      ],
    });
    const { code, out } = await lifeline('check', '--fix');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'flows/help.yaml:6',
      '-   says: { say: help.syas, go: end } # where to?',
      '+   says: { say: help.says, go: end } # where to?',
    ]);
  });

  it('does not work out again what this very program found in these very files', async () => {
    const { out } = await lifeline('check');
    expect(out).toMatch(/^Nothing to mend: /);
    const checks = join(folder, 'cache', 'checks');
    const [name = ''] = await readdir(checks);
    const kept = await readFile(join(checks, name), 'utf8');
    // What is remembered is what is said.
    await writeFile(join(checks, name), kept.replace(/"about":"[^"]*"/, '"about":"remembered"'));
    expect((await lifeline('check')).out).toMatch(/^Nothing to mend: remembered\.\n/);
    // Of another version it counts for nothing.
    await rename(join(checks, name), join(checks, `${name.split('-')[0]}-another`));
    expect((await lifeline('check')).out).toBe(out);
  });

  it('--explain tells what a code means, and which one was meant', async () => {
    expect((await lifeline('check', '--explain', 'trap')).out).toContain('## trap');
    const { code, err } = await lifeline('check', '--explain', 'unknown-stepp');
    expect([code, err.trim()]).toEqual([
      1,
      'There is no finding "unknown-stepp"; did you mean "unknown-step"?',
    ]);
  });
});

describe('lifeline texts', () => {
  it('tells what is stale until it is stamped', async () => {
    await edit('locales/en/texts.yaml', 'help.says: "en help says"', 'help.says: "en help says more"');
    const { out } = await lifeline('texts', '--json');
    expect(JSON.parse(out).locales['zh-CN'].stale).toEqual(['help.says']);
    expect((await lifeline('texts', '--stamp', 'help.says')).code).toBe(0);
    const after = await lifeline('texts', '--locale', 'zh-CN');
    expect(after.out).toMatch(/^zh-CN: \d+ texts; 0 missing, 0 stale, /);
  });

  it('tells what is missing, in the source too, while flows and texts have mistakes', async () => {
    await edit('locales/en/texts.yaml', 'answers.thanks: "en answers thanks"\n', '');
    await edit(ZH, 'mail.check: "zh-CN mail check"\n', '');
    await edit(HELP, 'go: end }', 'go: ent }');
    const { code, out, err } = await lifeline('texts', '--json');
    expect([code, err]).toEqual([0, expect.stringContaining('The content has mistakes')]);
    const { en, 'zh-CN': zh } = JSON.parse(out).locales;
    expect([en.missing, en.unused]).toEqual([['answers.thanks'], []]);
    expect([zh.missing, zh.unused]).toEqual([['mail.check'], []]);
    await edit(
      'locales/en/texts.yaml',
      'answers.fees:',
      'answers.thanks: "en answers thanks"\nanswers.fees:',
    );
    await edit(ZH, 'mail.page:', 'mail.check: "zh-CN mail check"\nmail.page:');
    await edit(HELP, 'go: ent }', 'go: end }');
    expect((await lifeline('check')).code).toBe(0);
  });

  it('tells what keeps a file from being read, without which nothing can be told', async () => {
    await edit('locales/locales.yaml', 'source: en', 'source: [en');
    const { code, out, err } = await lifeline('texts', '--json');
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('locales/locales.yaml:')]);
    await edit('locales/locales.yaml', 'source: [en', 'source: en');
  });

  it('approves a text with a reason, until its words change', async () => {
    await edit(ZH, 'help.says: "zh-CN help says"', 'help.says: "助记词在哪里输入"');
    expect(
      (await lifeline('texts', '--approve', 'help.says', '--reason', 'The name of an answer.')).code,
    ).toBe(0);
    expect((await lifeline('check')).out).toMatch(/^Nothing to mend/);
    await edit(ZH, '助记词在哪里输入', '助记词请输入在这里');
    expect((await lifeline('check')).out).toContain('error asks-secret');
  });

  it('refuses a text, a language and a rule that do not exist', async () => {
    const rule = ['--approve', 'help.says', '--reason', 'The name of an answer.', '--rule', 'yaml'];
    const calls = [
      ['--stamp', 'help.sayz'],
      ['--stamp'],
      ['--locale', 'fr'],
      ['--approve', 'help.says'],
      ['--approve', 'help.says', '--reason', ' '],
      rule,
    ];
    const refused = await Promise.all(calls.map((args) => lifeline('texts', ...args)));
    expect(refused.map(({ code, err }) => [code, err.trim()])).toEqual([
      [1, 'There is no text "help.sayz"; did you mean "help.says"?'],
      [1, 'Name a text: --stamp KEY; or all of them: --stamp --all.'],
      [1, expect.stringContaining('There is no language "fr"')],
      [1, 'Say why, in a sentence, with --reason "…".'],
      [1, 'Say why, in a sentence, with --reason "…".'],
      [1, expect.stringContaining('"yaml" cannot be approved')],
    ]);
  });
});
