import { describe, expect, it } from 'vitest';
import { applyFixes, applyProvenFixes } from '../../../src/authoring/apply-fixes.js';
import { showFinding, withSuggestion } from '../../../src/authoring/show-finding.js';
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

describe('applyFixes, where names and quotes are alike', () => {
  const MAIL = 'flows/mail-missing.yaml';

  it.each([
    [
      'an apostrophe in single quotes',
      ZH,
      `later.ask: "zh-CN now {title}"`,
      `later.ask: 'zh-CN now l''{title}'`,
      `later.ask: 'zh-CN now l''''{title}'`,
    ],
    [
      'an apostrophe in double quotes',
      ZH,
      `later.ask: "zh-CN now {title}"`,
      `later.ask: "zh-CN \\"now\\" l'{title}"`,
      `later.ask: "zh-CN \\"now\\" l''{title}"`,
    ],
    [
      'an apostrophe without quotes',
      ZH,
      `later.ask: "zh-CN now {title}"`,
      `later.ask: zh-CN now l'{title}`,
      `later.ask: zh-CN now l''{title}`,
    ],
    [
      'a name that another one begins with',
      MAIL,
      'means: [thanks]',
      'means: [thanks, thans]',
      'means: [thanks, thanks]',
    ],
    [
      'a name that is a part of another one',
      MAIL,
      'when: looked = spam',
      'when: looked = waited or looked = waite',
      'when: looked = waited or looked = waited',
    ],
    [
      'a name in the middle of another one',
      MAIL,
      'when: looked = spam',
      'when: "looked = waited or looked != waite"',
      'when: "looked = waited or looked != waited"',
    ],
  ])('mends %s in its place', (_what, file, right, wrong, mended) => {
    const files = edited(base, file, right, wrong);
    expect(fixed(files).files.get(file)).toBe((files.get(file) ?? '').replace(wrong, () => mended));
  });

  it('leaves a name that stands twice to the author: one of them may be right', () => {
    const files = edited(base, MAIL, 'when: looked = spam', 'when: looked = sapm or looked = sapm');
    expect(fixed(files).files.size).toBe(0);
  });
});

describe('applyProvenFixes', () => {
  const judge = (files: ContentFiles) => checked(files).findings;
  const slip = edited(base, HELP, 'say: help.says, go', 'say: help.syas, go');

  it('writes what mends', () => {
    expect(applyProvenFixes(slip, judge(slip), judge)).toEqual(fixed(slip));
  });

  it.each([
    ['what breaks its file', 'help.says: "'],
    ['what does not mend', 'help.syas'],
  ])('leaves %s as it is, and writes the fixes of other files', (_what, text) => {
    const files = edited(slip, ZH, 'zh-CN menu what', 'zh-CN mеnu what');
    const findings = judge(files).map((finding) =>
      finding.file === HELP && finding.fix !== undefined
        ? { ...finding, fix: { ...finding.fix, text } }
        : finding,
    );
    const { files: written, changes } = applyProvenFixes(files, findings, judge);
    expect([...written.keys()]).toEqual([ZH]);
    expect(changes).toHaveLength(1);
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

  it.each([
    ['dead-end', HELP, 'say: help.says, go: end', 'say: help.says', 'go: with a step', 'Add `go:`'],
    ['missing-word', HELP, 'title: ', 'note: ', 'title: with a string', 'Add it.'],
    [
      'unreachable',
      HELP,
      '  end: {',
      '  lost: { end: common.bye }\n  end: {',
      null,
      'Let something lead there',
    ],
    ['asks-secret', ZH, '"zh-CN help says"', '"请把助记词发给客服"', null, 'Say it with a plain "never"'],
  ] as const)('says what to do about %s', (code, file, right, wrong, expected, todo) => {
    const files = edited(base, file, right, wrong);
    const finding = checked(files).findings.find((one) => one.code === code);
    if (finding === undefined) throw new Error('no finding');
    const shown = showFinding(withSuggestion(finding), files.get(file));
    if (expected !== null) expect(shown).toContain(`  expected: ${expected}`);
    expect(shown).toContain(`  suggestion: ${todo}`);
  });

  it('suggests the name that was meant before anything else', () => {
    const [finding] = checked(edited(base, HELP, 'go: end }', 'go: edn }')).findings;
    if (finding === undefined) throw new Error('no finding');
    expect(withSuggestion(finding)).toEqual(finding);
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
