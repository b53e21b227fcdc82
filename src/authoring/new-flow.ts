import type { ContentFiles } from '../content/index.js';
import { type KeyOf, type NewEntry, type Part, withWords } from './new-entry.js';
import { inlineScalar } from './yaml-insert.js';

/** What is asked for a flow, in every locale: a question, its two choices, and what is said to each. */
export const FLOW_PARTS: readonly Part[] = [
  { id: 'title', kind: 'title', ask: 'Its title', explain: 'A few words that people see on a button.' },
  {
    id: 'question',
    kind: 'text',
    ask: 'What the bot asks',
    explain: 'One question. For a new line, type \\n',
  },
  { id: 'first', kind: 'label', ask: 'The first choice', explain: 'The words on a button.' },
  {
    id: 'first-reply',
    kind: 'text',
    ask: 'What it says to the first',
    explain: 'What to do now, in short sentences.',
  },
  { id: 'second', kind: 'label', ask: 'The second choice', explain: 'The words on the other button.' },
  {
    id: 'second-reply',
    kind: 'text',
    ask: 'What it says to the second',
    explain: 'What to do now, in short sentences.',
  },
];

const SUFFIX: Readonly<Record<string, string>> = { first: 'btn-first', second: 'btn-second' };

/** Text keys of the parts of a flow. */
export const flowKeys =
  (name: string): KeyOf =>
  (part) =>
    part === 'title' ? `title.${name}` : `${name}.${SUFFIX[part] ?? part}`;

/** The content with a new flow in it, and a simulated conversation that reaches all of it. */
export function addFlow(files: ContentFiles, entry: NewEntry): ContentFiles {
  const { name, words } = entry;
  const title = (words.en ?? Object.values(words)[0])?.title ?? name;
  return new Map(withWords(files, FLOW_PARTS, entry, flowKeys(name)))
    .set(`flows/${name}.yaml`, flowText(entry, title))
    .set(`test/conversations/${name}.yaml`, conversationText(name, title));
}

function flowText({ name, private: isPrivate }: NewEntry, title: string): string {
  return `flow: ${name}
title: ${inlineScalar(title)}
triggers: [${name}]
${isPrivate ? 'private: true\n' : ''}start: question
steps:
  question:
    ask: ${name}.question
    buttons:
      - { label: ${name}.btn-first, value: first, go: first }
      - { label: ${name}.btn-second, value: second, go: second }
    unclear: { say: common.pick-one, tries: 2, go: person }
  first: { end: ${name}.first-reply }
  second: { end: ${name}.second-reply }
  person: { human: ${name}, say: common.reach-support, go: idle }
`;
}

/** Takes both ways, and that of somebody who is not understood. */
function conversationText(name: string, title: string): string {
  return `conversation: ${inlineScalar(title)}
run: { locales: all, platforms: all, clock: 2026-03-01T09:00Z }
flows: [${name}]
turns:
  - user: { means: ${name} }
  - bot:  { says: ${name}.question, offers: [first, second] }
  - user: { picks: first }
  - bot:  { says: ${name}.first-reply }
  - user: { means: ${name} }
  - user: { picks: second }
  - bot:  { says: ${name}.second-reply }
  - user: { means: ${name} }
  - user: { text: "zzqx vvkp" }
  - bot:  { says: common.pick-one, offers: [first, second] }
  - user: { text: "zzqx vvkp" }
  - bot:  { says: common.reach-support }
end: { at: idle, never: { stored: secret, logged: secret } }
`;
}
