import { describe, expect, it } from 'vitest';
import { judged } from '../../../src/guard/secrets/loose/loose.js';
import { FEATURES, oddsOf } from '../../../src/guard/secrets/loose/odds.js';
import { createMeter } from '../../../src/guard/secrets/meter.js';
import { plainText } from '../../../src/guard/secrets/plain-text.js';

describe('the weights of what nobody calls by its name', () => {
  const one = judged(plainText('i always use Sunflower88! to open it', createMeter()), [], createMeter());

  it('are for what is seen of a value, one for one', () => {
    expect(one).toHaveLength(1);
    expect(one[0]?.seen).toHaveLength(FEATURES.length);
  });

  it.each(['number', 'word', 'plain'] as const)('of a %s, are one for each feature, and a bias', (of) => {
    // The bias alone, and every feature alone: each has a weight of its own.
    const none = FEATURES.map(() => false);
    expect(Number.isFinite(oddsOf(none, of))).toBe(true);
    const beyond = [...none, true];
    expect(oddsOf(beyond, of)).toBe(2 * oddsOf(none, of));
  });
});
