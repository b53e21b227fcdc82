import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentIn, writeContent } from '../support/content-in.js';
import { lifelineIn } from '../support/lifeline-command.js';

/**
 * The page is done as a reader does it, each section on a fresh copy of the content. In its code blocks:
 *
 * - `console`: `$` begins a command, `>` a line that is typed into it, anything else is printed by it, in this order;
 *   `…` stands for what is left out. `console refused`: it ends with exit code 1.
 * - `yaml` that begins with `# file: PATH` is written there.
 * - `diff` that begins so is a change of that file: its lines with `-` and blanks become those with `+` and blanks.
 */
const PAGE = 'docs/for-support-leads.md';
/** What readers type before a command. */
const TYPED = 'npm run -s lifeline -- ';

interface Block {
  readonly kind: 'console' | 'console refused' | 'yaml' | 'diff';
  readonly lines: readonly string[];
}

interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

interface Command {
  readonly line: string;
  readonly typed: readonly string[];
  readonly printed: readonly string[];
}

const sections = readFileSync(PAGE, 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((text): Section => {
    const blocks = [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
    return {
      title: text.split('\n', 1)[0] ?? '',
      blocks: blocks.map(([, kind = '', body = '']) => ({
        kind: kindOf(kind),
        lines: body.trimEnd().split('\n'),
      })),
    };
  });

function kindOf(info: string): Block['kind'] {
  const kind = (['console', 'console refused', 'yaml', 'diff'] as const).find((known) => known === info);
  if (kind === undefined) throw new Error(`${PAGE} has a block of "${info}", which nothing is done with`);
  return kind;
}

function commandsIn(lines: readonly string[]): readonly Command[] {
  const commands: { line: string; typed: string[]; printed: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith('$ ')) commands.push({ line: line.slice(2), typed: [], printed: [] });
    else if (line.startsWith('> ')) commands.at(-1)?.typed.push(line.slice(2));
    else commands.at(-1)?.printed.push(line);
  }
  return commands;
}

let folder: string;
/** As `init` leaves it for a team that writes the languages of the guide. */
const content = await contentIn(['zh-CN', 'zh-TW', 'en']);
/** Trained models, shared by all sections. */
const cache = await mkdtemp(join(tmpdir(), 'lifeline-guide-cache-'));

afterAll(() => rm(cache, { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-guide-'));
  await writeContent(join(folder, 'content'), content);
  await writeFile(join(folder, '.env'), 'LIFELINE_CONTENT=content\n');
});

afterEach(() => rm(folder, { recursive: true }));

async function run({ line, typed, printed }: Command, code: number): Promise<void> {
  expect(line.startsWith(TYPED), line).toBe(true);
  const args = line.slice(TYPED.length).split(' ');
  const env = { LIFELINE_CACHE: cache, npm_lifecycle_event: 'lifeline' };
  const lifeline = lifelineIn(folder, env, { input: typed.map((text) => `${text}\n`).join('') });
  const { out, err, ...ended } = await lifeline(...args);
  const seen = `${out}${err}`;
  expect(ended.code, `${line}\n${seen}`).toBe(code);
  let from = 0;
  for (const wanted of printed) {
    const pattern = wanted.split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const found = new RegExp(pattern.join('.*')).exec(seen.slice(from));
    expect(found, `${line}\nshould print: ${wanted}\n${seen}`).not.toBeNull();
    from += (found?.index ?? 0) + (found?.[0].length ?? 0);
  }
}

/** The path that a block begins with, and the lines below. */
function fileOf(lines: readonly string[]): { readonly path: string; readonly body: readonly string[] } {
  const [head = '', ...body] = lines;
  const path = /^# file: (\S+)$/.exec(head)?.[1];
  if (path === undefined) throw new Error(`a block of ${PAGE} names no file: ${head}`);
  return { path: join(folder, path), body };
}

async function write(lines: readonly string[]): Promise<void> {
  const { path, body } = fileOf(lines);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${body.join('\n')}\n`, { flag: 'wx' });
}

async function change(lines: readonly string[]): Promise<void> {
  const { path, body } = fileOf(lines);
  const side = (sign: '-' | '+'): string =>
    body
      .flatMap((line) => (line.startsWith(sign) || line.startsWith(' ') ? [`${line.slice(2)}\n`] : []))
      .join('');
  const text = await readFile(path, 'utf8');
  expect(`\n${text}`.split(`\n${side('-')}`), `${path} has these lines once:\n${side('-')}`).toHaveLength(2);
  await writeFile(
    path,
    text.replace(side('-'), () => side('+')),
  );
}

describe('the guide for support leads', () => {
  it('shows how to do everything that leads do', () => {
    expect(sections.filter(({ blocks }) => blocks.length > 0)).toHaveLength(9);
    const used = sections.flatMap(({ blocks }) =>
      blocks.flatMap(({ lines }) => commandsIn(lines).map(({ line }) => line)),
    );
    for (const name of ['check', 'chat', 'simulate', 'new answer', 'new flow', 'new locale'])
      expect(
        used.some((line) => line.startsWith(`${TYPED}${name}`)),
        name,
      ).toBe(true);
  });

  const done = sections.filter(({ blocks }) => blocks.length > 0);
  // Up to four commands one after the other, each a process of its own.
  it.each(done)('works as written: $title', { timeout: 180_000 }, async ({ blocks }) => {
    for (const { kind, lines } of blocks) {
      if (kind === 'yaml') await write(lines);
      else if (kind === 'diff') await change(lines);
      else for (const command of commandsIn(lines)) await run(command, kind === 'console' ? 0 : 1);
    }
  });
});
