import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/main.js';
import { runSimulations } from '../../src/simulation.js';
import { shippedConversations } from '../wire/play-over.js';

// On the other platforms they are played in test/wire/, without a wire and over one.
const conversations = await shippedConversations();
const { bundle } = await loadContent('.');
const report = await runSimulations(bundle, conversations, { platform: 'console', answers: 'all' });

describe('simulated conversations in the terminal', () => {
  it('go as written in every locale', () => {
    const failures = report.played.flatMap(({ failure, conversation, locale, seed }) =>
      failure === null ? [] : [`${conversation} (${locale}, seed ${seed}): ${failure}`],
    );
    expect(failures).toEqual([]);
    expect(conversations.length).toBeGreaterThanOrEqual(40);
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
