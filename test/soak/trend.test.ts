import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendOf } from '../../bench/soak/trend.js';

/** Values that jump about by up to `noise` to either side, always the same. */
const noisy = (count: number, noise: number, valueAt: (at: number) => number) =>
  fc
    .array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: count, maxLength: count })
    .map((jumps) =>
      jumps.map((jump, at) => ({ at: at * 5, value: valueAt(at * 5) + (jump / 1_000) * noise })),
    );

describe('a trend', () => {
  it('is exact for a straight line', () => {
    const samples = Array.from({ length: 20 }, (_, at) => ({ at, value: 100 + 3 * at }));
    expect(trendOf(samples)).toEqual({ slope: 3, low: 3, high: 3 });
  });

  it('lies within its interval, whatever the samples', () => {
    fc.assert(
      fc.property(
        noisy(30, 1e6, () => 0),
        (samples) => {
          const { slope, low, high } = trendOf(samples);
          expect(low).toBeLessThanOrEqual(slope);
          expect(slope).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  it('is seen through noise that is far larger than what comes in one step', () => {
    fc.assert(
      fc.property(
        noisy(120, 300_000, (at) => 50e6 + 3_200 * at),
        (samples) => {
          expect(trendOf(samples).slope).toBeGreaterThan(1_600);
          expect(trendOf(samples).high).toBeGreaterThan(3_200 * 0.8);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is hardly moved by a few samples in the middle of something', () => {
    const samples = Array.from({ length: 100 }, (_, at) => ({ at, value: at % 25 === 7 ? 1e9 : 100 }));
    expect(trendOf(samples)).toEqual({ slope: 0, low: 0, high: 0 });
  });

  it('is told from no fewer than ten samples', () => {
    expect(() => trendOf(Array.from({ length: 9 }, (_, at) => ({ at, value: at })))).toThrow(RangeError);
  });
});
