import { describe, expect, it } from 'vitest';
import { createSteadyClock } from '../../../src/store/steady-clock.js';

const NOW = Date.UTC(2026, 2, 1, 9);
const HOUR_MS = 3_600_000;

function machine() {
  let wall = NOW;
  let elapsed = 5;
  const now = createSteadyClock(
    () => wall,
    () => elapsed,
  );
  return {
    now,
    passes: (ms: number): void => {
      wall += ms;
      elapsed += ms;
    },
    isSet: (ms: number): void => {
      wall += ms;
    },
  };
}

describe('a steady clock', () => {
  it('goes with the machine', () => {
    const { now, passes } = machine();
    expect(now()).toBe(NOW);
    passes(70_000);
    expect(now()).toBe(NOW + 70_000);
  });

  it('goes on when the machine is set back, as often as that is', () => {
    const { now, passes, isSet } = machine();
    for (const round of [1, 2, 3]) {
      isSet(-HOUR_MS);
      passes(1_500);
      expect(now()).toBe(NOW + round * 1_500);
    }
  });

  it('follows a machine that is ahead, and never goes back from there', () => {
    const { now, passes, isSet } = machine();
    isSet(HOUR_MS);
    expect(now()).toBe(NOW + HOUR_MS);
    isSet(-HOUR_MS);
    expect(now()).toBe(NOW + HOUR_MS);
    passes(10);
    expect(now()).toBe(NOW + HOUR_MS + 10);
  });

  it('stands still for small steps back', () => {
    const { now, passes, isSet } = machine();
    passes(100);
    expect(now()).toBe(NOW + 100);
    isSet(-50);
    expect(now()).toBe(NOW + 100);
    passes(60);
    expect(now()).toBe(NOW + 110);
  });
});
