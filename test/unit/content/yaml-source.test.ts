import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkShape } from '../../../src/content/check-shape.js';
import { MAX_FILE_CHARS, parseYaml } from '../../../src/content/yaml-source.js';

const placesOf = (text: string): readonly string[] =>
  parseYaml('a.yaml', text).findings.map(({ code, line, col }) => `${code} ${line}:${col}`);

describe('parseYaml', () => {
  it('gives the value and the place of each node, and of its key where asked', () => {
    const { source, findings } = parseYaml('a.yaml', 'one: 1\nlist:\n  - { name: x }\n  - { name: why }\n');
    expect(findings).toEqual([]);
    expect(source.value).toEqual({ one: 1, list: [{ name: 'x' }, { name: 'why' }] });
    expect(source.finding('text', ['list', 1, 'name'], 'm')).toEqual({
      code: 'text',
      level: 'error',
      file: 'a.yaml',
      line: 4,
      col: 13,
      length: 3,
      message: 'm',
    });
    expect(source.finding('text', ['list', 1, 'name'], 'm', { onKey: true })).toMatchObject({
      line: 4,
      col: 7,
    });
    expect(source.finding('unused-text', [], 'm')).toMatchObject({ line: 1, col: 1, level: 'warning' });
  });

  it('points at the nearest parent of what is not there', () => {
    const { source } = parseYaml('a.yaml', 'top:\n  inner: { a: 1 }\n');
    expect(source.finding('text', ['top', 'inner', 'gone', 'deeper'], 'm')).toMatchObject({
      line: 2,
      col: 3,
    });
    expect(source.finding('text', ['nowhere'], 'm')).toMatchObject({ line: 1, col: 1 });
  });

  it('keeps every scalar a string where asked', () => {
    expect(parseYaml('a.yaml', 'a: 007\nb: true\nc: null\n', { plain: true }).source.value).toEqual({
      a: '007',
      b: 'true',
      c: 'null',
    });
    expect(parseYaml('a.yaml', 'a: 7\nb: true\nyes: no\n').source.value).toEqual({
      a: 7,
      b: true,
      yes: 'no',
    });
  });

  it.each([
    ['an anchor', 'a: &x 1\nb: 2\n', ['yaml-anchor 1:7']],
    ['an alias', 'a: &x 1\nb: *x\n', ['yaml-anchor 1:7', 'yaml-anchor 2:4']],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', ['duplicate-key 3:1']],
    ['several documents', 'a: 1\n---\nb: 2\n', ['yaml 2:1']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['tab 2:1']],
    ['a quote that is not closed', 'a: "b\n', ['yaml 2:1']],
    ['a bracket that is not closed', 'a: [1, 2\n', ['yaml 2:1']],
    ['a value that begins with a brace', 'a: {name} is here\n', ['yaml 1:11']],
  ])('reports %s at its place', (_what, text, places) => {
    const parsed = parseYaml('a.yaml', text);
    expect(placesOf(text)).toEqual(places);
    expect(parsed.source.value).toBeNull();
  });

  it('reads a byte order mark and Windows line ends, and still counts lines and columns rightly', () => {
    const { source, findings } = parseYaml('a.yaml', '\uFEFFa: 1\r\nb:\r\n  c: x\r\n');
    expect(findings).toEqual([]);
    expect(source.value).toEqual({ a: 1, b: { c: 'x' } });
    expect(source.finding('text', ['a'], 'm')).toMatchObject({ line: 1, col: 4 });
    expect(source.finding('text', ['b', 'c'], 'm')).toMatchObject({ line: 3, col: 6 });
  });

  it('refuses a file beyond the largest size without parsing it', () => {
    expect(placesOf('a'.repeat(MAX_FILE_CHARS + 1))).toEqual(['file-too-large 1:1']);
    expect(placesOf('a'.repeat(MAX_FILE_CHARS))).toEqual([]);
  });

  it.each(['[', '{a: ', '- ', '? ', 'a:\n '])(
    'answers %j nested too deep with findings or a value',
    (opener) => {
      for (const depth of [100, 400, 700, 1000, 1400, 5000]) {
        const { source, findings } = parseYaml('a.yaml', opener.repeat(depth));
        expect(source.value !== null || findings.length > 0 || opener === '- ' || opener === 'a:\n ').toBe(
          true,
        );
      }
    },
  );

  it('takes an empty file as nothing', () => {
    expect(parseYaml('a.yaml', '')).toMatchObject({ findings: [], source: { value: null } });
    expect(parseYaml('a.yaml', '# only a remark\n')).toMatchObject({ findings: [], source: { value: null } });
  });
});

describe('checkShape', () => {
  const schema = z.strictObject({
    name: z.string(),
    kind: z.enum(['left', 'right']),
    many: z.array(z.int()),
  });
  const findingsOf = (text: string): readonly string[] => {
    const shape = checkShape(parseYaml('a.yaml', text).source, schema);
    return 'findings' in shape
      ? shape.findings.map(({ code, line, col, message }) => `${code} ${line}:${col} ${message}`)
      : [];
  };

  it('gives the value of the right shape', () => {
    expect(checkShape(parseYaml('a.yaml', 'name: a\nkind: left\nmany: [1]\n').source, schema)).toEqual({
      value: { name: 'a', kind: 'left', many: [1] },
    });
  });

  it('names a word that is missing, at the place where it belongs', () => {
    expect(findingsOf('kind: left\nmany: [1]\n')).toEqual(['missing-word 1:1 needs "name" here (string).']);
  });

  it('names a word that is not known, at the word', () => {
    expect(findingsOf('name: a\nkind: left\nmany: [1]\nmaany: 2\n')).toEqual([
      'unknown-word 4:1 does not know the word "maany" here.',
    ]);
  });

  it('names every problem at once', () => {
    expect(findingsOf('kind: middle\n').map((line) => line.split(' ')[0])).toEqual([
      'missing-word',
      'wrong-value',
      'missing-word',
    ]);
  });

  it('tells a value of the wrong type from one that is missing', () => {
    expect(findingsOf('name: 5\nkind: left\nmany: [1]\n')).toEqual([
      'wrong-type 1:7 "name" must be a string.',
    ]);
  });

  it('suggests the word that was meant', () => {
    expect(findingsOf('name: a\nkind: letf\nmany: [1]\n')).toEqual([
      'wrong-value 2:7 "kind" must be one of left, right; did you mean "left"?',
    ]);
  });

  it('points at an item of a list', () => {
    expect(findingsOf('name: a\nkind: left\nmany: [1, 2.5]\n').map((line) => line.split(' ')[1])).toEqual([
      '3:11',
    ]);
  });
});
