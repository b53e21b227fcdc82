import { createRandom } from '../../src/simulate/random.js';

/** Chance that a seed repeats, as far as processes and sockets let it. */
export interface Chance {
  /** A number from 0 up to, but not, `limit`. */
  below(limit: number): number;
  /** Whether something with this probability (0 to 1) happens. */
  happens(probability: number): boolean;
  /** One of them; `undefined` when there is none. */
  pick<Item>(items: readonly Item[]): Item | undefined;
}

export function createChance(seed: number): Chance {
  const next = createRandom(seed);
  return {
    below: (limit) => next() * limit,
    happens: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)],
  };
}
