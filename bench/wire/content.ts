import { type Content, compile } from '../../src/load-content.js';
import { countingContent } from '../../test/support/counting-content.js';

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

/**
 * Content with a flow that says back what it hears; when nothing comes for `nudge` (such as `30m`), it says so once.
 */
export function echoContent(nudge: string): Content {
  const files = countingContent({ flow: FLOW, texts: TEXTS, nudge });
  return { files, bundle: compile(files) };
}
