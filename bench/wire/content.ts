import type { ContentFiles } from '../../src/content/index.js';
import { type Content, compile } from '../../src/main.js';
import { smallContent, withFile } from '../../test/support/small-content.js';

/** Opens the flow that says back what it hears. */
export const OPENING = 'en wants to count';
/** The button below each answer, and what is said when it is tapped. */
export const BUTTON = 'en more';
export const TAPPED = 'en was tapped';

const FLOW = `flow: count
title: says back what it hears
triggers: [count]
start: said
steps:
  said:
    ask: count.said
    save: said
    expects: text
    buttons: [ { label: count.btn, value: more, go: tapped } ]
    go: said
    unclear: { say: common.pick-one, tries: 5, go: said }
    timeout: { after: nudge, say: count.nudge, go: tapped }
  tapped:
    ask: count.tapped
    save: said
    expects: text
    buttons: [ { label: count.btn, value: more, go: tapped } ]
    go: said
    unclear: { say: common.pick-one, tries: 5, go: tapped }
`;

const TEXTS: Readonly<Record<string, string>> = {
  'title.count': 'counting',
  'count.said': 'heard {said}',
  'count.tapped': TAPPED.replace('en ', ''),
  'count.nudge': 'nudges',
  'count.btn': BUTTON.replace('en ', ''),
};

/** Content with a flow that says back what it hears; when nothing comes for `nudge` (such as `30m`), it says so once. */
export function echoContent(nudge: string): Content {
  let files: ContentFiles = withFile(smallContent(), 'flows/count.yaml', FLOW);
  const change = (path: string, edit: (text: string) => string): void => {
    files = withFile(files, path, edit(files.get(path) ?? ''));
  };
  change('flows/_times.yaml', (text) => `${text}nudge: ${nudge}\n`);
  for (const tag of ['en', 'zh-CN']) {
    const lines = Object.entries(TEXTS).map(([key, text]) => `${key}: "${tag} ${text}"\n`);
    change(`locales/${tag}/texts.yaml`, (text) => text + lines.join(''));
    change(`locales/${tag}/phrases.yaml`, (text) =>
      text.replace('intents:\n', `intents:\n  count: [${tag} wants to count]\n`),
    );
  }
  return { files, bundle: compile(files) };
}
