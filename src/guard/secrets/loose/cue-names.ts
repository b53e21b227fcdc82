/**
 * What is said around something secret by people who do not call it by its name. Each is a pattern of words, in which
 * `¤` stands for the place of what is judged.
 */
export interface CueWords {
  /** It is used, typed or set. */
  readonly uses: string;
  /** What it opens, and whether it does. */
  readonly opens: string;
  /** It is the same as elsewhere. */
  readonly same: string;
  /** How it is written: small letters, no blanks, twice. */
  readonly form: string;
  /** An old and a new one, or one in place of another. */
  readonly change: string;
  /** One of several, or unsure which. */
  readonly choice: string;
  /** To be tried. */
  readonly attempt: string;
  /** It came, or stands somewhere. */
  readonly arrived: string;
  /** Somebody was told, or saw it. */
  readonly handed: string;
  /** What it is made of, or where it was written down. */
  readonly memory: string;
  /** Time runs out. */
  readonly hurry: string;
  /** Here it is. */
  readonly here: string;
  /** Whether it is what is wanted. */
  readonly asks: string;
  /** The speaker's own, or a habit. */
  readonly ownThing: string;
  /** What numbers and names of other things are called, right before them: orders, errors, versions, users. */
  readonly notSecret: string;
  /** Codes that anybody may have. */
  readonly promotion: string;
  /** What stands by amounts, senders and times, and may stand by a secret. */
  readonly mayBeOther: string;
  /** What manuals and programs are about, and a wallet's user hardly. */
  readonly technical: string;
  /** How people talk in a chat, and manuals do not. */
  readonly chat: string;
}

/** How a plain word or several are told: what leads to them, what goes on behind them, what is said of them afterwards. */
export interface PlainWords {
  readonly leads: string;
  readonly follows: string;
  readonly after: string;
}

export type CueName = keyof CueWords;

export const CUE_NAMES = [
  'uses',
  'opens',
  'same',
  'form',
  'change',
  'choice',
  'attempt',
  'arrived',
  'handed',
  'memory',
  'hurry',
  'here',
  'asks',
  'ownThing',
  'notSecret',
  'promotion',
  'mayBeOther',
  'technical',
  'chat',
] as const satisfies readonly CueName[];
