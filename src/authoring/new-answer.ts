import type { ContentFiles } from '../content/index.js';
import { type KeyOf, type NewEntry, type Part, withWords } from './new-entry.js';
import { insertEntry } from './yaml-insert.js';

const ANSWERS = 'flows/answers.yaml';

/** What is asked for an answer, in every locale. */
export const ANSWER_PARTS: readonly Part[] = [
  { id: 'title', kind: 'title', ask: 'Its title', explain: 'A few words that people see on a button.' },
  {
    id: 'text',
    kind: 'text',
    ask: 'What the bot answers',
    explain: 'Short sentences. For a new line, type \\n',
  },
];

/** Text keys of the parts of an answer. */
export const answerKeys =
  (name: string): KeyOf =>
  (part) =>
    `${part === 'title' ? 'title' : 'answers'}.${name}`;

/** The content with a new answer in it. */
export function addAnswer(files: ContentFiles, entry: NewEntry): ContentFiles {
  const { name, links, private: isPrivate } = entry;
  const words = [
    `say: answers.${name}`,
    ...(links.length > 0 ? [`links: [${links.join(', ')}]`] : []),
    ...(isPrivate ? ['private: true'] : []),
  ];
  const line = `${name}: { ${words.join(', ')} }`;
  const after = withWords(files, ANSWER_PARTS, entry, answerKeys(name));
  return new Map(after).set(ANSWERS, insertEntry(files.get(ANSWERS) ?? '', [], line));
}
