import { evidence, type Known, probability } from './calibrate.js';
import {
  createFeatures,
  extractFeatures,
  type Features,
  KINDS,
  type Kind,
  type Knowledge,
} from './features.js';
import { type Model, softmax, termWeight } from './model.js';

/** An intent with its score, 0 to 1. */
export interface Ranked {
  readonly intent: string;
  readonly score: number;
}

/** What a text may mean. */
export interface Ranking {
  /**
   * The intents, best first. The first one's score is the probability that the text is about any of them at all; the
   * others stand to it as their probabilities do.
   */
  readonly intents: readonly Ranked[];
  /** The probability that the first is the right one, if the text is about any. */
  readonly clear: number;
}

/** A part of a text and how much it spoke for an intent. */
export interface Reason {
  readonly text: string;
  readonly kind: Kind;
  readonly weight: number;
}

const NOTHING: Ranking = { intents: [], clear: 0 };

/** A trained model at work. */
export interface Classifier {
  /** The intents for one normalised text, best first, at most `limit`; none for a text without any known feature. */
  rank(text: string, limit: number): Ranking;
  /** What in a normalised text spoke most for an intent, the strongest first, at most `limit`. */
  explain(text: string, intent: string, limit: number): readonly Reason[];
}

/** A classifier over a trained model. Its scratch arrays are made once, so it is not re-entrant. */
export function createClassifier(model: Model, knowledge: Knowledge): Classifier {
  const { classes, intents } = model;
  const features = createFeatures();
  const counts = new Uint16Array(model.idf.length);
  const seen = new Uint32Array(features.hashes.length);
  const scores = new Float64Array(classes);
  /** Squared weight of the features that no example has. */
  let unknown = 0;

  /** Fills `counts` and `seen` with the known rows of a text; how many there are. */
  const count = (text: string): number => {
    extractFeatures(text, knowledge, features);
    let distinct = 0;
    unknown = 0;
    for (let f = 0; f < features.count; f += 1) {
      const row = model.vocabulary.rowOf(features.hashes[f] as number);
      if (row < 0) {
        unknown += (model.unseen[features.kinds[f] as number] as number) ** 2;
        continue;
      }
      if (counts[row] === 0) {
        seen[distinct] = row;
        distinct += 1;
      }
      counts[row] = (counts[row] as number) + 1;
    }
    return distinct;
  };

  return {
    rank(text, limit) {
      const distinct = count(text);
      if (distinct === 0) return NOTHING;
      scores.fill(0);
      let squares = 0;
      for (let i = 0; i < distinct; i += 1) {
        const row = seen[i] as number;
        const value = termWeight(counts[row] as number, model.idf[row] as number);
        counts[row] = 0;
        squares += value * value;
        const scaled = value * (model.scale[row] as number);
        const base = row * classes;
        for (let k = 0; k < classes; k += 1)
          (scores[k] as number) += scaled * (model.weights[base + k] as number);
      }
      const scale = 1 / Math.sqrt(squares);
      for (let k = 0; k < classes; k += 1)
        scores[k] = (scores[k] as number) * scale + (model.bias[k] as number);
      softmax(scores);
      const weighed = evidence(scores, intents.length, known(model, features, squares, unknown));
      return {
        intents: best(intents, scores, limit, probability(model.calibration.ours, weighed)),
        clear: probability(model.calibration.clear, weighed),
      };
    },
    explain(text, intent, limit) {
      const distinct = count(text);
      for (let i = 0; i < distinct; i += 1) counts[seen[i] as number] = 0;
      const k = intents.indexOf(intent);
      const reasons = new Map<string, Reason>();
      for (let f = 0; f < features.count && k >= 0; f += 1) {
        const row = model.vocabulary.rowOf(features.hashes[f] as number);
        if (row < 0) continue;
        const kind = KINDS[features.kinds[f] as number] ?? 'word';
        const part = text.slice(features.from[f], features.to[f]);
        const weight =
          (model.idf[row] as number) *
          (model.scale[row] as number) *
          (model.weights[row * classes + k] as number);
        reasons.set(`${kind} ${part} ${row}`, { text: part, kind, weight });
      }
      return [...reasons.values()].sort((a, b) => b.weight - a.weight).slice(0, limit);
    },
  };
}

function known(model: Model, { words, wordCount }: Features, squares: number, unknown: number): Known {
  let knownWords = 0;
  for (let w = 0; w < wordCount; w += 1) if (model.vocabulary.rowOf(words[w] as number) >= 0) knownWords += 1;
  return {
    words: wordCount === 0 ? 0 : knownWords / wordCount,
    features: squares / (squares + unknown),
    wordCount,
  };
}

function best(
  intents: readonly string[],
  probabilities: Float64Array,
  limit: number,
  ours: number,
): readonly Ranked[] {
  const ranked: Ranked[] = [];
  let first = 0;
  for (let n = 0; n < limit && n < intents.length; n += 1) {
    let top = 0;
    for (let k = 1; k < intents.length; k += 1)
      if ((probabilities[k] as number) > (probabilities[top] as number)) top = k;
    const share = probabilities[top] as number;
    const intent = intents[top];
    if (intent === undefined || share < 0) break;
    if (n === 0) first = share;
    ranked.push({ intent, score: first === 0 ? 0 : (ours * share) / first });
    probabilities[top] = -1;
  }
  return ranked;
}
