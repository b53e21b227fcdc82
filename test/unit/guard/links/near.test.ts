import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { describe, expect, it } from 'vitest';
import { isWithin, nearPattern } from '../../../../src/guard/links/near.js';

const few = (maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength }).map((letters) => letters.join(''));

describe('isWithin', () => {
  it.each([
    ['wallet', 'wallet', 0, true],
    ['wallet', 'walet', 0, false],
    ['wallet', 'walet', 1, true],
    ['wallet', 'wlalet', 1, true],
    ['wallet', 'wlaelt', 1, false],
    ['wallet', 'wlaelt', 2, true],
    ['', 'ab', 2, true],
    ['', 'abc', 2, false],
    ['a'.repeat(300), 'a'.repeat(300), 2, false],
  ])('says of %s and %s within %i: %s', (a, b, most, expected) => {
    expect(isWithin(a, b, most)).toBe(expected);
  });

  it('is never stricter than edits without swaps, and counts as they do where nothing is swapped', () => {
    fc.assert(
      fc.property(few(9), few(9), fc.integer({ min: 0, max: 3 }), (a, b, most) => {
        if (distance(a, b) <= most) expect(isWithin(a, b, most)).toBe(true);
        expect(isWithin(a, b, most)).toBe(isWithin(b, a, most));
        // A swap is two edits otherwise.
        if (isWithin(a, b, most)) expect(distance(a, b)).toBeLessThanOrEqual(2 * most);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('nearPattern', () => {
  it('finds what a look at every part of the text finds', () => {
    const most = fc.constantFrom(0 as const, 1 as const, 2 as const);
    fc.assert(
      fc.property(few(8), few(12), most, (pattern, text, edits) => {
        const near = nearPattern(pattern, edits);
        fc.pre(near !== null && text !== '');
        const starts = Array.from({ length: text.length + 1 }, (_, index) => index);
        const best = Math.min(
          ...starts.flatMap((from) =>
            starts.filter((to) => to >= from).map((to) => distance(pattern, text.slice(from, to))),
          ),
        );
        expect(near?.isIn(text)).toBe(best <= edits);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no pattern that anything is near to, and none that is too long', () => {
    expect(nearPattern('ab', 2)).toBeNull();
    expect(nearPattern('a'.repeat(31), 1)).toBeNull();
  });
});
