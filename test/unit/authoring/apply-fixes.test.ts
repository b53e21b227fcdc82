import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/authoring/apply-fixes.js';
import { showFinding } from '../../../src/authoring/show-finding.js';
import type { ContentFiles } from '../../../src/content/index.js';
import { checked, checkedContent } from '../../support/checked-content.js';
import { edited } from '../../support/small-content.js';

const base = checkedContent();
const HELP = 'flows/help.yaml';
const ZH = 'locales/zh-CN/texts.yaml';

function fixed(files: ContentFiles) {
  return applyFixes(files, checked(files).findings);
}

describe('applyFixes', () => {
  it.each([
    ['a slip in a name', HELP, 'say: help.says, go', 'say: help.syas, go'],
    ['an unknown word', HELP, 'say: help.says, go: end', 'say: help.says, go: end, priavte: true'],
    ['letters of another script', ZH, 'zh-CN help says', 'zh-CN hеlp says'],
    ['a character that nobody sees', ZH, 'zh-CN help says', 'zh-CN he\u200blp says'],
  ])('mends %s where it stands, and keeps the rest of the file', (_what, file, right, wrong) => {
    const files = edited(base, file, right, wrong);
    const { files: after, changes } = fixed(files);
    const mended = after.get(file) ?? '';
    expect(changes).toHaveLength(1);
    expect(
      mended.split('\n').filter((line, index) => line !== (files.get(file) ?? '').split('\n')[index]),
    ).toHaveLength(1);
    expect(checked(new Map([...files, [file, mended]])).findings).toEqual([]);
  });

  it('takes a byte order mark and Windows line ends out in turn', () => {
    const files = new Map([...base, [HELP, `\uFEFF${(base.get(HELP) ?? '').replaceAll('\n', '\r\n')}`]]);
    const once = new Map([...files, ...fixed(files).files]);
    const twice = new Map([...once, ...fixed(once).files]);
    expect(twice.get(HELP)).toBe(base.get(HELP));
  });

  it.each([
    ['a link', 'flows/mail-missing.yaml', 'to: help-fees', 'to: help-fee'],
    ['a name with a digit', HELP, 'go: end }', 'go: end2 }'],
    ['an outcome', 'flows/recover.yaml', 'not-solved: person }', 'not-solved: person, sloved: page }'],
    ['a time', 'flows/_times.yaml', 'mail: 10m', 'mail: 10 m'],
  ])('leaves %s to the author', (_what, file, right, wrong) => {
    expect(fixed(edited(base, file, right, wrong)).files.size).toBe(0);
  });
});

describe('showFinding', () => {
  it('shows the line as written with carets, what may stand there, what was meant and the fix', () => {
    const files = edited(base, HELP, 'go: end }', 'go: edn }');
    const [finding] = checked(files).findings;
    if (finding === undefined) throw new Error('no finding');
    expect(showFinding(finding, files.get(HELP)).split('\n')).toEqual([
      'error unknown-step  flows/help.yaml:6:31',
      '    6 |   says: { say: help.says, go: edn }',
      '      |                               ^^^',
      '  step "says" (go) leads to "edn", which is no step of this flow; did you mean "end"?',
      '  expected: says, end, idle, menu',
      '  suggestion: end',
      '  fix: write end',
      '',
    ]);
  });

  it('counts Chinese characters as two columns', () => {
    const files = edited(base, ZH, 'help.says: "zh-CN help says"', 'help.says: "请把助记词发给客服"');
    const [finding] = checked(files).findings;
    if (finding === undefined) throw new Error('no finding');
    const [, line = '', carets = ''] = showFinding(finding, files.get(ZH)).split('\n');
    expect(line.indexOf('请')).toBe(carets.indexOf('^'));
    expect(carets.slice(carets.indexOf('^'))).toBe('^'.repeat(18));
  });
});
