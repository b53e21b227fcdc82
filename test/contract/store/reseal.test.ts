import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeyring, keysOf, retireNote, rotateNote } from '../../../src/infra/at-rest.js';
import type { Store } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import { openOn } from '../../support/redis/open-redis.js';
import { startRedis } from '../../support/redis/start-redis.js';
import { alice, aliceDirect, commitNext, MINUTE_MS, row, turn } from './fixture.js';
import { fill, itemsOf, sorted } from './full-store.js';
import { makeTempFolder } from './temp-folder.js';

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

type Secrets = readonly Uint8Array[];
/** Opens one more store on the same data, as a bot or as a tool beside it. */
type Open = (secrets: Secrets, how?: { readonly tool?: boolean }) => Promise<Store>;

async function onLmdb(): Promise<Open> {
  const folder = await makeTempFolder();
  atEnd.push(folder.remove);
  return (secrets, how = {}) =>
    openLmdbStore({ keyring: createKeyring(secrets), path: folder.path, tool: how.tool === true });
}

async function onRedis(): Promise<Open> {
  const server = await startRedis();
  atEnd.push(server.stop);
  return (secrets) => openOn(server.url, { keyring: createKeyring(secrets) });
}

describe.each([
  ['LMDB', onLmdb],
  ['Redis', onRedis],
] as const)('keys of a store on %s', (_name, make) => {
  const openHere = async (open: Open, secrets: Secrets, how?: { readonly tool?: boolean }) => {
    const store = await open(secrets, how);
    atEnd.push(() => store.close());
    return store;
  };

  /** Encrypts anew until nothing is left; how many values there were. */
  const resealAll = async (store: Store): Promise<number> => {
    for (let count = 0; ; ) {
      const found = await store.reseal(3);
      if (found === 0) return count;
      count += found;
    }
  };

  const noteOf = async (store: Store): Promise<string> => {
    const note = await store.keyNote();
    if (note === null) throw new Error('the store has no note of its keys');
    return note;
  };

  it('are exchanged for those of another secret, which alone opens everything then', async () => {
    const open = await make();
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const first = await open([old]);
    const now = first.now();
    await fill(first, now);
    await first.forget(alice, now);
    await first.setValue('offset', '42');
    const before = sorted(await itemsOf(first));
    await first.close();

    const second = await open([fresh, old]);
    expect(keysOf(await noteOf(second))).toHaveLength(2);
    expect(await resealAll(second)).toBeGreaterThan(5);
    const note = await noteOf(second);
    expect(await second.replaceKeyNote(note, retireNote(note))).toBe(true);
    await second.close();

    const third = await openHere(open, [fresh]);
    expect(keysOf(await noteOf(third)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
    expect(sorted(await itemsOf(third))).toEqual(before);
    expect(await third.commit(turn(aliceDirect, { sentAt: now - 1 }))).toEqual({ kind: 'duplicate' });
    await expect(open([old], { tool: true })).rejects.toMatchObject({ code: 'store-wrong-key' });
  });

  it('find what a worker that still has the older one seals meanwhile', async () => {
    const open = await make();
    const secrets = [randomBytes(32)];
    const bot = await openHere(open, secrets);
    const tool = await openHere(open, secrets, { tool: true });
    await fill(bot, bot.now());
    const note = await noteOf(tool);
    const rotated = rotateNote(note, secrets, new Date(tool.now()));
    expect(await tool.replaceKeyNote(note, rotated)).toBe(true);
    expect(await resealAll(tool)).toBeGreaterThan(5);

    await commitNext(bot, aliceDirect, { outbox: [row(aliceDirect, 7)] });
    expect(await resealAll(tool)).toBe(2);
    expect(await resealAll(tool)).toBe(0);
    expect((await tool.load(aliceDirect)).snapshot).toEqual((await bot.load(aliceDirect)).snapshot);
    await commitNext(tool, aliceDirect);
    expect((await bot.load(aliceDirect)).version).toBeGreaterThan(0);
  });

  it('are changed by one of two who change them at once', async () => {
    const open = await make();
    const secrets = [randomBytes(32)];
    const bot = await openHere(open, secrets);
    const note = await noteOf(bot);
    const tool = await openHere(open, secrets, { tool: true });
    const notes = [1, 2].map(() => rotateNote(note, secrets, new Date(bot.now())));
    const done = await Promise.all([
      bot.replaceKeyNote(note, notes[0] ?? ''),
      tool.replaceKeyNote(note, notes[1] ?? ''),
    ]);
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await noteOf(bot)).toBe(notes[done.indexOf(true)]);
  });
});

describe('a new key of a store on LMDB', () => {
  it('is taken up by the bot within a minute', async () => {
    const folder = await makeTempFolder();
    atEnd.push(folder.remove);
    const secrets = [randomBytes(32)];
    const keyring = createKeyring(secrets);
    let aheadMs = 0;
    const clock = () => Date.now() + aheadMs;
    const bot = await openLmdbStore({ keyring, path: folder.path, clock });
    const tool = await openLmdbStore({ keyring, path: folder.path, tool: true });
    atEnd.push(bot.close, tool.close);
    const note = (await tool.keyNote()) ?? '';
    await tool.replaceKeyNote(note, rotateNote(note, secrets, new Date()));
    aheadMs = MINUTE_MS + 1;
    await bot.nextDue();
    await commitNext(bot, aliceDirect, { outbox: [row(aliceDirect, 1)] });
    expect(await tool.reseal(9)).toBe(0);
  });
});

describe('workers on one Redis with two secrets, the new one named first by some', () => {
  it('read what the others write, until all are started with the new one', async () => {
    const open = await onRedis();
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const before = await open([old, fresh]);
    const after = await open([fresh, old]);
    atEnd.push(before.close, after.close);
    for (const [index, [writer, reader]] of [[before, after] as const, [after, before] as const].entries()) {
      await commitNext(writer, aliceDirect, { outbox: [row(aliceDirect, index)] });
      expect((await reader.load(aliceDirect)).snapshot).toEqual((await writer.load(aliceDirect)).snapshot);
      await commitNext(reader, aliceDirect);
    }
    const again = await open([old, fresh]);
    atEnd.push(again.close);
    expect(sorted(await itemsOf(again))).toEqual(sorted(await itemsOf(after)));
    const last = await open([fresh, old]);
    expect(await last.reseal(100)).toBeGreaterThan(0);
    expect(await last.reseal(100)).toBe(0);
    const note = (await last.keyNote()) ?? '';
    expect(await last.replaceKeyNote(note, retireNote(note))).toBe(true);
    await last.close();
    const alone = await open([fresh]);
    atEnd.push(alone.close);
    expect((await alone.load(aliceDirect)).version).toBeGreaterThan(0);
  });
});
