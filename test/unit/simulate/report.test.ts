import { describe, expect, it } from 'vitest';
import type { Played } from '../../../src/simulate/play.js';
import { describeReport, type SimulationReport } from '../../../src/simulate/report.js';

const good: Played = {
  ...{
    conversation: 'a talk',
    locale: 'en',
    platform: 'slack',
    isVerified: false,
    seed: 7,
    failure: null,
    talk: [],
  },
  lines: [
    { who: 'user', text: 'hello' },
    { who: 'bot', text: 'Well?\n  [Yes]' },
    { who: 'clock', text: '60 s' },
  ],
};
const all = { reached: 2, all: 2, missing: [] };
const report: SimulationReport = { played: [good], overWire: [], coverage: { steps: all, edges: all } };
const options = { transcript: false, quiet: false, isWhole: true };

describe('describeReport', () => {
  it('counts what passed and what was reached', () => {
    expect(describeReport(report, options)).toEqual({
      text: '1 passed, 0 failed\nsteps 2/2, edges 2/2\n',
      isGood: true,
    });
  });

  it('is not good when something failed, and says what and where', () => {
    const failed = { ...report, played: [{ ...good, failure: 'turn 1: no' }] };
    expect(describeReport(failed, options)).toEqual({
      text: 'FAILED a talk (en, slack, seed 7)\n  turn 1: no\n0 passed, 1 failed\nsteps 2/2, edges 2/2\n',
      isGood: false,
    });
  });

  it('is not good when nothing was played, and says so', () => {
    const { text, isGood } = describeReport({ ...report, played: [] }, options);
    expect(text).toMatch(/^nothing was played: no conversation names this locale and platform\n/);
    expect(isGood).toBe(false);
  });

  it('is not good when a step was not reached, if everything was played', () => {
    const steps = { reached: 1, all: 2, missing: ['a.b'] };
    const missing = { ...report, coverage: { steps, edges: all } };
    expect(describeReport(missing, options).isGood).toBe(false);
    expect(describeReport(missing, options).text).toContain('not reached: a.b\n');
    expect(describeReport(missing, { ...options, quiet: true }).text).not.toContain('not reached');
    expect(describeReport(missing, { ...options, isWhole: false }).isGood).toBe(true);
  });

  it('prints what was said', () => {
    const { text } = describeReport(report, { ...options, transcript: true });
    expect(text).toContain('=== a talk (en, slack, seed 7)\n▷ hello\n\n◆ Well?\n    [Yes]\n\n⏱ 60 s\n');
  });

  it('shows what people see over the wire, where there is one', () => {
    const overWire = [{ ...good, failure: 'turn 1: no', lines: [{ who: 'bot', text: 'seen' } as const] }];
    const { text, isGood } = describeReport({ ...report, overWire }, { ...options, transcript: true });
    expect(text).toBe(
      '\n=== a talk (en, slack over the wire, seed 7)\n◆ seen\nFAILED a talk (en, slack over the wire, seed 7)\n  turn 1: no\n1 passed, 1 failed, 1 of them over the wire\n',
    );
    expect(isGood).toBe(false);
  });
});
