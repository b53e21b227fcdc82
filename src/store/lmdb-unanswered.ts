import {
  PARTITIONS,
  type Swept,
  UNANSWERED_KEPT,
  UNANSWERED_TTL_MS,
  type UnansweredEntry,
} from '../model/index.js';
import { type Bytes, type Draft, each, list, raw } from './lmdb-access.js';
import { type Path, unanswered } from './lmdb-tables.js';
import { byDay, partitionIn, randomIn } from './unanswered-id.js';

/** Drafts a question that nobody answered, and the removal of the oldest where there would be too many. */
export function putUnanswered(db: Bytes, draft: Draft, entry: UnansweredEntry): void {
  const partition = partitionIn(entry.id);
  const keys = [...raw(db, unanswered.name, { under: [partition] })].map(({ key }) => key.slice(1));
  for (const old of keys.slice(0, Math.max(0, keys.length + 1 - UNANSWERED_KEPT)))
    draft.remove(unanswered, old);
  draft.put(unanswered, pathOf(entry), entry);
}

/** Those of the store, the newest day first. */
export function listUnanswered(db: Bytes): readonly UnansweredEntry[] {
  return [...list(db, unanswered, {})].sort(byDay);
}

/** The entry of an id, or `null`. */
export function findUnanswered(db: Bytes, id: string): UnansweredEntry | null {
  const under = [partitionIn(id)];
  return list(db, unanswered, { under }).find((entry) => entry.id === id) ?? null;
}

/** Drafts the mark that somebody has dealt with it; `false` when there is none of that id. */
export function closeUnanswered(db: Bytes, draft: Draft, id: string): boolean {
  const entry = findUnanswered(db, id);
  if (entry !== null) draft.put(unanswered, pathOf(entry), { ...entry, done: true });
  return entry !== null;
}

/** Drafts the removal of those whose lifetime is over. */
export function sweepUnanswered(db: Bytes, draft: Draft, now: number): Swept {
  let removed = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const range = { under: [partition], through: [partition, now - UNANSWERED_TTL_MS] };
    for (const { path } of each(db, unanswered, range)) {
      draft.remove(unanswered, path);
      removed += 1;
    }
  }
  return { removed, more: false };
}

function pathOf({ id, day }: UnansweredEntry): Path {
  return [partitionIn(id), day, randomIn(id)];
}
