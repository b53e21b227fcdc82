import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aliceDirect, commitNext, row } from '../contract/store/fixture.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { environment, liveStore } from '../support/live-store.js';
import { askRedis } from '../support/redis/ask-redis.js';
import { startFakeRedis } from '../support/redis/fake-redis.js';
import { redisPort } from '../support/redis/redis-port.js';
import { startRedis } from '../support/redis/start-redis.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** One of each kind of command that opens the store. */
const COMMANDS = [
  ['cases'],
  ['dead', 'retry', '--all'],
  ['quarantine'],
  ['forget', 'telegram:1001'],
  ['export', 'never.export'],
  ['keys', 'at-rest', 'rotate'],
] as const;

/** One that only looks and one that changes something; they open the store as all do. */
const TWO = [COMMANDS[2], COMMANDS[3]] as const;

/** Runs commands; each has to end with 1 and say in one line what `words` say. */
async function allRefuse(
  lifeline: ReturnType<typeof lifelineIn>,
  words: RegExp,
  commands: readonly (readonly string[])[] = TWO,
): Promise<void> {
  const runs = await Promise.all(commands.map((args) => lifeline(...args)));
  for (const [index, { code, out, err }] of runs.entries())
    expect([commands[index], code, out, err]).toEqual([commands[index], 1, '', expect.stringMatching(words)]);
  for (const { err } of runs) expect(err.trimEnd()).not.toContain('\n');
}

const secret = randomBytes(32);

async function folderHere(): Promise<string> {
  const folder = await makeTempFolder();
  atEnd.push(folder.remove);
  return folder.path;
}

/** A filled LMDB store that no bot has open, and its data file. */
async function storeAtRest() {
  const live = await liveStore('LMDB', atEnd, secret);
  await commitNext(live.store, aliceDirect, { outbox: [row(aliceDirect, 1)] });
  await live.close();
  const path = live.name.slice('lmdb:'.length);
  return { ...live, path, file: join(path, 'data.mdb') };
}

describe('on LMDB, a command', () => {
  it('makes no store where there is none', async () => {
    const folder = await folderHere();
    await allRefuse(
      lifelineIn(folder, environment('lmdb:absent', secret)),
      /^There is no store in absent: set LIFELINE_STORE to where it is, or start the bot once to make one\.\n$/,
      COMMANDS,
    );
    await allRefuse(lifelineIn(folder, {}), /^There is no store in \.lifeline\/store: /);
    await mkdir(join(folder, 'empty'));
    await allRefuse(lifelineIn(folder, environment('lmdb:empty', secret)), /^There is no store in empty: /);
    expect(await readdir(folder)).toEqual(['empty']);
    expect(await readdir(join(folder, 'empty'))).toEqual([]);
  });

  it('leaves a data file alone that is garbage, cut short or empty', async () => {
    const { lifeline, file } = await storeAtRest();
    const whole = await readFile(file);
    for (const [bytes, words] of [
      [
        Buffer.from('not a database '.repeat(2_000)),
        /is no database: put a copy back, or move the folder away/,
      ],
      [whole.subarray(0, whole.length / 2), /is cut short: put a copy back, or move the folder away/],
    ] as const) {
      await writeFile(file, bytes);
      await allRefuse(lifeline, words);
      expect(await readFile(file)).toEqual(bytes);
    }
    await writeFile(file, '');
    await allRefuse(lifeline, /there is nothing in it yet: start the bot on it once\.\n$/);
  });

  it('changes nothing under another secret', async () => {
    const { file, folder, name } = await storeAtRest();
    const before = await readFile(file);
    const other = environment(name, randomBytes(32));
    await allRefuse(
      lifelineIn(folder, other),
      /encrypted under a secret that is not set .*Set LIFELINE_SECRET to the one it was made with.*nothing was changed\.\n$/,
    );
    const previous = { LIFELINE_SECRET_PREVIOUS: Buffer.from(secret).toString('base64') };
    await allRefuse(
      lifelineIn(folder, { ...other, ...previous }),
      /its bot works under another secret than LIFELINE_SECRET: set the one it works under, or start it with the new one first\.\n$/,
    );
    expect(await readFile(file)).toEqual(before);
  });

  it('makes no secret where it is missing', async () => {
    const { folder, name, path } = await storeAtRest();
    await allRefuse(
      lifelineIn(folder, { LIFELINE_STORE: name }),
      /^There is no secret: set LIFELINE_SECRET /,
    );
    expect(await readdir(path)).not.toContain('secret');
    await writeFile(join(path, 'secret'), 'too short\n');
    await allRefuse(lifelineIn(folder, { LIFELINE_STORE: name }), /secret is damaged\. Put the secret back/);
  });

  it.runIf(process.getuid?.() === 0)(
    'says so when the folder is read-only or closed to its user',
    async () => {
      const { folder, name, path, file } = await storeAtRest();
      const nobody = 65_534;
      const before = await readFile(file);
      await chmod(folder, 0o777);
      const lifeline = lifelineIn(folder, environment(name, secret), { user: nobody });
      await allRefuse(
        lifeline,
        /^The store in \S+ cannot be reached \(EACCES\): see that this user may read and write/,
      );
      await chown(path, nobody, nobody);
      for (const each of await readdir(path)) {
        await chmod(join(path, each), 0o444);
        await chown(join(path, each), nobody, nobody);
      }
      await chmod(path, 0o555);
      await allRefuse(
        lifeline,
        /cannot be written: its folder or file system is read-only for this user\.\n$/,
      );
      expect(await readFile(file)).toEqual(before);
      expect(await readdir(folder)).toEqual(['store']);
    },
  );

  it('refuses a store that only its bot can see', async () => {
    await allRefuse(
      lifelineIn(await folderHere(), { LIFELINE_STORE: 'memory:' }),
      /^LIFELINE_STORE is memory:/,
    );
  });
});

describe('on Redis, a command', () => {
  const refuses = async (url: string, words: RegExp, more: Readonly<Record<string, string>> = {}) =>
    allRefuse(lifelineIn(await folderHere(), { ...environment(url, secret), ...more }), words);

  it('says so when nobody answers, without the password', async () => {
    const url = `redis://:s3cret-word@127.0.0.1:${await redisPort()}`;
    await refuses(
      url,
      /^The store redis:\/\/127\.0\.0\.1:\d+ cannot be opened: Redis does not answer .*is the address right\?/,
    );
  });

  it('turns down a server that is too old, or drops keys when it is full', async () => {
    const old = await startFakeRedis({ redis_version: '5.0.14', role: 'master', loading: '0' });
    atEnd.push(old.stop);
    await refuses(old.url, /it is version 5\.0\.14; at least 7 is needed\.\n$/);
    const evicting = await startRedis({ maxmemory: '50mb', policy: 'allkeys-lru' });
    atEnd.push(evicting.stop);
    await refuses(evicting.url, /set maxmemory-policy to noeviction\.\n$/);
  });

  it('makes no store in an empty one, and changes nothing under another secret', async () => {
    const live = await liveStore('Redis', atEnd, randomBytes(32));
    await commitNext(live.store, aliceDirect);
    const port = Number(live.name.split(':').at(-1));
    const size = await askRedis(port, 'DBSIZE');
    await refuses(`${live.name}?prefix=other`, /there is nothing in it yet: start the bot on it once\.\n$/);
    await refuses(live.name, /encrypted under a secret that is not set /);
    await refuses(live.name, /its bot works under another secret/, {
      LIFELINE_SECRET_PREVIOUS: Buffer.from(live.secret).toString('base64'),
    });
    expect(await askRedis(port, 'DBSIZE')).toBe(size);
    expect((await live.store.load(aliceDirect)).version).toBeGreaterThan(0);
  });

  it('needs a secret', async () => {
    const lifeline = lifelineIn(await folderHere(), { LIFELINE_STORE: 'redis://127.0.0.1:1' });
    const { code, err } = await lifeline('dead');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('LIFELINE_SECRET is needed with a store on Redis'),
    ]);
  });

  it('says so when it is full, and an import can be run again', async () => {
    const live = await liveStore('LMDB', atEnd, secret);
    await live.store.putBundle('b1', randomBytes(3_000_000));
    await live.lifeline('export', 'a.export');
    const small = await startRedis({ maxmemory: '3mb', policy: 'noeviction' });
    atEnd.push(small.stop);
    const lifeline = lifelineIn(live.folder, environment(small.url, secret));
    await askRedis(small.port, 'SETRANGE', 'filler', '1500000', 'x');
    const { code, err } = await lifeline('import', 'a.export');
    expect([code, err]).toEqual([1, expect.stringMatching(/Redis has no room: raise maxmemory/)]);
    await askRedis(small.port, 'CONFIG', 'SET', 'maxmemory', '100mb');
    expect((await lifeline('import', 'a.export')).code).toBe(0);
    await rm(join(live.folder, 'a.export'));
  });
});
