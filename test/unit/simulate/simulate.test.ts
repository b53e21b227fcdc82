import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createRandom, seedOf } from '../../../src/simulate/random.js';
import { readConversation } from '../../../src/simulate/read-conversation.js';
import { runSimulations, type SimulationOptions } from '../../../src/simulation.js';
import { bundleOf, smallContent } from '../../support/small-content.js';

const bundle = bundleOf(smallContent());

async function played(
  turns: string,
  end = '',
  options: SimulationOptions = { locale: 'en', platform: 'telegram' },
) {
  const read = readConversation('a.yaml', `conversation: a talk\nturns:\n${turns}${end}`);
  if ('findings' in read) throw new Error(read.findings.map((finding) => finding.message).join('\n'));
  return runSimulations(bundle, [read.conversation], options);
}
const failureOf = async (turns: string, end = ''): Promise<string | null | undefined> =>
  (await played(turns, end)).played[0]?.failure;

const TALK = `  - user: { means: mail-missing }
  - bot: { says: [safety.full, mail.looked], offers: [spam, waited, person] }
  - user: { picks: waited }
  - later: 9m
  - bot: { silent: true }
  - later: 1m
  - bot: { says: mail.came }
  - user: { types: "yes" }
  - bot: { says: common.bye }
  - redeliver: last
  - bot: { silent: true }
`;

describe('a simulated conversation', () => {
  it('plays in every locale and on every platform', async () => {
    const { played: runs, coverage } = await played(TALK, 'end: { at: idle }\n', {});
    expect(runs.map((run) => [run.locale, run.platform, run.failure])).toEqual([
      ['en', 'console', null],
      ['en', 'telegram', null],
      ['en', 'discord', null],
      ['en', 'slack', null],
      ['zh-CN', 'console', null],
      ['zh-CN', 'telegram', null],
      ['zh-CN', 'discord', null],
      ['zh-CN', 'slack', null],
    ]);
    expect(coverage.steps.missing).not.toContain('mail-missing.pause');
    expect(coverage.edges.missing).toContain('mail-missing.looked --spam-->');
    expect(coverage.edges.missing).not.toContain('mail-missing.pause --time-->');
    expect(coverage.steps.reached).toBe(coverage.steps.all - coverage.steps.missing.length);
  });

  it('plays the same again with the same seed', async () => {
    const [one] = (await played(TALK)).played;
    const [two] = (await played(TALK)).played;
    expect(two).toEqual(one);
  });

  it.each([
    [
      '  - user: { means: fees }\n  - bot: { says: answers.thanks }\n',
      'turn 2: should say answers.thanks, but says safety.full, answers.fees',
    ],
    [
      '  - user: { means: fees }\n  - bot: { silent: true }\n',
      'turn 2: should be silent, but says safety.full, answers.fees',
    ],
    [
      '  - user: { means: mail-missing }\n  - bot: { offers: [spam] }\n',
      'turn 2: should offer spam, but offers spam, waited, person (says safety.full, mail.looked)',
    ],
    [
      '  - user: { means: mail-missing }\n  - user: { picks: gone }\n',
      'turn 2: there is no choice "gone"; on offer: spam, waited, person',
    ],
    ['  - user: { means: no-such }\n', 'turn 1: "no-such" has no phrases in en'],
    [
      '  - user: { means: fees }\n  - bot: { links: [reset-help] }\n',
      'turn 2: should give the link reset-help, but gives help-fees',
    ],
    ['  - user: { means: fees }\n  - bot: { removes: where-allowed }\n', 'turn 2: should delete the message'],
    ['  - user: { wont-open: help-fees }\n', 'turn 1: no button "it won\'t open" was shown for "help-fees"'],
  ])('says what is not as written: %s', async (turns, failure) => {
    expect(await failureOf(turns)).toBe(failure);
  });

  it('checks the end: place and links', async () => {
    const turns = '  - user: { means: mail-missing }\n';
    expect(await failureOf(turns, 'end: { at: idle }\n')).toBe(
      'should end at idle, but rests at mail-missing.looked',
    );
    expect(await failureOf(turns, 'end: { at: mail-missing.looked, links: [help-fees] }\n')).toBe(
      'never gave the link help-fees',
    );
  });

  it('pastes a phrase, whole and split, and finds it nowhere afterwards', async () => {
    const never = 'end: { never: { stored: secret, logged: secret } }\n';
    const turns = (paste: string): string =>
      `  - user: { ${paste} }\n  - bot: { says: security.phrase-seen, removes: where-allowed }\n`;
    expect(await failureOf(turns('pastes: made-up-mnemonic'), never)).toBeNull();
    expect(await failureOf(turns('pastes: made-up-mnemonic, split: 2'), never)).toBeNull();
    expect(await failureOf(turns('pastes: made-up-mnemonic, with: fees'), never)).toBeNull();
  });

  it('writes down what was done and seen by keys and values', async () => {
    const turns = '  - user: { means: mail-missing }\n  - user: { picks: spam }\n  - redeliver: last\n';
    const [run] = (await played(turns)).played;
    expect(run?.talk).toEqual([
      '> {"means":"mail-missing"}',
      '< safety.full',
      '< mail.looked [spam, waited, person]',
      '> {"picks":"spam"}',
      '< mail.check',
      '< mail.page [→ help-fees, wont-open]',
      '< mail.came [yes, no]',
      '> again',
    ]);
  });

  it('does not reach somebody who has blocked the bot', async () => {
    const turns = `  - user: { means: mail-missing }
  - user: { picks: waited }
  - user: { blocks: true }
  - later: 10m
  - bot: { silent: true }
  - user: { blocks: false }
  - user: { command: help }
  - bot: { says: help.says }
`;
    for (const platform of ['telegram', 'discord', 'slack'] as const)
      expect((await played(turns, '', { locale: 'en', platform })).played[0]?.failure).toBeNull();
  });

  it.each([
    ['telegram', 'security.removed'],
    ['discord', 'security.delete-yourself'],
    ['slack', 'security.delete-yourself'],
  ] as const)('deletes where %s allows it', async (platform, key) => {
    const turns = `  - user: { pastes: made-up-mnemonic }\n  - bot: { says: ${key}, removes: where-allowed }\n`;
    const [run] = (await played(turns, '', { locale: 'en', platform })).played;
    expect(run?.failure).toBeNull();
    expect(run?.talk.includes('< removed')).toBe(platform === 'telegram');
  });

  it.each([
    ['console', '{ sends: photo }', 'nobody can send a photo on console'],
    ['console', '{ means: fees, in: group }', 'nobody can write in a group on console'],
    ['slack', '{ sends: sticker }', 'nobody can send a sticker on slack'],
    ['discord', '{ start: recover }', 'nobody can arrive by a deep link on discord'],
  ] as const)('says what nobody can do: on %s %s', async (platform, turn, problem) => {
    const { played: runs } = await played(`  - user: ${turn}\n`, '', { locale: 'en', platform });
    expect(runs[0]?.failure).toBe(`turn 1: ${problem}; name other platforms under "run"`);
  });

  it('speaks in a group', async () => {
    const turns =
      '  - user: { means: mail-missing, in: group }\n  - bot: { says: [public.not-us, public.open-private] }\n';
    expect(await failureOf(turns, 'end: { at: idle }\n')).toBeNull();
  });
});

describe('readConversation', () => {
  it.each([
    ['conversation: x\nturns: []\n', 'a.yaml:2:8'],
    ['conversation: x\nturns:\n  - user: { says: y }\n', 'a.yaml:3:'],
    ['conversation: x\nturns:\n  - later: soon\n', 'a.yaml:3:'],
    ['conversation: x\nturn: 1\n', 'a.yaml:2:1'],
    ['turns: [\n', 'a.yaml:2:1'],
  ])('says where "%s" is wrong', (text, place) => {
    const read = readConversation('a.yaml', text);
    const findings = 'findings' in read ? read.findings : [];
    expect(findings.some(({ file, line, col }) => `${file}:${line}:${col}`.startsWith(place))).toBe(true);
  });
});

describe('createFakeClock', () => {
  it('calls back what is due, in order, and what is cancelled never', () => {
    const clock = createFakeClock(100);
    const seen: string[] = [];
    clock.after(20, () => seen.push('late'));
    clock.after(10, () => seen.push('early'));
    const cancel = clock.after(15, () => seen.push('never'));
    cancel();
    expect(clock.next()).toBe(110);
    clock.moveTo(105);
    expect(seen).toEqual([]);
    clock.moveTo(130);
    expect(seen).toEqual(['early', 'late']);
    clock.moveTo(50);
    expect([clock.now(), clock.next()]).toEqual([130, null]);
  });
});

describe('createRandom', () => {
  it('draws the same for the same seed, between 0 and 1', () => {
    const drawn = (seed: number): readonly number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 50 }, random);
    };
    expect(drawn(seedOf('a'))).toEqual(drawn(seedOf('a')));
    expect(drawn(1)).not.toEqual(drawn(2));
    expect(drawn(3).every((value) => value >= 0 && value < 1)).toBe(true);
  });
});
