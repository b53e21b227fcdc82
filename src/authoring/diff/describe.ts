import type { Change, ContentDiff, FlowChange } from './content-diff.js';

const WIDTH = 58;

/** The change in plain words, what touches addresses first. */
export function describeDiff(diff: ContentDiff): string {
  const { registry, times, globals, answers, flows, texts, phrases, locales, conversations, unread } = diff;
  const sections = [
    section(
      '!!! THE REGISTRY CHANGES: addresses, names and handles that people will trust !!!',
      registry.map(line),
    ),
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
    section(`Simulated conversations: ${counted(conversations)}`, conversations.map(sideBySide)),
    section('Files that cannot be read, compared as they are written', unread.map(sideBySide)),
  ].filter((text) => text !== '');
  return sections.length === 0 ? 'Nothing changes.\n' : `${sections.join('\n')}`;
}

function describeFlow({ flow, kind, rules, steps, ways }: FlowChange): string {
  const head = kind === 'changed' ? `Flow ${flow} changes` : `Flow ${flow} is ${kind}`;
  return section(head, [
    ...rules.map((change) => `its ${line(change)}`),
    ...steps.map((change) => `step ${stepLine(change)}`),
    ...ways.map((change) => `way ${line(change)}`),
  ]);
}

function stepLine({ name, before, after }: Change): string {
  if (before === null) return `${name} is new`;
  return after === null ? `${name} is gone` : `${name} changes: ${before} → ${after}`;
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

/** Two texts beside each other; lines that differ carry a mark. */
function sideBySide({ name, before, after }: Change): string {
  const [left, right] = [before, after].map((text) => (text ?? '(none)').trimEnd().split('\n'));
  const rows = aligned(left ?? [], right ?? []).map(([old, now]) => {
    const mark = old === now ? ' ' : '|';
    return `${(old ?? '').slice(0, WIDTH).padEnd(WIDTH)} ${mark} ${now ?? ''}`.trimEnd();
  });
  return `${name}\n${rows.join('\n')}`;
}

/** A line of each of two texts; `undefined` where one has none. */
type Row = readonly [string | undefined, string | undefined];

/** Lines of two texts, the common ones beside each other (longest common subsequence). */
function aligned(left: readonly string[], right: readonly string[]): readonly Row[] {
  const width = right.length + 1;
  const common = new Uint32Array((left.length + 1) * width);
  const at = (row: number, col: number): number => common[row * width + col] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let col = right.length - 1; col >= 0; col -= 1)
      common[row * width + col] =
        left[row] === right[col] ? at(row + 1, col + 1) + 1 : Math.max(at(row + 1, col), at(row, col + 1));
  const rows: Row[] = [];
  let [row, col] = [0, 0];
  while (row < left.length || col < right.length) {
    if (row < left.length && col < right.length && left[row] === right[col])
      rows.push([left[row++], right[col++]]);
    else if (col >= right.length || (row < left.length && at(row + 1, col) >= at(row, col + 1)))
      rows.push([left[row++], undefined]);
    else rows.push([undefined, right[col++]]);
  }
  return rows;
}
