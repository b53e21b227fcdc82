import { describe, expect, it } from 'vitest';
import { calibrate, probability, type Trial } from '../../../src/understanding/calibrate.js';
import { createSeeded } from '../../../src/understanding/seeded.js';

const WORDS = 10;

/** Answers that are nearly all beyond doubt: whole steps of Newton's method overshoot on them. */
function trialsWithoutDoubt(seed: number): readonly Trial[] {
  const next = createSeeded(seed);
  const part = (): number => next() / 2 ** 32;
  return Array.from({ length: 1_500 }, () => {
    const ours = part() < 0.83;
    const isSure = ours ? part() < 0.93 : part() < 0.2;
    const first = isSure ? -part() * 0.3 : -part() * 6;
    const lead = isSure ? 4 + part() * 9 : -8 + part() * 10;
    const known = isSure ? 0.6 + 0.4 * part() : part() * 0.6;
    const words = Math.log(1 + Math.ceil(part() * WORDS));
    return { seen: Float64Array.of(1, first, lead, known, known, words), ours, right: ours && isSure };
  });
}

describe('calibrate', () => {
  it.each([1, 2, 3, 4, 5])('learns from answers without doubt (%i) who is sure and who is not', (seed) => {
    const trials = trialsWithoutDoubt(seed);
    const { ours } = calibrate(trials);
    expect(Math.max(...ours.map(Math.abs))).toBeLessThan(50);
    const mean = (wanted: boolean): number => {
      const some = trials.filter((trial) => trial.ours === wanted);
      return some.reduce((sum, { seen }) => sum + probability(ours, seen), 0) / some.length;
    };
    expect(mean(true)).toBeGreaterThan(mean(false) + 0.3);
  });
});
