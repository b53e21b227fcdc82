import type { FindingCode } from '../content/finding-codes.js';

/** A wrong and a right way to write something. `from` is what stands in the content of the tests instead of either. */
type FindingExample =
  | {
      readonly kind: 'edit';
      readonly file: string;
      readonly from: string;
      readonly wrong: string;
      readonly right: string;
    }
  /** Nothing that is written in a file; in words. */
  | { readonly kind: 'told'; readonly wrong: string; readonly right: string };

function edit(file: string, from: string, wrong: string, right: string = from): FindingExample {
  return { kind: 'edit', file, from, wrong, right };
}

function told(wrong: string, right: string): FindingExample {
  return { kind: 'told', wrong, right };
}

const HELP = 'flows/help.yaml';
const MAIL = 'flows/mail-missing.yaml';
const OFFICIAL = 'flows/official.yaml';
const EN = 'locales/en/texts.yaml';
const ZH = 'locales/zh-CN/texts.yaml';
const PHRASES = 'locales/en/phrases.yaml';
const SAYS = 'help.says: "en help says"';
const STEP = '  says: { say: help.says, go: end }';
const CAME = `    buttons:
      - { label: mail.btn-yes, value: "yes", go: done }
      - { label: mail.btn-no, value: "no", go: pause }
    unclear: { say: mail.again, tries: 3, go: person }`;
const FEES =
  'the fees, what are the fees, fees, what the fees are, how high are the fees, your fees, my fees, tell me the fees, fees of a transfer, fees today';
const LOOKED = '    branch: [ { when: looked = spam, go: page } ]\n    otherwise: done';

/** For each code of a finding a wrong and a right example; the wrong one gives exactly that finding. */
export const FINDING_EXAMPLES: Readonly<Record<FindingCode, FindingExample>> = {
  'missing-file': told('there is no `flows/_times.yaml`.', '`flows/_times.yaml` is there.'),
  'file-too-large': told('a text file of 10 MB.', 'a text file of some 100 kB.'),
  'file-unreadable': told(
    'a file that is moved away while it is being read.',
    'files that stay where they are.',
  ),
  'file-ignored': told('`flows/Fees.yaml`, `flows/fees.yml` or `flows/old/fees.yaml`.', '`flows/fees.yaml`.'),
  'not-utf8': told('a file saved as GB 18030 or UTF-16.', 'a file saved as UTF-8.'),
  'conflict-marker': edit(
    HELP,
    STEP,
    `<<<<<<< mine\n${STEP}\n=======\n  says: { say: help.says, go: idle }\n>>>>>>> theirs`,
  ),
  tab: edit(HELP, STEP, STEP.replace('  says', '\tsays')),
  'duplicate-key': edit(EN, SAYS, `${SAYS}\nhelp.says: "en help says more"`),
  'yaml-anchor': edit(HELP, STEP, '  says: { say: &it help.says, go: end }'),
  yaml: edit(EN, SAYS, 'help.says: "en help says'),
  'byte-order-mark': told(
    'a file that begins with a byte order mark.',
    'a file that begins with its first word.',
  ),
  'windows-lines': told('a file whose lines end with CR LF.', 'a file whose lines end with LF.'),
  'unknown-word': edit(
    HELP,
    STEP,
    '  says: { say: help.says, go: end, privat: true }',
    '  says: { say: help.says, go: end, private: true }',
  ),
  'missing-word': edit(
    MAIL,
    '{ label: mail.btn-yes, value: "yes", go: done }',
    '{ label: mail.btn-yes, go: done }',
  ),
  'wrong-type': edit(MAIL, 'save: looked', 'save: 5'),
  'wrong-value': edit(MAIL, 'tries: 3', 'tries: 9'),
  'flow-name': edit(HELP, 'flow: help', 'flow: helper'),
  'no-verb': edit(HELP, STEP, '  says: { sya: help.says, go: end }'),
  'two-verbs': edit(HELP, STEP, '  says: { say: help.says, end: common.bye, go: end }'),
  'dead-end': edit(HELP, STEP, '  says: { say: help.says }'),
  'no-unclear': edit(MAIL, CAME, CAME.split('\n').slice(0, 3).join('\n')),
  'no-otherwise': edit(MAIL, LOOKED, LOOKED.split('\n')[0] ?? ''),
  'no-answer': edit(
    'flows/is-it-official.yaml',
    '    expects: [link, handle, mail, number]\n    go: look\n',
    '',
  ),
  'unused-go': edit(MAIL, CAME, `    go: done\n${CAME}`),
  'double-value': edit(MAIL, 'value: waited, go: pause', 'value: spam, go: pause'),
  condition: edit(MAIL, 'when: looked = spam', 'when: looked is spam'),
  'too-many-steps': edit(HELP, STEP, manySteps(60), manySteps(58)),
  'unknown-step': edit(HELP, STEP, '  says: { say: help.says, go: ent }'),
  'unknown-flow': edit(
    HELP,
    STEP,
    '  says: { say: help.says, go: "flow:mail-mising" }',
    '  says: { say: help.says, go: end }',
  ),
  'unknown-link': edit(MAIL, 'to: help-fees', 'to: help-fee'),
  'unknown-time': edit(MAIL, 'wait: mail', 'wait: male'),
  'unknown-hand-off': edit('flows/recover.yaml', 'hand_off: reset-password', 'hand_off: reset-pasword'),
  'unknown-intent': edit(MAIL, 'means: [thanks]', 'means: [thank]'),
  'unknown-slot': edit(MAIL, 'when: looked = spam', 'when: loked = spam'),
  'unknown-value': edit(MAIL, 'when: looked = spam', 'when: looked = spamm'),
  'unknown-outcome': edit('flows/recover.yaml', 'not-solved: person }', 'not-solved: person, sold: page }'),
  'missing-outcome': edit(
    'flows/recover.yaml',
    'then: { solved: page, not-solved: person }',
    'then: { solved: page }',
  ),
  'double-trigger': edit(HELP, 'triggers: [help]', 'triggers: [help, fees]'),
  'missing-flow': told('there is no `flows/flow-changed.yaml`.', '`flows/flow-changed.yaml` is there.'),
  unreachable: edit(HELP, STEP, `${STEP}\n  lost: { say: help.says, go: end }`),
  endless: edit(HELP, '  end: { end: common.bye }', '  end: { say: common.bye, go: says }'),
  trap: edit(
    'flows/forget-me.yaml',
    '  kept: { return: kept }',
    '  kept:\n    ask: forget.sure\n    buttons: [ { label: forget.btn-no, value: again, go: kept } ]\n    unclear: { say: common.pick-one, tries: 2, go: kept }',
  ),
  recursion: edit(
    'flows/proof.yaml',
    '  solved: { return: solved }',
    '  solved: { call: proof, then: { solved: ready, not-solved: not-solved } }\n  ready: { return: solved }',
  ),
  'missing-text': edit(HELP, STEP, '  says: { say: help.sais, go: end }'),
  text: edit(EN, SAYS, 'help.says: "en {help says"'),
  apostrophe: edit(
    EN,
    'later.ask: "en now {title}"',
    `later.ask: "en d'{title}"`,
    `later.ask: "en d''{title}"`,
  ),
  placeholders: edit(ZH, 'later.ask: "zh-CN now {title}"', 'later.ask: "zh-CN now {titel}"'),
  'unknown-placeholder': edit(
    EN,
    'mail.check: "en mail check"',
    'mail.check: "look for {sendr}"',
    'mail.check: "look for the sender"',
  ),
  'plural-arms': edit(
    ZH,
    'later.ask: "zh-CN now {title}"',
    'later.ask: "{title, plural, one {一步} other {# 步}}"',
    'later.ask: "{title, plural, other {# 步}}"',
  ),
  'stale-text': edit(EN, SAYS, 'help.says: "en help says more"'),
  'stale-must-say': edit(
    EN,
    'safety.full: "Nobody, we included, needs',
    'safety.full: "Nobody, we included, ever needs',
  ),
  'not-compared': told('a text that `locales/zh-CN/stamps.yaml` does not name.', 'a text that it names.'),
  'unknown-must-say': edit('locales/locales.yaml', 'must_say: [safety.full]', 'must_say: [safety.ful]'),
  'unused-text': edit(ZH, 'help.says: ', 'help.says-more: "zh-CN"\nhelp.says: ', 'help.says: '),
  'same-as-source': edit(ZH, 'help.says: "zh-CN help says"', 'help.says: "en help says"'),
  'weak-warning': told('"Nobody needs your password."', '"Nobody, we included, needs your password."'),
  'stray-term': edit(ZH, 'help.says: "zh-CN help says"', 'help.says: "按下按鈕"', 'help.says: "按下按钮"'),
  'look-alike': edit(ZH, 'help.says: "zh-CN help says"', 'help.says: "zh-CN hеlp says"'),
  'written-duration': edit(
    ZH,
    'help.says: "zh-CN help says"',
    'help.says: "请等 10 分钟"',
    'help.says: "请等一会儿"',
  ),
  'label-is-global': edit(ZH, 'mail.btn-yes: "zh-CN mail btn yes"', 'mail.btn-yes: "zh-CN help"'),
  'title-too-long': edit(ZH, 'title.help: "zh help"', 'title.help: "all the things that I can do"'),
  'label-too-long': edit(
    ZH,
    'mail.btn-yes: "zh-CN mail btn yes"',
    `mail.btn-yes: "it came ${'at last '.repeat(5)}"`,
  ),
  'text-too-long': edit(ZH, 'help.says: "zh-CN help says"', `help.says: "${'zh-CN says much '.repeat(130)}"`),
  'no-check-words': told('a required language without `checks.yaml`.', 'a required language with one.'),
  'asks-secret': edit(
    ZH,
    'help.says: "zh-CN help says"',
    'help.says: "请把助记词发给客服核对。"',
    'help.says: "不要把助记词发给任何人。"',
  ),
  'promises-contact': edit(
    ZH,
    'help.says: "zh-CN help says"',
    'help.says: "我们会联系您。"',
    'help.says: "请您联系官方客服。"',
  ),
  'address-in-text': edit(
    ZH,
    'help.says: "zh-CN help says"',
    'help.says: "请打开 wallet.example"',
    'help.says: "请打开官方页面"',
  ),
  'approval-void': edit(
    'locales/approved.yaml',
    'texts:\n',
    'texts:\n    help.says: { zh-CN: "00000000" }\n',
  ),
  'registry-example': edit(
    OFFICIAL,
    'origins: ["https://wallet.example"]',
    'origins: ["https://wallet.example"]',
    'origins: ["https://harbor.com"]',
  ),
  'no-support': told(
    '`support: []` or only channels that say `none: true`.',
    'one channel with a link, mail address, handle or number.',
  ),
  'no-phrases': edit(PHRASES, '  thanks: [en wants thanks]\n', '', '  thanks: [en wants thanks]\n'),
  'phrase-misread': edit(
    PHRASES,
    '  fees: [en wants fees]\n  thanks: [en wants thanks]\n',
    `  fees: [${FEES}]\n  thanks: [thank you, the fees today]\n`,
    `  fees: [${FEES}, the fees today]\n  thanks: [thank you, many thanks]\n`,
  ),
  'phrase-shared': edit(
    PHRASES,
    '  thanks: [en wants thanks]\n',
    '  thanks: [en wants thanks, en wants fees]\n',
  ),
  'phrase-is-global': edit(
    PHRASES,
    '  thanks: [en wants thanks]\n',
    '  thanks: [en wants thanks, en cancel]\n',
  ),
  'proof-human': told(
    '`support` in the registry, where every channel says `none: true`.',
    'one channel that people can use.',
  ),
  'proof-warning': told(
    'an opening of the chat without the warning. Content cannot bring that about: it is a fault of the program.',
    'an opening that says `safety.full`, as it does.',
  ),
  'proof-public': told(
    'an answer with a link to the reset page, which anybody may ask for in a group.',
    'the same link marked `private: true` in the registry.',
  ),
  'proof-leaked': told(
    'a flow that hands off to the reset whatever `leaked` says.',
    '`branch: [ { when: "leaked in [phrase, key]", go: move-away } ]` before the hand-off.',
  ),
  'proof-loop': told(
    'a step that calls a flow which comes back without a question, and goes to itself by that outcome.',
    'a question in the flow that is called.',
  ),
  'proof-unanswered': told(
    'a choice that is passed over in silence. Content cannot bring that about: it is a fault of the program.',
    'a step that asks again, or says something, as every step does.',
  ),
  'proof-endless': told(
    'two flows with a question each, every answer of which leads into the other flow.',
    'an answer that leads to `end`.',
  ),
  'proof-too-large': told(
    'a dozen slots of a dozen values each, all of which conditions compare.',
    'conditions that compare what they need.',
  ),
};

function manySteps(count: number): string {
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? 'says' : `says-${index}`));
  return names
    .map((name, index) => `  ${name}: { say: help.says, go: ${names[index + 1] ?? 'end'} }`)
    .join('\n');
}
