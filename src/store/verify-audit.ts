import { AUDIT_TTL_MS, type AuditChain } from '../model/index.js';

/** Where a chain ended once, as somebody noted it elsewhere. */
export interface Checkpoint {
  readonly partition: number;
  readonly seq: number;
  readonly link: string;
}

/** What is not as it was written. `seq`: the entry where it shows. */
export interface AuditFinding {
  readonly partition: number;
  readonly seq: number;
  readonly why: /** Changed, or put there by somebody without the key. */
    | 'changed'
    /** One or more before it are gone. */
    | 'missing'
    /** It stands where another should. */
    | 'moved'
    /** The chain begins with an entry that is not the first, and too young for those before it to have lapsed. */
    | 'front-cut'
    /** The chain ends before its head, or before a checkpoint. */
    | 'tail-cut'
    /** The head is gone, or another one. */
    | 'head-changed'
    /** A checkpoint says otherwise: the chain was written anew. */
    | 'rewritten'
    /** Written under a secret that is not set: not judged. */
    | 'key-unknown';
}

/** Follows a chain from its oldest entry to its head, and compares it with a checkpoint where there is one. */
export function verifyChain(
  { kept, head }: AuditChain,
  partition: number,
  now: number,
  checkpoint: Checkpoint | null = null,
): readonly AuditFinding[] {
  const findings: AuditFinding[] = [];
  const find = (seq: number, why: AuditFinding['why']): void => void findings.push({ partition, seq, why });
  const [first] = kept;
  if (first !== undefined && first.seq !== 1 && (first.entry?.at ?? 0) > now - AUDIT_TTL_MS)
    find(first.seq, 'front-cut');
  let before = null as { readonly seq: number; readonly link: string | null } | null;
  for (const { seq, entry, isGenuine } of kept) {
    if (before !== null && seq > before.seq + 1) find(seq, 'missing');
    else if (before !== null && seq <= before.seq) find(seq, 'moved');
    if (isGenuine === null) find(seq, 'key-unknown');
    else if (!isGenuine) find(seq, 'changed');
    const follows = before === null || before.link === null || seq !== before.seq + 1;
    if (isGenuine === true && !follows && entry?.prev !== before?.link) find(seq, 'changed');
    before = { seq, link: isGenuine === false ? null : (entry?.link ?? null) };
  }
  const end = before?.seq ?? 0;
  if ((head?.seq ?? 0) > end) find(end, 'tail-cut');
  else if (head?.seq !== before?.seq || (before?.link != null && head?.link !== before.link))
    find(end, 'head-changed');
  if (checkpoint === null) return findings;
  if (checkpoint.seq > Math.max(end, head?.seq ?? 0)) find(end, 'tail-cut');
  const same = kept.find(({ seq }) => seq === checkpoint.seq);
  if (same !== undefined && same.entry?.link !== checkpoint.link) find(checkpoint.seq, 'rewritten');
  return findings;
}
