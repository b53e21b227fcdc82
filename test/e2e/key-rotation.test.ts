import { afterEach, describe, expect, it, vi } from 'vitest';
import { keysOf, rotateNote } from '../../src/infra/at-rest.js';
import type { Store, StoredItem } from '../../src/model/index.js';
import { aliceDirect, bobDirect, commitNext, MINUTE_MS, row } from '../contract/store/fixture.js';
import { fill, itemsOf, sorted } from '../contract/store/full-store.js';
import { type LiveStore, liveStore, type StoreKind } from '../support/live-store.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** What is kept, but for what the audit trail says of the command itself. */
async function keptIn(store: Store): Promise<readonly StoredItem[]> {
  return (await itemsOf(store)).filter((item) => item.kind !== 'audit' || item.entry.what !== 'keys');
}

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

async function noteOf({ store }: LiveStore): Promise<string> {
  const note = await store.keyNote();
  if (note === null) throw new Error('the store has no note of its keys');
  return note;
}

const LINE = /^[0-9a-f]{8} {2}20\d\d-\d\d-\d\dT[\d:.]+Z {2}(current|older)$/;

describe.each<StoreKind>(['LMDB', 'Redis'])('keys at-rest beside a bot on %s', (kind) => {
  it('lists the keys by number and age, and nothing of the keys themselves', async () => {
    const live = await liveStore(kind, atEnd);
    const { code, out } = await live.lifeline('keys', 'at-rest');
    expect([code, out.trimEnd()]).toEqual([0, expect.stringMatching(LINE)]);
    expect(out).toBe((await live.lifeline('keys', 'at-rest', 'list')).out);
    expect(out).not.toContain(Buffer.from(live.secret).toString('base64').slice(0, 12));
  });

  it('rotate puts everything under a new key while the bot goes on, and retire waits for the bots', async () => {
    const live = await liveStore(kind, atEnd);
    await fill(live.store, live.store.now());
    const before = sorted(await keptIn(live.store));
    const rotated = await live.lifeline('keys', 'at-rest', 'rotate');
    expect([rotated.code, rotated.err]).toEqual([0, '']);
    const [older, current] = keysOf(await noteOf(live));
    expect(rotated.out).toMatch(new RegExp(`^New values go under the key ${current?.id} now`));
    expect(rotated.out).toMatch(/\n\d\d values encrypted anew\. In two minutes/);
    expect(await (await live.another()).reseal(100)).toBe(0);

    expect(sorted(await keptIn(live.store))).toEqual(before);
    expect(await commitNext(live.store, aliceDirect)).toBeGreaterThan(0);
    const early = await live.lifeline('keys', 'at-rest', 'retire');
    expect([early.code, early.out]).toEqual([1, '']);
    expect(early.err).toMatch(/too new: bots may still use the one before\. Run this again in two minutes/);
    const { out } = await live.lifeline('keys', 'at-rest');
    expect(out.split('\n').map((line) => line.split('  ')[0])).toEqual([older?.id, current?.id, '']);
  });

  it('retire keeps the older key as long as a bot still seals under it, and takes it away then', async () => {
    const live = await liveStore(kind, atEnd);
    await fill(live.store, live.store.now());
    const note = await noteOf(live);
    const threeMinutesAgo = new Date(live.store.now() - 3 * MINUTE_MS);
    // Another process changes the note, so that this bot does not know of it before its minute is over.
    const other = await live.another();
    await other.replaceKeyNote(note, rotateNote(note, [live.secret], threeMinutesAgo));
    expect(await other.reseal(100)).toBeGreaterThan(9);
    expect(await other.reseal(100)).toBe(0);
    await commitNext(live.store, bobDirect, { outbox: [row(bobDirect, 9)] });
    const before = sorted(await keptIn(live.store));

    const refused = await live.lifeline('keys', 'at-rest', 'retire');
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toMatch(
      /^Still under older keys: 2 values, encrypted anew now\. .*again in two minutes\.\n$/,
    );
    expect(keysOf(await noteOf(live))).toHaveLength(2);
    const retired = await live.lifeline('keys', 'at-rest', 'retire');
    expect([retired.code, retired.err]).toEqual([0, '']);
    expect(retired.out).toMatch(/^1 older key retired: everything is under the key [0-9a-f]{8}\./);
    expect(keysOf(await noteOf(live)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
    expect((await live.lifeline('keys', 'at-rest', 'retire')).out).toMatch(/^Nothing to retire: /);

    expect(sorted(await keptIn(live.store))).toEqual(before);
    expect(await commitNext(live.store, bobDirect)).toBeGreaterThan(0);
    expect(sorted(await keptIn(await live.another()))).toEqual(sorted(await keptIn(live.store)));
  });
});
