/**
 * Counts the steps of a look at a text, so that tests can hold them to a number in proportion to its length. Each loop
 * over characters, words or candidates spends one step a round.
 */
export interface Meter {
  steps: number;
}

/** A meter at zero. */
export function createMeter(): Meter {
  return { steps: 0 };
}
