import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainAll, explainCode } from '../../../src/authoring/explain.js';
import { FINDING_EXAMPLES } from '../../../src/authoring/finding-examples.js';
import { RULES } from '../../../src/authoring/proof/rules.js';
import { FINDING_CODES } from '../../../src/content/finding-codes.js';
import { type ContentFiles, formatFinding } from '../../../src/content/index.js';
import { checked, checkedContent } from '../../support/checked-content.js';
import { edited, withFile, withoutFile } from '../../support/small-content.js';

const base = checkedContent();
const printed = (files: ContentFiles): readonly string[] => checked(files).findings.map(formatFinding);
const codesOf = (files: ContentFiles): readonly string[] => checked(files).findings.map(({ code }) => code);

/** Wrong content for codes whose example is told in words; those that are not here have tests of their own. */
const TOLD: Readonly<Record<string, ContentFiles>> = {
  'missing-file': withoutFile(base, 'flows/_times.yaml'),
  'file-too-large': withFile(base, 'flows/help.yaml', '#'.repeat(2_000_001)),
  'byte-order-mark': withFile(base, 'flows/help.yaml', `\uFEFF${base.get('flows/help.yaml')}`),
  'windows-lines': withFile(
    base,
    'flows/help.yaml',
    (base.get('flows/help.yaml') ?? '').replaceAll('\n', '\r\n'),
  ),
  'file-ignored': withFile(base, 'flows/Fees.yaml', 'flow: ['),
  'missing-flow': withoutFile(base, 'flows/flow-changed.yaml'),
  'not-compared': edited(base, 'locales/zh-CN/stamps.yaml', '  help.says: ', '  help.sayz: '),
  'weak-warning': edited(base, 'locales/zh-CN/texts.yaml', 'safety.full: "我们也', 'safety.full: "谁也'),
  'no-check-words': withoutFile(base, 'locales/zh-CN/checks.yaml'),
};
/** What a file system or a platform token brings about (`bad-files.test.ts`, `refuse-example.test.ts`). */
const ELSEWHERE = [
  ...['file-unreadable', 'not-utf8', 'registry-example', 'no-support'],
  // What only the proof finds (`proof.test.ts`).
  ...Object.keys(RULES),
];

const edits = Object.entries(FINDING_EXAMPLES).flatMap(([code, example]) =>
  example.kind === 'edit' && !ELSEWHERE.includes(code) ? [{ code, ...example }] : [],
);

describe('the content of these tests', () => {
  it('has no finding', () => {
    expect(printed(base)).toEqual([]);
  });
});

describe('the examples', () => {
  it.each(edits)(
    '$code: the wrong one gives this finding and nothing else, the right one none',
    (example) => {
      const { code, file, from, wrong, right } = example;
      expect(codesOf(edited(base, file, from, wrong))).toEqual([code]);
      // What is said anew in the source has yet to be compared.
      const followed = checked(edited(base, file, from, right)).findings.filter(
        (one) => one.code !== 'stale-text',
      );
      expect(followed.map(formatFinding)).toEqual([]);
    },
  );

  it.each(Object.keys(TOLD))('%s is told of content that is wrong so, and nothing else', (code) => {
    expect(codesOf(TOLD[code] ?? base)).toEqual([code]);
  });

  it('are there for every code, or it has a test of its own', () => {
    const tried = [...edits.map(({ code }) => code), ...Object.keys(TOLD), ...ELSEWHERE];
    expect(tried.sort()).toEqual(Object.keys(FINDING_CODES).sort());
  });
});

describe('docs/findings.md', () => {
  it('is what `lifeline check --explain` prints', () => {
    expect(readFileSync('docs/findings.md', 'utf8')).toBe(explainAll());
  });

  it('has a section for each code, which --explain CODE prints', () => {
    expect(explainCode('trap')).toContain('## trap\n\n*error.*');
    expect(explainCode('no-such')).toBeNull();
  });
});
