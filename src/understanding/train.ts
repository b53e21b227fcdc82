import { calibrate, evidence, type Trial } from './calibrate.js';
import { type Encoded, type Example, encode } from './examples.js';
import type { Knowledge } from './features.js';
import { learnWeights, type Weights } from './learn.js';
import { type Model, softmax } from './model.js';
import { createSeeded, shuffle } from './seeded.js';

const EPOCHS = 8;
/** For the calibration every third example is held out; fewer passes do, as only sureness matters. */
const HELD_OUT = 3;
const TRIAL_EPOCHS = 4;
const TRIAL_SEED = 0xf01d;
/** More examples than this tell nothing new about sureness. */
const MOST_TRIALS = 6000;

/** Trains on the examples; the same examples in the same order give the same model, bit for bit. */
export function train(intents: readonly string[], examples: readonly Example[], knowledge: Knowledge): Model {
  const encoded = encode(examples, knowledge);
  const outside = examples.some(({ intent }) => intent < 0);
  const classes = intents.length + (outside ? 1 : 0);
  const classOf = Int32Array.from(examples, ({ intent }) => (intent < 0 ? intents.length : intent));
  const all = Uint32Array.from(examples, (_, i) => i);
  const learned = learnWeights(encoded, classOf, classes, all, EPOCHS);
  return {
    intents,
    classes,
    vocabulary: encoded.vocabulary,
    idf: encoded.idf,
    unseen: encoded.unseen,
    calibration: calibrate(trials(encoded, classOf, intents.length, classes)),
    ...packed(learned),
  };
}

/** Examples answered by a model that has not seen them. */
function trials(encoded: Encoded, classOf: Int32Array, intents: number, classes: number): readonly Trial[] {
  const order = Uint32Array.from(classOf, (_, i) => i);
  shuffle(order, createSeeded(TRIAL_SEED));
  const drawn = order.slice(0, MOST_TRIALS);
  if (drawn.length < HELD_OUT || intents === 0) return [];
  const learning = drawn.filter((_, i) => i % HELD_OUT !== 0);
  const held = drawn.filter((_, i) => i % HELD_OUT === 0);
  const learned = learnWeights(encoded, classOf, classes, learning, TRIAL_EPOCHS);
  const known = new Uint8Array(encoded.idf.length);
  for (const at of learning)
    for (let f = encoded.starts[at] as number; f < (encoded.starts[at + 1] as number); f += 1)
      known[encoded.rows[f] as number] = 1;
  return Array.from(held, (at) => trial(encoded, learned, known, at, intents, classOf[at] as number));
}

function trial(
  { starts, rows, values, words }: Encoded,
  { classes, weights, bias }: Weights,
  known: Uint8Array,
  at: number,
  intents: number,
  right: number,
): Trial {
  const scores = new Float64Array(classes);
  let squares = 0;
  let all = 0;
  for (let f = starts[at] as number; f < (starts[at + 1] as number); f += 1) {
    const row = rows[f] as number;
    const value = values[f] as number;
    all += value * value;
    if (known[row] === 0) continue;
    squares += value * value;
    for (let k = 0; k < classes; k += 1)
      (scores[k] as number) += value * (weights[row * classes + k] as number);
  }
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (let k = 0; k < classes; k += 1) scores[k] = (scores[k] as number) * scale + (bias[k] as number);
  softmax(scores);
  let best = 0;
  for (let k = 1; k < intents; k += 1) if ((scores[k] as number) > (scores[best] as number)) best = k;
  const from = words.starts[at] as number;
  const to = words.starts[at + 1] as number;
  let knownWords = 0;
  for (let w = from; w < to; w += 1) knownWords += known[words.rows[w] as number] as number;
  const seen = evidence(scores, intents, {
    words: to === from ? 0 : knownWords / (to - from),
    features: all === 0 ? 0 : squares / all,
    wordCount: to - from,
  });
  return { seen, ours: right < intents, right: best === right };
}

/** Weights in a quarter of the room: of each row, the largest is ±127 and the others follow. */
function packed({ classes, weights, bias }: Weights): Pick<Model, 'weights' | 'scale' | 'bias'> {
  const rows = weights.length / classes;
  const small = new Int8Array(weights.length);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let most = 0;
    for (let k = 0; k < classes; k += 1)
      most = Math.max(most, Math.abs(weights[row * classes + k] as number));
    if (most === 0) continue;
    scale[row] = most / 127;
    for (let k = 0; k < classes; k += 1)
      small[row * classes + k] = Math.round(((weights[row * classes + k] as number) / most) * 127);
  }
  return { weights: small, scale, bias };
}
