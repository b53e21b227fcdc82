import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { alice, aliceDirect, bob, bobDirect, commitNext, openedCase } from '../contract/store/fixture.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { liveStore, type StoreKind } from '../support/live-store.js';
import { note, noteSome, tamper } from '../support/tampered-audit.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

describe.each<StoreKind>(['LMDB', 'Redis'])('lifeline audit beside a bot on %s', (kind) => {
  it('shows what was noted, the newest first, by person and kind, and no person’s name', async () => {
    const live = await liveStore(kind, atEnd);
    expect(await live.lifeline('audit')).toEqual({ code: 0, out: 'Nothing is noted.\n', err: '' });
    await noteSome(live);
    const { code, out } = await live.lifeline('audit', 'show');
    expect([
      code,
      out
        .trim()
        .split('\n')
        .map((line) => line.split('  ')[3]),
    ]).toEqual([0, ['issued', 'completed', 'matched', 'opened', 'issued']]);
    const [name = ''] = await live.store.auditNamesOf(alice);
    expect(out).toMatch(
      new RegExp(`^\\d+\\.4 {2}20\\d\\d-[\\dT:.-]+Z {2}hand-off {2}completed {2}${name} {2}b1$`, 'm'),
    );
    expect(out).not.toMatch(/1001/);
    const mine = await live.lifeline('audit', 'show', '--who', alice, '--limit', '2', '--json');
    expect(
      mine.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({ who: name, outcome: 'completed' }),
      expect.objectContaining({ who: name, outcome: 'matched' }),
    ]);
    expect((await live.lifeline('audit', 'show', '--what', 'keys')).out).toBe('Nothing is noted.\n');
    expect(await live.lifeline('audit', 'show', '--what', 'nothing')).toMatchObject({ code: 1, out: '' });
  });

  it('notes what an operator does, and stays whole when a person is forgotten', async () => {
    const live = await liveStore(kind, atEnd);
    await noteSome(live);
    const records = [{ kind: 'put-case', person: bob, case: openedCase('LL-1', live.store.now()) }] as const;
    await commitNext(live.store, bobDirect, { snapshot: null, records, now: live.store.now() });
    await live.lifeline('forget', alice);
    await live.lifeline('cases', 'close', 'LL-1');
    await live.lifeline('keys', 'at-rest', 'rotate');
    const { out, err } = await live.lifeline('keys', 'signing', 'rotate');
    expect([err, out]).toEqual(['', expect.stringContaining('signed with the key')]);
    const shown = (await live.lifeline('audit', 'show', '--json')).out.trim().split('\n');
    const noted = shown.map((line) => JSON.parse(line)).map(({ what, outcome }) => `${what} ${outcome}`);
    expect(noted.slice(0, 4)).toEqual([
      expect.stringMatching(/^keys signing-rotated-to-\S{10}$/),
      'keys at-rest-rotated',
      'case LL-1-closed',
      'forget by-operator',
    ]);
    expect(noted).toHaveLength(9);
    expect(await live.lifeline('audit', 'verify')).toEqual({
      code: 0,
      out: expect.stringMatching(/^The audit trail is whole: 9 entries in \d chains\.\n$/),
      err: '',
    });
  });

  it('names what was changed behind its back, and ends with 1', async () => {
    const live = await liveStore(kind, atEnd);
    await noteSome(live);
    await tamper(kind, live, ({ entries }) => void entries.splice(1, 1));
    const plain = await live.lifeline('audit', 'verify');
    expect([plain.code, plain.out]).toEqual([
      1,
      expect.stringMatching(
        /^\d+\.3 {2}missing {2}The entry follows on entries that are gone\.\n1 finding in 4 entries\.\n$/,
      ),
    ]);
    const { code, out } = await live.lifeline('audit', 'verify', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      { ok: false, entries: 4, findings: [{ why: 'missing' }] },
    ]);
  });

  it('finds what was cut off together with its head by a checkpoint that was kept elsewhere, and only so', async () => {
    const live = await liveStore(kind, atEnd);
    await noteSome(live);
    let older: string | null = null;
    await tamper(kind, live, ({ head }) => {
      older = head;
    });
    const now = live.store.now();
    await commitNext(live.store, aliceDirect, { snapshot: null, records: [note('issued')], now });
    const checkpoint = join(live.folder, 'checkpoint.json');
    await writeFile(checkpoint, (await live.lifeline('audit', 'verify', '--json')).out);
    expect((await live.lifeline('audit', 'verify', '--against', checkpoint)).code).toBe(0);
    await tamper(kind, live, (chain) => {
      chain.entries.pop();
      chain.head = older;
    });
    expect((await live.lifeline('audit', 'verify')).code).toBe(0);
    const { code, out } = await live.lifeline('audit', 'verify', '--against', checkpoint);
    expect([code, out]).toEqual([1, expect.stringContaining('4  tail-cut')]);
    expect(await readFile(checkpoint, 'utf8')).toContain('"ok":true');
    expect(await live.lifeline('audit', 'verify', '--against', join(live.folder, 'none'))).toMatchObject({
      code: 1,
      out: '',
    });
  });
});

describe('keys that are changed where there is no store', () => {
  it('are changed all the same, and it is said that the trail does not tell', async () => {
    const live = await liveStore('LMDB', atEnd);
    const lifeline = lifelineIn(live.folder, { LIFELINE_STORE: `lmdb:${join(live.folder, 'none')}` });
    const { code, out, err } = await lifeline('keys', 'signing', 'rotate');
    expect([code, out]).toEqual([0, expect.stringContaining('signed with the key')]);
    expect(err).toContain('the audit trail does not say so');
  });
});
