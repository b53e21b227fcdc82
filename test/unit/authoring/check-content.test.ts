import { describe, expect, it } from 'vitest';
import type { ContentFiles } from '../../../src/content/index.js';
import { checked, checkedContent } from '../../support/checked-content.js';
import { edited, withFile, withoutFile } from '../../support/small-content.js';

const base = checkedContent();
const HELP = 'flows/help.yaml';
const MAIL = 'flows/mail-missing.yaml';
const EN = 'locales/en/texts.yaml';
const ZH = 'locales/zh-CN/texts.yaml';

type Edit = readonly [file: string, from: string, to: string];

function mistaken(...edits: readonly Edit[]): ContentFiles {
  return edits.reduce((files, [file, from, to]) => edited(files, file, from, to), base);
}
const codes = (files: ContentFiles): readonly string[] =>
  checked(files).findings.map(({ code, file }) => `${code} ${file}`);

/** One mistake of each check that looks at something else than names across files. */
const EACH: readonly (readonly [code: string, edit: Edit])[] = [
  [
    'unreachable flows/forget-me.yaml',
    ['flows/forget-me.yaml', '  kept: {', '  lost: { return: kept }\n  kept: {'],
  ],
  [
    'recursion flows/proof.yaml',
    [
      'flows/proof.yaml',
      '  solved: { return: solved }',
      '  solved: { call: proof, then: { solved: ready, not-solved: not-solved } }\n  ready: { return: solved }',
    ],
  ],
  [
    'approval-void locales/approved.yaml',
    ['locales/approved.yaml', 'texts:\n', 'texts:\n    help.says: { zh-CN: "00000000" }\n'],
  ],
  ['asks-secret locales/zh-CN/texts.yaml', [ZH, '"zh-CN answers thanks"', '"请把助记词发给客服核对。"']],
  ['address-in-text locales/zh-CN/texts.yaml', [ZH, '"zh-CN answers fees"', '"请打开 wallet.example"']],
  ['written-duration locales/zh-CN/texts.yaml', [ZH, '"zh-CN mail came"', '"请等 10 分钟"']],
  ['look-alike locales/zh-CN/texts.yaml', [ZH, '"zh-CN mail check"', '"zh-CN mаil check"']],
  ['stray-term locales/zh-CN/texts.yaml', [ZH, '"zh-CN mail page"', '"按下按鈕"']],
  ['weak-warning locales/zh-CN/texts.yaml', [ZH, 'safety.line: "我们也', 'safety.line: "谁也']],
  [
    'label-too-long locales/zh-CN/texts.yaml',
    [ZH, '"zh-CN mail btn yes"', `"it came ${'at last '.repeat(5)}"`],
  ],
  ['label-is-global locales/zh-CN/texts.yaml', [ZH, '"zh-CN mail btn no"', '"zh-CN help"']],
  ['unused-text locales/en/texts.yaml', [EN, 'answers.thanks: ', 'nobody.says: "en"\nanswers.thanks: ']],
  ['same-as-source locales/zh-CN/texts.yaml', [ZH, '"zh-CN mail looked"', '"en mail looked"']],
  ['stale-text locales/zh-CN/texts.yaml', [EN, '"en menu what"', '"en menu what now"']],
  [
    'phrase-shared locales/en/phrases.yaml',
    ['locales/en/phrases.yaml', 'thanks: [en wants thanks]', 'thanks: [en wants thanks, en wants fees]'],
  ],
  [
    'phrase-is-global locales/zh-CN/phrases.yaml',
    [
      'locales/zh-CN/phrases.yaml',
      'thanks: [zh-CN wants thanks]',
      'thanks: [zh-CN wants thanks, zh-CN cancel]',
    ],
  ],
];

describe('checkContent, of content that does not compile', () => {
  it('tells one mistake of each kind in one go, each once', () => {
    const slip: Edit = [MAIL, 'go: by-looked', 'go: by-loked'];
    const files = mistaken(slip, ...EACH.map(([, edit]) => edit));
    expect([...codes(files)].sort()).toEqual(
      ['unknown-step flows/mail-missing.yaml', ...EACH.map(([code]) => code)].sort(),
    );
    expect(checked(files).bundle).toBeNull();
  });

  it.each<readonly [string, ContentFiles, readonly string[]]>([
    [
      'an unknown step, to which only that way led',
      mistaken([MAIL, 'go: by-looked', 'go: nowhere-at-all']),
      ['unknown-step'],
    ],
    ['a step without a verb', mistaken([HELP, '{ say: help.says', '{ sya: help.says']), ['no-verb']],
    ['a flow that is no YAML', withFile(base, HELP, 'flow: ['), ['yaml']],
    ['a flow that is empty', withFile(base, HELP, ''), ['wrong-type']],
    [
      'an unknown flow, which nothing else opens',
      mistaken(['flows/recover.yaml', 'call: proof', 'call: prof']),
      ['unknown-flow'],
    ],
    ['a slip in the name of a text', mistaken([HELP, 'say: help.says', 'say: help.syas']), ['missing-text']],
    ['a slip in the key of a translation', mistaken([ZH, 'help.says:', 'help.syas:']), ['missing-text']],
    ['no registry', withoutFile(base, 'flows/official.yaml'), ['missing-file']],
    ['no global words', withoutFile(base, 'flows/_global.yaml'), ['missing-file']],
    ['no answers', withoutFile(base, 'flows/answers.yaml'), ['missing-file']],
    ['no times', withoutFile(base, 'flows/_times.yaml'), ['missing-file']],
    ['no locales', withoutFile(base, 'locales/locales.yaml'), ['missing-file']],
    ['no texts of a language', withoutFile(base, ZH), ['missing-file']],
    ['no phrases of a language', withoutFile(base, 'locales/en/phrases.yaml'), ['missing-file']],
    [
      'a slip in an answer',
      mistaken(['flows/answers.yaml', 'thanks: { say', 'thanks: { sya']),
      ['unknown-word'],
    ],
    [
      'a slip in an intent of phrases',
      mistaken(['locales/en/phrases.yaml', '  contact-support: [', '  contact-suport: [en human, ']),
      ['unknown-intent'],
    ],
    ['a warning that is no text', mistaken([ZH, 'safety.line: "我们', 'safety.line: "{我们']), ['text']],
  ])('adds nothing that only follows from %s', (_what, files, wanted) => {
    expect(checked(files).findings.map(({ code }) => code)).toEqual(wanted);
  });

  it.each([
    [MAIL, 'label: mail.btn-yes', 'lable: mail.btn-yes', 'label'],
    [MAIL, 'unclear: { say: mail.again', 'unclaer: { say: mail.again', 'unclear'],
    [MAIL, 'tries: 3', 'trise: 3', 'tries'],
    [MAIL, '    otherwise: done', '    othrewise: done', 'otherwise'],
    [MAIL, 'triggers: [', 'trigers: [', 'triggers'],
    [MAIL, 'start: looked', 'strat: looked', 'start'],
    [MAIL, 'title: ', 'titel: ', 'title'],
    [MAIL, 'steps:', 'stpes:', 'steps'],
    [HELP, 'go: end }', 'goo: end }', 'go'],
    [HELP, 'flow: help', 'flwo: help', 'flow'],
    ['flows/is-it-official.yaml', 'do: look-up, of: asked', 'do: look-up, fo: asked', 'of'],
    ['flows/recover.yaml', 'no-mail: ', 'no-mial: ', 'no-mail'],
    ['flows/recover.yaml', 'call: proof, then:', 'call: proof, thne:', 'then'],
    ['flows/answers.yaml', 'fees: { say', 'fees: { sya', 'say'],
    ['flows/_global.yaml', 'cancel: { say', 'cancel: { sya', 'say'],
    ['flows/official.yaml', 'origins:', 'orgins:', 'origins'],
    ['flows/official.yaml', 'link: reset-help', 'lnik: reset-help', 'link'],
    ['locales/locales.yaml', 'source: en', 'soruce: en', 'source'],
    ['locales/en/phrases.yaml', 'outside:', 'outsied:', 'outside'],
    ['locales/en/checks.yaml', 'never:', 'nevre:', 'never'],
  ])('tells a misspelled word once: in %s %j as %j', (file, from, to, meant) => {
    const { findings } = checked(mistaken([file, from, to]));
    expect(findings.map(({ code, suggestion }) => [code, suggestion])).toEqual([['unknown-word', meant]]);
  });

  it('names the key of a translation that was misspelled, and mends it', () => {
    const [finding] = checked(mistaken([ZH, 'help.says:', 'help.syas:'])).findings;
    expect(finding).toMatchObject({
      message: 'has no text "help.says", but has "help.syas"; did you mean "help.says"?',
      fix: { text: 'help.says', safe: true },
    });
  });

  it('says nothing of the names of languages that are not spoken', () => {
    const named: Edit = [EN, 'answers.thanks: ', 'language.btn-fr: "Français"\nanswers.thanks: '];
    expect(checked(mistaken(named)).findings).toEqual([]);
  });
});
