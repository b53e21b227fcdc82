import {
  type Bundle,
  buildBundle,
  type ContentFiles,
  formatFinding,
  SYSTEM_TEXTS,
} from '../../src/content/index.js';

const FLOWS: Readonly<Record<string, string>> = {
  _times: 'mail: 10m\npatience: 30m\n',
  _global: `cancel: { say: common.cancelled, go: idle }
restart: { go: menu, clears: true }
language: { flow: language }
human: { human: general, say: common.reach-support }
help: { flow: help }
forget-me: { flow: forget-me }
`,
  answers: `fees: { say: answers.fees, links: [help-fees] }
thanks: { say: answers.thanks }
inside: { say: answers.inside, links: [reset-help] }
`,
  official: `product: { name: Example Wallet }
origins: ["https://wallet.example"]
links:
  reset-help: { url: "https://wallet.example/reset", mirrors: ["https://wallet-mirror.example/reset"], private: true }
  help-fees: { url: "https://wallet.example/help/fees" }
downloads: { ios: "https://wallet.example/ios" }
senders:
  - { mail: no-reply@mail.wallet.example, for: reset }
  - { mail: security@mail.wallet.example, for: notice }
support:
  - { channel: desk, link: help-fees }
  - { channel: mail, mail: support@wallet.example }
  - { channel: social, handle: "@example_wallet" }
  - { channel: phone, phone: "+86 400 000 0000" }
bot: { telegram: ExampleLifelineBot }
hours: { zone: Asia/Shanghai, days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00" }
hand_offs: { reset-password: { link: reset-help } }
cases: {}
`,
  welcome: `flow: welcome
title: first words
triggers: [start-chat]
lobby: true
start: hello
steps:
  hello: { say: welcome.hello, go: menu }
`,
  menu: `flow: menu
title: the menu
triggers: [menu]
lobby: true
start: what
steps:
  what:
    ask: menu.what
    buttons:
      - { label: menu.btn-mail, value: mail, go: "flow:mail-missing" }
      - { label: menu.btn-reset, value: reset, go: "flow:recover" }
    unclear: { say: common.pick-one, tries: 2, go: idle }
`,
  'flow-changed': `flow: flow-changed
title: the flow was edited
lobby: true
start: explain
steps:
  explain: { say: flow-changed.explain, go: menu }
`,
  'held-text': `flow: held-text
title: maybe a secret
start: which
steps:
  which:
    ask: held.which
    buttons:
      - { label: held.btn-no, value: "no", go: nothing }
      - { label: held.btn-yes, value: "yes", go: take-secret }
    unclear: { say: common.pick-one, tries: 2, go: take-secret }
  take-secret: { do: treat-as-secret, then: { done: "flow:leaked-secret" } }
  nothing: { say: held.nothing, go: after-nothing }
  after-nothing: { branch: [ { when: held-in = flow, go: back } ], otherwise: menu }
  back: { return: nothing }
`,
  'leaked-secret': `flow: leaked-secret
title: the emergency
triggers: [leaked-secret]
preempts: true
keeps: [leaked]
start: by-kind
steps:
  by-kind:
    branch: [ { when: "secret-kind in [phrase, key]", go: note-keys } ]
    otherwise: acts
  note-keys: { set: { leaked: keys }, go: acts }
  acts:
    ask: leaked.acts
    buttons:
      - { label: leaked.btn-false, value: "false-alarm", go: back }
      - { label: leaked.btn-moved, value: moved, go: over }
    unclear: { say: common.pick-one, tries: 3, go: acts }
  back: { return: not-secret }
  over: { end: leaked.over }
`,
  'is-it-official': `flow: is-it-official
title: comparing with the registry
triggers: [is-it-official]
interrupts: true
start: which
steps:
  which:
    ask: official.which
    save: asked
    expects: [link, handle, mail, number]
    go: look
    unclear: { say: common.pick-one, tries: 1, go: idle }
  look: { do: look-up, of: asked, then: { ours: ours, not-ours: not-ours, look-alike: fake } }
  ours: { end: official.ours }
  not-ours: { end: official.not-ours }
  fake: { say: official.fake, go: tell }
  tell: { do: report, of: asked, then: { done: idle } }
`,
  'contact-support': `flow: contact-support
title: people
triggers: [contact-support]
start: person
steps:
  person: { human: general, say: common.reach-support, go: idle }
`,
  language: `flow: language
title: the language
triggers: [language]
interrupts: true
start: which
steps:
  which:
    ask: language.which
    save: tongue
    buttons:
      - { label: language.btn-en, value: en, go: set }
      - { label: language.btn-zh, value: zh-CN, go: set }
    unclear: { say: common.pick-one, tries: 2, go: idle }
  set: { do: set-locale, of: tongue, then: { done: done } }
  done: { end: language.done }
`,
  help: `flow: help
title: what the bot can do
triggers: [help]
start: says
steps:
  says: { say: help.says, go: end }
  end: { end: common.bye }
`,
  'forget-me': `flow: forget-me
title: forgetting
triggers: [forget-me]
interrupts: true
start: sure
steps:
  sure:
    ask: forget.sure
    buttons:
      - { label: forget.btn-yes, value: "yes", go: erase }
      - { label: forget.btn-no, value: "no", go: kept }
    unclear: { say: common.pick-one, tries: 2, go: kept }
  erase: { do: forget-me, then: { done: done } }
  done: { end: forget.done }
  kept: { return: kept }
`,
  room: `flow: room
title: opens a private chat
triggers: [room]
start: open
steps:
  open: { do: open-private, then: { done: idle } }
`,
  'mail-missing': `flow: mail-missing
title: The mail does not arrive
triggers: [mail-missing]
start: looked
steps:
  looked:
    ask: mail.looked
    save: looked
    buttons:
      - { label: mail.btn-spam, value: spam, go: check }
      - { label: mail.btn-waited, value: waited, go: pause }
      - { label: mail.btn-person, value: person, go: person, means: [thanks] }
    unclear: { say: common.pick-one, tries: 2, go: person }
    timeout: { after: patience, say: common.still-there, go: idle }
  check: { say: mail.check, go: by-looked }
  by-looked:
    branch: [ { when: looked = spam, go: page } ]
    otherwise: done
  page: { link: { text: mail.page, label: mail.page-btn, to: help-fees }, go: came }
  came:
    ask: mail.came
    buttons:
      - { label: mail.btn-yes, value: "yes", go: done }
      - { label: mail.btn-no, value: "no", go: pause }
    unclear: { say: mail.again, tries: 3, go: person }
  pause: { wait: mail, say: mail.waiting, buttons: [ { label: mail.btn-yes, value: arrived, go: done } ], go: came }
  person: { human: mail, say: common.reach-support, go: idle }
  done: { end: common.bye }
`,
  recover: `flow: recover
title: The password is forgotten
triggers: [forgot-password]
start: note
steps:
  note: { set: { entered: "yes" }, go: first }
  first:
    ask: recover.first
    buttons:
      - { label: recover.btn-page, value: page, go: page }
      - { label: recover.btn-prove, value: prove, go: prove }
    unclear: { say: common.pick-one, tries: 2, go: idle }
  prove: { call: proof, then: { solved: page, not-solved: person } }
  page: { hand_off: reset-password, then: { done: after, no-mail: "flow:mail-missing", expired: page, stopped: stopped, failed: person } }
  after: { say: recover.after, private: true, go: done }
  stopped: { end: recover.stopped }
  person: { human: recovery, say: common.reach-support, go: idle }
  done: { end: common.bye }
`,
  proof: `flow: proof
title: What the person still has
start: which
steps:
  which:
    ask: proof.which
    save: proof
    buttons:
      - { label: proof.btn-have, value: have, go: solved }
      - { label: proof.btn-none, value: none, go: not-solved }
      - { label: proof.btn-leave, value: leave, go: gone }
    expects: words
    go: solved
    unclear: { say: common.pick-one, tries: 2, go: not-solved }
  solved: { return: solved }
  not-solved: { return: not-solved }
  gone: { end: proof.gone }
`,
};

/** Texts that flows, answers and the registry name, beside those of the program itself. */
const FLOW_TEXTS =
  `held.which held.btn-no held.btn-yes held.nothing common.cancelled common.reach-support common.still-there common.bye answers.fees answers.thanks
answers.inside link.help-fees link.reset-help support.desk support.desk-for support.mail support.mail-for
support.social support.social-for support.phone support.phone-for welcome.hello menu.what menu.btn-mail
menu.btn-reset flow-changed.explain leaked.acts leaked.btn-false leaked.btn-moved leaked.over official.which
official.ours official.not-ours official.fake language.which language.btn-en language.btn-zh language.done
help.says forget.sure forget.btn-yes forget.btn-no forget.done mail.looked mail.btn-spam mail.btn-waited
mail.btn-person mail.check mail.page mail.page-btn mail.came mail.btn-yes mail.btn-no mail.again mail.waiting
recover.first recover.btn-page recover.btn-prove recover.after recover.stopped proof.which proof.btn-have
proof.btn-none proof.btn-leave proof.gone hand-off.reset-password.asks`.split(/\s+/);

/** Texts with values, in every locale; all others are their key in words. */
const WITH_VALUES: Readonly<Record<string, string>> = {
  'switch.ask': 'leave for {title}',
  'later.ask': 'now {title}',
  'human.channels': 'channels {channels}',
  'channels.line': '{name}: {purpose}',
  'channels.line-with-address': '• {name} ({address}): {purpose}',
  'human.case': 'case {case}',
  'hand-off.page': 'page {host}',
  'hand-off.session': 'session {session} at {address}',
  'hand-off.number': 'number {number} at {start}',
  'hand-off.opened-return': 'opened {time}',
  'hand-off.opened-meanwhile': 'opened {time}',
  'link.type-yourself': 'type {host}',
  'link.mirror-btn': 'open {host}',
  'public.open-private': 'private {bot}',
  'mail.waiting': 'waiting {mail, duration}',
};

const INTENTS =
  `start-chat menu leaked-secret is-it-official contact-support language help forget-me room mail-missing
forgot-password fees thanks inside`.split(/\s+/);

function texts(tag: string): string {
  const titles = Object.keys(FLOWS).flatMap((name) =>
    /^(_|answers$|official$)/.test(name) ? [] : [`title.${name}`],
  );
  const keys = [
    ...SYSTEM_TEXTS,
    ...FLOW_TEXTS,
    ...titles,
    ...['fees', 'thanks', 'inside'].map((name) => `title.${name}`),
  ];
  return keys.map((key) => `${key}: "${tag} ${WITH_VALUES[key] ?? key.replaceAll(/[.-]/g, ' ')}"\n`).join('');
}

function phrases(tag: string): string {
  return `global:
  cancel: [${tag} cancel]
  restart: [${tag} restart]
  language: [${tag} language]
  human: [${tag} human]
  help: [${tag} help]
  forget-me: [${tag} forget]
yes: [${tag} yes]
no: [${tag} no]
ordinals: [[${tag} first], [${tag} second]]
intents:
${INTENTS.map((intent) => `  ${intent}: [${tag} wants ${intent.replaceAll('-', ' ')}]\n`).join('')}outside: [${tag} weather]
`;
}

/** A small valid content with every verb, two locales and made-up words (`<tag> <key in words>`). */
export function smallContent(): ContentFiles {
  return new Map([
    ...Object.entries(FLOWS).map(([name, text]): [string, string] => [`flows/${name}.yaml`, text]),
    [
      'locales/locales.yaml',
      'source: en\nrequired: [en, zh-CN]\nfallbacks: { zh-CN: en }\nnames: { en: English, zh-CN: 简体中文 }\nmust_say: [safety.full]\n',
    ],
    ...['en', 'zh-CN'].flatMap((tag): [string, string][] => [
      [`locales/${tag}/texts.yaml`, texts(tag)],
      [`locales/${tag}/phrases.yaml`, phrases(tag)],
    ]),
  ]);
}

/** The same files with one of them put in place or replaced. */
export function withFile(files: ContentFiles, path: string, text: string): ContentFiles {
  return new Map([...files, [path, text]]);
}

/** The same files without one of them. */
export function withoutFile(files: ContentFiles, path: string): ContentFiles {
  return new Map([...files].filter(([name]) => name !== path));
}

/** The same files with the first `from` in one of them replaced; throws when it is not there. */
export function edited(files: ContentFiles, path: string, from: string, to: string): ContentFiles {
  const text = files.get(path) ?? '';
  if (!text.includes(from)) throw new Error(`${path} does not hold "${from}"`);
  return withFile(
    files,
    path,
    text.replace(from, () => to),
  );
}

/** The bundle of files that are valid; throws with every finding otherwise. */
export function bundleOf(files: ContentFiles): Bundle {
  const built = buildBundle(files);
  if (built.kind === 'built') return built.bundle;
  throw new Error(built.findings.map(formatFinding).join('\n'));
}
