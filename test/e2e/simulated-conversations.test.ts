import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/load-content.js';
import { isRecovery } from '../../src/simulate/verified.js';
import { runSimulations } from '../../src/simulation.js';
import { shippedConversations } from '../wire/play-over.js';

// On the other platforms they are played in test/wire/, without a wire and over one.
const conversations = await shippedConversations();
const { bundle } = await loadContent('.');
const report = await runSimulations(bundle, conversations, { platform: 'console', answers: 'all' });

/** What may be read as a sentence; labels and numbers of buttons are shorter. */
const SENTENCES = /[\p{L}“「][^.?!。？！\n]{14,}[.?!。？！]/gu;

describe('simulated conversations in the terminal', () => {
  it('go as written in every locale', () => {
    const failures = report.played.flatMap(({ failure, conversation, locale, seed }) =>
      failure === null ? [] : [`${conversation} (${locale}, seed ${seed}): ${failure}`],
    );
    expect(failures).toEqual([]);
    expect(conversations.length).toBeGreaterThanOrEqual(40);
  });

  it('say no sentence twice before the person has a word again', () => {
    const twice = report.played.flatMap(({ lines, conversation, locale }) => {
      const groups: string[][] = [[]];
      for (const { who, text } of lines) who === 'bot' ? groups.at(-1)?.push(text) : groups.push([]);
      return groups.flatMap((said) => {
        const sentences: readonly string[] = said.join('\n').match(SENTENCES) ?? [];
        const again = sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index);
        return again.map((sentence) => `${conversation} (${locale}): ${sentence}`);
      });
    });
    expect(twice).toEqual([]);
  });

  it('are made for every one-step answer, in every locale', () => {
    const answers = [...bundle.flows.values()].filter(({ file }) => file === 'flows/answers.yaml');
    const made = report.played.filter(({ conversation }) => conversation.startsWith('the answer '));
    expect(made).toHaveLength(answers.length * bundle.texts.size);
  });

  it('reach every step of every flow', () => {
    expect(report.coverage.steps.missing).toEqual([]);
  });
});

describe('simulated recoveries with verified hand-offs', async () => {
  const recoveries = conversations.filter(isRecovery);
  const platforms = ['telegram', 'discord', 'slack'] as const;
  const others = await Promise.all(
    platforms.map((platform) => runSimulations(bundle, recoveries, { platform, locale: 'en' })),
  );
  const verified = [report, ...others].flatMap(({ played }) => played.filter(({ isVerified }) => isVerified));

  it('go as they are written for plain ones, on every platform', () => {
    const failures = verified.flatMap(({ failure, conversation, locale, platform }) =>
      failure === null ? [] : [`${conversation} (${locale}, ${platform}): ${failure}`],
    );
    expect(failures).toEqual([]);
    expect(recoveries.length).toBeGreaterThanOrEqual(20);
    expect(verified.length).toBe(recoveries.length * (bundle.texts.size + platforms.length));
  });
});
