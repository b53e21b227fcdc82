import type { GlobalWord } from './event.js';

/** What people say, in one locale: the parsed form of `locales/<tag>/phrases.yaml`. */
export interface PhraseBook {
  /** Words that work everywhere as a whole message. */
  readonly global: Readonly<Record<GlobalWord, readonly string[]>>;
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** Ways to say "the first one", "the second one" …; entry 0 is the first choice. */
  readonly ordinals: readonly (readonly string[])[];
  /**
   * Intent → example utterances. `{link}`, `{handle}`, `{mail}`, `{number}` and `{hash}` in a phrase stand
   * for any such value in a message.
   */
  readonly intents: ReadonlyMap<string, readonly string[]>;
  /** Things that are not ours to answer; they teach the classifier to be unsure. */
  readonly outside: readonly string[];
  /**
   * Name of a meaning → words and short phrases that have it ("lose" → "lost", "can't find"). The same name in another
   * language is the same meaning.
   */
  readonly alike?: ReadonlyMap<string, readonly string[]>;
}
