import { describe, expect, it } from 'vitest';
import { type Proof, type ProofOptions, prove } from '../../../src/authoring/proof/prove.js';
import { buildBundle, type ContentFiles, formatFinding } from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import { createConversation } from '../../../src/conversation/index.js';
import { readConversation } from '../../../src/simulate/read-conversation.js';
import { runSimulations } from '../../../src/simulation.js';
import { edited, smallContent, withFile } from '../../support/small-content.js';

const shipped = await readContentFiles('.');

function builtOf(files: ContentFiles) {
  const built = buildBundle(files);
  if (built.kind === 'built') return built;
  throw new Error(built.findings.map(formatFinding).join('\n'));
}

function proofOf(files: ContentFiles, options: ProofOptions = {}): Proof {
  const { bundle, sources } = builtOf(files);
  return prove(bundle, sources, options);
}

const codesOf = ({ findings }: Proof): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))].sort();

/** A small content whose warning says what it must. */
function small(): ContentFiles {
  const said = { en: 'nobody, we included; only the official app', 'zh-CN': '我们也不需要；只输在官方应用' };
  return Object.entries(said).reduce<ContentFiles>(
    (files, [tag, words]) =>
      ['full', 'line'].reduce<ContentFiles>(
        (some, key) => edited(some, `locales/${tag}/texts.yaml`, `"${tag} safety ${key}"`, `"${words}"`),
        files,
      ),
    leaked(edited(smallContent(), 'flows/answers.yaml', 'links: [reset-help]', 'links: [help-fees]')),
  );
}

/** The slot of what is known with the values that the rules know. */
function leaked(files: ContentFiles): ContentFiles {
  const kept = edited(files, 'flows/leaked-secret.yaml', 'set: { leaked: keys }', 'set: { leaked: phrase }');
  const back = '  taken-back: { set: { leaked: none }, go: back }\n  back:';
  const cleared = edited(kept, 'flows/leaked-secret.yaml', '  back:', back);
  const button = edited(
    cleared,
    'flows/leaked-secret.yaml',
    '"false-alarm", go: back',
    '"false-alarm", go: taken-back',
  );
  const guarded = edited(button, 'flows/recover.yaml', 'start: note', 'start: known');
  return edited(
    guarded,
    'flows/recover.yaml',
    '  note:',
    '  known: { branch: [ { when: leaked = phrase, go: person } ], otherwise: note }\n  note:',
  );
}

describe('the proof of the shipped content', () => {
  const proof = proofOf(shipped);

  it('finds every rule kept, over states that hold every resting step', () => {
    expect(proof.findings.map(formatFinding)).toEqual([]);
    expect(proof.conversations).toEqual([]);
    expect(proof.states).toBeGreaterThan(1000);
    expect(proof.edges).toBeGreaterThan(proof.states * 10);
  });

  it('gives up with a finding over the cap', () => {
    expect(codesOf(proofOf(shipped, { maxStates: 100 }))).toEqual(['proof-too-large']);
  });
});

describe('the proof of a small content', () => {
  it('sees the same states and ways when it looks at each state by itself', () => {
    const { steps, edges: _some, ...quick } = proofOf(small());
    const { steps: all, edges: _all, ...whole } = proofOf(small(), { isExhaustive: true });
    expect(quick).toEqual(whole);
    expect(quick.findings.map(formatFinding)).toEqual([]);
    expect(steps).toBeLessThan(all);
  });

  it('sees the same for a hand-off that is verified', () => {
    const handOff =
      'hand_offs: { reset-password: { link: reset-help, verified: true, page: reset-help, start: reset-help } }';
    const files = edited(
      small(),
      'flows/official.yaml',
      'hand_offs: { reset-password: { link: reset-help } }',
      handOff,
    );
    const { steps: _, edges: _some, ...quick } = proofOf(files);
    const { steps: __, edges: _all, ...whole } = proofOf(files, { isExhaustive: true });
    expect(quick).toEqual(whole);
    expect(quick.findings.map(formatFinding)).toEqual([]);
  });
});

/** A flow that shows the reset page to some only. */
function shownWhere(when: string, isPrivate = false): ContentFiles {
  const steps = `  where: { branch: [ { when: "${when}", go: page } ], otherwise: bye }
  page: { link: { text: mail.page, label: mail.page-btn, to: reset-help }, go: bye }
  bye: { end: common.bye }
`;
  const flow = `flow: echo\ntitle: shows\ntriggers: [echo]\nstart: where\nsteps:\n${steps}`;
  const open = isPrivate
    ? smallContent()
    : edited(smallContent(), 'flows/official.yaml', 'reset"], private: true', 'reset"]');
  const spoken = ['en', 'zh-CN'].reduce<ContentFiles>((some, tag) => {
    const path = `locales/${tag}/phrases.yaml`;
    return withFile(
      some,
      path,
      (some.get(path) ?? '').replace('intents:\n', 'intents:\n  echo: [show me the page now]\n'),
    );
  }, open);
  return withFile(spoken, 'flows/echo.yaml', flow);
}

/** What comes of a written conversation, each time it is played. */
async function simulated(files: ContentFiles, written: string): Promise<readonly (string | null)[]> {
  const read = readConversation('breaks.yaml', written);
  if (!('conversation' in read)) throw new Error(read.findings.map(formatFinding).join('\n'));
  const { played } = await runSimulations(builtOf(files).bundle, [read.conversation]);
  return played.map(({ failure }) => failure);
}

/** One broken content for each rule that content can break, and the same when it is mended. */
const BROKEN: readonly (readonly [string, string, ContentFiles, ContentFiles | null])[] = [
  [
    'proof-human',
    'no way to the support team',
    edited(
      small(),
      'flows/official.yaml',
      `  - { channel: desk, link: help-fees }
  - { channel: mail, mail: support@wallet.example }
  - { channel: social, handle: "@example_wallet" }
  - { channel: phone, phone: "+86 400 000 0000" }`,
      '  - { channel: phone, none: true }',
    ),
    null,
  ],
  [
    'proof-public',
    'the reset page in a public answer',
    edited(
      smallContent(),
      'flows/official.yaml',
      '"https://wallet-mirror.example/reset"], private: true',
      '"https://wallet-mirror.example/reset"]',
    ),
    smallContent(),
  ],
  ...['platform = discord', 'hours = closed', 'locale = zh-CN'].map(
    (when) =>
      [
        'proof-public',
        `the reset page in a public place where ${when}`,
        shownWhere(when),
        shownWhere(when, true),
      ] as const,
  ),
  [
    'proof-leaked',
    'a recovery that does not ask whether the phrase is known',
    edited(small(), 'flows/recover.yaml', 'start: known', 'start: note'),
    small(),
  ],
  [
    'proof-loop',
    'a flow that calls itself again through what it calls',
    withFile(
      edited(
        small(),
        'flows/mail-missing.yaml',
        'check: { say: mail.check, go: by-looked }',
        'check: { call: echo, then: { back: check } }',
      ),
      'flows/echo.yaml',
      'flow: echo\ntitle: comes back at once\nstart: back\nsteps:\n  back: { return: back }\n',
    ),
    small(),
  ],
  [
    'proof-endless',
    'a question that nothing leads out of',
    edited(
      edited(
        edited(small(), 'flows/leaked-secret.yaml', 'value: moved, go: over', 'value: moved, go: acts'),
        'flows/leaked-secret.yaml',
        '"false-alarm", go: taken-back',
        '"false-alarm", go: acts',
      ),
      'flows/leaked-secret.yaml',
      'back: { return: not-secret }',
      'back: { return: not-secret }',
    ),
    null,
  ],
];

describe('a broken rule', () => {
  it('proof-warning is found where the opening says nothing', () => {
    const files = small();
    const { bundle } = builtOf(files);
    const real = createConversation(bundle, () => 'not-ours');
    const silent = {
      ...real,
      open: (...args: Parameters<typeof real.open>) => ({ ...real.open(...args), effects: [] }),
    };
    const [finding] = proofOf(files, { conversation: silent }).findings;
    expect(finding).toMatchObject({ code: 'proof-warning', level: 'error' });
  });

  it('proof-unanswered is found where a choice is passed over in silence', () => {
    const files = small();
    const { bundle } = builtOf(files);
    const real = createConversation(bundle, () => 'not-ours');
    const deaf: typeof real = {
      ...real,
      advance: (position, event, turn) =>
        event.kind === 'choice' && event.value === 'spam'
          ? { position, effects: [], trace: [] }
          : real.advance(position, event, turn),
    };
    const proof = proofOf(files, { conversation: deaf });
    expect(proof.findings.map(({ code }) => code)).toEqual(['proof-unanswered']);
  });

  it.each(BROKEN)(
    '%s is found, with a conversation that shows it: %s',
    async (rule, _what, broken, mended) => {
      const files = withTitles(broken);
      const { findings, conversations } = proofOf(files);
      expect(findings.find(({ code }) => code === rule)).toMatchObject({ level: 'error' });
      const written = conversations.find((one) => one.rule === rule)?.text ?? '';
      expect(await simulated(files, written)).toEqual([null]);
      // What no single turn breaks looks the same in both.
      if (mended !== null) expect(await simulated(withTitles(mended), written)).not.toEqual([null]);
    },
  );

  it('comes with the shortest conversation that breaks it, which breaks it when it is simulated', async () => {
    const files = edited(small(), 'flows/recover.yaml', 'start: known', 'start: note');
    const { bundle, sources } = builtOf(files);
    const [written] = prove(bundle, sources).conversations;
    const read = readConversation('breaks.yaml', written?.text ?? '');
    if (!('conversation' in read)) throw new Error(read.findings.map(formatFinding).join('\n'));
    const { played } = await runSimulations(bundle, [read.conversation]);
    expect(played.map(({ failure }) => failure)).toEqual([null]);
    const talk = played[0]?.talk ?? [];
    expect(talk.findIndex((line) => line.includes('pastes'))).toBeLessThan(
      talk.findIndex((line) => line.includes('→ reset-help')),
    );
    expect(talk.join('\n')).toMatch(/pastes[\s\S]*→ reset-help/);
  });
});

function withTitles(files: ContentFiles): ContentFiles {
  if (!files.has('flows/echo.yaml')) return files;
  return ['en', 'zh-CN'].reduce<ContentFiles>(
    (some, tag) =>
      withFile(
        some,
        `locales/${tag}/texts.yaml`,
        `${some.get(`locales/${tag}/texts.yaml`)}title.echo: "${tag} echo"\n`,
      ),
    files,
  );
}

/** Edits of the shipped flows as a support lead might make them, each with the rule it breaks. */
const EDITS: readonly (readonly [string, string, string, string, string])[] = [
  [
    'the question about a known phrase left out',
    'proof-leaked',
    'recover-password',
    'start: leaked-before',
    'start: which-secret',
  ],
  [
    'a reset straight from the emergency',
    'proof-leaked',
    'leaked-secret',
    'no-reset: { say: leaked.no-reset, go: acts }',
    'no-reset: { say: leaked.no-reset, go: reset }\n  reset: { hand_off: reset-password, then: { done: acts, no-mail: acts, expired: acts, stopped: acts, failed: acts } }',
  ],
  [
    'a link to the reset in the emergency',
    'proof-leaked',
    'leaked-secret',
    'restore-first: { say: leaked.restore-first, go: moving }',
    'restore-first: { link: { text: leaked.restore-first, label: link.reset-help, to: reset-help }, go: moving }',
  ],
  [
    'a wallet that was left without saying so',
    'proof-leaked',
    'recover-password',
    'value: left, go: left-that-wallet',
    'value: left, go: other-wallet',
  ],
  [
    'a known phrase forgotten by a timeout',
    'proof-leaked',
    'leaked-secret',
    'unclear: { say: common.pick-one, tries: 2, go: person }\n  restore-first:',
    'unclear: { say: common.pick-one, tries: 2, go: person }\n    timeout: { after: patience, go: not-secret-cleared }\n  restore-first:',
  ],
  ['what is known forgotten on starting over', 'proof-leaked', 'leaked-secret', 'keeps: [leaked]\n', ''],
  [
    'the reset page no longer private, and in an answer',
    'proof-public',
    'official',
    '"https://wallet-mirror.example/reset"], private: true',
    '"https://wallet-mirror.example/reset"]',
  ],
  ['nobody of the support team', 'proof-human', 'official', 'bot: {', 'bot: {'],
  [
    'a call that comes back at once into itself',
    'proof-loop',
    'mail-missing',
    'ask-again: { say: mail.ask-again, go: ask-once }',
    'ask-again: { call: goes-round, then: { back: ask-again } }',
  ],
];

describe('an edit of the shipped flows that breaks a rule', () => {
  it.each(EDITS)('is noticed: %s (%s)', (_what, code, flow, from, to) => {
    const files = new Map(edited(shipped, `flows/${flow}.yaml`, from, to));
    if (code === 'proof-public')
      files.set(
        'flows/answers.yaml',
        `${files.get('flows/answers.yaml')}`.replace('links: [help-fees]', 'links: [reset-help]'),
      );
    if (code === 'proof-human')
      files.set(
        'flows/official.yaml',
        `${files.get('flows/official.yaml')}`.replace(
          /support:\n(?: {2}- .*\n)+/,
          'support:\n  - { channel: phone, none: true }\n',
        ),
      );
    if (code === 'proof-loop') {
      files.set(
        'flows/goes-round.yaml',
        'flow: goes-round\ntitle: round\nstart: back\nsteps:\n  back: { return: back }\n',
      );
      for (const path of [...files.keys()].filter((name) => name.endsWith('/texts.yaml'))) {
        files.set(path, `${files.get(path)}title.goes-round: "round"\n`);
      }
    }
    const { findings } = proofOf(files, { stopsAtFirst: true });
    expect(findings.map((finding) => finding.code)).toContain(code);
  });
});
