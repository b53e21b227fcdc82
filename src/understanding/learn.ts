import type { Encoded } from './examples.js';
import { softmax } from './model.js';
import { createSeeded, shuffle } from './seeded.js';

const FIRST_RATE = 3;
const BIAS_RATE = 0.1;
/** Share of the target that goes to all classes evenly, so that no score runs away. */
const SMOOTHING = 0.1;
/** Of 256, how many features each pass leaves out; the others count so much more. */
const DROPPED = 51;
const KEPT_SCALE = 256 / (256 - DROPPED);
/** A class whose probability is so near its target is left as it is: measured as no loss, and three times as fast. */
const NEAR_ENOUGH = 0.01;
const SEED = 0x5eed;

/** Weights as they are learned: `classes` a row. */
export interface Weights {
  readonly classes: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Learns from the examples that `among` names, by stochastic gradient descent with a falling rate and feature dropout.
 * `classOf` has the class of every example. The same arguments give the same weights, bit for bit.
 */
export function learnWeights(
  { starts, rows, values, vocabulary }: Encoded,
  classOf: Int32Array,
  classes: number,
  among: Uint32Array,
  epochs: number,
): Weights {
  const weights = new Float32Array(vocabulary.size() * classes);
  const bias = new Float32Array(classes);
  const next = createSeeded(SEED);
  const order = among.slice();
  const kept = new Uint32Array(longest(starts));
  const keptValues = new Float64Array(kept.length);
  const scores = new Float64Array(classes);
  const moved = new Uint32Array(classes);
  const low = SMOOTHING / classes;
  const total = epochs * order.length;
  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, next);
    for (let n = 0; n < order.length; n += 1) {
      const at = order[n] as number;
      const rate = FIRST_RATE * (1 - done / total);
      done += 1;
      let count = 0;
      let dice = 0;
      scores.set(bias);
      const end = starts[at + 1] as number;
      for (let f = starts[at] as number; f < end; f += 1) {
        dice = dice >>> 8 === 0 ? next() | 0x1000000 : dice >>> 8;
        if ((dice & 0xff) < DROPPED) continue;
        const value = (values[f] as number) * KEPT_SCALE;
        const base = (rows[f] as number) * classes;
        kept[count] = base;
        keptValues[count] = value;
        count += 1;
        for (let k = 0; k < classes; k += 1) (scores[k] as number) += value * (weights[base + k] as number);
      }
      softmax(scores);
      const target = classOf[at] as number;
      let moving = 0;
      for (let k = 0; k < classes; k += 1) {
        const change = (scores[k] as number) - low - (k === target ? 1 - SMOOTHING : 0);
        bias[k] = (bias[k] as number) - rate * BIAS_RATE * change;
        if (change < NEAR_ENOUGH && change > -NEAR_ENOUGH) continue;
        scores[moving] = rate * change;
        moved[moving] = k;
        moving += 1;
      }
      for (let n = 0; n < count; n += 1) {
        const base = kept[n] as number;
        const value = keptValues[n] as number;
        for (let m = 0; m < moving; m += 1) {
          const w = base + (moved[m] as number);
          weights[w] = (weights[w] as number) - value * (scores[m] as number);
        }
      }
    }
  }
  return { classes, weights, bias };
}

function longest(starts: Uint32Array): number {
  let most = 0;
  for (let i = 0; i + 1 < starts.length; i += 1)
    most = Math.max(most, (starts[i + 1] as number) - (starts[i] as number));
  return most;
}
