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

/**
 * Weights of logistic regressions, in the order of {@link FEATURES}, fitted by `npm run bench -- guard fit` to the
 * sayings and harmless messages of the tests and to lines of manuals and translations.
 */
const NUMBER_WEIGHTS: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0.83, -0.62, 1.14, 0.78, -0.8, -1.34, 0, 0.48, 0.38, 0.37, -0.97, 0.94, -0.53,
  0.53, 0.89, 1.15, 0.22, 0.5, 1.15, 0.29, 0.15, -5.24, -0.02, -1.27, -0.68, 0.79, 2.04, -0.19, 0.26, -0.53,
  0.68, 1.33, 0.69, 0, 0, -0.09, 0.53, 0.94, 1, -0.53, -0.13, -0.63, -1.16, -0.83, -0.11, -1.73, 0.29, -2.47,
];
const PLAIN_WEIGHTS: readonly number[] = [
  0, 0, 0, 0, 0, -0.64, 0.1, 1.4, -1, 0, 0, 0, 0, 0, 0, 0, 0.5, 1.29, 1.14, 1.61, -0.49, 0.58, 0.02, 0.21,
  -0.05, 0.39, -0.08, 0.49, -0.28, 1.28, -0.19, 0, -0.18, -1.39, 0.27, 1.97, -0.42, 0, -0.96, 0.38, -0.07, 0,
  0, 0.02, -0.01, -0.06, 0.06, 0.8, -0.45, -0.06, -0.56, -1.61, -1.13, -0.01, -0.52, 0.4, -3.17,
];
const WORD_WEIGHTS: readonly number[] = [
  0.81, 0.78, -0.48, -0.11, -0.99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.92, 1.1, 0.53, 1.21, 0.9, 0.94, -0.05,
  -0.14, 0.23, 0.13, -0.16, 0.77, 0.18, 1.18, -3.34, 0, -0.55, -2.17, 0.63, 2.67, -0.36, -0.05, -0.52, 0.85,
  0.41, 0, 0.63, 1.1, -0.48, -0.13, 0.09, 0.56, -0.75, -0.41, -1.63, -0.98, -1.21, -0.04, -1.18, 0.62, -1.62,
];

const WEIGHTS = { number: NUMBER_WEIGHTS, word: WORD_WEIGHTS, plain: PLAIN_WEIGHTS };

/** What is weighed alike: numbers and codes, passwords that look like some, and plain words. */
export type Class = keyof typeof WEIGHTS;

/** The logarithm of the odds that a value is secret: above 0 it rather is. The bias comes last. */
export function oddsOf(seen: Seen, of: Class): number {
  const weights = WEIGHTS[of];
  return seen.reduce((sum, has, at) => sum + (has ? (weights[at] ?? 0) : 0), weights.at(-1) ?? 0);
}
