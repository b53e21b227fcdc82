import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LifelineError, type Store } from '../../../src/model/index.js';
import { openLmdbStore } from '../../../src/store/lmdb.js';
import { openStore } from '../../../src/store/open.js';
import { alice, aliceDirect, commitNext, openedCase, turn } from './fixture.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

const LOCK = 'lifeline.pid';

describe('folder of the LMDB store', () => {
  let folder: Awaited<ReturnType<typeof makeTempFolder>>;
  const opened: Store[] = [];

  beforeEach(async () => {
    folder = await makeTempFolder();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await folder.remove();
  });

  const open = async (settings: { readonly tool?: boolean; readonly readOnly?: boolean } = {}) => {
    const store = await openLmdbStore({ keyring, path: folder.path, ...settings });
    opened.push(store);
    return store;
  };

  it('is made with its parents, for its owner alone', async () => {
    const path = join(folder.path, 'data.v1', 'store');
    opened.push(await openStore(`lmdb:${path}`, { keyring }));
    for (const made of [join(folder.path, 'data.v1'), path]) {
      expect((await stat(made)).mode & 0o777).toBe(0o700);
    }
  });

  it('is refused to a second bot of the same process, and the first goes on', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'store-in-use' });
    await commitNext(first, aliceDirect);
    expect((await first.load(aliceDirect)).version).toBeGreaterThan(0);
    await expect(open()).rejects.toMatchObject({ code: 'store-in-use' });
  });

  it('is refused while another process lives that holds it', async () => {
    await writeFile(join(folder.path, LOCK), `${process.ppid} \n`);
    await expect(open()).rejects.toMatchObject({ code: 'store-in-use' });
    expect(await readdir(folder.path)).toEqual([LOCK]);
  });

  it('is taken over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(join(folder.path, LOCK), `${pid} \n`);
    await commitNext(await open(), aliceDirect);
    await expect(open()).rejects.toMatchObject({ code: 'store-in-use' });
  });

  it('is taken over from a process that broke off while it took the folder', async () => {
    await writeFile(join(folder.path, LOCK), '');
    await commitNext(await open(), aliceDirect);
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'is taken over when the pid belongs to another process now',
    async () => {
      await writeFile(join(folder.path, LOCK), `${process.pid} 1\n`);
      await commitNext(await open(), aliceDirect);
    },
  );

  it('is given back by closing', async () => {
    const first = await open();
    await first.close();
    expect(await readdir(folder.path)).not.toContain(LOCK);
    await commitNext(await open(), aliceDirect);
  });

  it('lets a tool read and change cases beside the bot', async () => {
    const bot = await open();
    const records = [{ kind: 'put-case', person: alice, case: openedCase('A1') }] as const;
    await commitNext(bot, aliceDirect, { records });
    const tool = await open({ tool: true });
    expect(await tool.listCases(9)).toEqual([openedCase('A1')]);
    expect(await tool.updateCase('A1', { state: 'closed' })).toBe(true);
    expect(await bot.listCases(9)).toMatchObject([{ number: 'A1', state: 'closed' }]);
    await commitNext(bot, aliceDirect);
    await tool.close();
    await commitNext(bot, aliceDirect);
    expect(await readdir(folder.path)).toContain(LOCK);
  });

  it('lets a reader read beside the bot and refuses to write for it', async () => {
    const bot = await open();
    await commitNext(bot, aliceDirect);
    const reader = await open({ readOnly: true });
    expect(await reader.load(aliceDirect)).toEqual(await bot.load(aliceDirect));
    await expect(reader.commit(turn(aliceDirect))).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('is not made for a reader', async () => {
    const path = join(folder.path, 'absent');
    await expect(openLmdbStore({ keyring, path, readOnly: true })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(await readdir(folder.path)).toEqual([]);
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('is unavailable when it cannot be made', async () => {
    await writeFile(join(folder.path, 'file'), '');
    const path = join(folder.path, 'file', 'store');
    const failed = openLmdbStore({ keyring, path });
    await expect(failed).rejects.toBeInstanceOf(LifelineError);
    await expect(failed).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('is damaged when its file is something else', async () => {
    const path = join(folder.path, 'store');
    await mkdir(path);
    await writeFile(join(path, 'data.mdb'), 'not a database '.repeat(2000));
    await expect(openLmdbStore({ keyring, path })).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('is damaged when its file was cut short, and never when it is whole', async () => {
    const store = await open();
    for (let count = 0; count < 20; count += 1) await commitNext(store, aliceDirect);
    await store.putBundle('b1', new Uint8Array(100_000));
    await store.close();
    const file = join(folder.path, 'data.mdb');
    const whole = await readFile(file);
    for (const length of [20, 160, 4_096, 8_192, 20_000, whole.length / 2, whole.length - 60_000]) {
      await writeFile(file, whole.subarray(0, length));
      await expect(open()).rejects.toMatchObject({ code: 'store-damaged' });
    }
    await writeFile(file, whole);
    expect((await (await open()).load(aliceDirect)).version).toBe(20);
  });

  it('refuses work after closing', async () => {
    const store = await open();
    await store.close();
    await expect(store.load(aliceDirect)).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(store.commit(turn(aliceDirect))).rejects.toMatchObject({ code: 'store-unavailable' });
    await store.close();
  });
});
