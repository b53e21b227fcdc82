import type { Bundle, ContentFiles, Step } from '../../../src/content/index.js';
import { createEngine } from '../../../src/live-content.js';

import type { Engine } from '../../../src/runtime/turn-request.js';
import { bundleOf, smallContent, withFile } from '../../support/small-content.js';
import { LABELS, MARKUP } from './markup.js';

/** How many choices the flow `many` offers: more than any platform shows in one message. */
export const MANY = 130;
/** How many the flow `some` offers: more than look well as buttons. */
export const SOME = 9;

/** An official address, which may leave. */
export const ADDRESS = 'https://wallet.example/help/fees';

/**
 * A text that no platform shows in one message: without white space for stretches of any length, of letters in two
 * units and of signs that have to be escaped, with official addresses wherever a part might end.
 */
export const LONG_TEXT = [3, 40, 130, 200, 300]
  .map((times, index) => `${'没有空格的长句子😭&<*_'.repeat(times)}${`${ADDRESS} `.repeat(index)}`)
  .join('');

const FLOWS: Readonly<Record<string, string>> = {
  echo: `flow: echo
title: says back what it hears
triggers: [echo]
start: said
steps:
  said:
    ask: echo.said
    save: said
    expects: text
    buttons: [ { label: echo.again, value: more, go: said } ]
    go: said
    unclear: { say: common.pick-one, tries: 5, go: said }
`,
  many: choices('many'),
  some: choices('some'),
  long: `flow: long
title: a long text
triggers: [long]
start: says
steps:
  says: { end: long.text }
`,
  marked: `flow: marked
title: texts and labels full of signs
triggers: [marked]
start: first
steps:
${MARKUP.map((_, index) => `  says-${index}: { say: marked.text-${index}, go: ${index + 1 < MARKUP.length ? `says-${index + 1}` : 'asks'} }\n`).join('')}  first: { say: marked.text-0, go: says-0 }
  asks:
    ask: marked.asks
    buttons:
${LABELS.map((_, index) => `      - { label: marked.label-${index}, value: v${index}, go: idle }\n`).join('')}    unclear: { say: common.pick-one, tries: 5, go: asks }
`,
};

function choices(name: string): string {
  return `flow: ${name}
title: many choices
triggers: [${name}]
start: which
steps:
  which:
    ask: ${name}.which
    save: picked
    buttons: [ { label: choice.0, value: v0, go: done } ]
    unclear: { say: common.pick-one, tries: 5, go: which }
  done: { end: choice.picked }
`;
}

const TEXTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(FLOWS).map((flow) => [`title.${flow}`, `title of ${flow}`])),
  'echo.said': 'heard «{said}»',
  'echo.again': 'again',
  'many.which': 'which of many',
  'some.which': 'which of some',
  'choice.picked': 'picked {picked}',
  'long.text': 'a long text stands here',
  'marked.asks': 'any of these?',
  ...Object.fromEntries(MARKUP.map((text, index) => [`marked.text-${index}`, escapedIcu(text)])),
  ...Object.fromEntries(LABELS.map((text, index) => [`marked.label-${index}`, escapedIcu(text)])),
  ...Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`choice.${index}`, `Topic ${index}`])),
};

/** ICU MessageFormat reads braces and apostrophes; a text that holds them as they are has to say so. */
function escapedIcu(text: string): string {
  return text.replaceAll("'", "''").replace(/[{}]+/g, "'$&'");
}

function files(): ContentFiles {
  let content = smallContent();
  const add = (path: string, text: string): void => {
    content = withFile(content, path, `${content.get(path) ?? ''}${text}`);
  };
  for (const [name, flow] of Object.entries(FLOWS)) add(`flows/${name}.yaml`, flow);
  for (const tag of ['en', 'zh-CN']) {
    // JSON is YAML.
    add(
      `locales/${tag}/texts.yaml`,
      Object.entries(TEXTS)
        .map(([key, text]) => `${key}: ${JSON.stringify(text)}\n`)
        .join(''),
    );
    const path = `locales/${tag}/phrases.yaml`;
    const phrases = Object.keys(FLOWS).map((flow) => `  ${flow}: [${tag} wants ${flow}]\n`);
    const text = (content.get(path) ?? '').replace('intents:\n', `intents:\n${phrases.join('')}`);
    content = withFile(content, path, text);
  }
  return content;
}

/** Support leads may write eight buttons a step; the platforms have to bear more. */
function withChoices(bundle: Bundle, name: string, count: number): Bundle {
  const flow = bundle.flows.get(name);
  const which = flow?.steps.get('which');
  if (flow === undefined || which?.verb !== 'ask') throw new Error(`no question in ${name}`);
  const [first] = which.buttons;
  if (first === undefined) throw new Error(`no button in ${name}`);
  const buttons = Array.from({ length: count }, (_, index) => ({
    ...first,
    label: `choice.${index}`,
    value: `v${index}`,
  }));
  const steps = new Map<string, Step>([...flow.steps, ['which', { ...which, buttons }]]);
  return { ...bundle, flows: new Map([...bundle.flows, [name, { ...flow, steps }]]) };
}

/** Nor may they write a text of that length, but several of theirs may come together. */
function withText(bundle: Bundle, key: string, text: string): Bundle {
  const message = { source: text, placeholders: [], times: [], plurals: [], format: () => text };
  const texts = [...bundle.texts].map(([tag, known]) => [tag, new Map([...known, [key, message]])] as const);
  return { ...bundle, texts: new Map(texts) };
}

/** The content of the contract: the small one, with flows that try the platforms. */
export const contractBundle = withText(
  withChoices(withChoices(bundleOf(files()), 'many', MANY), 'some', SOME),
  'long.text',
  LONG_TEXT,
);

/** Trained once for all tests of a file. */
export const contractEngine: Engine = createEngine(contractBundle, new Uint8Array(32).fill(9));
