import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  AUDIT_TTL_MS,
  type AuditEntry,
  type AuditHead,
  type AuditKeys,
  personId,
} from '../../../src/model/index.js';
import { chained, judgedChain } from '../../../src/store/audit-chain.js';
import { verifyChain } from '../../../src/store/verify-audit.js';

const NOW = Date.UTC(2026, 2, 1, 9);
const PARTITION = 7;
const person = personId('telegram', '1001');

function keysOf(name: string): AuditKeys {
  const mac = (asked: string, text: string) =>
    asked === name ? createHmac('sha256', name).update(text).digest('base64url') : null;
  return { current: name, names: [name], mac };
}
const keys = keysOf('one');

/** Five entries, noted a minute apart. */
function chain(by: AuditKeys = keys): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let index = 0; index < 5; index += 1) {
    const notes = [{ what: 'hand-off', outcome: `o${index}`, bundle: 'b1' }] as const;
    const at = NOW + index * 60_000;
    entries.push(...chained(by, entries.at(-1) ?? null, { partition: PARTITION, person, notes, at }));
  }
  return entries;
}

/** What is found in entries that stand under the numbers given. */
function found(
  kept: readonly { readonly seq: number; readonly entry: AuditEntry | null }[],
  head: AuditHead | null,
  more: { readonly now?: number; readonly checkpoint?: AuditHead; readonly by?: AuditKeys } = {},
): readonly string[] {
  const { now = NOW, checkpoint, by = keys } = more;
  const known = checkpoint === undefined ? null : { partition: PARTITION, ...checkpoint };
  const judged = judgedChain(by, PARTITION, kept, head);
  return verifyChain(judged, PARTITION, now, known).map(({ seq, why }) => `${seq} ${why}`);
}

const entries = chain();
const kept: readonly { readonly seq: number; readonly entry: AuditEntry | null }[] = entries.map((entry) => ({
  seq: entry.seq,
  entry,
}));
const headOf = (list: readonly AuditEntry[]): AuditHead | null => list.at(-1) ?? null;
const head = headOf(entries);
const at = (index: number) => {
  const entry = entries[index];
  if (entry === undefined) throw new Error('there are five');
  return { seq: entry.seq, entry };
};

describe('verifyChain', () => {
  it('finds nothing in a chain as it was written, or in none', () => {
    expect(found(kept, head)).toEqual([]);
    expect(found([], null)).toEqual([]);
  });

  it.each(['at', 'who', 'what', 'outcome', 'bundle', 'prev', 'link'] as const)(
    'finds that %s was changed',
    (field) => {
      const entry = { ...at(2).entry, [field]: field === 'at' ? NOW : 'other' } as AuditEntry;
      expect(found(kept.toSpliced(2, 1, { seq: 3, entry }), head)).toEqual(['3 changed']);
    },
  );

  it('finds an entry that cannot be read, or was put there by somebody without the key', () => {
    expect(found(kept.toSpliced(2, 1, { seq: 3, entry: null }), head)).toEqual(['3 changed']);
    const [, , theirs] = chain(keysOf('other'));
    const forged = { seq: 3, entry: theirs === undefined ? null : { ...theirs, key: 'one' } };
    expect(found(kept.toSpliced(2, 1, forged), head)).toContain('3 changed');
  });

  it('finds that one was taken out, and that the rest was numbered anew', () => {
    expect(found(kept.toSpliced(2, 1), head)).toEqual(['4 missing']);
    const renumbered = kept.toSpliced(2, 1).map(({ entry }, index) => ({ seq: index + 1, entry }));
    expect(found(renumbered, head)).toEqual(expect.arrayContaining(['3 changed', '4 changed']));
  });

  it('finds that two changed places', () => {
    const swapped = [at(0), at(2), at(1), at(3), at(4)];
    expect(found(swapped, head)).toEqual(expect.arrayContaining(['3 missing', '2 moved']));
    const underTheOther = kept
      .with(1, { seq: 2, entry: at(2).entry })
      .with(2, { seq: 3, entry: at(1).entry });
    expect(found(underTheOther, head)).toEqual(expect.arrayContaining(['2 changed', '3 changed']));
  });

  it('finds an entry that stands twice', () => {
    expect(found(kept.toSpliced(3, 0, at(2)), head)).toEqual(['3 moved']);
  });

  it('finds that the tail was cut as long as the head says more', () => {
    expect(found(kept.slice(0, 3), head)).toEqual(['3 tail-cut']);
    expect(found([], head)).toEqual(['0 tail-cut']);
    expect(found(kept, headOf(entries.slice(0, 3)))).toEqual(['5 head-changed']);
    expect(found(kept, null)).toEqual(['5 head-changed']);
  });

  it('finds a tail that was cut together with its head only by a checkpoint', () => {
    const shorter = entries.slice(0, 3);
    expect(found(kept.slice(0, 3), headOf(shorter))).toEqual([]);
    expect(found(kept.slice(0, 3), headOf(shorter), { checkpoint: at(4).entry })).toEqual(['3 tail-cut']);
    expect(found([], null, { checkpoint: at(4).entry })).toEqual(['0 tail-cut']);
    expect(found(kept, head, { checkpoint: at(2).entry })).toEqual([]);
  });

  it('finds by a checkpoint that a chain was written anew', () => {
    const [other] = chained(keys, null, {
      ...{ partition: PARTITION, person, at: NOW },
      notes: [{ what: 'case', outcome: 'other', bundle: null }],
    });
    const anew = other === undefined ? [] : [{ seq: 1, entry: other }];
    expect(found(anew, other ?? null)).toEqual([]);
    expect(found(anew, other ?? null, { checkpoint: at(0).entry })).toEqual(['1 rewritten']);
  });

  it('takes a beginning that has lapsed, and finds one that was cut earlier', () => {
    expect(found(kept.slice(2), head)).toEqual(['3 front-cut']);
    expect(found(kept.slice(2), head, { now: at(2).entry.at + AUDIT_TTL_MS })).toEqual([]);
    expect(found(kept.slice(2), head, { now: at(2).entry.at + AUDIT_TTL_MS - 1 })).toEqual(['3 front-cut']);
  });

  it('says that it cannot judge what is under a key it does not know', () => {
    expect(found(kept, head, { by: keysOf('another') })).toEqual(
      entries.map(({ seq }) => `${seq} key-unknown`),
    );
  });
});
