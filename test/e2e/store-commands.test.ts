import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RowId } from '../../src/model/index.js';
import {
  alice,
  aliceDirect,
  bobDirect,
  commitNext,
  freshInbound,
  openedCase,
  row,
} from '../contract/store/fixture.js';
import { fill, itemsOf } from '../contract/store/full-store.js';
import { type LiveStore, liveStore, type StoreKind } from '../support/live-store.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** Puts rows of Alice and Bob among the dead letters, the first the oldest. */
async function killRows({ store }: LiveStore): Promise<readonly RowId[]> {
  const now = store.now() - 60_000;
  const rows = [row(aliceDirect, 1), row(aliceDirect, 2), row(bobDirect, 3)];
  await commitNext(store, aliceDirect, { outbox: rows.slice(0, 2), now });
  await commitNext(store, bobDirect, { outbox: rows.slice(2), now });
  for (const [index, { id }] of rows.entries())
    await store.settleRow(id, { kind: 'dead', code: '403-blocked', at: now + index });
  return rows.map(({ id }) => id);
}

const idsIn = (out: string): readonly (string | undefined)[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('  ')[0]);

describe.each<StoreKind>(['LMDB', 'Redis'])('beside a bot on %s', (kind) => {
  it('dead lists dead letters, the newest first, by their text keys and without words', async () => {
    const live = await liveStore(kind, atEnd);
    expect(await live.lifeline('dead')).toEqual({ code: 0, out: 'No dead letters.\n', err: '' });
    const [first, second, third] = await killRows(live);
    const { code, out } = await live.lifeline('dead');
    expect(code).toBe(0);
    expect(idsIn(out)).toEqual([third, second, first]);
    expect(out.split('\n')[0]).toMatch(
      /^telegram:10011:10011#\S+ {2}20\d\d-\d\d-\d\dT[\d:.]+Z {2}403-blocked {2}mail\.where-looked$/,
    );
    expect(out).not.toContain('您好');
    expect(idsIn((await live.lifeline('dead', 'list', '--limit', '1')).out)).toEqual([third]);
  });

  it('dead retry puts one, or all in their old order, at the end of their conversation', async () => {
    const live = await liveStore(kind, atEnd);
    const { store } = live;
    const [first = '', second, third] = await killRows(live);
    expect((await live.lifeline('dead', 'retry', first)).out).toContain(
      '1 dead letter put back, each at the end',
    );
    expect((await store.listDead(9)).map((letter) => letter.row.id)).toEqual([third, second]);
    await store.settleRow(first as RowId, { kind: 'dead', code: 'again', at: store.now() - 59_999 });
    expect((await live.lifeline('dead', 'retry', '--all')).out).toContain('3 dead letters');
    expect(await store.listDead(9)).toEqual([]);
    const due = store.now() + 1_000;
    expect(await store.nextRow(bobDirect, due)).toMatchObject({ id: third, tries: 0 });
    expect(await store.nextRow(aliceDirect, due)).toMatchObject({ id: second, tries: 0 });
    await store.settleRow(second as RowId, { kind: 'sent' });
    expect(await store.nextRow(aliceDirect, due)).toMatchObject({ id: first });
    expect((await live.lifeline('dead', 'retry', '--all')).out).toBe('No dead letters.\n');
  });

  it('dead drop deletes one, or all', async () => {
    const live = await liveStore(kind, atEnd);
    const [first = ''] = await killRows(live);
    expect((await live.lifeline('dead', 'drop', first)).out).toBe('1 dead letter dropped.\n');
    expect((await live.lifeline('dead', 'drop', '--all')).out).toBe('2 dead letters dropped.\n');
    expect(await live.store.listDead(9)).toEqual([]);
  });

  it('quarantine lists what failed three times and drops it', async () => {
    const live = await liveStore(kind, atEnd);
    expect((await live.lifeline('quarantine')).out).toBe('Nothing is in quarantine.\n');
    const at = live.store.now();
    const entry = { conversation: aliceDirect, flow: 'menu', step: 'ask', bundle: 'b1', code: 'TypeError' };
    const [text, timer] = [
      { ...entry, id: freshInbound(), what: 'text', at },
      { ...entry, id: freshInbound(), what: 'timer', at: at + 1 },
    ] as const;
    for (const each of [text, timer])
      await commitNext(live.store, aliceDirect, { records: [{ kind: 'put-quarantine', entry: each }] });
    const { out } = await live.lifeline('quarantine');
    expect(out).toBe(
      [timer, text]
        .map(
          (each) => `${each.id}  ${new Date(each.at).toISOString()}  TypeError  ${each.what}  menu.ask  b1\n`,
        )
        .join(''),
    );
    expect(await live.lifeline('quarantine', 'drop', text.id)).toMatchObject({ code: 0, err: '' });
    const again = await live.lifeline('quarantine', 'drop', text.id);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('Nothing of the id')]);
    expect(await live.store.listQuarantine(9)).toEqual([timer]);
  });

  it('counters tells what was counted, also after a restart', async () => {
    const live = await liveStore(kind, atEnd);
    expect(await live.lifeline('counters')).toEqual({ code: 0, out: 'Nothing was counted.\n', err: '' });
    for (const [conversation, by] of [
      [aliceDirect, 3],
      [bobDirect, 4],
    ] as const)
      await commitNext(live.store, conversation, {
        records: [
          { kind: 'count', name: 'secret:phrase:telegram:zh-CN', by },
          { kind: 'count', name: 'quarantined', by: 1 },
        ],
      });
    expect((await live.lifeline('counters')).out).toBe(
      '       2  quarantined\n       7  secret  phrase  telegram  zh-CN\n',
    );
    await live.close();
    expect(JSON.parse((await live.lifeline('counters', '--json')).out)).toEqual({
      quarantined: 2,
      'secret:phrase:telegram:zh-CN': 7,
    });
  });

  it('forget deletes everything of a person and of nobody else, and says when nothing was kept', async () => {
    const live = await liveStore(kind, atEnd);
    await fill(live.store, live.store.now());
    expect(await live.lifeline('forget', alice)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Everything of telegram:1001 is deleted'),
    });
    const kept = (await itemsOf(live.store)).filter((item) =>
      JSON.stringify(item).includes('telegram:1001"'),
    );
    expect(kept.map((item) => item.kind)).toEqual(['tombstone']);
    expect((await live.store.load(bobDirect)).version).toBeGreaterThan(0);
    expect((await live.lifeline('forget', alice)).out).toBe('Nothing was kept of telegram:1001.\n');
    expect(await commitNext(live.store, aliceDirect)).toBeGreaterThan(0);
  });
});

describe('a list', () => {
  it('ends quietly when nobody reads on', async () => {
    const live = await liveStore('LMDB', atEnd);
    const records = Array.from({ length: 100 }, (_, index) => ({
      kind: 'put-case' as const,
      person: alice,
      case: { ...openedCase(`C${index}`, live.store.now()), topic: 't'.repeat(2_000) },
    }));
    await commitNext(live.store, aliceDirect, { records });
    const { code, out, err } = await live.lifeline('cases');
    expect([code, err, out.trimEnd().split('\n').length]).toEqual([0, '', 100]);
    const piped = await live.piped('cases', 'head -n 1');
    expect(piped).toEqual({ code: 0, out: `${out.split('\n')[0]}\n`, err: '' });
  });
});

describe('what is no id', () => {
  it('is refused by dead: none, one that is not there, or one and all', async () => {
    const live = await liveStore('LMDB', atEnd);
    const [first = ''] = await killRows(live);
    const wrong = [[], ['nonsense'], [`${first}0`], [first, '--all']];
    const runs = wrong.flatMap((args) =>
      ['retry', 'drop'].map((what) => live.lifeline('dead', what, ...args)),
    );
    for (const { code, err } of await Promise.all(runs))
      expect([code, err]).toEqual([1, expect.stringMatching(/^(Name one|There is no) dead letter .*\n$/)]);
    expect(await live.store.listDead(9)).toHaveLength(3);
  });

  it('is refused by forget when it is no person', async () => {
    const live = await liveStore('LMDB', atEnd);
    await commitNext(live.store, aliceDirect);
    const wrong = [
      '1001',
      'telegram:',
      'telegram:1001:1001',
      'telegramm:1001',
      'telegram: 1',
      'telegram:1#2',
      '',
    ];
    const runs = await Promise.all(wrong.map((text) => live.lifeline('forget', text)));
    for (const [index, { code, err }] of runs.entries())
      expect([wrong[index], code, err]).toEqual([
        wrong[index],
        1,
        expect.stringContaining('is no person: write PLATFORM:USER'),
      ]);
    expect((await live.store.load(aliceDirect)).version).toBeGreaterThan(0);
  });
});
