import type { AuditEntry } from './audit.js';
import type { ConversationId, PersonId } from './ids.js';
import type { DeadLetter, OutboxRow } from './outbox.js';
import type { CaseRecord, PersonRecord, QuarantineEntry, UnansweredEntry } from './record.js';
import type { Snapshot } from './snapshot.js';
import type { DueTimer } from './timer.js';

/** One thing a store keeps, in the same form for every store: for backups and moves. */
export type StoredItem =
  | {
      readonly kind: 'conversation';
      readonly conversation: ConversationId;
      /** `null` for an ended one whose rows still wait. */
      readonly snapshot: Snapshot | null;
      /** In the order of the lane. */
      readonly rows: readonly OutboxRow[];
      readonly timers: readonly DueTimer[];
    }
  | { readonly kind: 'person'; readonly person: PersonId; readonly record: PersonRecord; readonly at: number }
  /** `mark` holds the partition of its person and a hash of the inbound id; `at` in epoch ms. */
  | { readonly kind: 'seen'; readonly mark: string; readonly at: number }
  | { readonly kind: 'tombstone'; readonly person: PersonId; readonly at: number }
  | { readonly kind: 'case'; readonly case: CaseRecord; readonly person: PersonId }
  | { readonly kind: 'dead'; readonly letter: DeadLetter }
  | { readonly kind: 'quarantine'; readonly entry: QuarantineEntry }
  | { readonly kind: 'unanswered'; readonly entry: UnansweredEntry }
  /** The entries of a chain come in their order. */
  | { readonly kind: 'audit'; readonly partition: number; readonly entry: AuditEntry }
  | { readonly kind: 'counter'; readonly name: string; readonly count: number }
  | { readonly kind: 'value'; readonly name: string; readonly value: string }
  /** `bytes` as base64. */
  | { readonly kind: 'bundle'; readonly hash: string; readonly bytes: string }
  | { readonly kind: 'active-bundle'; readonly hash: string };
