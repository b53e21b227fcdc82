/**
 * What gives a message away in one language, as patterns over text that was folded (`fold.ts`). Each is looked for in a
 * part of a sentence at a time, so that a "never" speaks for its own part only; those of `quiet` in the whole message.
 */
export interface LanguageSigns {
  /** Asks for a talk elsewhere: a private message, another app, an "agent". */
  readonly contact: readonly RegExp[];
  /** Asks for a phrase, key, password or code. */
  readonly secret: readonly RegExp[];
  /** "Validate, synchronise, rectify, import your wallet": no wallet needs that of anybody. */
  readonly ritual: readonly RegExp[];
  /** The same with words that are harmless without a link: "connect your wallet". */
  readonly ritualWithLink: readonly RegExp[];
  /** Money first: a fee, tax or deposit before a withdrawal. */
  readonly fee: readonly RegExp[];
  /** The screen or the device of the other. */
  readonly remote: readonly RegExp[];
  /** A gift, compensation or doubling. */
  readonly gift: readonly RegExp[];
  /** Something bad will happen soon. */
  readonly threat: readonly RegExp[];
  /** Somebody who brings stolen money back. */
  readonly rescuer: readonly RegExp[];
  /** Says to be support, an administrator, the team. */
  readonly role: readonly RegExp[];
  /** Offers help. */
  readonly offer: readonly RegExp[];
  /** What fake support is about: beside a link or an account that is not ours it is enough. */
  readonly topic: RegExp;
  /** Speaks to others and wants something of them; where it is missing, every message counts as such. */
  readonly directs?: RegExp;
  /** Takes care of a secret: paper, offline, only in the official app. */
  readonly care: RegExp;
  /** Says no to what stands behind it in the same part of the sentence, or tells that it is never done. */
  readonly never: RegExp;
  readonly quiet: {
    /** Asks whether something is real, or what to do. */
    readonly asks: RegExp;
    /** Tells what somebody else said or did. */
    readonly tells: RegExp;
    /** Warns. */
    readonly warns: RegExp;
    /** Speaks of one's own trouble. */
    readonly own: RegExp;
  };
}
