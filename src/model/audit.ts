import type { PersonId } from './ids.js';

/** What the audit trail tells of. */
export const AUDITED = ['hand-off', 'link-number', 'limit', 'secret', 'case', 'forget', 'keys'] as const;
export type Audited = (typeof AUDITED)[number];

/** Something to be noted in the audit trail: codes of ours and never a word of a person. */
export interface AuditNote {
  readonly what: Audited;
  /** What became of it; a code, or the number of a case or a key. */
  readonly outcome: string;
  /** Hash of the content it happened under; `null` for what an operator does. */
  readonly bundle: string | null;
}

/** One entry of the audit trail. Each partition of people has a chain of its own. */
export interface AuditEntry extends AuditNote {
  /** 1 for the first of its chain, then one more each. */
  readonly seq: number;
  /** Epoch ms, by the store. */
  readonly at: number;
  /** Keyed hash of the person; `null` for what an operator or the program did. */
  readonly who: string | null;
  /** Name of the key that hash and link are made with. */
  readonly key: string;
  /** `link` of the entry before; empty for the first. */
  readonly prev: string;
  /** Keyed hash over all of this and the number of its chain: the link of the next one's chain. */
  readonly link: string;
}

/** One chain of the audit trail, as kept. */
export interface AuditChain {
  /** The oldest first. An `entry` is `null` where it cannot be read; `isGenuine`: its `link` is what it should be. */
  readonly kept: readonly {
    readonly seq: number;
    readonly entry: AuditEntry | null;
    /** `null`: under a key that is not known here. */
    readonly isGenuine: boolean | null;
  }[];
  /** Where the chain ends, as noted apart from it; `null` before the first entry. */
  readonly head: AuditHead | null;
}

/** The last entry of a chain. */
export interface AuditHead {
  readonly seq: number;
  readonly link: string;
}

/** Something to be noted that is no part of a turn. */
export interface ApartNote extends AuditNote {
  /** `null` for nobody. */
  readonly person: PersonId | null;
}
