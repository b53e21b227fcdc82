import { describe, expect, it } from 'vitest';
import { diffContent } from '../../../src/authoring/diff/content-diff.js';
import { describeDiff } from '../../../src/authoring/diff/describe.js';
import { edited, smallContent, withFile, withoutFile } from '../../support/small-content.js';

const before = smallContent();
const TALK = 'test/conversations/a.yaml';

describe('diffContent', () => {
  it('says nothing of what is the same, also when it is written in another way', () => {
    const spaced = edited(before, 'flows/menu.yaml', 'title: the menu', 'title:   the menu   # a remark');
    expect(describeDiff(diffContent(before, spaced))).toBe('Nothing changes.\n');
  });

  it('tells a changed, a new and a gone text, by locale', () => {
    const changed = edited(before, 'locales/en/texts.yaml', '"en mail check"', '"Look again"');
    const files = edited(changed, 'locales/zh-CN/texts.yaml', 'mail.check:', 'mail.checked:');
    const { texts } = diffContent(before, files);
    expect(texts).toEqual({
      en: [{ name: 'mail.check', before: 'en mail check', after: 'Look again' }],
      'zh-CN': [
        { name: 'mail.check', before: 'zh-CN mail check', after: null },
        { name: 'mail.checked', before: null, after: 'zh-CN mail check' },
      ],
    });
  });

  it('tells steps and the ways between them apart', () => {
    const way = edited(before, 'flows/mail-missing.yaml', 'check, go: by-looked', 'check, go: done');
    const files = edited(
      way,
      'flows/mail-missing.yaml',
      '  done: {',
      '  new-one: { say: mail.check, go: done }\n  done: {',
    );
    const [flow] = diffContent(before, files).flows;
    expect(flow).toMatchObject({ flow: 'mail-missing', kind: 'changed', rules: [] });
    expect(flow?.steps).toEqual([{ name: 'new-one', before: null, after: 'says mail.check', says: [] }]);
    expect(flow?.ways).toEqual([
      { name: 'check --go-->', before: 'by-looked', after: 'done' },
      { name: 'new-one --go-->', before: null, after: 'done' },
    ]);
  });

  it.each([
    ['ask: mail.came\n', 'ask: mail.again\n', 'step came: asks mail.again instead of mail.came'],
    [
      '  check: { say: mail.check,',
      '  check: { private: true, say: mail.check,',
      'step check: is private now',
    ],
    [
      '  check: { say: mail.check,',
      '  check: { end: mail.check }\n  old: { say: mail.check,',
      'step check: no longer says mail.check; now ends with mail.check',
    ],
    [
      'label: mail.btn-waited, value: waited',
      'label: mail.btn-yes, value: patient',
      'step looked: offers spam, patient, person instead of spam, waited, person; no longer has on the button waited the text mail.btn-waited; now has on the button patient the text mail.btn-yes',
    ],
    ['wait: mail,', 'wait: patience,', 'step pause: waits for the time patience instead of mail'],
    [
      'when: looked = spam',
      'when: looked != spam',
      'step by-looked: by condition 1 goes on when looked is not spam instead of when looked is spam',
    ],
    ['tries: 3, go: person', 'tries: 2, go: idle', 'step came: gives as many tries as 2 instead of 3'],
    [
      'tries: 3, go: person',
      'tries: 2, go: idle',
      'step came, when it does not understand: goes to rest instead of person',
    ],
    [
      'waited, go: pause',
      'waited, go: "flow:help"',
      'step looked, after "waited": goes to the flow help instead of pause',
    ],
    ['wait: mail, say', 'wait: mail, note: x, say', 'Nothing changes.'],
  ])('says in plain words what %j to %j makes of a step', (from, to, words) => {
    const text = describeDiff(diffContent(before, edited(before, 'flows/mail-missing.yaml', from, to)));
    expect(text).toContain(words);
    expect(text).not.toMatch(/[{}]/);
  });

  it.each<readonly [string, string, string, string, string]>([
    [
      'flows/mail-missing.yaml',
      'check: {',
      'check: { private: true,',
      'proof-public',
      'step mail-missing.check is private now',
    ],
    [
      'flows/mail-missing.yaml',
      'to: help-fees',
      'to: reset-help',
      'proof-warning',
      'step mail-missing.page shows the link reset-help instead of help-fees',
    ],
    [
      'flows/mail-missing.yaml',
      'human: mail',
      'human: general',
      'proof-human',
      'step mail-missing.person leads to the support team for general instead of mail',
    ],
    [
      'flows/leaked-secret.yaml',
      'leaked: keys',
      'leaked: none',
      'proof-leaked',
      'step leaked-secret.note-keys notes leaked = none instead of keys',
    ],
    [
      'flows/leaked-secret.yaml',
      'preempts: true',
      'preempts: false',
      'proof-leaked',
      'the flow leaked-secret: preempts is false instead of true',
    ],
    [
      'flows/official.yaml',
      'private: true',
      'private: false',
      'proof-public',
      'the registry: links.reset-help.private is false instead of true',
    ],
    [
      'flows/_global.yaml',
      'human: general',
      'human: other',
      'proof-human',
      'the global word human: is other instead of general',
    ],
    [
      'locales/en/texts.yaml',
      'safety.full: "',
      'safety.full: "Now ',
      'proof-warning',
      'the text safety.full in en, which must be said',
    ],
    [
      'locales/locales.yaml',
      '[safety.full]',
      '[safety.line]',
      'proof-warning',
      'what must be said: is safety.line instead of safety.full',
    ],
  ])('names the rule that is touched: in %s %j to %j', (file, from, to, rule, by) => {
    const diff = diffContent(before, edited(before, file, from, to));
    expect(diff.touched.find((one) => one.rule === rule)?.by).toContain(by);
    expect(describeDiff(diff)).toContain(`(${rule})\n    ${by}\n`);
  });

  it('names no rule for a text that may be said otherwise', () => {
    const files = edited(before, 'locales/en/texts.yaml', '"en mail check"', '"Look again"');
    expect(diffContent(before, files).touched).toEqual([]);
  });

  it('tells approvals as such, with the rule they are about', () => {
    const files = withFile(before, 'locales/approved.yaml', '- rule: asks-secret\n  reason: as a test\n');
    const text = describeDiff(diffContent(before, files));
    expect(text).toContain('what is approved although a rule speaks against it');
    expect(text).toContain('locales/approved.yaml: 2 added');
    expect(text).not.toContain('cannot be read');
  });

  it('tells rules of a flow, whole flows, times and answers', () => {
    const rules = edited(before, 'flows/leaked-secret.yaml', 'preempts: true', 'preempts: false');
    const times = edited(rules, 'flows/_times.yaml', 'mail: 10m', 'mail: 5m');
    const files = withoutFile(edited(times, 'flows/answers.yaml', '[help-fees]', '[]'), 'flows/room.yaml');
    const diff = diffContent(before, files);
    expect(diff.times).toEqual([{ name: 'mail', before: '10m', after: '5m' }]);
    expect(diff.answers).toEqual([{ name: 'fees.links', before: 'help-fees', after: '' }]);
    expect(diff.flows.map(({ flow, kind }) => [flow, kind])).toEqual([
      ['leaked-secret', 'changed'],
      ['room', 'removed'],
    ]);
    expect(diff.flows[0]?.rules).toEqual([{ name: 'preempts', before: 'true', after: 'false' }]);
  });

  it('puts the registry first and loudly', () => {
    const times = edited(before, 'flows/_times.yaml', 'mail: 10m', 'mail: 5m');
    const text = describeDiff(
      diffContent(before, edited(times, 'flows/official.yaml', '.example/reset"', '.test/reset"')),
    );
    expect(text).toMatch(/^!!! THE REGISTRY CHANGES/);
    expect(text).toContain('links.reset-help.url: https://wallet.example/reset → https://wallet.test/reset');
  });

  it('shows simulated conversations before and after beside each other', () => {
    const old = withFile(before, TALK, 'turns:\n  - a\n  - b\n');
    const text = describeDiff(diffContent(old, withFile(before, TALK, 'turns:\n  - a\n  - c\n')));
    expect(text).toContain('Files of simulated conversations: 0 added, 1 changed, 0 removed');
    expect(text).toMatch(/ {4}- a +- a\n/);
    expect(text).toMatch(/- b +\|\n.*\| {3}- c/);
  });

  it('compares what cannot be read as it is written', () => {
    const { unread } = diffContent(before, withFile(before, 'flows/menu.yaml', 'flow: [\n'));
    expect(unread.map(({ name }) => name)).toEqual(['flows/menu.yaml']);
  });
});
