import { findByPattern } from './patterns.js';
import { phrasesIn } from './phrase-runs.js';

/** Whether a text holds a secret that must not leave. */
export function holdsSecret(text: string): boolean {
  return findByPattern(text).length > 0 || phrasesIn(text).length > 0;
}
