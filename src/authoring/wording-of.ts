import { holdsContact } from '../guard/outbound/contacts.js';
import { holdsMarkup } from '../guard/outbound/markup.js';
import { asksSecret, promisesContact, writtenDurations } from './asks-secret.js';
import type { CheckWords } from './check-words.js';
import { type FalseLetters, falseLetters } from './false-letters.js';
import { withoutValues } from './without-values.js';

/** What the words of a text say, before it is asked whether somebody approved of it. */
export interface Wording {
  readonly letters: FalseLetters | null;
  readonly holdsAddress: boolean;
  /** The first sentence that names a secret without a plain "never". */
  readonly secret: string | undefined;
  readonly promise: string | undefined;
  readonly duration: string | undefined;
}

/** Texts of before, in the thread that checks each save; an edit leaves one behind. */
const MOST_KEPT = 20_000;
const kept = new WeakMap<CheckWords, Map<string, Wording>>();

/**
 * What a text says by the words of its language, of which it is worked out once as long as those stay. `words`:
 * `undefined` for a language that has none; then only letters and addresses are looked at.
 */
export function wordingOf(text: string, locale: string, words: CheckWords | undefined): Wording {
  if (words === undefined) return readWording(text, locale, words);
  const known = kept.get(words) ?? new Map<string, Wording>();
  kept.set(words, known);
  const wording = known.get(text) ?? readWording(text, locale, words);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(text, wording);
  return wording;
}

function readWording(text: string, locale: string, words: CheckWords | undefined): Wording {
  const plain = withoutValues(text);
  return {
    letters: falseLetters(text, locale),
    holdsAddress: holdsContact(plain) || holdsMarkup(plain),
    secret: words === undefined ? undefined : asksSecret(text, words)[0],
    promise: words === undefined ? undefined : promisesContact(text, words)[0],
    duration: words === undefined ? undefined : writtenDurations(text, words)[0],
  };
}
