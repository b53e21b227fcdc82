import { describe, expect, it } from 'vitest';
import { answerConversations } from '../../../src/simulate/answer-conversations.js';
import { CONVERSATION_SCHEMA } from '../../../src/simulate/format.js';
import { runSimulations } from '../../../src/simulation.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';

const bundle = bundleOf(smallContent());

describe('conversations of one-step answers', () => {
  it('are one for each answer, in the format of the files', () => {
    const made = answerConversations(bundle);
    expect(made.map(({ flows }) => flows)).toEqual([['fees'], ['thanks'], ['inside']]);
    for (const one of made) expect(CONVERSATION_SCHEMA.parse(one)).toEqual(one);
  });

  it('are played in every locale on every platform, and reach the answer', async () => {
    const { played, coverage } = await runSimulations(bundle, [], { answers: 'all' });
    expect(played).toHaveLength(3 * 2 * 4);
    expect(played.filter(({ failure }) => failure !== null)).toEqual([]);
    for (const name of ['fees', 'thanks', 'inside'])
      expect(coverage.steps.missing).not.toContain(`${name}.answer`);
  });

  it('are those that are wanted, or none', async () => {
    const { played } = await runSimulations(bundle, [], { answers: ['fees'], platform: 'console' });
    expect(played.map(({ conversation }) => conversation)).toEqual(['the answer fees', 'the answer fees']);
    expect((await runSimulations(bundle, [])).played).toEqual([]);
  });

  it('fail where two answers are asked for by the same words', async () => {
    const path = 'locales/en/phrases.yaml';
    const doubled = edited(smallContent(), path, 'fees: [en wants fees]', 'fees: [en wants thanks]');
    const options = { answers: ['fees', 'thanks'], platform: 'console', locale: 'en' } as const;
    const { played } = await runSimulations(bundleOf(doubled), [], options);
    expect(played.map(({ failure }) => failure)).toEqual([
      expect.stringContaining('should say answers.fees'),
      expect.stringContaining('should say answers.thanks'),
    ]);
  });
});
