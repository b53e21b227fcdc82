import { COST } from './gap-costs.js';
import { isNear, LISTS, listsOf, weightOf, ZERO_WEIGHT } from './lists/word-index.js';
import type { Meter } from './meter.js';
import { edgesOf } from './run-edges.js';
import { LETTERS, type Token } from './tokens.js';

/** A stretch of a text that is made of the words of one list, with little else between them. */
export interface WordRun {
  readonly list: number;
  /** The first and the last token that belong to it. */
  readonly first: number;
  readonly last: number;
}

/** How far a run may fall below its best before it is over: four words of no list, and more the better it is. */
const MAX_DROP = 17;
const MORE_DROP = 0.2;
/** A run below this is not looked at. */
const MIN_SCORE = 5;
/** From here on a run is good enough to look for slips of the hand in it. */
const SLIP_SCORE = 8;
interface Open {
  sum: number;
  first: number;
  best: number;
  last: number;
  /** The last token of the run before: what belongs to that is not looked at again. */
  taken: number;
}

/** How tokens are read: `slips` counts misspelled words as part of a run. */
export interface RunOptions {
  readonly slips: boolean;
}

/**
 * Every run of every list, by the highest-scoring stretch (Kadane's scan with a limit on how far it may drop). Linear.
 */
export function wordRuns(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  meter: Meter,
  { slips }: RunOptions,
): readonly WordRun[] {
  const runs: WordRun[] = [];
  const open: Open[] = Array.from({ length: LISTS }, () => ({
    sum: 0,
    first: -1,
    best: 0,
    last: -1,
    taken: -1,
  }));
  // Lists whose run goes on, one bit for each.
  let opened = 0;
  const close = (list: number, state: Open): void => {
    if (state.best >= MIN_SCORE) {
      const [first, last] = edgesOf(tokens, lower, costs, list, state, slips);
      runs.push({ list, first, last });
      meter.steps += last - first;
      state.taken = last;
    }
    state.sum = 0;
    state.best = 0;
    state.first = -1;
    opened &= ~(1 << list);
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    const concerned = opened | (token.id < 0 ? 0 : listsOf(token.id));
    for (let list = 0; concerned >> list > 0; list += 1) {
      const state = open[list];
      if (((concerned >> list) & 1) === 0 || state === undefined || at <= state.taken) continue;
      meter.steps += 1;
      const weight = token.id < 0 ? 0 : weightOf(token.id, list);
      if (weight > 0) {
        if (state.first < 0) {
          if (weight <= ZERO_WEIGHT) continue;
          state.first = at;
          opened |= 1 << list;
        }
        state.sum += weight - ZERO_WEIGHT;
        if (state.sum > state.best) {
          state.best = state.sum;
          state.last = at;
        }
      } else if (state.first >= 0) {
        const cost = costs[at] ?? 0;
        const isSlip =
          cost === COST.word &&
          slips &&
          state.best >= SLIP_SCORE &&
          token.type === LETTERS &&
          isNear(lower.slice(token.start, token.end), list);
        state.sum += isSlip ? COST.slip : cost;
      }
      if (state.first >= 0 && (state.sum < 0 || state.sum < state.best * (1 - MORE_DROP) - MAX_DROP))
        close(list, state);
    }
  }
  for (const [list, state] of open.entries()) if (state.first >= 0) close(list, state);
  return runs;
}
