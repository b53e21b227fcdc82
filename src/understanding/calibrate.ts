/** How many things are weighed: see {@link evidence}. */
const SIZE = 6;
/** Where the weights begin, from the shipped phrases; trials move them, and a few trials only a little. */
const USUAL_OURS: readonly number[] = [-3.5, 0.5, 0.8, 0.9, 3.5, 0];
const USUAL_CLEAR: readonly number[] = [3, 2.2, -0.1, -1, 1.5, 0.3];
const HOLD = 8;
/** Trials on texts that are none of ours count as many as a quarter of the others, however few they are. */
const OUTSIDE_SHARE = 0.25;
const ROUNDS = 12;
/** A step shorter than this is none. */
const LEAST_STEP = 1e-4;
/** Probabilities below this are alike. */
const LEAST = 1e-6;

/** How the probabilities of a model are read: two logistic regressions over the same {@link evidence}. */
export interface Calibration {
  /** Whether a text is about any of the intents. */
  readonly ours: Float64Array;
  /** Whether the best intent is the right one, for a text that is. */
  readonly clear: Float64Array;
}

/** How much of a text the examples know. */
export interface Known {
  /** Share of its words. */
  readonly words: number;
  /** Share of all its features, by weight. */
  readonly features: number;
  readonly wordCount: number;
}

/**
 * What speaks for and against an answer: the best probability, its lead over "none of these", how much is known, how
 * long it is.
 */
export function evidence(probabilities: Float64Array, intents: number, known: Known): Float64Array {
  let first = LEAST;
  for (let k = 0; k < intents; k += 1) first = Math.max(first, probabilities[k] as number);
  const none = probabilities.length > intents ? Math.max(LEAST, probabilities[intents] as number) : first;
  return Float64Array.of(
    1,
    Math.log(first),
    Math.log(first / none),
    known.words,
    known.features,
    Math.log(1 + known.wordCount),
  );
}

/** A probability, 0 to 1, by one of the regressions. */
export function probability(weights: Float64Array, seen: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < SIZE; i += 1) sum += (weights[i] as number) * (seen[i] as number);
  return 1 / (1 + Math.exp(-sum));
}

/** One answer on an example that was held out. */
export interface Trial {
  readonly seen: Float64Array;
  readonly ours: boolean;
  readonly right: boolean;
}

/** Reads off trials how sure one may be. */
export function calibrate(trials: readonly Trial[]): Calibration {
  const inside = trials.filter(({ ours }) => ours);
  const outside = trials.length - inside.length;
  const weight = outside === 0 ? 0 : Math.max(1, (OUTSIDE_SHARE * inside.length) / outside);
  // Without a text that is none of ours, nothing can be learned about telling one.
  const ours = outside === 0 ? [] : trials;
  return {
    ours: regression(
      USUAL_OURS,
      ours.map((trial) => ({ seen: trial.seen, yes: trial.ours, weight: trial.ours ? 1 : weight })),
    ),
    clear: regression(
      USUAL_CLEAR,
      inside.map(({ seen, right }) => ({ seen, yes: right, weight: 1 })),
    ),
  };
}

interface Sample {
  readonly seen: Float64Array;
  readonly yes: boolean;
  readonly weight: number;
}

/** Logistic regression by Newton's method, held near where it begins. */
function regression(usual: readonly number[], samples: readonly Sample[]): Float64Array {
  const weights = Float64Array.from(usual);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = new Float64Array(SIZE);
    const curvature = new Float64Array(SIZE * SIZE);
    for (let i = 0; i < SIZE; i += 1) {
      gradient[i] = HOLD * ((usual[i] ?? 0) - (weights[i] as number));
      curvature[i * SIZE + i] = HOLD;
    }
    for (const { seen, yes, weight } of samples) {
      const p = probability(weights, seen);
      for (let i = 0; i < SIZE; i += 1) {
        const x = weight * (seen[i] as number);
        gradient[i] = (gradient[i] as number) + ((yes ? 1 : 0) - p) * x;
        for (let j = 0; j < SIZE; j += 1)
          curvature[i * SIZE + j] =
            (curvature[i * SIZE + j] as number) + p * (1 - p) * x * (seen[j] as number);
      }
    }
    // A whole step may overshoot where few samples are in doubt: it is halved until it makes things no worse.
    const change = solve(curvature, gradient);
    const before = loss(weights, usual, samples);
    for (let step = 1; step > LEAST_STEP; step /= 2) {
      const next = weights.map((weight, i) => weight + step * (change[i] as number));
      if (loss(next, usual, samples) > before) continue;
      weights.set(next);
      break;
    }
  }
  return weights;
}

/** What the regression makes small: the surprise of the samples, and the way from where it began. */
function loss(weights: Float64Array, usual: readonly number[], samples: readonly Sample[]): number {
  let sum = 0;
  for (let i = 0; i < SIZE; i += 1) sum += (HOLD / 2) * ((weights[i] as number) - (usual[i] ?? 0)) ** 2;
  for (const { seen, yes, weight } of samples) {
    let z = 0;
    for (let i = 0; i < SIZE; i += 1) z += (weights[i] as number) * (seen[i] as number);
    const against = yes ? -z : z;
    sum += weight * (Math.log1p(Math.exp(-Math.abs(z))) + Math.max(0, against));
  }
  return sum;
}

/** Solves a small system by Gauss–Jordan elimination; `HOLD` keeps its diagonal above zero. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const a = matrix.slice();
  const x = right.slice();
  for (let i = 0; i < SIZE; i += 1) {
    const pivot = a[i * SIZE + i] as number;
    for (let j = 0; j < SIZE; j += 1) a[i * SIZE + j] = (a[i * SIZE + j] as number) / pivot;
    x[i] = (x[i] as number) / pivot;
    for (let row = 0; row < SIZE; row += 1) {
      if (row === i) continue;
      const factor = a[row * SIZE + i] as number;
      for (let j = 0; j < SIZE; j += 1)
        a[row * SIZE + j] = (a[row * SIZE + j] as number) - factor * (a[i * SIZE + j] as number);
      x[row] = (x[row] as number) - factor * (x[i] as number);
    }
  }
  return x;
}
