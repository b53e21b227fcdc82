import type { Calibration } from './calibrate.js';
import type { Vocabulary } from './vocabulary.js';

/** A multinomial logistic regression over TF-IDF features. */
export interface Model {
  readonly intents: readonly string[];
  /** `intents`, and behind them "none of these" when the examples hold texts that are none. */
  readonly classes: number;
  readonly vocabulary: Vocabulary;
  /** By row: how much a feature counts. */
  readonly idf: Float32Array;
  /** Row-major: `classes` weights a row, each times its row's `scale`. */
  readonly weights: Int8Array;
  readonly scale: Float32Array;
  readonly bias: Float32Array;
  /** What the idf of a feature that no example has would be, by its kind. */
  readonly unseen: Float32Array;
  readonly calibration: Calibration;
}

/** Weight of a feature that stands `count` times in a text. */
export function termWeight(count: number, idf: number): number {
  return (1 + Math.log(count)) * idf;
}

/** Scores to probabilities, in place. */
export function softmax(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    const power = Math.exp((scores[k] as number) - most);
    scores[k] = power;
    sum += power;
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] as number) / sum;
}
