/** Something that was added (`before` is null), removed (`after` is null) or changed. */
export interface Change {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A step that was added, removed or changed; `before` and `after` say what it does, in words. */
export interface StepChange extends Change {
  /** What is different, each in a few words; empty for a step that is new or gone. */
  readonly says: readonly string[];
}

/** The rules of content that a change can touch without breaking them, in the order in which they are told. */
export const TOUCHABLE = {
  'proof-warning': 'The warning is said in every language before an official link, and is true',
  'proof-public': 'Nothing private is shown in a public place',
  'proof-leaked': 'Whoever let out a phrase or a key is not led to the password reset',
  'proof-human': 'From everywhere one word leads to the support team',
  'asks-secret':
    'No text asks for a secret, promises that somebody will come, or breaks another rule of wording',
} as const;
export type Touchable = keyof typeof TOUCHABLE;

/** A rule that a change touches, and by what. */
export interface TouchedRule {
  readonly rule: Touchable;
  readonly by: readonly string[];
}

export interface FlowChange {
  readonly flow: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What belongs to the flow as a whole: start, triggers, `preempts` and the like. */
  readonly rules: readonly Change[];
  readonly steps: readonly StepChange[];
  /** Ways between steps, by `step --way-->`. */
  readonly ways: readonly Change[];
}

/** What changed between two contents, in the order in which the person who approves it must see it. */
export interface ContentDiff {
  /** Rules that hold for all content, and what of the change touches them. */
  readonly touched: readonly TouchedRule[];
  /** Addresses, names, handles: `flows/official.yaml`. */
  readonly registry: readonly Change[];
  readonly times: readonly Change[];
  readonly globals: readonly Change[];
  readonly answers: readonly Change[];
  readonly flows: readonly FlowChange[];
  /** Locale → texts by key. */
  readonly texts: Readonly<Record<string, readonly Change[]>>;
  /** Locale → phrases by intent. */
  readonly phrases: Readonly<Record<string, readonly Change[]>>;
  readonly locales: readonly Change[];
  /** Simulated conversations by file, each as written. */
  readonly conversations: readonly Change[];
  /** Other files by their names: approvals, words of the check, stamps, the glossary. */
  readonly files: Readonly<Record<string, readonly Change[]>>;
  /** Files that cannot be read as what they are; compared as they are written. */
  readonly unread: readonly Change[];
}
