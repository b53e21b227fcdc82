import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decoyHandles } from '../../../src/recovery/decoys.js';

/** What a handle looks like: letters, digits and joints by kind; a run of letters counts once. */
const formOf = (handle: string): string =>
  handle
    .replace(/[a-z]+/g, 'a')
    .replace(/[A-Z]+/g, (run) => (run.length > 1 ? 'AA' : 'A'))
    .replace(/\d/g, '0');

describe('decoyHandles', () => {
  it.each([
    ['ann', 'a'],
    ['Ann', 'Aa'],
    ['ann7', 'a0'],
    ['anna.stone', 'a.a'],
    ['Anna.77', 'Aa.a00'],
    ['anna_stone1984', 'a_a0000'],
    ['AnnaStone', 'AaAa'],
    ['ANNASTONE', 'AA'],
    ['annastone', 'a'],
  ])('are of the form of %s, different from it and from each other', (own, form) => {
    for (let round = 0; round < 50; round += 1) {
      const decoys = decoyHandles(own, 3, createHash('sha256').update(`${own}${round}`).digest());
      expect(decoys.map(formOf)).toEqual([form, form, form]);
      expect(new Set([own, ...decoys].map((handle) => handle.toLowerCase())).size).toBe(4);
    }
  });

  it('are about as long as a short handle, and as a long one', () => {
    const lengths = (own: string): readonly number[] =>
      Array.from({ length: 50 }, (_, round) =>
        decoyHandles(own, 3, createHash('sha256').update(String(round)).digest()),
      )
        .flat()
        .map((handle) => handle.length);
    expect(Math.max(...lengths('ann'))).toBeLessThanOrEqual(5);
    expect(Math.min(...lengths('annastone'))).toBeGreaterThanOrEqual(6);
  });
});
