import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../src/content/index.js';
import { parseYaml } from '../../src/content/yaml-source.js';
import { smallContent } from '../support/small-content.js';

const small = smallContent();
const PATHS = [...small.keys()];

/** One change of one file, as a slip of the hand makes it. */
const mutation = fc.record({
  path: fc.constantFrom(...PATHS),
  kind: fc.constantFrom('delete-line', 'double-line', 'insert', 'replace', 'cut', 'delete-chars', 'indent'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  text: fc.oneof(
    fc.constantFrom(
      ':',
      '-',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&a ',
      '*a',
      '!!',
      '|',
      '>',
      '#',
      '\t',
      '\n',
      '? ',
      '%',
      '---\n',
      '<<: ',
      '__proto__: 1',
      'null',
      '~',
      '0x',
      '1e999',
      '\u0000',
      '\ufeff',
      '{x, plural}',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(text: string, { kind, at, text: inserted }: Mutation): string {
  const offset = Math.floor(at * text.length);
  const lines = text.split('\n');
  const line = Math.floor(at * lines.length);
  switch (kind) {
    case 'delete-line':
      return lines.filter((_text, index) => index !== line).join('\n');
    case 'double-line':
      return lines.flatMap((entry, index) => (index === line ? [entry, entry] : [entry])).join('\n');
    case 'indent':
      return lines.map((entry, index) => (index === line ? ` ${entry}` : entry)).join('\n');
    case 'insert':
      return text.slice(0, offset) + inserted + text.slice(offset);
    case 'replace':
      return text.slice(0, offset) + inserted + text.slice(offset + 1);
    case 'delete-chars':
      return text.slice(0, offset) + text.slice(offset + 1 + inserted.length);
    default:
      return text.slice(0, offset);
  }
}

describe('buildBundle', () => {
  it('never throws for damaged files; it builds, or says where in which file', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const files = new Map(small);
        for (const change of mutations) files.set(change.path, mutate(files.get(change.path) ?? '', change));
        const built = buildBundle(files);
        if (built.kind === 'broken') expect(built.findings).not.toEqual([]);
        for (const finding of built.findings) {
          const lines = (files.get(finding.file) ?? '').split('\n');
          expect(finding.line).toBeGreaterThanOrEqual(1);
          expect(finding.line).toBeLessThanOrEqual(lines.length + 1);
          expect(finding.col).toBeGreaterThanOrEqual(1);
          expect(finding.message).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('never throws for files that are missing', () => {
    fc.assert(
      fc.property(fc.subarray(PATHS), (kept) => {
        const built = buildBundle(new Map(kept.map((path) => [path, small.get(path) ?? ''])));
        expect(built.kind === 'built').toBe(built.findings.length === 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('parseYaml', () => {
  it('never throws for any text', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          'a: ',
          '- ',
          '{',
          '}',
          '[',
          ']',
          '"',
          '&a ',
          '*a',
          '\n',
          '  ',
          '|',
          '!!int ',
          '!!binary ',
          '!!set ',
          '<<: ',
          '? ',
          '%YAML',
          '---',
          '...',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, fc.boolean(), (parts, plain) => {
        const { source, findings } = parseYaml('a.yaml', parts.join(''), { plain });
        if (findings.length > 0) expect(source.value).toBeNull();
        expect(source.finding('text', ['a', 0, 'b'], 'm').line).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 3000 },
    );
  });
});
