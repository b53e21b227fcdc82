import type {
  ApartNote,
  AuditChain,
  AuditEntry,
  AuditHead,
  AuditKeys,
  AuditNote,
  Commit,
  PersonId,
} from '../model/index.js';
import { AUDIT_TTL_MS, partitionOf } from '../model/index.js';

/** Characters of a name in the trail: 96 bits. */
const WHO_CHARS = 16;

/** What is noted with a commit, or apart from one: all of one partition. */
export interface Notes {
  readonly partition: number;
  readonly person: PersonId | null;
  readonly notes: readonly AuditNote[];
  readonly at: number;
}

/** What a commit notes; `null` for nothing. */
export function notesOf({ person, records, now }: Commit): Notes | null {
  const notes = records.filter((record) => record.kind === 'append-audit');
  return notes.length === 0 ? null : { partition: partitionOf(person), person, notes, at: now };
}

/** A note that belongs to nobody goes into the first chain. */
export function notesApart({ person, ...note }: ApartNote, at: number): Notes {
  return { partition: person === null ? 0 : partitionOf(person), person, notes: [note], at };
}

/** The entries that come behind `head`, each linked to the one before. */
export function chained(
  keys: AuditKeys,
  head: AuditHead | null,
  { partition, person, notes, at }: Notes,
): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  let last = head;
  for (const { what, outcome, bundle } of notes) {
    const who = person === null ? null : whoOf(keys, keys.current, person);
    const seq: number = (last?.seq ?? 0) + 1;
    const open = { seq, at, who, what, outcome, bundle, key: keys.current, prev: last?.link ?? '' };
    const entry = { ...open, link: linkOf(keys, partition, open) ?? '' };
    entries.push(entry);
    last = entry;
  }
  return entries;
}

/** Whether an exported entry goes on where a chain ends; any one begins a chain. */
export function continues(entry: AuditEntry, head: AuditHead | null): boolean {
  return head === null || (entry.seq === head.seq + 1 && entry.prev === head.link);
}

/** Whether the link of an entry is what it should be; `null` for a key that is not known. */
function isGenuine(keys: AuditKeys, partition: number, entry: AuditEntry): boolean | null {
  const wanted = linkOf(keys, partition, entry);
  return wanted === null ? null : wanted === entry.link;
}

/** What a person is called under each key. */
export function namesOf(keys: AuditKeys, person: PersonId): readonly string[] {
  return keys.names.map((name) => whoOf(keys, name, person));
}

/**
 * How many of the oldest may go at `now`: those past their lifetime, but for the last of them. So a chain begins with
 * its first entry, or with one that is old enough to be its anchor.
 */
export function lapsedOf(times: readonly number[], now: number): number {
  const lapsed = times.findIndex((at) => at > now - AUDIT_TTL_MS);
  return Math.max(0, (lapsed < 0 ? times.length : lapsed) - 1);
}

/** A kept chain with the judgement of each of its entries. */
export function judgedChain(
  keys: AuditKeys,
  partition: number,
  kept: readonly { readonly seq: number; readonly entry: AuditEntry | null }[],
  head: AuditHead | null,
): AuditChain {
  return {
    kept: kept.map(({ seq, entry }) => ({
      ...{ seq, entry },
      isGenuine: entry === null || entry.seq !== seq ? false : isGenuine(keys, partition, entry),
    })),
    head,
  };
}

function whoOf(keys: AuditKeys, name: string, person: PersonId): string {
  return (keys.mac(name, `who\0${person}`) ?? '').slice(0, WHO_CHARS);
}

function linkOf(keys: AuditKeys, partition: number, entry: Omit<AuditEntry, 'link'>): string | null {
  const { seq, at, who, what, outcome, bundle, key, prev } = entry;
  return keys.mac(key, `link\0${JSON.stringify([partition, seq, at, who, what, outcome, bundle, prev])}`);
}
