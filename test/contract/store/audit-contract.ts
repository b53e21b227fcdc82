import { expect, it } from 'vitest';
import {
  AUDIT_TTL_MS,
  type AuditEntry,
  PARTITIONS,
  type PersonId,
  partitionOf,
  type Store,
  type StoreRecord,
} from '../../../src/model/index.js';
import { verifyChain } from '../../../src/store/verify-audit.js';
import { alice, aliceDirect, aliceInGroup, bob, bobDirect, commitNext, NOW, turn } from './fixture.js';
import { itemsOf } from './full-store.js';

const note = (outcome: string): StoreRecord => ({
  kind: 'append-audit',
  what: 'hand-off',
  outcome,
  bundle: 'b1',
});

/** The entries of a person's chain that can be read. */
async function entriesOf(store: Store, person: PersonId): Promise<readonly AuditEntry[]> {
  const { kept } = await store.readAudit(partitionOf(person));
  return kept.flatMap(({ entry }) => entry ?? []);
}

async function findingsOf(store: Store, person: PersonId, now = NOW): Promise<readonly string[]> {
  const partition = partitionOf(person);
  return verifyChain(await store.readAudit(partition), partition, now).map(({ why }) => why);
}

/** What was done, in chains that nobody changes unnoticed. */
export function auditContract(store: () => Store): void {
  it('notes with a turn what it is told, linked to what was noted before', async () => {
    expect(await store().readAudit(partitionOf(alice))).toEqual({ kept: [], head: null });
    await commitNext(store(), aliceDirect, { records: [note('issued'), note('opened')] });
    await commitNext(store(), aliceInGroup, { records: [note('matched')], now: NOW + 1 });
    const entries = await entriesOf(store(), alice);
    expect(entries.map(({ seq, outcome, at }) => [seq, outcome, at])).toEqual([
      [1, 'issued', NOW],
      [2, 'opened', NOW],
      [3, 'matched', NOW + 1],
    ]);
    expect(entries.map(({ prev }) => prev)).toEqual(['', entries[0]?.link, entries[1]?.link]);
    expect(await findingsOf(store(), alice)).toEqual([]);
    const { head } = await store().readAudit(partitionOf(alice));
    expect(head).toEqual({ seq: 3, link: entries[2]?.link });
  });

  it('names a person by a hash that is the same in every conversation, and nobody else has', async () => {
    await commitNext(store(), aliceDirect, { records: [note('issued')] });
    await commitNext(store(), aliceInGroup, { records: [note('issued')] });
    await commitNext(store(), bobDirect, { records: [note('issued')] });
    const [name] = await store().auditNamesOf(alice);
    const [other] = await store().auditNamesOf(bob);
    expect(name).toMatch(/^[\w-]{16}$/);
    expect(other).not.toBe(name);
    const all = [...new Set([alice, bob].map(partitionOf))];
    const chains = await Promise.all(all.map((partition) => store().readAudit(partition)));
    const whos = chains.flatMap(({ kept }) => kept.map(({ entry }) => entry?.who));
    expect(whos.filter((who) => who === name)).toHaveLength(2);
    expect(whos.filter((who) => who === other)).toHaveLength(1);
    expect(JSON.stringify(chains)).not.toContain('1001');
  });

  it('notes nothing of a turn that is not committed', async () => {
    const first = turn(aliceDirect, { records: [note('issued')] });
    await store().commit(first);
    expect((await store().commit(first)).kind).toBe('duplicate');
    expect((await store().commit(turn(aliceDirect, { records: [note('opened')] }))).kind).toBe('conflict');
    await commitNext(store(), aliceDirect, { records: [note('matched')] });
    expect((await entriesOf(store(), alice)).map(({ outcome }) => outcome)).toEqual(['issued', 'matched']);
  });

  it('keeps every note of turns that come at once', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      store().commit(
        turn(aliceDirect, { beside: true, snapshot: null, records: [note(`${index}`)], person: alice }),
      ),
    );
    for (const { kind } of await Promise.all(many)) expect(kind).toBe('ok');
    const outcomes = (await entriesOf(store(), alice)).map(({ outcome }) => Number(outcome));
    expect(outcomes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(await findingsOf(store(), alice)).toEqual([]);
  });

  it('notes what is no part of a turn, of a person or of nobody', async () => {
    const keys = { what: 'keys', outcome: 'rotated', bundle: null } as const;
    await store().appendAudit({ ...keys, person: null }, NOW);
    await store().appendAudit({ ...keys, what: 'forget', person: alice }, NOW);
    const [first] = (await store().readAudit(0)).kept;
    expect(first?.entry).toMatchObject({ ...keys, who: null });
    const [who] = await store().auditNamesOf(alice);
    expect((await entriesOf(store(), alice)).at(-1)).toMatchObject({ what: 'forget', who });
  });

  it('keeps the trail of a person who is forgotten, which names nobody', async () => {
    await commitNext(store(), aliceDirect, { records: [note('issued')] });
    const records = [{ kind: 'forget', person: alice }, note('asked')] as const;
    await commitNext(store(), aliceDirect, { snapshot: null, records });
    await store().forget(alice, NOW + 1);
    expect((await entriesOf(store(), alice)).map(({ outcome }) => outcome)).toEqual(['issued', 'asked']);
    expect(await findingsOf(store(), alice)).toEqual([]);
  });

  it('takes an exported entry only where it goes on', async () => {
    await commitNext(store(), aliceDirect, { records: [note('one'), note('two'), note('three')] });
    const items = (await itemsOf(store())).filter((item) => item.kind === 'audit');
    for (const item of items) expect(await store().importItem(item)).toBe(false);
    const free = items.map((item) => ({ ...item, partition: (item.partition + 1) % PARTITIONS }));
    const [one, two, three] = free;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three are missing');
    expect(await store().importItem(two)).toBe(true);
    expect(await store().importItem(one)).toBe(false);
    expect(await store().importItem(two)).toBe(false);
    expect(await store().importItem(three)).toBe(true);
    // Under the number of another chain nothing is genuine.
    const chain = await store().readAudit(one.partition);
    expect(verifyChain(chain, one.partition, NOW).map(({ why }) => why)).toEqual(
      expect.arrayContaining(['front-cut', 'changed']),
    );
  });
}

/** How long it is kept, where a sweep ends it. */
export function auditSweepContract(store: () => Store): void {
  it('lets the oldest go after their time, but for the last of them, and stays whole', async () => {
    for (const [index, outcome] of ['one', 'two', 'three', 'four'].entries())
      await commitNext(store(), aliceDirect, { snapshot: null, records: [note(outcome)], now: NOW + index });
    const sweepsAt = async (now: number): Promise<readonly string[]> => {
      while ((await store().sweep(now)).more);
      return (await entriesOf(store(), alice)).map(({ outcome }) => outcome);
    };
    expect(await sweepsAt(NOW + AUDIT_TTL_MS)).toEqual(['one', 'two', 'three', 'four']);
    expect(await sweepsAt(NOW + AUDIT_TTL_MS + 1)).toEqual(['two', 'three', 'four']);
    expect(await findingsOf(store(), alice, NOW + AUDIT_TTL_MS + 1)).toEqual([]);
    expect(await sweepsAt(NOW + 2 * AUDIT_TTL_MS)).toEqual(['four']);
    await commitNext(store(), aliceDirect, { records: [note('five')], now: NOW + 2 * AUDIT_TTL_MS });
    expect(await findingsOf(store(), alice, NOW + 2 * AUDIT_TTL_MS)).toEqual([]);
  });
}
