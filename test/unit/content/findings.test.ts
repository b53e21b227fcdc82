import { describe, expect, it } from 'vitest';
import { buildBundle, type ContentFiles, type Finding } from '../../../src/content/index.js';
import { edited, smallContent, withFile, withoutFile } from '../../support/small-content.js';

const small = smallContent();

/** `file:line:col` of an offset. */
function placeAt(path: string, text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${path}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

/** `file:line:col` of the first place where the needle stands in a file. */
function placeOf(files: ContentFiles, path: string, needle: string): string {
  const text = files.get(path) ?? '';
  if (!text.includes(needle)) throw new Error(`${path} does not hold "${needle}"`);
  return placeAt(path, text, text.indexOf(needle));
}

const findingsOf = (files: ContentFiles): readonly Finding[] => buildBundle(files).findings;
const printed = (files: ContentFiles): readonly string[] =>
  findingsOf(files).map(({ code, file, line, col }) => `${code} ${file}:${line}:${col}`);

interface Wrong {
  /** File below `flows/`, or a whole path. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** Text whose beginning the finding points at. */
  readonly points: string;
  /** A part of the sentence. */
  readonly says: string;
  /** Codes of findings that follow from it and are looked at elsewhere. */
  readonly follows: readonly string[];
}

/** Where the wrong text begins and the finding points there, `^` is put before the place in `to`. */
function wrong(
  file: string,
  code: string,
  from: string,
  marked: string,
  says: string,
  follows: readonly string[] = [],
): Wrong {
  const to = marked.replace('^', '');
  const points = marked.slice(marked.indexOf('^') + 1);
  return { file: file.includes('/') ? file : `flows/${file}.yaml`, from, to, code, points, says, follows };
}

const OUTCOMES = '{ ours: ours, not-ours: not-ours, look-alike: fake }';

const WRONG: readonly Wrong[] = [
  // One flow.
  wrong('help', 'flow-name', 'flow: help', 'flow: ^helper', 'the file is named "help"'),
  wrong('help', 'unknown-step', 'start: says', 'start: ^sais', 'did you mean "says"?'),
  wrong('help', 'no-verb', 'says: { say: help', 'says: { ^sya: help', 'did you mean "say"?'),
  wrong(
    'help',
    'two-verbs',
    'says: { say: help.says,',
    '^says: { say: help.says, end: common.bye,',
    '2 verbs (say, end)',
  ),
  wrong(
    'help',
    'unknown-word',
    'help.says, go: end',
    'help.says, ^goo: end, go: end',
    'does not know the word "goo"',
  ),
  wrong('help', 'dead-end', 'says: { say: help.says, go: end }', '^says: { say: help.says }', 'needs "go"'),
  wrong('help', 'wrong-value', 'go: end', 'go: ^End', 'must be a step, idle, menu, or flow:NAME'),
  wrong('help', 'wrong-value', 'end: common.bye', 'end: ^bye', 'must be a text key'),
  wrong('mail-missing', 'wrong-value', 'tries: 3', 'tries: ^9', '"tries"'),
  wrong('mail-missing', 'condition', 'when: looked = spam', 'when: ^looked is spam', 'expected =, != or in'),
  wrong(
    'mail-missing',
    'double-value',
    'value: waited, go: pause',
    'value: ^spam, go: pause',
    'two buttons have the value "spam"',
  ),
  wrong(
    'is-it-official',
    'no-answer',
    'ask: official.which\n    save: asked\n    expects: [link, handle, mail, number]\n    go: look',
    'ask: ^official.which',
    'so nobody can answer',
  ),
  wrong(
    'is-it-official',
    'missing-word',
    'expects: [link, handle, mail, number]\n    go: look',
    'expects: ^[link]',
    '"expects" needs "go"',
  ),
  wrong(
    'mail-missing',
    'unused-go',
    'ask: mail.came',
    'ask: mail.came\n    go: ^done',
    'has "go" but no "expects"',
  ),
  wrong(
    'is-it-official',
    'missing-outcome',
    OUTCOMES,
    '^{ ours: ours, not-ours: not-ours }',
    '"look-up" can end as "look-alike"',
  ),
  wrong(
    'is-it-official',
    'unknown-outcome',
    OUTCOMES,
    '{ ours: ours, not-ours: not-ours, look-alike: fake, like: ^tell }',
    '"look-up" never ends as "like"',
  ),
  wrong(
    'is-it-official',
    'missing-word',
    'look: { do: look-up, of: asked,',
    'look: ^{ do: look-up,',
    '"look-up" needs "of"',
  ),
  wrong(
    'is-it-official',
    'wrong-value',
    'expects: [link, handle, mail, number]',
    'expects: ^[link, phone]',
    '"expects"',
  ),
  wrong('is-it-official', 'wrong-value', 'do: report', 'do: ^ring', '"do" must be one of look-up'),
  // Names across files.
  wrong(
    'is-it-official',
    'unknown-slot',
    'do: look-up, of: asked',
    'do: look-up, of: ^aksed',
    'did you mean "asked"?',
  ),
  wrong('leaked-secret', 'unknown-slot', 'keeps: [leaked]', 'keeps: [^leakd]', 'did you mean "leaked"?'),
  wrong(
    'locales/en/texts.yaml',
    'unknown-placeholder',
    'later.ask: "en now {title}"',
    'later.ask: "en now {^titlee}"',
    'did you mean "title"?',
  ),
  wrong(
    'locales/en/texts.yaml',
    'apostrophe',
    'help.says: "en help says"',
    `help.says: "Tap ^'{product}' now"`,
    'write two',
  ),
  wrong(
    'locales/en/texts.yaml',
    'apostrophe',
    'help.says: "en help says"',
    `help.says: "l^'{product, plural, one {a} other {b}} x"`,
    'write two',
  ),
  wrong('help', 'unknown-step', 'go: end', 'go: ^ent', 'did you mean "end"?'),
  wrong('help', 'unknown-flow', 'go: end', 'go: ^flow:mail-mising', 'did you mean "mail-missing"?'),
  wrong(
    'menu',
    'unknown-flow',
    '"flow:recover" }',
    '^"flow:recovery" }',
    'step "what" (reset) leads to the flow "recovery"',
  ),
  wrong(
    'mail-missing',
    'unknown-step',
    'tries: 3, go: person',
    'tries: 3, go: ^persona',
    '(unclear) leads to "persona"',
  ),
  wrong(
    'mail-missing',
    'unknown-step',
    'still-there, go: idle',
    'still-there, go: ^idel',
    'did you mean "idle"?',
  ),
  wrong('mail-missing', 'unknown-step', 'looked = spam, go: page', 'looked = spam, go: ^pages', '(when-1)'),
  wrong('mail-missing', 'unknown-step', 'otherwise: done', 'otherwise: ^dome', '(otherwise)'),
  wrong('is-it-official', 'unknown-step', 'go: look\n', 'go: ^lok\n', '(answer) leads to "lok"'),
  wrong('recover', 'unknown-step', 'expired: page', 'expired: ^pag', '(expired)'),
  wrong('recover', 'unknown-step', 'solved: page, not', 'solved: ^pag, not', '(solved)'),
  wrong('is-it-official', 'unknown-step', 'look-alike: fake', 'look-alike: ^faek', '(look-alike)'),
  wrong('mail-missing', 'unknown-link', 'to: help-fees', 'to: ^help-fee', 'did you mean "help-fees"?'),
  wrong(
    'official',
    'unknown-link',
    '{ link: reset-help }',
    '{ link: reset-help, verified: true, page: ^help-fee }',
    'did you mean "help-fees"?',
  ),
  wrong(
    'official',
    'unknown-link',
    '{ link: reset-help }',
    '{ link: reset-help, verified: true, start: ^help-fee }',
    'did you mean "help-fees"?',
  ),
  wrong(
    'official',
    'unknown-link',
    '{ link: reset-help }',
    '{ link: reset-help, verified: true, check: ^help-fee }',
    'did you mean "help-fees"?',
  ),
  wrong(
    'answers',
    'unknown-link',
    'links: [reset-help]',
    'links: [^reset-hlp]',
    'did you mean "reset-help"?',
  ),
  wrong(
    'official',
    'unknown-link',
    'link: reset-help } }',
    'link: ^rest-help } }',
    'did you mean "reset-help"?',
  ),
  wrong('mail-missing', 'unknown-time', 'wait: mail', 'wait: ^male', 'did you mean "mail"?'),
  wrong('mail-missing', 'unknown-time', 'after: patience', 'after: ^patients', 'did you mean "patience"?'),
  wrong('recover', 'unknown-flow', 'call: proof', 'call: ^prof', 'did you mean "proof"?'),
  wrong(
    'recover',
    'missing-outcome',
    'then: { solved: page, not-solved: person }',
    'then: ^{ solved: page }',
    '"proof" can return "not-solved"',
  ),
  wrong(
    'recover',
    'unknown-outcome',
    'not-solved: person }',
    'not-solved: person, sold: ^page }',
    'never returns "sold"; did you mean "solved"?',
  ),
  wrong('mail-missing', 'unknown-intent', 'means: [thanks]', 'means: [^thank]', 'did you mean "thanks"?'),
  wrong(
    'mail-missing',
    'unknown-slot',
    'when: looked = spam',
    'when: ^loked = spam',
    'did you mean "looked"?',
  ),
  wrong(
    'help',
    'double-trigger',
    'triggers: [help]',
    'triggers: [help, ^fees]',
    '"fees" already starts "fees"',
  ),
  wrong(
    'room',
    'double-trigger',
    'triggers: [room]',
    'triggers: [room, ^mail-missing]',
    'already starts "mail-missing"',
  ),
  wrong('_global', 'unknown-flow', 'help: { flow: help }', 'help: ^{ flow: halp }', 'did you mean "help"?'),
  wrong(
    '_global',
    'missing-text',
    'say: common.cancelled',
    'say: ^common.canceled',
    'did you mean "common.cancelled"?',
  ),
  wrong(
    'help',
    'missing-text',
    'says: { say: help.says,',
    'says: { say: ^help.sais,',
    'did you mean "help.says"?',
  ),
  wrong(
    'answers',
    'missing-text',
    'thanks: { say: answers.thanks }',
    'thanks: { say: ^answers.thank }',
    'did you mean "answers.thanks"?',
  ),
  // Registry, times, locales.
  wrong('_times', 'wrong-value', 'mail: 10m', 'mail: ^10 minutes', 'must be a number and s, m, h or d'),
  wrong('official', 'wrong-value', '"https://wallet.example/ios"', '^"http://wallet.example/ios"', 'https'),
  wrong(
    'official',
    'wrong-value',
    'url: "https://wallet.example/reset"',
    'url: ^"https://a@wallet.example/reset"',
    'without user name or port',
  ),
  wrong(
    'official',
    'wrong-value',
    'mail: no-reply@mail.wallet.example',
    'mail: ^no-reply',
    'must be a mail address',
  ),
  wrong(
    'official',
    'unknown-word',
    'cases: {}',
    'cases: {}\n^downlods: {}',
    'does not know the word "downlods"',
  ),
  wrong('locales/locales.yaml', 'wrong-value', 'source: en', 'source: ^english', 'language tag'),
  wrong(
    'locales/en/texts.yaml',
    'text',
    'help.says: "en help says"',
    'help.says: ^"en {help says"',
    'is not valid ICU MessageFormat',
  ),
  wrong(
    'locales/en/texts.yaml',
    'unknown-time',
    'help.says: "en help says"',
    'help.says: "{^male, duration}"',
    'uses the time "male", which _times.yaml does not have; did you mean "mail"?',
  ),
  wrong(
    'locales/zh-CN/texts.yaml',
    'placeholders',
    'later.ask: "zh-CN now {title}"',
    'later.ask: "zh-CN now ^{titel}"',
    'lacks {title} and has {titel}',
  ),
  wrong(
    'locales/en/phrases.yaml',
    'unknown-intent',
    '  thanks: ',
    '  ^thank: [x]\n  thanks: ',
    'did you mean "thanks"?',
  ),
];

describe('buildBundle', () => {
  it('builds the small content without findings', () => {
    expect(findingsOf(small)).toEqual([]);
  });

  it.each(
    WRONG.map((example): [string, Wrong] => [
      `${example.code} for "${example.to.replaceAll('\n', ' ')}" in ${example.file}`,
      example,
    ]),
  )('reports %s, at its place and once', (_title, { file, from, to, code, points, says, follows }) => {
    const files = edited(small, file, from, to);
    const text = files.get(file) ?? '';
    const at = placeAt(file, text, text.indexOf(to) + to.length - points.length);
    expect(printed(files).filter((line) => !follows.some((other) => line.startsWith(other)))).toEqual([
      `${code} ${at}`,
    ]);
    expect(
      findingsOf(files)
        .map((finding) => finding.message)
        .join('\n'),
    ).toContain(says);
  });

  it('reports a file that is missing, and one that looks like it', () => {
    expect(printed(withoutFile(small, 'flows/_global.yaml'))).toEqual([
      'missing-file flows/_global.yaml:1:1',
    ]);
    const renamed = withFile(withoutFile(small, 'flows/_global.yaml'), 'flows/_globl.yaml', '');
    expect(findingsOf(renamed)[0]?.message).toBe('is missing; did you mean "flows/_globl.yaml"?');
    expect(printed(withoutFile(small, 'locales/zh-CN/texts.yaml'))).toEqual([
      'missing-file locales/zh-CN/texts.yaml:1:1',
    ]);
  });

  it('reports a flow the program needs', () => {
    const files = withoutFile(small, 'flows/flow-changed.yaml');
    expect(printed(files)).toEqual(['missing-flow flows/flow-changed.yaml:1:1']);
  });

  it('reports an intent without phrases in a locale, at the intents', () => {
    const files = edited(small, 'locales/zh-CN/phrases.yaml', '  thanks: [zh-CN wants thanks]\n', '');
    expect(printed(files)).toEqual([
      `no-phrases ${placeOf(files, 'locales/zh-CN/phrases.yaml', 'intents:')}`,
    ]);
  });

  it('reports a text that only the source locale has, and one that only the program needs', () => {
    const files = edited(small, 'locales/zh-CN/texts.yaml', 'help.says: "zh-CN help says"\n', '');
    expect(findingsOf(files)).toMatchObject([
      { code: 'missing-text', file: 'locales/zh-CN/texts.yaml', message: 'has no text "help.says".' },
    ]);
    const system = edited(small, 'locales/en/texts.yaml', 'common.fault: "en common fault"\n', '');
    expect(findingsOf(system)).toMatchObject([
      { code: 'missing-text', file: 'locales/locales.yaml', line: 1, col: 9 },
    ]);
  });

  it('reports an answer with the name of a flow, at the flow', () => {
    const files = edited(
      small,
      'flows/answers.yaml',
      'thanks: {',
      'help: { say: answers.thanks }\nthanks: {',
    );
    expect(printed(files)).toContain(`flow-name ${placeOf(files, 'flows/help.yaml', 'help\n')}`);
  });

  it.each(['idle', 'system'])('reports "%s" as a reserved name of a flow', (name) => {
    const files = withFile(
      small,
      `flows/${name}.yaml`,
      `flow: ${name}\ntitle: x\nstart: a\nsteps:\n  a: { end: common.bye }\n`,
    );
    expect(printed(files)).toEqual([`flow-name flows/${name}.yaml:1:7`]);
  });

  it('reports a support channel without texts, at the channel', () => {
    const files = edited(small, 'flows/official.yaml', 'channel: desk', 'channel: hotline');
    const at = placeOf(files, 'flows/official.yaml', 'hotline');
    expect(new Set(printed(files))).toEqual(new Set([`missing-text ${at}`]));
  });

  it('orders findings by file and line', () => {
    const files = edited(
      edited(small, 'flows/room.yaml', 'done: idle', 'done: idel'),
      'flows/help.yaml',
      'end: common.bye',
      'end: common.by',
    );
    expect(findingsOf(files).map((finding) => finding.file)).toEqual(['flows/help.yaml', 'flows/room.yaml']);
  });

  it('names a bundle by its whole content and its structure by flows alone', () => {
    const hashes = (files: ContentFiles): readonly [string, string] => {
      const built = buildBundle(files);
      return built.kind === 'built' ? [built.bundle.hash, built.bundle.structure] : ['', ''];
    };
    const [hash, structure] = hashes(small);
    const [newText, sameStructure] = hashes(
      edited(small, 'locales/en/texts.yaml', 'en help says', 'en help speaks'),
    );
    expect([newText === hash, sameStructure === structure]).toEqual([false, true]);
    const [, newStructure] = hashes(edited(small, 'flows/_times.yaml', 'mail: 10m', 'mail: 11m'));
    expect(newStructure).not.toBe(structure);
  });
});

describe('buildBundle, against what only shows in a conversation', () => {
  const withTitle = (files: ContentFiles, name: string): ContentFiles =>
    ['en', 'zh-CN'].reduce(
      (before, tag) =>
        edited(before, `locales/${tag}/texts.yaml`, 'title.help:', `title.${name}: "x"\ntitle.help:`),
      files,
    );
  const withIntent = (files: ContentFiles, name: string): ContentFiles =>
    ['en', 'zh-CN'].reduce(
      (before, tag) =>
        edited(before, `locales/${tag}/phrases.yaml`, 'intents:\n', `intents:\n  ${name}: [x]\n`),
      files,
    );

  it.each(['idle', 'system'])('reports "%s" as a reserved name of an answer', (name) => {
    const files = edited(
      small,
      'flows/answers.yaml',
      'thanks: {',
      `${name}: { say: answers.thanks }\nthanks: {`,
    );
    expect(findingsOf(withIntent(withTitle(files, name), name))).not.toEqual([]);
  });

  it('reports "fresh", the name of the machine\'s first state, as a reserved name', () => {
    const files = withFile(
      small,
      'flows/fresh.yaml',
      'flow: fresh\ntitle: x\nstart: a\nsteps:\n  a: { end: common.bye }\n',
    );
    expect(printed(withTitle(files, 'fresh'))).toEqual(['flow-name flows/fresh.yaml:1:7']);
  });

  it('reports an intent that starts an answer and a flow', () => {
    const files = edited(
      small,
      'flows/answers.yaml',
      'thanks: { say: answers.thanks }',
      'thanks: { say: answers.thanks, triggers: [mail-missing] }',
    );
    expect(printed(files)).toEqual([
      `double-trigger ${placeOf(files, 'flows/mail-missing.yaml', 'mail-missing]')}`,
    ]);
  });

  it('reports an intent that starts two answers', () => {
    const files = edited(
      small,
      'flows/answers.yaml',
      'thanks: { say: answers.thanks }',
      'thanks: { say: answers.thanks, triggers: [fees] }',
    );
    expect(printed(files)).toEqual([
      `double-trigger ${placeOf(files, 'flows/answers.yaml', 'fees] }\ninside')}`,
    ]);
  });

  it('reports a time zone that does not exist', () => {
    const files = edited(small, 'flows/official.yaml', 'Asia/Shanghai', 'Mars/Base');
    expect(printed(files)).toEqual([`wrong-value ${placeOf(files, 'flows/official.yaml', 'Mars/Base')}`]);
  });

  it('reports steps that lead into each other and never wait', () => {
    const files = edited(
      small,
      'flows/help.yaml',
      'end: { end: common.bye }',
      'end: { say: common.bye, go: says }',
    );
    expect(printed(files)).toEqual([`endless ${placeOf(files, 'flows/help.yaml', 'says: {')}`]);
  });

  it('says once that _times.yaml is broken, not again for each text that names a time', () => {
    expect(findingsOf(edited(small, 'flows/_times.yaml', 'patience: 30m', 'patience: soon'))).toHaveLength(1);
  });

  it('says once that an outcome of a hand-off leads nowhere, though two outcomes fall back to it', () => {
    expect(findingsOf(edited(small, 'flows/recover.yaml', 'failed: person', 'failed: nowhere'))).toHaveLength(
      1,
    );
  });
});
