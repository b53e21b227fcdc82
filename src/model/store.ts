import type { ApartNote, AuditChain } from './audit.js';
import type { Challenge } from './challenge.js';
import type { ConversationId, InboundId, PersonId, RowId } from './ids.js';
import type {
  DeadLetter,
  LaneClaim,
  NewRow,
  OutboxRow,
  RowOutcome,
  Sender,
  Settled,
  Settling,
} from './outbox.js';
import type { CaseRecord, PersonRecord, QuarantineEntry, StoreRecord, UnansweredEntry } from './record.js';
import type { Lease, Rate, Tokens } from './sharing.js';
import type { Snapshot } from './snapshot.js';
import type { StoredItem } from './stored-item.js';
import type { DueTimer, TimerChange } from './timer.js';

/** One turn, written in one atomic step or not at all. */
export interface Commit {
  readonly conversation: ConversationId;
  readonly person: PersonId;
  /** Version the turn was computed from; 0 for a conversation that does not exist. */
  readonly expectedVersion: number;
  /** The inbound this turn answers; a second commit with the same id is a `duplicate`. */
  readonly seen: InboundId;
  /**
   * Leaves the conversation as it is, whatever is kept of it, and compares no version: for an answer to somebody whose
   * conversation cannot be read. `expectedVersion` and `snapshot` are not looked at.
   */
  readonly beside?: boolean;
  /** `null` ends the conversation: its timers go with it, its rows are still sent, and `ok` has version 0. */
  readonly snapshot: Snapshot | null;
  readonly outbox: readonly NewRow[];
  readonly timers: readonly TimerChange[];
  readonly records: readonly StoreRecord[];
  /** Epoch ms of the turn. */
  readonly now: number;
  /**
   * When the person did it, by the platform (epoch ms); `null` where nothing tells. From before a forgetting, it counts
   * as a `duplicate`.
   */
  readonly sentAt: number | null;
  /** Claims the lane with the commit when it is free and its first row is due; `null` claims nothing. */
  readonly sender: Sender | null;
  /**
   * A verified hand-off that begins or shows a new number with this turn: its names are made known before the commit.
   */
  readonly handOff?: {
    readonly challenge: Challenge;
    readonly number: string | null;
  };
  /** The session code that is shown with this turn: it is made known before the commit. */
  readonly session?: string;
  /** `ok` only once a replica has it too, where there is one. */
  readonly replicated: boolean;
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

/** The guard of a record that did not hold. */
export type RefusedRecord = 'case-exists' | 'limit-reached';

export type CommitResult =
  /** `claim`: where `sender` was given, rows are due and nobody else holds the lane. */
  | { readonly kind: 'ok'; readonly version: number; readonly claim: LaneClaim | null }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict'; readonly fresh: Loaded }
  | { readonly kind: 'refused'; readonly reason: RefusedRecord };

/** One batch of a sweep: how many records went, and whether there are more. */
export interface Swept {
  readonly removed: number;
  readonly more: boolean;
}

/**
 * The one port behind which memory, LMDB and Redis stand; `test/contract/store` is its contract. Times are by the
 * store's clock, which `now` tells.
 */
export interface Store {
  /** The store's time (epoch ms), as well as this process knows it; does not jump when the machine's clock is set. */
  now(): number;
  load(conversation: ConversationId): Promise<Loaded>;
  /** Order of checks: `duplicate`, version (`conflict`), record guards (`refused`). */
  commit(commit: Commit): Promise<CommitResult>;

  /** The first row of the conversation's lane when it may be sent at `now`, claimed or not; for looking only. */
  nextRow(conversation: ConversationId, now: number): Promise<OutboxRow | null>;
  /**
   * Conversations whose first row may be sent at `now` and whose lane nobody holds, at most `limit`, the longest
   * waiting first.
   */
  dueLanes(now: number, limit: number): Promise<readonly ConversationId[]>;
  /** Claims a lane; `null` when another holds it or nothing is due. */
  claimLane(conversation: ConversationId, sender: Sender, now: number): Promise<LaneClaim | null>;
  /** Prolongs a claim to `leaseMs` from `now`; `false` when it was lost. */
  renewLane(claim: LaneClaim, leaseMs: number, now: number): Promise<boolean>;
  /**
   * Settles the first row of a lane. `sent` wipes its body; `later` and `held` keep it first and end the claim; `dead`
   * moves it to the dead letters. Without `settling` no claim is asked for (tools and tests). Done twice it does
   * nothing more.
   */
  settleRow(id: RowId, outcome: RowOutcome, settling?: Settling): Promise<Settled>;
  /** The newest first. */
  listDead(limit: number): Promise<readonly DeadLetter[]>;
  /** Puts a dead letter at the end of its lane, untried; `false` when there is none of that id. */
  retryDead(id: RowId, now: number): Promise<boolean>;
  dropDead(id: RowId): Promise<boolean>;

  /**
   * Timers due at `now`, hidden or not, at most `limit`, the earliest first. A timer stays until a commit cancels it or
   * sets it anew.
   */
  dueTimers(now: number, limit: number): Promise<readonly DueTimer[]>;
  /** As `dueTimers`, and hides what it returns from every other `claimTimers` for `leaseMs`. */
  claimTimers(now: number, limit: number, leaseMs: number): Promise<readonly DueTimer[]>;
  /** When the next row or timer is due that nobody has claimed (epoch ms), or `null` when nothing waits. */
  nextDue(): Promise<number | null>;

  /** Takes `want` tokens, or what there is, from a bucket that all workers share. */
  takeTokens(bucket: string, want: number, rate: Rate, now: number): Promise<Tokens>;
  /** Takes a lease for `ttlMs`, or prolongs one's own; `null` when another worker has it. */
  takeLease(name: string, worker: string, ttlMs: number, now: number): Promise<Lease | null>;
  /** Gives a lease back; one that was lost is left alone. */
  releaseLease(lease: Lease): Promise<void>;

  /** Counts a failure of an inbound, over all workers; how many there were within the lifetime of a seen-mark. */
  countFailure(conversation: ConversationId, inbound: InboundId, now: number): Promise<number>;
  /** The newest first. */
  listQuarantine(limit: number): Promise<readonly QuarantineEntry[]>;
  dropQuarantine(id: InboundId): Promise<boolean>;

  /** The newest cases first. */
  listCases(limit: number): Promise<readonly CaseRecord[]>;
  /** Changes a case; `false` when there is none of that number. */
  updateCase(number: string, change: Partial<Pick<CaseRecord, 'state' | 'notified'>>): Promise<boolean>;
  readCounters(): Promise<Readonly<Record<string, number>>>;
  /** The questions that nobody answered, the newest day first; the order within a day tells nothing. */
  listUnanswered(): Promise<readonly UnansweredEntry[]>;
  /** Marks one as dealt with; `false` when there is none of that id. */
  closeUnanswered(id: string): Promise<boolean>;

  /** Notes something in the audit trail that is no part of a turn. */
  appendAudit(note: ApartNote, now: number): Promise<void>;
  /** The chain of a partition. */
  readAudit(partition: number): Promise<AuditChain>;
  /** What a person is called in the audit trail: one name for each secret that is known. */
  auditNamesOf(person: PersonId): Promise<readonly string[]>;

  /** Deletes everything of a person, in one step, and leaves a tombstone; `false` when nothing was kept. */
  forget(person: PersonId, now: number): Promise<boolean>;
  /** Removes a batch of what has outlived its lifetime at `now`. Where the store itself does so, it finds nothing. */
  sweep(now: number): Promise<Swept>;

  /** Small values that belong to a token or to the program (an offset, a registered-commands hash). */
  getValue(name: string): Promise<string | null>;
  /** `false`, and nothing written, when the lease it is done under has gone to another worker. */
  setValue(name: string, value: string, under?: Lease): Promise<boolean>;
  /**
   * Lets a secret name (a number that is shown, the id of a token) stand for a conversation until `until` (epoch ms).
   * `false`, and nothing written, while it stands for another one. Only a keyed hash of the name is kept.
   */
  putPointer(name: string, conversation: ConversationId, until: number, now: number): Promise<boolean>;
  /** `null` when it stands for none, or its time is over at `now`. */
  getPointer(name: string, now: number): Promise<ConversationId | null>;
  putBundle(hash: string, bundle: Uint8Array): Promise<void>;
  getBundle(hash: string): Promise<Uint8Array | null>;
  /** Takes a bundle away; `false`, and it stays, when it is the active one, or was not there. */
  dropBundle(hash: string): Promise<boolean>;
  activateBundle(hash: string): Promise<void>;
  activeBundle(): Promise<string | null>;

  /**
   * Everything kept, while others work: one moment of the store where it can (LMDB), else one moment of each person.
   */
  exportItems(): AsyncIterable<StoredItem>;
  /**
   * Puts an exported item in, in one step, where there is none of its name; `false` when there is, which stays as it
   * is. So it does no harm beside workers, and done twice it does nothing more.
   */
  importItem(item: StoredItem): Promise<boolean>;
  /**
   * Encrypts up to `limit` values anew that are not under the current key; how many there were. Resolves with 0 when
   * all are.
   */
  reseal(limit: number): Promise<number>;
  /** The note of the keys it is encrypted with ({@link Keyring}); `null` where nothing is encrypted. */
  keyNote(): Promise<string | null>;
  /** Replaces the note when it still is `before`; `false` when it is not. Workers take it up within a minute. */
  replaceKeyNote(before: string, after: string): Promise<boolean>;
  close(): Promise<void>;
}
