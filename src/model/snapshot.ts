import type { Challenge } from './challenge.js';
import type { ConversationEvent } from './event.js';

/** A place to come back to. */
export interface Frame {
  readonly flow: string;
  readonly step: string;
  /**
   * `call`: an outcome continues the caller. `digression`: the question is asked again. `preempted`: as digression,
   * dropped by `end`.
   */
  readonly kind: 'call' | 'digression' | 'preempted';
  /** When the wait or timeout of that step is due (epoch ms). */
  readonly dueAt: number | null;
}

/** A button on offer: what tapping it means. */
export interface Offer {
  readonly turn: number;
  readonly index: number;
  readonly event: ConversationEvent;
  /** Stays valid after the next turn ("it won't open" below a link). */
  readonly standing: boolean;
}

/** A message that may mean several things, without what leads to a person. */
export interface Unsure {
  readonly text: string;
  readonly locale: string;
}

/** A conversation between two turns, by names only, so that it outlives edits of the content. */
export interface Snapshot {
  /** Format of this record. */
  readonly format: 1;
  /** Hash of the structure it was made with. */
  readonly bundle: string;
  readonly flow: string;
  readonly step: string;
  /** Verb and shape of that step (see `carry-over`); `null` at rest. */
  readonly verb: string | null;
  readonly shape: string | null;
  readonly stack: readonly Frame[];
  readonly slots: Readonly<Record<string, string>>;
  readonly tries: number;
  readonly dueAt: number | null;
  /** A wish that waits until the present matter is done. */
  readonly later: string | null;
  /** Intents offered by the last "did you mean". */
  readonly asked: readonly string[];
  /** What it was asked about, while it is not answered; absent where that may not be kept. */
  readonly unsure?: Unsure;
  /** Turns so far. */
  readonly turn: number;
  readonly offers: readonly Offer[];
  readonly locale: string;
  /** Nobody has chosen, written or hinted at the locale so far: the first hint decides. */
  readonly localeIsGuess?: true;
  /** Everybody in this public place has read that whoever writes privately is not us. */
  readonly warnedAloud?: true;
  /** Misses in a row, over all steps. */
  readonly misses: number;
  /** The verified hand-off under way, or the last one; absent when there was none. */
  readonly challenge?: Challenge;
  /**
   * The person's own handle, all but its ends left out: shown beside the session code; absent where it is not known.
   */
  readonly shownAs?: string;
  /** Epoch ms of the last inbound of the person. */
  readonly lastAt: number;
}
