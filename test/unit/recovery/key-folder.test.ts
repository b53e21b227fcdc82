import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changeKeyFolder,
  createKeyReader,
  newKeySet,
  publicKeys,
  readKeyFolder,
  rotateKeySet,
  withdrawKey,
} from '../../../src/recovery/index.js';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'lifeline-signing-')), 'keys');
const made = async (folder: string) =>
  changeKeyFolder(folder, async (before) => (before === null ? newKeySet(1) : rotateKeySet(before, 2)));

describe('the folder of the signing keys', () => {
  it('has none at first, then what was written, readable by its owner only', async () => {
    const folder = fresh();
    expect(readKeyFolder(folder)).toBeNull();
    const keys = await made(folder);
    expect(readKeyFolder(folder)).toEqual(keys);
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is changed by one at a time, and stays as it was when that fails', async () => {
    const folder = fresh();
    const keys = await made(folder);
    const inside = changeKeyFolder(folder, async () => made(folder));
    await expect(inside).rejects.toMatchObject({ code: 'settings-invalid' });
    expect(readKeyFolder(folder)).toEqual(keys);
    await made(folder);
    expect(readKeyFolder(folder)?.previous).toEqual(keys.current);
  });

  it('is looked at anew by a running bot within five minutes: what was withdrawn is published no more', async () => {
    const folder = fresh();
    const { current } = await made(folder);
    let now = 1_000_000;
    const read = createKeyReader(folder, () => now);
    const kids = () => publicKeys(read()).keys.map(({ kid }) => kid);
    expect(kids()).toContain(current.kid);
    await changeKeyFolder(folder, async (before) =>
      withdrawKey(before ?? (await newKeySet(1)), current.kid, 3),
    );
    now += 10_000;
    expect(kids()).not.toContain(current.kid);
  });

  it('says where the fault is when it is damaged or empty, and nothing of the keys', async () => {
    const folder = fresh();
    const read = createKeyReader(folder, () => 0);
    expect(read).toThrow(/lifeline keys signing rotate/);
    const { current } = await made(folder);
    const path = join(folder, 'keys.json');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20));
    let said = '';
    try {
      readKeyFolder(folder);
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain('it is damaged');
    expect(said).not.toContain(current.jwk.d);
  });
});
