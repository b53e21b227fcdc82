import { PARTITIONS } from '../model/index.js';
import { chained, lapsedOf, type Notes } from './audit-chain.js';
import { type Bytes, type Draft, each, read } from './lmdb-access.js';
import { auditHeads, audits } from './lmdb-tables.js';

/** Entries of a chain that are looked at in one sweep. */
const ENTRIES = 100;

/** Drafts what is noted behind its chain. */
export function putNotes(db: Bytes, draft: Draft, notes: Notes | null): void {
  if (notes === null) return;
  const { partition } = notes;
  const entries = chained(db.sealer.audit, read(db, auditHeads, [partition]), notes);
  for (const entry of entries) draft.put(audits, [partition, entry.seq], entry);
  const last = entries.at(-1);
  if (last !== undefined) draft.put(auditHeads, [partition], { seq: last.seq, link: last.link });
}

/**
 * Drafts the removal of entries past their lifetime at `now`, but for the last of each chain; how many go, and whether
 * there are more.
 */
export function sweepAudit(
  db: Bytes,
  draft: Draft,
  now: number,
): { readonly removed: number; readonly more: boolean } {
  let removed = 0;
  let more = false;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const oldest = [...each(db, audits, { under: [partition], limit: ENTRIES })];
    const lapsed = lapsedOf(
      oldest.map(({ value }) => value.at),
      now,
    );
    for (const { path } of oldest.slice(0, lapsed)) draft.remove(audits, path);
    removed += lapsed;
    more ||= lapsed === ENTRIES - 1;
  }
  return { removed, more };
}
