/** What a finding is about. */
interface FindingKind {
  /** An error keeps content from going live; a warning does not. */
  readonly level: 'error' | 'warning';
  /** When it is reported. */
  readonly when: string;
  /** What to do about it. */
  readonly todo: string;
}

const error = (when: string, todo: string): FindingKind => ({ level: 'error', when, todo });
const warning = (when: string, todo: string): FindingKind => ({ level: 'warning', when, todo });

/** Every code of a finding, in the order of `docs/findings.md`, which a test holds equal to this table. */
export const FINDING_CODES = {
  // Files.
  'missing-file': error(
    'A file that every content has is not there.',
    'Put it back, or correct its name. A missing language may also be taken out of `locales.yaml`.',
  ),
  'file-too-large': error(
    'A file is larger than 2,000,000 characters.',
    'Split a flow, or look what was pasted into the file.',
  ),
  'file-unreadable': error(
    'A file cannot be read: it vanished while it was being read, or nobody gave the right to read it.',
    'Look whether somebody is moving files, then check again.',
  ),
  'file-ignored': warning(
    'A file stands in `flows/` or `locales/` under a name that is not read.',
    'Give it the name of what it is, with the ending `.yaml`, or move it away.',
  ),
  'not-utf8': error(
    'A file holds bytes that are no UTF-8 text, from the place that is named.',
    'Save the file as UTF-8 in your editor.',
  ),
  'conflict-marker': error(
    'A file holds `<<<<<<<`, `=======` or `>>>>>>>`: two versions of it were joined and nobody chose.',
    'Keep one of the two versions and delete the three lines.',
  ),
  tab: error('A line is indented with a tab, which YAML does not allow.', 'Indent with blanks.'),
  'duplicate-key': error(
    'A name stands twice in one list of names; only one could count.',
    'Delete or rename one of the two.',
  ),
  'yaml-anchor': error(
    'A file uses an anchor (`&`) or an alias (`*`).',
    'Write the value out. In a text, put quotes around it.',
  ),
  yaml: error(
    'A file is not valid YAML at the place that is named.',
    'Look for a missing quote, bracket or blank there or just before. Quote a text that begins with `{` or holds `: `.',
  ),
  'byte-order-mark': warning(
    'A file begins with a byte order mark, a character that nobody sees.',
    'Save the file as UTF-8 without a byte order mark; `--fix` takes it out.',
  ),
  'windows-lines': warning(
    'Lines of a file end as on Windows (CR LF).',
    'Save the file with Unix line ends; `--fix` changes them.',
  ),
  // Words and values.
  'unknown-word': error(
    'A word stands where it means nothing.',
    'Correct its spelling, move it to where it belongs, or delete it.',
  ),
  'missing-word': error('A word that is needed here is not there.', 'Add it.'),
  'wrong-type': error(
    'A value is of another kind than the one that is needed.',
    'Write a value of that kind.',
  ),
  'wrong-value': error('A value has a form that is not allowed here.', 'Write it in the form that is named.'),
  // One flow.
  'flow-name': error(
    'A flow is named otherwise than its file, like an answer, or by a reserved name.',
    'Give flow and file the same name, one that nothing else has.',
  ),
  'no-verb': error('A step has no verb.', 'Give it exactly one verb: `say`, `ask`, `branch` …'),
  'two-verbs': error('A step has several verbs.', 'Make a step of each and let one lead to the next.'),
  'dead-end': error(
    'A step does not say where it goes on.',
    'Add `go:` with a step, `idle`, `menu` or `flow:NAME`.',
  ),
  'no-unclear': error(
    'A question does not say what happens when the answer is not understood.',
    'Add `unclear: { say: common.pick-one, tries: 2, go: STEP }`.',
  ),
  'no-otherwise': error(
    'A branch does not say where to go when no condition holds.',
    'Add `otherwise: STEP`.',
  ),
  'no-answer': error('A question has neither buttons nor `expects`.', 'Add what people can answer.'),
  'unused-go': error('A question has `go`, but takes no free answer.', 'Delete `go`, or add `expects`.'),
  'double-value': error('Two buttons of a question have the same value.', 'Give each its own value.'),
  condition: error('A condition cannot be read.', 'Write it like `looked = spam`.'),
  'too-many-steps': error(
    'A flow has more than 60 steps.',
    'Split it: `call` a part, or leave for another flow.',
  ),
  // Names across files.
  'unknown-step': error(
    'A way leads to a step that this flow does not have.',
    'Correct the name, or write the step.',
  ),
  'unknown-flow': error('A flow is named that does not exist.', 'Correct the name, or write the flow.'),
  'unknown-link': error(
    'A link is named that the registry does not have.',
    'Correct the name, or add the link to `flows/official.yaml`.',
  ),
  'unknown-time': error(
    'A step or a text names a time that `_times.yaml` does not have.',
    'Correct the name, or add the time there.',
  ),
  'unknown-hand-off': error(
    'A hand-off is named that the registry does not have.',
    'Correct the name, or add the hand-off to `flows/official.yaml`.',
  ),
  'unknown-intent': error(
    'An intent is named that starts no flow and no answer.',
    'Correct the name, or add it to the `triggers` of a flow.',
  ),
  'unknown-slot': error(
    'A condition, `of` or `keeps` names a slot that no step saves.',
    'Correct the name, or `save` it.',
  ),
  'unknown-value': error(
    'A condition compares with a value that never occurs.',
    'Correct the value; those that occur are named.',
  ),
  'unknown-outcome': error(
    'A way is given for an outcome that never happens.',
    'Correct the name, or delete the line.',
  ),
  'missing-outcome': error('An outcome has no way.', 'Say where it goes.'),
  'double-trigger': error('An intent starts two flows.', 'Take it from the `triggers` of one of them.'),
  'missing-flow': error('A flow that the program itself opens is not there.', 'Write a flow with that name.'),
  // Ways.
  unreachable: error(
    'No way leads to a step, or nothing ever starts a flow.',
    'Let something lead there, or delete it.',
  ),
  endless: error(
    'Steps lead into each other without ever asking anything, so the conversation would never come to rest.',
    'Let one of them ask, wait or end.',
  ),
  trap: error(
    'Steps lead into each other and none of them leads out; the loop is printed.',
    'Let one of them end, leave for another flow, or reach a person.',
  ),
  recursion: error(
    'Flows call each other in a circle.',
    'Let one of them leave with `flow:NAME` instead of `call`.',
  ),
  // Texts.
  'missing-text': error(
    'A text is named that a required language does not have.',
    'Write it into `texts.yaml`, or correct the name.',
  ),
  text: error('A text cannot be read as ICU MessageFormat.', 'Look at its braces; values are `{name}`.'),
  apostrophe: error(
    "An apostrophe stands directly before a brace: the value would not be put in (`l'{name}`).",
    "Write two apostrophes: `l''{name}`; `--fix` does.",
  ),
  placeholders: error(
    'A translation has other values in braces than the source.',
    'Put the same values in, spelled the same.',
  ),
  'unknown-placeholder': error(
    'A text has a value in braces that stands for nothing: people would read a gap.',
    'Correct the name. There are `product`, `host`, `sender`, `channels` and others, and what steps `save`.',
  ),
  'plural-arms': error(
    'A plural lacks a form that its language needs for some number from 0 to 200, or has one that it never uses.',
    'Write exactly the forms that are named, and `other`.',
  ),
  'stale-text': warning(
    'The source of a translation has changed since it was compared with it.',
    'Bring the translation up to date, then `lifeline texts --stamp KEY`.',
  ),
  'stale-must-say': error(
    'The source of a text that must be said has changed since its translation was compared with it.',
    'Bring the translation up to date, then `lifeline texts --stamp KEY`.',
  ),
  'not-compared': warning(
    'Translations were never compared with their source.',
    'Compare them, then `lifeline texts --stamp KEY`, or `--stamp --all`.',
  ),
  'unknown-must-say': error(
    '`must_say` names a text that does not exist.',
    'Correct the name, or delete it.',
  ),
  'unused-text': warning('Nothing says a text.', 'Delete it, or correct the name where it should be said.'),
  'same-as-source': warning(
    'A translation is letter by letter its source.',
    'Translate it, or allow it in `locales/approved.yaml`.',
  ),
  'weak-warning': error(
    'The warning (`safety.full`, `safety.line`) does not name the person ("we included") and the place ("only the official app or page").',
    'Write both into the text, in words of `we` and `official` in `checks.yaml`.',
  ),
  'stray-term': warning(
    'A text names a thing by another word than `locales/glossary.yaml` gives for it.',
    'Write the term of the glossary, so that one thing has one name.',
  ),
  'look-alike': error(
    'A word holds letters of another script that only look right, or characters that nobody sees.',
    'Type the word anew; `--fix` puts the plain letters in.',
  ),
  'written-duration': error(
    'A text says a length of time in digits or words.',
    'Name the time in `_times.yaml` and write `{NAME, duration}`, so that the number stands in one place.',
  ),
  'label-is-global': error(
    'A button is called like a word that works everywhere, such as "help": whoever types it gets something else.',
    'Call the button otherwise.',
  ),
  'title-too-long': error('The name of a flow is longer than 24 letters (12 Chinese ones).', 'Shorten it.'),
  'label-too-long': error(
    'A button is longer than a platform shows, its longest values put in.',
    'Shorten it.',
  ),
  'text-too-long': error(
    'A text is longer than one message of a platform, its longest values put in.',
    'Shorten it, or make two steps of it.',
  ),
  // Safety.
  'no-check-words': error(
    'A required language has no `checks.yaml`, so nobody can tell whether its texts ask for secrets.',
    'Write `locales/<tag>/checks.yaml`; that of another language shows what belongs there.',
  ),
  'asks-secret': error(
    'A sentence names a secret and does not plainly say that nobody needs it.',
    'Say it with a plain "never". If the sentence is right as it is, `lifeline texts --approve KEY --reason "…"`.',
  ),
  'promises-contact': error(
    'A text promises that someone will come, call or write.',
    'Say what the person can do. If it is arranged, approve the text with the reason.',
  ),
  'address-in-text': error(
    'A text holds a web address, handle, mail address or telephone number.',
    'Put it into `flows/official.yaml` and write `{host}`, `{bot}`, `{sender}` or `{channels}`.',
  ),
  'approval-void': warning(
    '`approved.yaml` approves a text that does not exist, has changed since, or needs no approval.',
    'Read the text again; then `lifeline texts --approve KEY --reason "…"`, or delete the line.',
  ),
  'registry-example': error(
    'With a platform token set, the registry still names example addresses.',
    'Put your own; `lifeline init` asks for all of them.',
  ),
  'no-support': error(
    'With a platform token set, the registry names no way to reach your support.',
    'Add at least one channel.',
  ),
  // Phrases.
  'no-phrases': error('An intent has no phrases in a language.', 'Write some: how people say it.'),
  'phrase-misread': warning(
    'A phrase is taken for another intent although it was learned.',
    'Move it to that intent, or give its own more phrases like it.',
  ),
  'phrase-shared': error('Two intents have the same phrase.', 'Delete it under one of them.'),
  'phrase-is-global': error(
    'A phrase is a word that works everywhere and leads elsewhere, so it never reaches its intent.',
    'Delete it, or take the word out of `global`.',
  ),
  // What must hold in every state of a conversation: `lifeline prove` shows the shortest way there.
  'proof-human': error(
    'There is a state in which the word for a person does not lead to the support team.',
    'Lead `human` to a `human:` step, and name a support channel in the registry.',
  ),
  'proof-warning': error(
    'An official link is shown in a direct chat before the warning was said.',
    'Say `safety.full` or `safety.line` on the way there.',
  ),
  'proof-public': error(
    'Something private, or a link that leads to the reset, is shown in a public place.',
    'Mark the step `private: true`, or the link `private` in the registry.',
  ),
  'proof-leaked': error(
    'Somebody whose phrase or key is known to others is led to the password reset.',
    'Branch on `leaked` before the hand-off.',
  ),
  'proof-loop': error(
    'The conversation goes on and on without ever waiting for the person.',
    'Put a question, a wait or an end into the circle.',
  ),
  'proof-unanswered': error(
    'After something a person may say there is neither an answer nor a question.',
    'Give the way a step that says something, or `return` to a caller that does.',
  ),
  'proof-endless': error(
    'Nothing a person answers ever leads to an end of the flow.',
    'Give one of the answers a way to `end`, `return` or `menu`.',
  ),
  'proof-too-large': warning(
    'There are more states than are looked at (60,000): what was looked at holds, the rest is not proved.',
    'Compare fewer slots in conditions, or split the flow that compares most of them.',
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingCode = keyof typeof FINDING_CODES;
