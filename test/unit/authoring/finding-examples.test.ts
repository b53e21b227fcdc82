import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkAndProve } from '../../../src/authoring/check-and-prove.js';
import { explainAll, explainCode } from '../../../src/authoring/explain.js';
import { FINDING_EXAMPLES } from '../../../src/authoring/finding-examples.js';
import { RULES } from '../../../src/authoring/proof/rules.js';
import { FINDING_CODES } from '../../../src/content/finding-codes.js';
import { type ContentFiles, formatFinding } from '../../../src/content/index.js';
import { checked, checkedContent, shelf } from '../../support/checked-content.js';
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
/** A flow that asks one thing, the answers of which lead to `go`. */
const asking = (name: string, go: string, other = go): string => `flow: ${name}
title: asks on and on
start: asks
steps:
  asks:
    ask: mail.came
    buttons:
      - { label: mail.btn-yes, value: "yes", go: ${go} }
      - { label: mail.btn-no, value: "no", go: ${other} }
    unclear: { say: mail.again, tries: 1, go: ${go} }
`;
const SUPPORT = /^support:\n(?: {2}- .*\n)+/m;
const OUT = '  back: { return: back }\n  out: { return: out }\n';
const calling = withNew(
  edited(
    base,
    'flows/mail-missing.yaml',
    'check: { say: mail.check, go: by-looked }',
    'check: { call: there, then: { back: check, out: by-looked } }',
  ),
  'there',
  `flow: there
title: comes back
start: by-looked
steps:
  by-looked: { branch: [ { when: looked = spam, go: back } ], otherwise: out }
${OUT}`,
);
const endless = withNew(
  withNew(
    edited(base, 'flows/menu.yaml', 'go: "flow:mail-missing"', 'go: "flow:there"'),
    'there',
    asking('there', '"flow:again"'),
  ),
  'again',
  asking('again', '"flow:there"'),
);

/** Wrong content for the rules that content can break, and the same put right. */
const PROVED: Readonly<Record<string, readonly [wrong: ContentFiles, right: ContentFiles]>> = {
  'proof-human': [
    withFile(
      base,
      'flows/official.yaml',
      (base.get('flows/official.yaml') ?? '').replace(
        SUPPORT,
        'support:\n  - { channel: phone, none: true }\n',
      ),
    ),
    base,
  ],
  'proof-public': [edited(base, 'flows/official.yaml', '/reset"], private: true', '/reset"]'), base],
  'proof-leaked': [edited(base, 'flows/leaked-secret.yaml', '{ leaked: keys }', '{ leaked: phrase }'), base],
  'proof-loop': [calling, withFile(calling, 'flows/there.yaml', `${asking('there', 'back', 'out')}${OUT}`)],
  'proof-endless': [
    endless,
    withFile(endless, 'flows/again.yaml', `${asking('again', 'out')}  out: { end: common.bye }\n`),
  ],
};
/** What only a fault of the program brings about, and what is too large for a test (`proof.test.ts`). */
const NO_CONTENT = ['proof-warning', 'proof-unanswered', 'proof-too-large'];

/** The same with one more flow, and its title in all languages. */
function withNew(files: ContentFiles, name: string, flow: string): ContentFiles {
  return ['en', 'zh-CN'].reduce<ContentFiles>(
    (some, tag) => {
      const path = `locales/${tag}/texts.yaml`;
      return withFile(some, path, `${some.get(path)}title.${name}: "${tag} ${name}"\n`);
    },
    withFile(files, `flows/${name}.yaml`, flow),
  );
}

/** The errors of a check with its proof. */
function errorsOf(files: ContentFiles): readonly string[] {
  const { findings } = checkAndProve({ files, unread: [] }, shelf);
  return [...new Set(findings.filter(({ level }) => level === 'error').map(({ code }) => code))];
}

/** What a file system or a platform token brings about (`bad-files.test.ts`, `refuse-example.test.ts`). */
const ELSEWHERE = [
  ...['file-unreadable', 'not-utf8', 'registry-example', 'no-support'],
  // What only the proof finds: below, by `PROVED`.
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

  it.each(Object.keys(PROVED))(
    '%s is told of content that is wrong so, and not of the same put right',
    (code) => {
      const [wrong, right] = PROVED[code] ?? [base, base];
      expect(errorsOf(wrong)).toEqual([code]);
      expect(errorsOf(right)).toEqual([]);
    },
  );

  it('are there for every rule, or no content breaks it', () => {
    expect([...Object.keys(PROVED), ...NO_CONTENT].sort()).toEqual(Object.keys(RULES).sort());
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
