import type { ConversationId, InboundId, PersonId, RowId } from './ids.js';
import type { PlatformCall } from './outbound.js';
import type { CaseRecord, PersonRecord, StoreRecord } from './record.js';
import type { Snapshot } from './snapshot.js';

/** One platform call waiting to be made; committed with the turn that made it, in this order. */
export interface NewRow {
  readonly id: RowId;
  readonly call: PlatformCall;
  /** Registry names of the official links in it: a row whose link was withdrawn does not leave. */
  readonly links: readonly string[];
  /** What the transcript shows: the text keys, choices and links. Holds no words of a person. */
  readonly shown: ShownRow;
}

/** A row without its words. */
export interface ShownRow {
  readonly kind: 'message' | 'delete' | 'answer-tap';
  readonly keys: readonly string[];
  readonly choices: readonly string[];
}

export interface OutboxRow extends NewRow {
  readonly conversation: ConversationId;
  readonly tries: number;
  /** Epoch ms before which it is not sent. */
  readonly notBefore: number;
}

/** A change to the timers of a conversation; a timer is named within its conversation. */
export type TimerChange =
  | { readonly kind: 'set'; readonly timer: string; readonly dueAt: number }
  | { readonly kind: 'cancel'; readonly timer: string };

export interface DueTimer {
  readonly conversation: ConversationId;
  readonly timer: string;
  /** Epoch ms. */
  readonly dueAt: number;
}

/** One turn, written in one atomic step or not at all. */
export interface Commit {
  readonly conversation: ConversationId;
  readonly person: PersonId;
  /** Version the turn was computed from; 0 for a conversation that does not exist. */
  readonly expectedVersion: number;
  /** The inbound this turn answers; a second commit with the same id is a `duplicate`. */
  readonly seen: InboundId;
  /** `null` ends the conversation: its timers go with it, its rows are still sent, and `ok` has version 0. */
  readonly snapshot: Snapshot | null;
  readonly outbox: readonly NewRow[];
  readonly timers: readonly TimerChange[];
  readonly records: readonly StoreRecord[];
  /** Epoch ms of the turn. */
  readonly now: number;
}

/** A conversation as stored. */
export interface Loaded {
  /**
   * 0 when the conversation does not exist. Else a number the store gives out once (a count of its commits): a
   * conversation that was forgotten and began anew never has a version that a turn in flight still expects.
   */
  readonly version: number;
  readonly snapshot: Snapshot | null;
  readonly person: PersonRecord | null;
}

export type CommitResult =
  | { readonly kind: 'ok'; readonly version: number }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict'; readonly fresh: Loaded }
  | { readonly kind: 'refused'; readonly reason: 'case-exists' };

/** What became of a claimed row. */
export type RowOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly notBefore: number }
  | { readonly kind: 'dead'; readonly code: string; readonly at: number };

export interface DeadLetter {
  readonly row: OutboxRow;
  readonly code: string;
  readonly at: number;
}

/** The one port behind which memory, LMDB and Redis stand; `test/contract/store` is its contract. */
export interface Store {
  load(conversation: ConversationId): Promise<Loaded>;
  /** Order of checks: `duplicate`, version (`conflict`), record guards (`refused`). */
  commit(commit: Commit): Promise<CommitResult>;
  /** The first row of the conversation's lane when it may be sent at `now`; `null` when there is none. Rows behind it wait. */
  nextRow(conversation: ConversationId, now: number): Promise<OutboxRow | null>;
  /** Settles the first row. `sent` wipes its body; `later` keeps it first; `dead` moves it to the dead letters. Unknown rows are ignored. */
  settleRow(id: RowId, outcome: RowOutcome): Promise<void>;
  /** Conversations whose first row may be sent at `now`, at most `limit`, the longest waiting first. */
  dueLanes(now: number, limit: number): Promise<readonly ConversationId[]>;
  /** Timers due at `now`, at most `limit`, the earliest first. A timer stays until a commit cancels it or sets it anew. */
  dueTimers(now: number, limit: number): Promise<readonly DueTimer[]>;
  /** When the next row or timer is due (epoch ms), or `null` when nothing waits. */
  nextDue(): Promise<number | null>;
  /** The newest cases first. */
  listCases(limit: number): Promise<readonly CaseRecord[]>;
  /** Changes a case; `false` when there is none of that number. */
  updateCase(number: string, change: Partial<Pick<CaseRecord, 'state' | 'notified'>>): Promise<boolean>;
  readCounters(): Promise<Readonly<Record<string, number>>>;
  listDead(limit: number): Promise<readonly DeadLetter[]>;
  /** Small values that belong to a token or to the program (an offset, a registered-commands hash). */
  getValue(name: string): Promise<string | null>;
  setValue(name: string, value: string): Promise<void>;
  putBundle(hash: string, bundle: Uint8Array): Promise<void>;
  getBundle(hash: string): Promise<Uint8Array | null>;
  activateBundle(hash: string): Promise<void>;
  activeBundle(): Promise<string | null>;
  /** Removes what has outlived its lifetime at `now`: seen-marks after 48 h, idle conversations with their rows and timers after 24 h. Returns how many of these records went. */
  sweep(now: number): Promise<number>;
  close(): Promise<void>;
}

/** Lifetime of a seen-mark: longer than any platform redelivers (Telegram: 24 h). */
export const SEEN_TTL_MS = 48 * 3_600_000;
/** A conversation without a word from the person ends after this. */
export const IDLE_TTL_MS = 24 * 3_600_000;
