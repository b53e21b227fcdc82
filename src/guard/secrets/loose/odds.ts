import { CUE_NAMES } from './cue-names.js';
import { SHAPES } from './loose-values.js';

/** What is seen of a value and the words around it, in the order of {@link FEATURES}. */
export type Seen = readonly boolean[];

/** Everything that has a weight: the form of the value, what is said around it, where it stands, how long the text is. */
export const FEATURES = [
  ...SHAPES,
  ...CUE_NAMES,
  'noun',
  'isQuoted',
  'isAlone',
  'isFirst',
  'isLast',
  'hasTwin',
  'isPattern',
  'hasYear',
  'hasCapital',
  'isMany',
  'isTiny',
  'isBrief',
  'isShort',
  'isLong',
  'isVeryLong',
  'isTechnical',
  'isSentence',
  'endsWithStop',
  'isWide',
  'hasNoCue',
  'hasManyCues',
] as const;

const NUMBER_WEIGHTS: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0.84, -0.58, 1.12, 0.74, -0.76, -1.36, 0, 0.51, 0.44, 0.4, -0.98, 0.97, -0.54,
  0.52, 0.85, 1.21, 0.41, 0.53, 1.15, 0.28, 0.07, -5.23, -0.02, -1.32, -0.64, 0.88, 2.02, -0.19, 0.27, -0.5,
  0.76, 1.42, 0.68, 0, 0, -0.01, 0.57, 0.92, 0.98, -0.51, -0.26, -0.67, -1.2, -0.69, -0.1, -1.68, 0.23, -2.5,
];
const PLAIN_WEIGHTS: readonly number[] = [
  0, 0, 0, 0, 0, -0.27, 0.11, 0.74, -0.73, 0, 0, 0, 0, 0, 0, 0, 0.71, 1.21, 1.05, 1.59, -0.29, 0.37, 0.08,
  0.22, -0.26, 0.29, -0.04, 0.69, -0.19, 0.7, -0.22, 0, 0.02, -1.45, 0.34, 1.99, -0.48, 0, -1.15, -0.26,
  -0.06, 0, 0, -0.12, -0.02, -0.1, 0, 0.71, -0.35, -0.08, -0.51, -1.41, -1.12, -0.02, -0.43, 0.52, -3.26,
];
const WORD_WEIGHTS: readonly number[] = [
  0.81, 0.79, -0.64, -0.05, -0.91, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.71, 1.06, 0.55, 1.24, 0.84, 0.85, -0.06,
  -0.1, 0.23, 0.07, -0.04, 0.68, 0.21, 1.38, -3.51, 0, -0.52, -2.37, 0.49, 2.59, -0.39, -0.03, -0.58, 0.56,
  0.35, 0, 0.67, 1.06, -0.29, -0.21, 0.2, 0.44, -0.68, -0.33, -1.5, -1.01, -1.16, -0.07, -1.12, 0.67, -1.38,
];

const WEIGHTS = { number: NUMBER_WEIGHTS, word: WORD_WEIGHTS, plain: PLAIN_WEIGHTS };

/** What is weighed alike: numbers and codes, passwords that look like some, and plain words. */
export type Class = keyof typeof WEIGHTS;

/** The logarithm of the odds that a value is secret: above 0 it rather is. The bias comes last. */
export function oddsOf(seen: Seen, of: Class): number {
  const weights = WEIGHTS[of];
  return seen.reduce((sum, has, at) => sum + (has ? (weights[at] ?? 0) : 0), weights.at(-1) ?? 0);
}
