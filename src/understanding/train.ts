import { createFeatures, extractFeatures } from './features.js';
import { createVocabulary, type Vocabulary } from './vocabulary.js';

const EPOCHS = 8;
const FIRST_RATE = 3;
/** Share of the target that goes to all intents evenly, so that no score runs away. */
const SMOOTHING = 0.1;
/** Share of the features that each pass leaves out. */
const DROPOUT = 0.2;
const SEED = 0x5eed;

/** A multinomial logistic regression over TF-IDF features. */
export interface Model {
  readonly intents: readonly string[];
  readonly vocabulary: Vocabulary;
  /** Inverse document frequency by row, damped by a square root (measured better than plain). */
  readonly idf: Float32Array;
  /** Row-major: `intents.length` weights a row. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** One example: a normalised text and its intent's index, −1 for a text that is none of them. */
export interface Example {
  readonly text: string;
  readonly intent: number;
}

/** Examples as sparse rows: those of example `i` stand at `starts[i]` … `starts[i + 1]`. */
interface Rows {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

/** Weight of a feature that stands `count` times in a text. */
export function termWeight(count: number, idf: number): number {
  return (1 + Math.log(count)) * idf;
}

/** Trains on the examples; the same examples in the same order give the same model, bit for bit. */
export function train(intents: readonly string[], examples: readonly Example[]): Model {
  const vocabulary = createVocabulary();
  const counted = countFeatures(examples, vocabulary);
  const idf = inverseFrequencies(counted, vocabulary.size());
  weigh(counted, idf);
  const size = intents.length;
  const weights = new Float32Array(vocabulary.size() * size);
  const bias = new Float32Array(size);
  const random = mulberry32(SEED);
  const order = Uint32Array.from(examples, (_, i) => i);
  const step = createStep(size, weights, bias, counted, random);
  const total = EPOCHS * examples.length;
  let done = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      step(at, examples[at]?.intent ?? -1, FIRST_RATE * (1 - done / total));
      done += 1;
    }
  }
  return { intents, vocabulary, idf, weights, bias };
}

function countFeatures(examples: readonly Example[], vocabulary: Vocabulary): Rows {
  const features = createFeatures();
  const starts = new Uint32Array(examples.length + 1);
  const rows: number[] = [];
  const counts: number[] = [];
  examples.forEach((example, i) => {
    extractFeatures(example.text, features);
    const seen = new Map<number, number>();
    for (let f = 0; f < features.count; f += 1) {
      const row = vocabulary.add(features.hashes[f] ?? 0);
      seen.set(row, (seen.get(row) ?? 0) + 1);
    }
    for (const [row, count] of seen) {
      rows.push(row);
      counts.push(count);
    }
    starts[i + 1] = rows.length;
  });
  return { starts, rows: Uint32Array.from(rows), values: Float32Array.from(counts) };
}

function inverseFrequencies({ starts, rows }: Rows, size: number): Float32Array {
  const documents = starts.length - 1;
  const idf = new Float32Array(size);
  for (const row of rows) idf[row] = (idf[row] ?? 0) + 1;
  return idf.map((frequency) => Math.sqrt(Math.log((1 + documents) / (1 + frequency)) + 0.5));
}

/** Turns counts into TF-IDF values of unit length a text. */
function weigh({ starts, rows, values }: Rows, idf: Float32Array): void {
  for (let i = 0; i + 1 < starts.length; i += 1) {
    const from = starts[i] ?? 0;
    const to = starts[i + 1] ?? 0;
    let squares = 0;
    for (let f = from; f < to; f += 1) {
      const value = termWeight(values[f] ?? 1, idf[rows[f] ?? 0] ?? 0);
      values[f] = value;
      squares += value * value;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let f = from; f < to; f += 1) values[f] = (values[f] ?? 0) * scale;
  }
}

/** One step of gradient descent on one example, on scratch arrays that are made once. */
function createStep(
  size: number,
  weights: Float32Array,
  bias: Float32Array,
  { starts, rows, values }: Rows,
  random: () => number,
): (at: number, intent: number, rate: number) => void {
  const kept = new Uint32Array(40_960);
  const scores = new Float64Array(size);
  const low = SMOOTHING / size;
  return (at, intent, rate) => {
    const to = starts[at + 1] ?? 0;
    let count = 0;
    scores.set(bias);
    for (let f = starts[at] ?? 0; f < to; f += 1) {
      if (random() < DROPOUT) continue;
      kept[count] = f;
      count += 1;
      const value = (values[f] as number) / (1 - DROPOUT);
      const base = (rows[f] as number) * size;
      for (let k = 0; k < size; k += 1) (scores[k] as number) += value * (weights[base + k] as number);
    }
    softmax(scores);
    for (let k = 0; k < size; k += 1) {
      const target = intent < 0 ? 1 / size : low + (k === intent ? 1 - SMOOTHING : 0);
      const change = rate * ((scores[k] as number) - target);
      scores[k] = change;
      bias[k] = (bias[k] as number) - change * 0.1;
    }
    for (let n = 0; n < count; n += 1) {
      const f = kept[n] as number;
      const value = (values[f] as number) / (1 - DROPOUT);
      const base = (rows[f] as number) * size;
      for (let k = 0; k < size; k += 1)
        weights[base + k] = (weights[base + k] as number) - value * (scores[k] as number);
    }
  };
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

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const at = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = at;
  }
}

/** A small seeded source of numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
