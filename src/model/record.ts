import type { AuditNote } from './audit.js';
import type { ConversationId, InboundId, PersonId } from './ids.js';
import type { Written } from './written.js';

/** A numbered request for the support team. */
export interface CaseRecord {
  readonly number: string;
  readonly topic: string;
  readonly platform: string;
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly state: 'open' | 'taken' | 'closed';
  /** Whether the support team's notice of it was delivered; stays `false` where none is arranged. */
  readonly notified: boolean;
}

/** What is kept about a person across their conversations. */
export interface PersonRecord {
  /** The locale the person chose; never guessed. */
  readonly locale: string;
}

/** An inbound whose turn failed again and again: what is needed to find the fault, and nothing the person wrote. */
export interface QuarantineEntry {
  readonly id: InboundId;
  readonly conversation: ConversationId;
  /** What it was: a kind of content, or `timer`. */
  readonly what: string;
  readonly flow: string;
  readonly step: string;
  readonly bundle: string;
  /** Code of the last failure. */
  readonly code: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A question that nobody answered: words without values, and nothing that leads to who wrote them. */
export interface UnansweredEntry {
  /** `<partition>.<random>`: one of 64 groups of people (`partitionOf`), and 72 random bits. */
  readonly id: string;
  /** With placeholders in the place of links, mail addresses, handles, hashes and numbers. */
  readonly text: Written;
  readonly locale: string;
  /** Whether an intent was near it (`unclear`) or none. */
  readonly decision: 'out-of-scope' | 'unclear';
  /** The day it was written on: epoch ms of its beginning (UTC). */
  readonly day: number;
  /** Whether somebody of the support team has dealt with it. */
  readonly done: boolean;
}

/** At most `max` within any `windowMs`. */
export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

/** What a turn commits beside its snapshot. The guard of each is checked in the same transaction. */
export type StoreRecord =
  /** Guard: no case has this number yet; else the commit is refused with `case-exists`. */
  | { readonly kind: 'put-case'; readonly case: CaseRecord; readonly person: PersonId }
  /**
   * Guard: with this one, no limit is passed; else the commit is refused with `limit-reached`. The time is that of the
   * commit.
   */
  | {
      readonly kind: 'take-limit';
      readonly person: PersonId;
      /** What is limited; a word of ours. */
      readonly name: string;
      readonly limits: readonly Limit[];
    }
  | { readonly kind: 'put-person'; readonly person: PersonId; readonly record: PersonRecord }
  | { readonly kind: 'put-quarantine'; readonly entry: QuarantineEntry }
  /**
   * Of the oldest in the partition of the commit's person, so many go that `UNANSWERED_KEPT` stay. Not even `forget`
   * finds it again.
   */
  | { readonly kind: 'keep-unanswered'; readonly entry: UnansweredEntry }
  /** Notes something about the person of the commit in the audit trail, at the time of the commit. */
  | ({ readonly kind: 'append-audit' } & AuditNote)
  /** Adds `by` to a named counter that belongs to nobody. */
  | { readonly kind: 'count'; readonly name: string; readonly by: number }
  /**
   * Nothing more is to be sent in the conversation of the commit: the rows that wait become dead letters with this
   * code, at the time of the commit, and all timers go. Rows and timers of the same commit come after it.
   */
  | { readonly kind: 'silence'; readonly code: string }
  /**
   * Deletes everything of the person: conversations, rows, timers, cases, the person record. Seen-marks stay
   * (they hold no personal data), the audit trail (which names nobody) and a tombstone comes, so that a late redelivery
   * revives nothing; also stay the rows of this commit, of which nothing else of the person is kept (no snapshot,
   * timer, case or person record).
   */
  | { readonly kind: 'forget'; readonly person: PersonId };
