import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SETTINGS_SCHEMA } from '../../src/infra/settings.js';
import { ERROR_CODES } from '../../src/model/index.js';

const pages: readonly string[] = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].sort();

/** The cells of every table row of a page but heads and rules. */
function rowsOf(page: string): readonly (readonly string[])[] {
  return readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .replace(/^\|\s*|\s*\|$/g, '')
        .split(/\s+\|\s+/)
        .map((cell) => cell.trim()),
    );
}

/** The settings as `docs/settings.md` must show them: name, default (— for none), meaning. */
function settingRows(): readonly string[] {
  return Object.entries(SETTINGS_SCHEMA.shape).map(([name, setting]) => {
    const unset: unknown = setting.safeParse(undefined).data;
    return `| \`${name}\` | ${unset === undefined ? '—' : `\`${String(unset)}\``} | ${setting.description} |`;
  });
}

/** Targets of the links in Markdown, without those in code. */
function linksIn(markdown: string): readonly string[] {
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(\s*<?([^()\s>]+(?:\([^()\s]*\))?)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...text.matchAll(/^\[[^\]]+\]:\s+<?([^\s>]+)/gm)];
  return [...inline, ...named].flatMap(([, target]) => target ?? []);
}

/** The anchors that the headings in Markdown make, as GitHub writes them. */
function anchorsIn(markdown: string): readonly string[] {
  const headings = markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6}\s+(.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function brokenLinks(page: string): readonly string[] {
  return linksIn(readFileSync(page, 'utf8')).flatMap((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return [];
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path));
    if (!existsSync(target)) return [`${page}: ${link}`];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    return anchorsIn(readFileSync(target, 'utf8')).includes(anchor) ? [] : [`${page}: ${link}`];
  });
}

describe('docs/settings.md', () => {
  it('shows every setting with its default and meaning, as the schema has them', () => {
    const shown = readFileSync('docs/settings.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(shown).toEqual(settingRows());
  });
});

describe('docs/errors.md', () => {
  const rows = rowsOf('docs/errors.md');

  it('explains every code, in the order of the table of codes', () => {
    expect(rows.map(([code]) => code)).toEqual(Object.keys(ERROR_CODES).map((code) => `\`${code}\``));
    expect(rows.filter((cells) => cells.length !== 4 || cells.includes(''))).toEqual([]);
  });

  it('says of each whether it is worth a repetition', () => {
    expect(rows.map((cells) => cells[3])).toEqual(
      Object.values(ERROR_CODES).map(({ retryable }) => (retryable ? 'yes' : 'no')),
    );
  });
});

describe('docs/dependencies.md', () => {
  it('has a line for every dependency, and for nothing else', () => {
    const names = z.record(z.string(), z.string());
    const { dependencies, devDependencies } = z
      .object({ dependencies: names, devDependencies: names })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    const wanted = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    const rows = rowsOf('docs/dependencies.md');
    expect(rows.map(([name]) => name).sort()).toEqual(wanted.map((name) => `\`${name}\``).sort());
    expect(rows.filter((cells) => cells.length !== 4 || cells.includes(''))).toEqual([]);
  });
});

describe('docs/threats.md', () => {
  const rows = readFileSync('docs/threats.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| **'))
    .map((line) => line.split(' | '));

  it.each([
    ...['fake bot', 'relaying bot', 'fake page', 'proxied page', 'SIM swap', 'stolen chat account', 'replay'],
    ...['insider edits a link', 'malicious flow edit', 'stolen bot token', 'pasted secret', 'flooding'],
    ...['injection', 'enumeration'],
  ])('says of %s what stops it, what shows it and what is left over', (threat) => {
    const row = rows.find(([name]) => name?.toLowerCase().includes(`**${threat.toLowerCase()}**`));
    expect(row).toHaveLength(4);
    expect(row?.every((cell) => cell.trim() !== '')).toBe(true);
  });

  it('names tests that exist, one or more for each', () => {
    for (const [threat, , tests = ''] of rows) {
      const named = [...tests.matchAll(/`([^`]+)`/g)].flatMap(([, path]) => path ?? []);
      expect([threat, named.length > 0]).toEqual([threat, true]);
      expect(named.filter((path) => !path.startsWith('test/') || !existsSync(path))).toEqual([]);
    }
  });
});

describe('the links of README.md, the other pages at the top, and docs', () => {
  it('are found in text and not in code', () => {
    const text = '[a](a.md) `[b](b.md)` [c](<c.md#d>) ![e](e.png "E")\n```\n[f](f.md)\n```\n[g]: g.md\n';
    expect(linksIn(text)).toEqual(['a.md', 'c.md#d', 'e.png', 'g.md']);
    expect(anchorsIn('# The *third* failure\n\n## (a) `npm test`, twice\n')).toEqual([
      'the-third-failure',
      'a-npm-test-twice',
    ]);
    expect(pages).toContain('docs/architecture.md');
  });

  it.each(pages)('of %s lead somewhere', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});
