import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, type UnansweredEntry } from '../../src/model/index.js';
import { alice, aliceDirect, bob, bobDirect, commitNext, unanswered } from '../contract/store/fixture.js';
import { type LiveStore, liveStore } from '../support/live-store.js';
import { writeOwnContent } from '../support/own-content.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

const STAKING = ['how do i stake my coins', 'how do i stake coins here', 'can i stake my coins'];

/** Alice and Bob ask; the first of the texts twice. */
async function ask(live: LiveStore, texts: readonly string[], parts: Partial<UnansweredEntry> = {}) {
  const at = live.store.now() - DAY_MS;
  for (const text of [...texts.slice(0, 1), ...texts]) {
    const entry = unanswered(alice, at, { ...parts, text });
    await commitNext(live.store, aliceDirect, { records: [{ kind: 'keep-unanswered', entry }] });
  }
  const entry = unanswered(bob, at, { text: 'write me a poem' });
  await commitNext(live.store, bobDirect, { records: [{ kind: 'keep-unanswered', entry }] });
}

async function withContent(): Promise<LiveStore & { phrases: (locale: string) => Promise<string> }> {
  const live = await liveStore('LMDB', atEnd);
  await writeOwnContent(live.folder);
  const phrases = (locale: string) => readFile(join(live.folder, `locales/${locale}/phrases.yaml`), 'utf8');
  return { ...live, phrases };
}

describe('lifeline unanswered', () => {
  it('lists clusters with three examples, marks one as done, and knows it again', async () => {
    const live = await liveStore('Redis', atEnd);
    expect((await live.lifeline('unanswered')).out).toBe('Nothing is unanswered.\n');
    await ask(live, STAKING);
    const { out } = await live.lifeline('unanswered');
    const [first = '', ...rest] = out.trimEnd().split('\n');
    expect(first).toMatch(/^[0-9a-f]{6} {2}new {4}4 times {2}en {2}last 20\d\d-\d\d-\d\d$/);
    expect(rest.slice(0, 3).map((line) => line.replace(/^ {2}\d {2}/, ''))).toEqual(
      expect.arrayContaining(STAKING),
    );
    expect(rest[3]).toMatch(/ new {4}1 time {2}en /);
    const id = first.slice(0, 6);
    expect(await live.lifeline('unanswered', id, '--done')).toEqual({
      code: 0,
      out: `${id} is done.\n`,
      err: '',
    });
    expect((await live.lifeline('unanswered', '--all')).out).toContain(`${id}  done   4 times`);
    await ask(live, STAKING.slice(0, 1));
    expect((await live.lifeline('unanswered')).out).toContain(`${id}  again  6 times`);
    const [json] = JSON.parse((await live.lifeline('unanswered', '--json')).out);
    expect(json).toMatchObject({ id, state: 'again', count: 6, locales: ['en'] });
    expect(json.examples).toHaveLength(3);
  });

  it('writes the chosen ones into the phrases, which still pass the check, and marks them', async () => {
    const live = await withContent();
    await ask(live, STAKING);
    await ask(live, ['怎么质押我的币'], { locale: 'zh-CN' });
    const before = { en: await live.phrases('en'), zh: await live.phrases('zh-CN') };
    const listed: { id: string; count: number; examples: { text: string }[] }[] = JSON.parse(
      (await live.lifeline('--content', '.', 'unanswered', '--json')).out,
    );
    const idOf = (text: string) =>
      listed.find(({ examples }) => examples.some((one) => one.text === text))?.id ?? 'none';
    const run = (...args: readonly string[]) => live.lifeline('--content', '.', 'unanswered', ...args);
    const [staking, chinese, poem] = [STAKING[0] ?? '', '怎么质押我的币', 'write me a poem'].map(idOf);
    const ran = await run(`${staking}.1`, chinese ?? '', '--to-phrases', 'fees');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect((await live.phrases('en')).length).toBeGreaterThan(before.en.length);
    expect(await live.phrases('en')).toContain(STAKING[0]);
    expect(await live.phrases('zh-CN')).toContain('怎么质押我的币');
    expect((await run(poem ?? '', '--to-phrases', 'outside')).code).toBe(0);
    expect(await live.phrases('en')).toContain('write me a poem');
    expect((await live.lifeline('--content', '.', 'check')).code).toBe(0);
    expect((await live.store.listUnanswered()).every(({ done }) => done)).toBe(true);
  });

  it('changes nothing for an intent or a cluster that is not there', async () => {
    const live = await withContent();
    await ask(live, STAKING);
    const before = await live.phrases('en');
    const id = (await live.lifeline('--content', '.', 'unanswered')).out.slice(0, 6);
    for (const [args, says] of [
      [[id, '--to-phrases', 'staking'], 'has no phrases for "staking"'],
      [[`${id}.9`, '--to-phrases', 'fees'], `There is no ${id}.9`],
    ] as const) {
      const { code, err } = await live.lifeline('--content', '.', 'unanswered', ...args);
      expect([code, err]).toEqual([1, expect.stringContaining(says)]);
    }
    expect(await live.phrases('en')).toBe(before);
    expect((await live.store.listUnanswered()).filter(({ done }) => done)).toEqual([]);
  });
});
