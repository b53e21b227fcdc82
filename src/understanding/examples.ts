import { createFeatures, extractFeatures, KIND_WEIGHTS, type Knowledge } from './features.js';
import { termWeight } from './model.js';
import { createVocabulary, type Vocabulary } from './vocabulary.js';

/** One example: a normalised text and its intent's index, −1 for a text that is none of them. */
export interface Example {
  readonly text: string;
  readonly intent: number;
}

/** Sparse rows: the entries of example `i` stand at `starts[i]` … `starts[i + 1]`. */
interface Sparse {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Examples as TF-IDF rows of unit length, with what they were made by. */
export interface Encoded extends Sparse {
  readonly values: Float32Array;
  readonly vocabulary: Vocabulary;
  /** By row: inverse document frequency times the weight of its kind. */
  readonly idf: Float32Array;
  /** The same for a feature that one example has, by its kind. */
  readonly unseen: Float32Array;
  /** The rows of each example's words, for "how much of this is known". */
  readonly words: Sparse;
}

/** How strongly rare features count more than common ones; 1 is the usual idf, measured as no better. */
const IDF_POWER = 0.7;

/** Encodes examples; their order decides the numbering of rows and nothing else. */
export function encode(examples: readonly Example[], knowledge: Knowledge): Encoded {
  const vocabulary = createVocabulary();
  const features = createFeatures();
  const kinds: number[] = [];
  const starts = new Uint32Array(examples.length + 1);
  const wordStarts = new Uint32Array(examples.length + 1);
  const rows: number[] = [];
  const counts: number[] = [];
  const wordRows: number[] = [];
  const seen = new Map<number, number>();
  examples.forEach(({ text }, i) => {
    extractFeatures(text, knowledge, features);
    seen.clear();
    for (let f = 0; f < features.count; f += 1) {
      const row = vocabulary.add(features.hashes[f] as number);
      kinds[row] = features.kinds[f] as number;
      seen.set(row, (seen.get(row) ?? 0) + 1);
    }
    for (const [row, count] of seen) {
      rows.push(row);
      counts.push(count);
    }
    for (let w = 0; w < features.wordCount; w += 1)
      wordRows.push(vocabulary.rowOf(features.words[w] as number));
    starts[i + 1] = rows.length;
    wordStarts[i + 1] = wordRows.length;
  });
  const idf = new Float32Array(vocabulary.size());
  for (const row of rows) idf[row] = (idf[row] as number) + 1;
  const weigh = (frequency: number, kind: number): number =>
    (Math.log((1 + examples.length) / (1 + frequency)) + 0.5) ** IDF_POWER * (KIND_WEIGHTS[kind] ?? 1);
  for (let row = 0; row < idf.length; row += 1) idf[row] = weigh(idf[row] as number, kinds[row] ?? 0);
  const encoded: Encoded = {
    starts,
    rows: Uint32Array.from(rows),
    values: Float32Array.from(counts, (count, i) => termWeight(count, idf[rows[i] ?? 0] ?? 0)),
    vocabulary,
    idf,
    unseen: Float32Array.from(KIND_WEIGHTS, (_, kind) => weigh(1, kind)),
    words: { starts: wordStarts, rows: Uint32Array.from(wordRows) },
  };
  for (let i = 0; i < examples.length; i += 1)
    toUnitLength(encoded.values, starts[i] ?? 0, starts[i + 1] ?? 0);
  return encoded;
}

function toUnitLength(values: Float32Array, from: number, to: number): void {
  let squares = 0;
  for (let f = from; f < to; f += 1) squares += (values[f] as number) ** 2;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  for (let f = from; f < to; f += 1) values[f] = (values[f] as number) * scale;
}
