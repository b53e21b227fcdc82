import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyring } from '../../src/infra/at-rest.js';
import type { Store } from '../../src/model/index.js';
import { openStore } from '../../src/store/open.js';
import {
  alice,
  aliceDirect,
  bob,
  bobDirect,
  commitNext,
  row,
  snapshot,
  turn,
} from '../contract/store/fixture.js';
import { fill, itemsOf, sorted } from '../contract/store/full-store.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { environment, type LiveStore, liveStore, type StoreKind } from '../support/live-store.js';
import { startRedis } from '../support/redis/start-redis.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** Something of every kind. */
async function fillAll(store: Store): Promise<void> {
  const now = store.now();
  await fill(store, now);
  await store.forget(bob, now);
  await commitNext(store, bobDirect, { snapshot: null, outbox: [row(bobDirect, 8)], now });
  await store.setValue('telegram:offset', '42');
  await store.putBundle('b1', Uint8Array.of(0, 255, 128));
  await store.activateBundle('b1');
}

/** An empty Redis and the command for it. */
async function emptyRedis(live: LiveStore) {
  const server = await startRedis();
  atEnd.push(server.stop);
  const lifeline = lifelineIn(live.folder, environment(server.url, live.secret));
  const items = async () => {
    const store = await openStore(server.url, { keyring: createKeyring([live.secret]) });
    const found = await itemsOf(store);
    await store.close();
    return found;
  };
  return { server, lifeline, items };
}

describe('export and import', () => {
  it('bring everything from LMDB to Redis and back, and a second time change nothing', async () => {
    const live = await liveStore('LMDB', atEnd);
    await fillAll(live.store);
    const before = sorted(await itemsOf(live.store));
    const exported = await live.lifeline('export', 'a.export');
    expect([exported.code, exported.err]).toEqual([0, '']);
    expect(exported.out).toContain('a.export is written: conversation 3, person 1, seen 4, tombstone 1');
    expect(exported.out).toContain('encrypted under LIFELINE_SECRET');

    const redis = await emptyRedis(live);
    const first = await redis.lifeline('import', 'a.export');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(
      /\nPut in: conversation 3, person 1, seen 4, .*active-bundle 1\.\n.*as it is: nothing\.\n$/,
    );
    expect(sorted(await redis.items())).toEqual(before);
    const second = await redis.lifeline('import', 'a.export');
    expect(second.out).toMatch(/\nPut in: nothing\.\n.*as it is: conversation 3, person 1, seen 4, .*\n$/);
    expect(sorted(await redis.items())).toEqual(before);

    expect((await redis.lifeline('export', 'b.export')).code).toBe(0);
    const back = lifelineIn(live.folder, environment('lmdb:back', live.secret));
    expect((await back('import', 'b.export')).code).toBe(0);
    const store = await openStore(`lmdb:${join(live.folder, 'back')}`, {
      keyring: createKeyring([live.secret]),
    });
    atEnd.push(() => store.close());
    expect(sorted(await itemsOf(store))).toEqual(before);
  });

  it('go on with the conversations, their order, waits and seen-marks', async () => {
    const live = await liveStore('LMDB', atEnd);
    const now = live.store.now();
    const commit = turn(aliceDirect, {
      now,
      snapshot: snapshot('asked', now),
      outbox: [row(aliceDirect, 1), row(aliceDirect, 2)],
      timers: [{ kind: 'set', timer: 'wait', dueAt: now + 5 }],
    });
    await live.store.commit(commit);
    await live.lifeline('export', 'a.export');
    const redis = await emptyRedis(live);
    await redis.lifeline('import', 'a.export');
    const store = await openStore(redis.server.url, { keyring: createKeyring([live.secret]) });
    atEnd.push(() => store.close());
    expect(await store.commit(commit)).toEqual({ kind: 'duplicate' });
    expect((await store.load(aliceDirect)).snapshot).toEqual(snapshot('asked', now));
    expect(await store.dueTimers(now + 5, 9)).toEqual([
      { conversation: aliceDirect, timer: 'wait', dueAt: now + 5 },
    ]);
    expect(await store.nextRow(aliceDirect, now)).toMatchObject(row(aliceDirect, 1));
    await store.settleRow(row(aliceDirect, 1).id, { kind: 'sent' });
    expect(await store.nextRow(aliceDirect, now)).toMatchObject(row(aliceDirect, 2));
    expect(await commitNext(store, aliceDirect)).toBeGreaterThan(0);
  });
});

describe.each<StoreKind>(['LMDB', 'Redis'])('an export of %s beside its bot', (kind) => {
  it('is whole while the bot writes', async () => {
    const live = await liveStore(kind, atEnd);
    await fillAll(live.store);
    let going = true;
    const writing = (async () => {
      while (going) await commitNext(live.store, aliceDirect);
    })();
    const { code } = await live.lifeline('export', 'a.export');
    going = false;
    await writing;
    expect(code).toBe(0);
    const fresh = await emptyRedis(live);
    const { code: imported, out } = await fresh.lifeline('import', 'a.export');
    expect([imported, out]).toEqual([0, expect.stringMatching(/Put in: .*conversation 3.*tombstone 1/)]);
  });
});

describe('the file of an export', () => {
  it('is for its owner alone, shows nothing, and leaves nothing else behind', async () => {
    const live = await liveStore('LMDB', atEnd);
    await fillAll(live.store);
    await live.lifeline('export', 'a.export');
    const path = join(live.folder, 'a.export');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    for (const word of ['1001', 'telegram', 'mail-missing', '您好']) expect(text).not.toContain(word);
    expect((await readdir(live.folder)).sort()).toEqual(['a.export', 'store']);
  });

  it('has a name with its time when none is given', async () => {
    const live = await liveStore('LMDB', atEnd);
    expect((await live.lifeline('export')).out).toMatch(
      /^lifeline-\d{4}-\d\d-\d\dT\d{6}Z\.export is written: nothing\.\n/,
    );
  });

  it('is not overwritten, but with --force', async () => {
    const live = await liveStore('LMDB', atEnd);
    const path = join(live.folder, 'a.export');
    await writeFile(path, 'mine');
    const refused = await live.lifeline('export', 'a.export');
    expect([refused.code, refused.err]).toEqual([
      1,
      'a.export is there already: name another file, or overwrite it with --force.\n',
    ]);
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect((await live.lifeline('export', '--force', 'a.export')).code).toBe(0);
    expect(await readFile(path, 'utf8')).toMatch(/^\{"lifeline":"export"/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is not begun where it cannot be', async () => {
    const live = await liveStore('LMDB', atEnd);
    const { code, err } = await live.lifeline('export', 'absent/a.export');
    expect([code, err]).toEqual([1, 'absent/a.export cannot be used: there is no such file or folder.\n']);
  });

  it('is taken away again when its disk is full', async () => {
    const live = await liveStore('LMDB', atEnd);
    await live.store.putBundle('b1', randomBytes(2_000_000));
    const { code, err } = await live.limited('export a.export', 512_000);
    expect([code, err]).toEqual([1, 'a.export cannot be used: its disk is full; nothing was left behind.\n']);
    expect(await readdir(live.folder)).toEqual(['store']);
  });
});

describe('an import', () => {
  const ofAll: (() => Promise<void>)[] = [];
  let live: LiveStore;
  let text: string;
  /** Where an LMDB store would be made that is not there yet, and the command for it. */
  let target: string;
  let lifeline: LiveStore['lifeline'];
  let path: string;

  beforeAll(async () => {
    live = await liveStore('LMDB', ofAll);
    await fillAll(live.store);
    await live.lifeline('export', 'whole.export');
    text = await readFile(join(live.folder, 'whole.export'), 'utf8');
    path = join(live.folder, 'a.export');
  });
  afterAll(async () => {
    for (const end of ofAll.reverse()) await end();
  });
  beforeEach(async () => {
    await writeFile(path, text);
    target = join(live.folder, `target-${randomBytes(4).toString('hex')}`);
    lifeline = lifelineIn(live.folder, environment(`lmdb:${target}`, live.secret));
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -200), /line \d+: it /],
    [
      'without its last line',
      (text: string) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`,
      /ends too early/,
    ],
    [
      'altered',
      (text: string) => text.replace(/(?<=\n"[^\n]{30})[A-Z]/, (one) => (one === 'A' ? 'B' : 'A')),
      /line \d+: it is altered/,
    ],
    ['of a newer version', (text: string) => text.replace('"format":1', '"format":2'), /newer version/],
    ['empty', () => '', /line 1: it ends too early/],
    ['something else', () => 'PK\u0003\u0004 something', /is no export/],
  ])('of a file that is %s is refused, and nothing is written', async (_what, change, words) => {
    await writeFile(path, change(text));
    const { code, out, err } = await lifeline('import', 'a.export');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(words);
    expect(err).toMatch(/^a\.export cannot be imported: .*; nothing was written\.\n$/);
    expect(existsSync(target)).toBe(false);
  });

  it('says when there is no such file', async () => {
    const { code, err } = await lifeline('import', 'b.export');
    expect([code, err]).toEqual([1, 'b.export cannot be used: there is no such file or folder.\n']);
    expect(existsSync(target)).toBe(false);
  });

  it('needs the secret of the export, as the present or a previous one', async () => {
    const fresh = randomBytes(32);
    const other = await lifelineIn(live.folder, environment(`lmdb:${target}`, fresh))('import', 'a.export');
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('LIFELINE_SECRET_PREVIOUS')]);
    const none = await lifelineIn(live.folder, { LIFELINE_STORE: `lmdb:${target}` })('import', 'a.export');
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringMatching(/^There is no secret: set LIFELINE_SECRET .*\n$/),
    ]);
    expect(existsSync(target)).toBe(false);
    const previous = { LIFELINE_SECRET_PREVIOUS: Buffer.from(live.secret).toString('base64') };
    const both = await lifelineIn(live.folder, environment(`lmdb:${target}`, fresh, previous))(
      'import',
      'a.export',
    );
    expect(both.code).toBe(0);
    const store = await openStore(`lmdb:${target}`, { keyring: createKeyring([fresh]) });
    atEnd.push(() => store.close());
    expect((await store.load(aliceDirect)).version).toBeGreaterThan(0);
  });

  it('is refused on LMDB while a bot runs on the store', async () => {
    const bot = await openStore(`lmdb:${target}`, { keyring: createKeyring([live.secret]) });
    atEnd.push(() => bot.close());
    const { code, err } = await lifeline('import', 'a.export');
    expect([code, err.trimEnd().split('\n').length]).toEqual([1, 1]);
    expect(err).toMatch(/process \d+ uses the store in .*: stop it first/);
    expect(await itemsOf(bot)).toEqual([]);
  });

  it('takes nothing from a bot that runs on Redis meanwhile', async () => {
    const redis = await emptyRedis(live);
    const bot = await openStore(redis.server.url, { keyring: createKeyring([live.secret]) });
    atEnd.push(() => bot.close());
    await commitNext(bot, aliceDirect, {
      outbox: [row(aliceDirect, 9)],
      records: [{ kind: 'put-person', person: alice, record: { locale: 'zh-CN' } }],
    });
    await bot.setValue('telegram:offset', '77');
    const { version } = await bot.load(aliceDirect);
    const people = Array.from({ length: 20 }, () => commitNext(bot, bobDirect).catch(() => 0));
    const { code, out } = await redis.lifeline('import', 'a.export');
    await Promise.all(people);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/left as it is: .*conversation [12].*person 1.*value 1/),
    ]);
    expect(await bot.load(aliceDirect)).toMatchObject({ version, person: { locale: 'zh-CN' } });
    expect(await bot.nextRow(aliceDirect, bot.now() + 60_000)).toMatchObject({ id: row(aliceDirect, 9).id });
    expect(await bot.getValue('telegram:offset')).toBe('77');
    expect((await bot.listCases(9)).length).toBeGreaterThan(0);
  });
});
