import type { ContentFiles } from '../../src/content/index.js';
import { countingContent } from '../support/counting-content.js';

/** After this long without a word the counting flow says {@link NUDGE} once (ms). */
const NUDGE_MS = 3_000;
/** What the flow says before the words it was given; every reply holds it once. */
export const ECHO = 'heard';
/** What the flow says when nothing comes. */
export const NUDGE = 'nudges';

/**
 * Says back what it hears, with a button whose data counts the turns, and says something of its own when nothing comes.
 */
const COUNT = `flow: count
title: says back what it hears
triggers: [count]
start: said
steps:
  said:
    ask: count.said
    save: said
    expects: text
    buttons: [ { label: count.btn, value: more, go: said } ]
    go: said
    unclear: { say: common.pick-one, tries: 5, go: said }
    timeout: { after: nudge, say: count.nudge, go: quiet }
  quiet:
    ask: count.quiet
    save: said
    expects: text
    buttons: [ { label: count.btn, value: more, go: said } ]
    go: said
    unclear: { say: common.pick-one, tries: 5, go: quiet }
`;

const TEXTS: Readonly<Record<string, string>> = {
  'title.count': 'counting',
  'count.said': `${ECHO} {said}`,
  'count.quiet': 'says nothing',
  'count.nudge': NUDGE,
  'count.btn': 'more',
};

/** The content of the tests with a flow that makes every loss and every double visible. */
export function chaosContent(): ContentFiles {
  return countingContent({ flow: COUNT, texts: TEXTS, nudge: `${NUDGE_MS / 1000}s` });
}
