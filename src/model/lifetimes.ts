const HOUR_MS = 3_600_000;
/** A day, in ms. */
export const DAY_MS = 24 * HOUR_MS;
/** Lifetime of a seen-mark and of the failures of an inbound: longer than any platform redelivers (Telegram: 24 h). */
export const SEEN_TTL_MS = 48 * HOUR_MS;
/** A conversation without a word from the person ends after this, with its rows and timers. */
export const IDLE_TTL_MS = 24 * HOUR_MS;
/** Lifetime of what says that a person was forgotten. */
export const TOMBSTONE_TTL_MS = 25 * HOUR_MS;
/** Lifetime of what is kept about a person, from their last turn. */
export const PERSON_TTL_MS = 180 * DAY_MS;
/** Lifetime of the times of a limited thing, from the last one; no window of a limit is longer. */
export const LIMIT_TTL_MS = 24 * HOUR_MS;
/** Lifetime of a case, from its opening. */
export const CASE_TTL_MS = 180 * DAY_MS;
/** Lifetime of an entry of the audit trail; the last one that is older stays, as the anchor of its chain. */
export const AUDIT_TTL_MS = 90 * DAY_MS;
/** Lifetime of a dead letter and of an entry of the quarantine. */
export const DEAD_TTL_MS = 30 * DAY_MS;
/** Lifetime of a question that nobody answered, from the beginning of its day (UTC). */
export const UNANSWERED_TTL_MS = 30 * DAY_MS;
/** So many of them are kept of each of the 64 partitions, 5,120 in all: one person crowds out a 64th of the others. */
export const UNANSWERED_KEPT = 80;
