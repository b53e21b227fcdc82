import { CUE_NAMES, type Cue } from './cues.js';

/** What a message holds, as far as its odds go. */
export interface Seen {
  readonly cues: ReadonlySet<Cue>;
  /** A link that is not ours. */
  readonly hasLink: boolean;
  /** An account or number that is not ours. */
  readonly hasAccount: boolean;
  /** Written by somebody who calls themselves nothing but "support". */
  readonly hasRoleName: boolean;
}

/** Everything that has a weight, in the order of {@link WEIGHTS}. */
export const FEATURES = [...CUE_NAMES, 'link', 'account', 'roleName'] as const;

/** Whether each of {@link FEATURES} is there. */
export function featuresOf({ cues, hasLink, hasAccount, hasRoleName }: Seen): readonly boolean[] {
  return [...CUE_NAMES.map((name) => cues.has(name)), hasLink, hasAccount, hasRoleName];
}

/**
 * Weights of a logistic regression, in the order of {@link FEATURES}, fitted by `npm run bench -- guard-links fit` to
 * the `tuned` half of `test/support/sayings`.
 */
const WEIGHTS: readonly number[] = [
  0.77, 1.79, 1.3, 0, 1.79, 0.24, 1.2, 0.64, 0.34, 0.8, 1.06, 0.06, 0.68, 1.19, 0.66, 0.63, 0.26, 0.94, 0.4,
  1.01, -1.32, -0.28, -1.85, -1.89, -1.42, -0.75, -0.85, -1.82, 2.85, 2.53, 1.21,
];
const BIAS = -1.82;

/** The logarithm of the odds that a message is fake support: above 0 it rather is. */
export function oddsOf(seen: Seen): number {
  return featuresOf(seen).reduce((sum, has, index) => sum + (has ? (WEIGHTS[index] ?? 0) : 0), BIAS);
}

/** Whether a message holds anything by which somebody could be robbed. */
export function hasHook({ cues, hasLink, hasAccount, hasRoleName }: Seen): boolean {
  const has = (...all: readonly Cue[]): boolean => all.every((cue) => cues.has(cue));
  return (
    hasLink ||
    hasAccount ||
    (hasRoleName && (has('offer') || has('private') || has('give'))) ||
    has('private') ||
    has('app') ||
    has('amount', 'pay') ||
    has('amount', 'comesBack') ||
    has('amount', 'gift') ||
    has('gift') ||
    has('screen') ||
    has('rescue') ||
    has('secret', 'give') ||
    has('pay', 'release') ||
    has('pay', 'fee') ||
    has('pay', 'comesBack') ||
    has('offer', 'role')
  );
}
