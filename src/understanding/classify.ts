import { createFeatures, extractFeatures, type Features } from './features.js';
import { type Model, softmax, termWeight } from './train.js';

/** An intent with its confidence, 0 to 1. */
export interface Ranked {
  readonly intent: string;
  readonly score: number;
}

/** Ranks the intents of a model for one normalised text. */
export type Classify = (text: string, limit: number) => readonly Ranked[];

/**
 * A classifier over a trained model. Its scratch arrays are made once, so it is not re-entrant. Score =
 * probability × (0.3 + 0.7 × share of the text's words that the examples hold): a text of unknown words can
 * not be certain. Returns at most `limit` intents, best first; none for a text without any known feature.
 */
export function createClassifier(model: Model): Classify {
  const size = model.intents.length;
  const features = createFeatures();
  const counts = new Uint16Array(model.idf.length);
  const seen = new Uint32Array(features.hashes.length);
  const scores = new Float64Array(size);

  return (text, limit) => {
    extractFeatures(text, features);
    let distinct = 0;
    for (let f = 0; f < features.count; f += 1) {
      const row = model.vocabulary.rowOf(features.hashes[f] as number);
      if (row < 0) continue;
      if (counts[row] === 0) {
        seen[distinct] = row;
        distinct += 1;
      }
      counts[row] = (counts[row] as number) + 1;
    }
    if (distinct === 0) return [];
    scores.fill(0);
    let squares = 0;
    for (let i = 0; i < distinct; i += 1) {
      const row = seen[i] as number;
      const value = termWeight(counts[row] as number, model.idf[row] as number);
      counts[row] = 0;
      squares += value * value;
      const base = row * size;
      for (let k = 0; k < size; k += 1) (scores[k] as number) += value * (model.weights[base + k] as number);
    }
    const scale = 1 / Math.sqrt(squares);
    for (let k = 0; k < size; k += 1) scores[k] = (scores[k] as number) * scale + (model.bias[k] as number);
    softmax(scores);
    return best(model.intents, scores, limit, 0.3 + 0.7 * knownShare(model, features));
  };
}

function knownShare(model: Model, features: Features): number {
  let known = 0;
  for (let w = 0; w < features.wordCount; w += 1) {
    if (model.vocabulary.rowOf(features.words[w] as number) >= 0) known += 1;
  }
  return features.wordCount === 0 ? 0 : known / features.wordCount;
}

function best(
  intents: readonly string[],
  scores: Float64Array,
  limit: number,
  certainty: number,
): readonly Ranked[] {
  const ranked: Ranked[] = [];
  for (let n = 0; n < limit && n < scores.length; n += 1) {
    let top = 0;
    for (let k = 1; k < scores.length; k += 1) if ((scores[k] as number) > (scores[top] as number)) top = k;
    const score = scores[top] as number;
    const intent = intents[top];
    if (intent === undefined || score < 0) break;
    ranked.push({ intent, score: score * certainty });
    scores[top] = -1;
  }
  return ranked;
}
