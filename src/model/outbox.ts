import type { ConversationId, RowId } from './ids.js';
import type { PlatformCall } from './outbound.js';

/** One platform call waiting to be made; committed with the turn that made it, in this order. */
export interface NewRow {
  readonly id: RowId;
  readonly call: PlatformCall;
  /** Registry names of the official links in it: a row whose link was withdrawn does not leave. */
  readonly links: readonly string[];
  /** What the transcript shows: the text keys, choices and links. Holds no words of a person. */
  readonly shown: ShownRow;
  /** What leaves instead unless a deletion of the same turn is known to have happened. */
  readonly unlessDeleted?: { readonly call: PlatformCall; readonly shown: ShownRow };
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
  /** Since when (epoch ms) it is unclear whether the platform has it; `null` when no answer was lost. */
  readonly unclearSince: number | null;
}

/** A worker that sends, and how long what it claims is kept from others (ms). */
export interface Sender {
  /** A name no other process has. */
  readonly worker: string;
  readonly leaseMs: number;
}

/** The right to send for one conversation, until its lease runs out. */
export interface LaneClaim {
  readonly conversation: ConversationId;
  /** Fencing token: a later claim of the lane has a higher one, and the holder of a lower one settles nothing. */
  readonly token: number;
  /** The first row, which is due. */
  readonly row: OutboxRow;
  /** State of the lane's own rate limit, as given to the last `settleRow` (epoch ms); 0 for none. */
  readonly paceAt: number;
}

/** What became of the first row of a lane. */
export type RowOutcome =
  | { readonly kind: 'sent' }
  /** To be tried again; counts as a try. `unclear`: its answer was lost, so the platform may have it. */
  | { readonly kind: 'later'; readonly notBefore: number; readonly unclearSince: number | null }
  /** Not tried: a limit says when. */
  | { readonly kind: 'held'; readonly notBefore: number }
  | { readonly kind: 'dead'; readonly code: string; readonly at: number };

/** With what a claimed row is settled. */
export interface Settling {
  readonly token: number;
  /** Kept for the next holder of the lane. */
  readonly paceAt: number;
  /** Epoch ms. */
  readonly now: number;
  /** How long the claim goes on (ms) when another row is due. */
  readonly leaseMs: number;
}

export type Settled =
  /** The next row, due now and still under the same claim; `null` when the claim ended because nothing is due. */
  | { readonly kind: 'settled'; readonly next: OutboxRow | null }
  /** Another holds the lane by now: nothing was written. */
  | { readonly kind: 'lost' };

export interface DeadLetter {
  readonly row: OutboxRow;
  readonly code: string;
  readonly at: number;
}
