import { describe, expect, it } from 'vitest';
import {
  buildBundle,
  didYouMean,
  formatFinding,
  messageOf,
  SYSTEM_TEXTS,
  waysOf,
} from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import { createConversation } from '../../../src/conversation/index.js';
import { bundleOf, smallContent } from '../../support/small-content.js';

describe('the shipped content', () => {
  it('builds without a finding', async () => {
    const built = buildBundle(await readContentFiles(process.cwd()));
    expect(built.findings.map(formatFinding)).toEqual([]);
    expect(built.kind).toBe('built');
  });

  it('has every way of every step lead to a place that exists', async () => {
    const built = buildBundle(await readContentFiles(process.cwd()));
    if (built.kind === 'broken') throw new Error('the shipped content has findings');
    const { flows } = built.bundle;
    const lost = [...flows.values()].flatMap((flow) =>
      [...flow.steps.values()].flatMap((step) =>
        waysOf(step).flatMap(({ way, target }) => {
          const there =
            target.kind === 'idle' ||
            (target.kind === 'step' ? flow.steps.has(target.step) : flows.has(target.flow));
          return there ? [] : [`${flow.name}.${step.name} --${way}-->`];
        }),
      ),
    );
    expect(lost).toEqual([]);
  });

  it("answers in public only what touches nobody's account, codes or way back in", async () => {
    const built = buildBundle(await readContentFiles(process.cwd()));
    if (built.kind === 'broken') throw new Error('the shipped content has findings');
    const conversation = createConversation(built.bundle, () => 'not-ours');
    const turn = { now: 0, platform: 'discord', locale: 'en', public: true } as const;
    const { position } = conversation.open(turn);
    const aloud = [...built.bundle.triggers.keys()].filter((intent) => {
      const { effects } = conversation.advance(position, { kind: 'intent', intent, found: [] }, turn);
      return effects.some(({ kind }) => kind !== 'open-private');
    });
    expect(aloud.sort()).toEqual([
      ...[
        'about-bot',
        'app-problem',
        'are-you-human',
        'fees',
        'goodbye',
        'greeting',
        'install-app',
        'insult',
      ],
      ...['is-hash-safe', 'limits', 'privacy', 'public-wifi'],
      ...['recovery-service', 'strong-password', 'supported-assets', 'swap'],
      ...['thanks', 'update-app', 'what-is-2fa', 'what-is-mnemonic', 'why-2fa'],
      'why-updates',
    ]);
  });
});

describe('readContentFiles', () => {
  it('refuses a folder without flows, with the code of a content fault', async () => {
    await expect(readContentFiles('/nowhere-at-all')).rejects.toMatchObject({ code: 'content-invalid' });
  });
});

describe('messageOf', () => {
  it('finds every text of the program in every locale, and nothing for a key nobody has', () => {
    const bundle = bundleOf(smallContent());
    for (const key of SYSTEM_TEXTS)
      for (const tag of ['en', 'zh-CN', 'fr']) expect(messageOf(bundle, tag, key)).not.toBeNull();
    expect(messageOf(bundle, 'en', 'no.such')).toBeNull();
  });

  it('ends where fallbacks lead in a circle', () => {
    const bundle = bundleOf(smallContent());
    const circle = { ...bundle, locales: { ...bundle.locales, fallbacks: { a: 'b', b: 'a' } } };
    expect(messageOf(circle, 'a', 'no.such')).toBeNull();
    expect(messageOf(circle, 'a', 'common.bye')).not.toBeNull();
  });
});

describe('didYouMean', () => {
  it('names what is near, else what is known where that is little', () => {
    expect(didYouMean('sais', ['says', 'end'])).toBe('; did you mean "says"?');
    expect(didYouMean('zzzzzz', ['says', 'end'])).toBe('; known: says, end');
    expect(
      didYouMean(
        'zzzzzz',
        Array.from({ length: 9 }, (_, index) => `name${index}`),
      ),
    ).toBe('');
    expect(didYouMean('x', [])).toBe('');
  });
});
