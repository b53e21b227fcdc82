import {
  type Change,
  type ContentDiff,
  type FlowChange,
  type StepChange,
  TOUCHABLE,
  type TouchedRule,
} from './changes.js';
import { sideBySide } from './side-by-side.js';
import { wayInWords } from './step-words.js';
import { describeTalks, type TalkDiff } from './talk-diff.js';

/** The change in plain words, what touches addresses first, then rules. `talks`: what it makes of conversations. */
export function describeDiff(diff: ContentDiff, talks: TalkDiff | null = null): string {
  const { registry, times, globals, answers, flows, texts, phrases, locales } = diff;
  const { touched, conversations, files, unread } = diff;
  const sections = [
    section(
      '!!! THE REGISTRY CHANGES: addresses, names and handles that people will trust !!!',
      registry.map(line),
    ),
    section('Rules that are touched: `lifeline check` tells whether they hold', touched.map(ruleInWords)),
    section('Times', times.map(line)),
    section('Global words', globals.map(line)),
    section('One-step answers', answers.map(line)),
    ...flows.map(describeFlow),
    section('Languages', locales.map(line)),
    ...Object.entries(texts).map(([tag, list]) =>
      section(`Texts in ${tag}: ${counted(list)}`, list.map(block)),
    ),
    ...Object.entries(phrases).map(([tag, list]) =>
      section(`Phrases in ${tag}: ${counted(list)}`, list.map(line)),
    ),
    ...Object.entries(files).map(([file, list]) => section(`${file}: ${counted(list)}`, list.map(line))),
    section(`Files of simulated conversations: ${counted(conversations)}`, conversations.map(filesBeside)),
    section('Files that cannot be read, compared as they are written', unread.map(filesBeside)),
    talks === null ? '' : describeTalks(talks),
  ].filter((text) => text !== '');
  return sections.length === 0 ? 'Nothing changes.\n' : `${sections.join('\n')}`;
}

function describeFlow({ flow, kind, rules, steps, ways }: FlowChange): string {
  const head = kind === 'changed' ? `Flow ${flow} changes` : `Flow ${flow} is ${kind}`;
  return section(head, [
    ...rules.map((change) => `its ${line(change)}`),
    ...steps.map(stepLine),
    ...ways.map(wayInWords),
  ]);
}

function stepLine({ name, before, after, says }: StepChange): string {
  if (before === null) return `step ${name} is new: ${after}`;
  return after === null ? `step ${name} is gone; it was: ${before}` : `step ${name}: ${says.join('; ')}`;
}

function ruleInWords({ rule, by }: TouchedRule): string {
  return [`${TOUCHABLE[rule]} (${rule})`, ...by.map((what) => `  ${what}`)].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : `${title}\n${lines.map((text) => `  ${text.replaceAll('\n', '\n  ')}\n`).join('')}`;
}

function counted(list: readonly Change[]): string {
  const added = list.filter(({ before }) => before === null).length;
  const removed = list.filter(({ after }) => after === null).length;
  return `${added} added, ${list.length - added - removed} changed, ${removed} removed`;
}

function line({ name, before, after }: Change): string {
  if (before === null) return `${name}: new: ${after}`;
  return after === null ? `${name}: gone; it was: ${before}` : `${name}: ${before} → ${after}`;
}

function block({ name, before, after }: Change): string {
  const old = before === null ? '- (none)' : `- ${before.replaceAll('\n', '\n  ')}`;
  const now = after === null ? '+ (none)' : `+ ${after.replaceAll('\n', '\n  ')}`;
  return `${name}\n${old}\n${now}`;
}

function filesBeside({ name, before, after }: Change): string {
  const [left, right] = [before, after].map((text) => (text ?? '(none)').trimEnd().split('\n'));
  return `${name}\n${sideBySide(left ?? [], right ?? [])}`;
}
