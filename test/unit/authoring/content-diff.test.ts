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
    expect(flow?.steps.map(({ name, before: old }) => [name, old])).toEqual([['new-one', null]]);
    expect(flow?.ways).toEqual([
      { name: 'check --go-->', before: 'by-looked', after: 'done' },
      { name: 'new-one --go-->', before: null, after: 'done' },
    ]);
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
    expect(text).toContain('Simulated conversations: 0 added, 1 changed, 0 removed');
    expect(text).toMatch(/ {4}- a +- a\n/);
    expect(text).toMatch(/- b +\|\n.*\| {3}- c/);
  });

  it('compares what cannot be read as it is written', () => {
    const { unread } = diffContent(before, withFile(before, 'flows/menu.yaml', 'flow: [\n'));
    expect(unread.map(({ name }) => name)).toEqual(['flows/menu.yaml']);
  });
});
