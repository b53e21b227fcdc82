import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { firstContent } from '../../../src/authoring/reload/first-content.js';
import { type Judged, judgeContent, type Question } from '../../../src/authoring/reload/judge.js';
import { createPassed } from '../../../src/authoring/reload/passed.js';
import { fingerprint, readSettled } from '../../../src/authoring/reload/read-settled.js';
import { readRefusals } from '../../../src/authoring/reload/refusals.js';
import { createReload, type Reload, type ReloadParts } from '../../../src/authoring/reload/reload.js';
import { shareFiles } from '../../../src/authoring/reload/shared-bundles.js';
import { type Bundle, fromPortable, hashFiles } from '../../../src/content/index.js';
import { createMemory } from '../../../src/content/memory.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import { LifelineError, type ModelShelf, type Store } from '../../../src/model/index.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { checkedContent } from '../../support/checked-content.js';
import { keptLog } from '../../support/engine.js';
import { START } from '../../support/talk.js';

const TEXTS = 'locales/en/texts.yaml';
const MAIL = 'flows/mail-missing.yaml';
const REGISTRY = 'flows/official.yaml';
const SUPPORT = `  - { channel: desk, link: help-fees }
  - { channel: mail, mail: support@wallet.example }
  - { channel: social, handle: "@example_wallet" }
  - { channel: phone, phone: "+86 400 000 0000" }`;
const models = new Map<string, Uint8Array>();
const shelf: ModelShelf = {
  get: (key) => models.get(key) ?? null,
  put: (key, model) => models.set(key, model),
};
const atEnd: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

async function contentFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-reload-'));
  atEnd.push(() => rm(folder, { recursive: true }));
  for (const [name, text] of checkedContent()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** What passed by the store alone: each worker has a disk of its own. */
const passedIn = (store: Store, version = '1') => createPassed(store, [], version);

/** A worker that starts and reloads; times pass only by `passes`. */
async function worker(store: Store, folder: string, more: Partial<ReloadParts> = {}) {
  const clock = createFakeClock(START);
  const log = keptLog();
  const memory = createMemory();
  const passed = more.passed ?? passedIn(store);
  const judge = more.judge ?? (async (question: Question) => judgeContent(question, shelf, memory));
  const pause = async (): Promise<void> => undefined;
  const first = await firstContent({ folder, store, passed, judge, pause, isForReal: false });
  let live: Pick<Bundle, 'hash' | 'texts'> = first.bundle;
  let changed = (): void => undefined;
  const reload: Reload = createReload({
    ...{ folder, first, passed, store, clock, log, judge, isForReal: false },
    place: folder,
    worker: folder,
    swap: (_files, fit) => {
      live = fromPortable(fit.bundle);
    },
    live: () => live.hash,
    watch: (_folder, tell) => {
      changed = tell;
      return async () => undefined;
    },
    ...more,
  });
  atEnd.push(() => reload.stop());
  return {
    folder,
    reload,
    lines: (event: string) => log.lines.filter((line) => line.event === event),
    log,
    get live() {
      return live;
    },
    /** Saves a file, as the watcher tells of it, and lets the work that follows be done. */
    saves: async (name: string, text: string): Promise<void> => {
      await writeFile(join(folder, name), text);
      changed();
      clock.moveTo(clock.now() + 100);
      await reload.idle();
    },
    passes: async (ms: number): Promise<void> => {
      clock.moveTo(clock.now() + ms);
      await reload.idle();
    },
  };
}

const edited = (name: string, from: string, to: string): string => {
  const text = checkedContent().get(name) ?? '';
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  return text.replace(from, to);
};
const newText = edited(TEXTS, 'en mail came', 'has it come');
const saidOf = ({ texts }: Pick<Bundle, 'texts'>): string | undefined =>
  texts.get('en')?.get('mail.came')?.source;
const brokenFlow = edited(MAIL, 'go: check }', 'go: chekc }');

/** Nine levels of nine aliases each. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, at) => {
    const below = at === 0 ? '"x"' : `*a${at - 1}`;
    return `a${at}: &a${at} [${Array.from({ length: 9 }, () => below).join(', ')}]\n`;
  });
  return levels.join('');
}

describe('createReload', () => {
  it('puts what is saved in place of what is live, and makes it the active bundle of all', async () => {
    const store = createMemoryStore();
    const one = await worker(store, await contentFolder());
    const before = one.live.hash;
    await one.reload.start();
    expect(await store.activeBundle()).toBe(before);
    await one.saves(TEXTS, newText);
    expect(one.live.hash).not.toBe(before);
    expect(saidOf(one.live)).toBe('has it come');
    expect(await store.activeBundle()).toBe(one.live.hash);
    expect(one.lines('content-live')).toMatchObject([{ bundle: one.live.hash }]);
  });

  it('goes on with the content before when the saved one is not fit, and says where in log and store', async () => {
    const store = createMemoryStore();
    const folder = await contentFolder();
    const one = await worker(store, folder);
    const before = one.live.hash;
    await one.reload.start();
    await one.saves(MAIL, brokenFlow);
    expect([one.live.hash, await store.activeBundle()]).toEqual([before, before]);
    const [line, ...more] = one.lines('content-refused');
    expect(more).toEqual([]);
    expect(line).toMatchObject({ code: 'unknown-step', bundle: before });
    expect(line?.path).toMatch(/^flows\/mail-missing\.yaml:\d+:\d+$/);
    await one.passes(2_000);
    expect(await readRefusals(store)).toMatchObject([
      { place: folder, count: 1, findings: [{ file: MAIL, code: 'unknown-step' }] },
    ]);
    await one.saves(MAIL, checkedContent().get(MAIL) ?? '');
    await one.passes(2_000);
    expect([one.reload.refusal(), await readRefusals(store)]).toEqual([null, []]);
  });

  it.each([
    ['a text that asks for a secret', TEXTS, 'en mail came', 'type your recovery phrase here', 'asks-secret'],
    ['no way to a person', REGISTRY, SUPPORT, '  - { channel: phone, none: true }', 'proof-human'],
  ])('keeps out what compiles and must not be: %s', async (_what, name, from, to, code) => {
    const one = await worker(createMemoryStore(), await contentFolder());
    const before = one.live.hash;
    await one.reload.start();
    await one.saves(name, edited(name, from, to));
    expect(one.live.hash).toBe(before);
    expect(one.lines('content-refused')).toMatchObject([{ code }]);
  });

  it('judges no second time what another worker has made live', async () => {
    const store = createMemoryStore();
    const asked: boolean[] = [];
    const one = await worker(store, await contentFolder());
    const two = await worker(store, await contentFolder(), {
      judge: async (question) => {
        asked.push(question.isLive);
        return judgeContent(question, shelf, createMemory());
      },
    });
    await one.reload.start();
    await two.reload.start();
    await one.saves(TEXTS, newText);
    await two.passes(2_000);
    expect(two.live.hash).toBe(one.live.hash);
    expect(asked).toEqual([true]);
  });

  describe('at a start', () => {
    const [from, to] = ['en mail came', 'type your recovery phrase here'];

    it.each([
      ['a text that asks for a secret', TEXTS, edited(TEXTS, from, to), 'asks-secret'],
      [
        'a rule that is broken',
        REGISTRY,
        edited(REGISTRY, SUPPORT, '  - { channel: phone, none: true }'),
        'proof-human',
      ],
      ['a step that is not there', MAIL, brokenFlow, 'unknown-step'],
      ['a file that is no text', MAIL, Uint8Array.of(0xff, 0xfe, 0x00), 'not-utf8'],
    ])('does not start with %s, and shares it with nobody', async (_what, name, text, code) => {
      const store = createMemoryStore();
      const folder = await contentFolder();
      await writeFile(join(folder, name), text);
      await expect(worker(store, folder)).rejects.toMatchObject({
        code: 'content-invalid',
        message: expect.stringContaining(`[${code}]`),
      });
      expect(await store.activeBundle()).toBeNull();
    });

    it.each([
      ['a text that asks for a secret', TEXTS, edited(TEXTS, from, to), 'asks-secret'],
      ['a step that is not there', MAIL, brokenFlow, 'unknown-step'],
      ['a file that is no text', MAIL, Uint8Array.of(0xff, 0xfe, 0x00), 'not-utf8'],
    ])('serves the last good content of the store in the place of %s', async (_what, name, text, code) => {
      const store = createMemoryStore();
      const folder = await contentFolder();
      const before = await worker(store, folder);
      await before.reload.start();
      await before.reload.stop();
      await writeFile(join(folder, name), text);
      const one = await worker(store, folder);
      await one.reload.start();
      expect([one.live.hash, await store.activeBundle()]).toEqual([before.live.hash, before.live.hash]);
      expect(one.lines('content-refused')).toMatchObject([{ code, bundle: before.live.hash }]);
      await one.passes(2_000);
      expect(await readRefusals(store)).toMatchObject([{ place: folder, findings: [{ code }] }]);
      // And what is mended meanwhile goes live.
      await one.saves(name, checkedContent().get(name) ?? '');
      await one.passes(2_000);
      expect(await readRefusals(store)).toEqual([]);
    });

    it('serves no content of a store that is the unfit one itself, or an example to real people', async () => {
      const store = createMemoryStore();
      const folder = await contentFolder();
      await writeFile(join(folder, TEXTS), edited(TEXTS, from, to));
      const files = await readContentFiles(folder);
      const hash = hashFiles(files, () => true);
      // As a version did that found nothing wrong with it.
      await shareFiles(store, files, hash, folder);
      await expect(worker(store, folder)).rejects.toMatchObject({ code: 'content-invalid' });
      const fit = await worker(store, await contentFolder());
      await fit.reload.start();
      const parts = { folder, store, passed: passedIn(store), isForReal: true, pause: async () => undefined };
      const judge = async (): Promise<Judged> => ({ kind: 'unfit', findings: [] });
      await expect(firstContent({ ...parts, judge })).rejects.toMatchObject({ code: 'registry-example' });
    });

    it('judges nothing again that passed, at this worker or another one, and all of it with another version', async () => {
      const store = createMemoryStore();
      const [folder, other] = [await contentFolder(), await contentFolder()];
      let count = 0;
      const judge = async (question: Question): Promise<Judged> => {
        count += 1;
        return judgeContent(question, shelf, createMemory());
      };
      const startIn = async (where: string, version: string) => {
        const started = await worker(store, where, { judge, passed: passedIn(store, version) });
        await started.reload.start();
        await started.reload.stop();
        return count;
      };
      expect(await startIn(folder, '1')).toBe(1);
      expect(await startIn(folder, '1')).toBe(1);
      expect(await startIn(other, '1')).toBe(1);
      expect(await startIn(other, '2')).toBe(2);
      await writeFile(join(folder, TEXTS), newText);
      expect(await startIn(folder, '2')).toBe(3);
    });

    it('remembers on the disk of a worker what the store does not know', async () => {
      const kept = new Map<string, string>();
      const disk = {
        get: (key: string) => kept.get(key) ?? null,
        put: (key: string, text: string) => kept.set(key, text),
      };
      await createPassed(createMemoryStore(), [disk], '1').note('some');
      const again = createPassed(createMemoryStore(), [disk], '1');
      expect([await again.has('some'), await again.has('another')]).toEqual([true, false]);
      expect(await createPassed(createMemoryStore(), [disk], '2').has('some')).toBe(false);
    });

    it('notices a save that was made while its content was judged', async () => {
      const folder = await contentFolder();
      const one = await worker(createMemoryStore(), folder, {
        judge: async (question) => {
          if (!question.files.get(TEXTS)?.includes('has it come'))
            await writeFile(join(folder, TEXTS), newText);
          return judgeContent(question, shelf, createMemory());
        },
      });
      expect(saidOf(one.live)).toBe('en mail came');
      await one.reload.start();
      await one.passes(2_000);
      expect(saidOf(one.live)).toBe('has it come');
    });
  });

  it('notices a save that the watcher does not tell of', async () => {
    const folder = await contentFolder();
    const one = await worker(createMemoryStore(), folder);
    await one.reload.start();
    await writeFile(join(folder, `${TEXTS}~`), newText);
    await rename(join(folder, `${TEXTS}~`), join(folder, TEXTS));
    await one.passes(2_000);
    expect(saidOf(one.live)).toBe('has it come');
  });

  it('changes over where another worker has saved', async () => {
    const store = createMemoryStore();
    const [one, two] = [
      await worker(store, await contentFolder()),
      await worker(store, await contentFolder()),
    ];
    await one.reload.start();
    await two.reload.start();
    await one.saves(TEXTS, newText);
    expect(two.live.hash).not.toBe(one.live.hash);
    await two.passes(2_000);
    expect(two.live.hash).toBe(one.live.hash);
    // Its own folder is as it was, and does not take the others back.
    await two.passes(2_000);
    expect(await store.activeBundle()).toBe(one.live.hash);
  });

  it('follows the others after a restart, unless its folder holds something new', async () => {
    const store = createMemoryStore();
    const [folder, other] = [await contentFolder(), await contentFolder()];
    const one = await worker(store, folder);
    await one.reload.start();
    const two = await worker(store, other);
    await two.reload.start();
    await two.saves(TEXTS, newText);
    await one.reload.stop();
    const again = await worker(store, folder);
    await again.reload.start();
    expect(again.live.hash).toBe(two.live.hash);
    await again.reload.stop();
    await writeFile(join(folder, TEXTS), edited(TEXTS, 'en mail came', 'did it come'));
    const newer = await worker(store, folder);
    await newer.reload.start();
    expect(await store.activeBundle()).toBe(newer.live.hash);
    expect(newer.live.hash).not.toBe(two.live.hash);
  });

  it('ends at one content when two save at once, and keeps both files', async () => {
    const store = createMemoryStore();
    const folders = [await contentFolder(), await contentFolder()] as const;
    const [one, two] = [await worker(store, folders[0]), await worker(store, folders[1])];
    await one.reload.start();
    await two.reload.start();
    const theirs = edited(TEXTS, 'en mail came', 'did it come');
    await Promise.all([one.saves(TEXTS, newText), two.saves(TEXTS, theirs)]);
    for (const each of [one, two, one]) await each.passes(2_000);
    expect(one.live.hash).toBe(two.live.hash);
    expect((await readContentFiles(folders[0])).get(TEXTS)).toBe(newText);
    expect((await readContentFiles(folders[1])).get(TEXTS)).toBe(theirs);
  });

  it('makes what the folder holds live for all again when asked to', async () => {
    const store = createMemoryStore();
    const [one, two] = [
      await worker(store, await contentFolder()),
      await worker(store, await contentFolder()),
    ];
    const before = one.live.hash;
    await one.reload.start();
    await two.reload.start();
    await two.saves(TEXTS, newText);
    await one.passes(2_000);
    await one.reload.now();
    expect([one.live.hash, await store.activeBundle()]).toEqual([before, before]);
    await two.passes(2_000);
    expect(two.live.hash).toBe(before);
  });

  it('serves on when a file is no text, and when the folder is gone for a while', async () => {
    const folder = await contentFolder();
    const one = await worker(createMemoryStore(), folder);
    const before = one.live.hash;
    await one.reload.start();
    await writeFile(join(folder, TEXTS), Uint8Array.of(0xff, 0xfe, 0x00));
    await one.passes(2_000);
    expect(one.lines('content-refused')).toMatchObject([{ path: `${TEXTS}:1:1` }]);
    await rename(join(folder, 'flows'), join(folder, 'away'));
    await one.passes(2_000);
    expect(one.lines('content-refused')).toHaveLength(2);
    expect(one.live.hash).toBe(before);
    await rename(join(folder, 'away'), join(folder, 'flows'));
    await one.saves(TEXTS, newText);
    expect(saidOf(one.live)).toBe('has it come');
    expect(one.reload.refusal()).toBeNull();
  });

  it.each([
    ['tabs', MAIL, 'flow: mail-missing\n\ttitle: x\n', 'tab'],
    [
      'marks of a merge',
      MAIL,
      `<<<<<<< ours\n${checkedContent().get(MAIL)}=======\n>>>>>>> theirs\n`,
      'conflict-marker',
    ],
    [
      'a key that is there twice',
      TEXTS,
      `${checkedContent().get(TEXTS)}mail.came: "once more"\n`,
      'duplicate-key',
    ],
    ['10 MB', TEXTS, '#'.repeat(10_000_000), 'file-too-large'],
    ['aliases that unfold to gigabytes', MAIL, bomb(), 'yaml-anchor'],
  ])('serves on when a saved file has %s, and takes the next save', async (_what, name, text, code) => {
    const one = await worker(createMemoryStore(), await contentFolder());
    const before = one.live.hash;
    await one.reload.start();
    await one.saves(name, text);
    expect(one.live.hash).toBe(before);
    expect(one.lines('content-refused')).toMatchObject([{ code, bundle: before }]);
    await writeFile(join(one.folder, name), checkedContent().get(name) ?? '');
    await one.saves(TEXTS, newText);
    expect(saidOf(one.live)).toBe('has it come');
  });

  it('takes both files when two people save in one folder at once', async () => {
    const one = await worker(createMemoryStore(), await contentFolder());
    await one.reload.start();
    const other = edited('locales/zh-CN/texts.yaml', 'zh-CN mail came', '收到了吗');
    await Promise.all([one.saves(TEXTS, newText), one.saves('locales/zh-CN/texts.yaml', other)]);
    await one.passes(2_000);
    expect(saidOf(one.live)).toBe('has it come');
    expect(one.live.texts.get('zh-CN')?.get('mail.came')?.source).toBe('收到了吗');
    expect(one.reload.refusal()).toBeNull();
  });

  it('serves on when the content cannot be judged, and judges the next save', async () => {
    let fails = false;
    const memory = createMemory();
    const judge = async (question: Parameters<ReloadParts['judge']>[0]): Promise<Judged> => {
      if (fails) throw new LifelineError('content-invalid', 'its thread ended');
      return judgeContent(question, shelf, memory);
    };
    const one = await worker(createMemoryStore(), await contentFolder(), { judge });
    const before = one.live.hash;
    await one.reload.start();
    fails = true;
    await one.saves(TEXTS, newText);
    expect([one.live.hash, one.reload.refusal()?.count]).toEqual([before, 1]);
    fails = false;
    await one.saves(TEXTS, edited(TEXTS, 'en mail came', 'did it come'));
    expect(one.live.hash).not.toBe(before);
  });

  it('tells the others once the store is back', async () => {
    const store = createMemoryStore();
    let isAway = false;
    const away = {
      ...store,
      activateBundle: async (hash: string) => {
        if (isAway) throw new LifelineError('store-unavailable', 'away');
        return store.activateBundle(hash);
      },
    };
    const one = await worker(away, await contentFolder());
    await one.reload.start();
    isAway = true;
    await one.saves(TEXTS, newText);
    expect(await store.activeBundle()).not.toBe(one.live.hash);
    expect(saidOf(one.live)).toBe('has it come');
    isAway = false;
    await one.passes(2_000);
    expect(await store.activeBundle()).toBe(one.live.hash);
  });

  it('keeps the last bundles, and takes older ones away', async () => {
    const store = createMemoryStore();
    const one = await worker(store, await contentFolder());
    await one.reload.start();
    const hashes = [one.live.hash];
    for (let edit = 1; edit <= 9; edit += 1) {
      await one.saves(TEXTS, edited(TEXTS, 'en mail came', `did it come, ${edit}`));
      hashes.push(one.live.hash);
    }
    const kept = await Promise.all(hashes.map(async (hash) => (await store.getBundle(hash)) !== null));
    expect(kept).toEqual([false, false, ...Array.from({ length: 8 }, () => true)]);
  });
});

describe('reading a content folder', () => {
  it('reads again what vanished while it was read', async () => {
    const folder = await contentFolder();
    const pauses: number[] = [];
    await rename(join(folder, 'flows'), join(folder, 'away'));
    await mkdir(join(folder, 'flows'));
    await symlink(join(folder, 'nowhere'), join(folder, 'flows', 'menu.yaml'));
    const { files, unread } = await readSettled(folder, async (ms) => {
      pauses.push(ms);
      await rm(join(folder, 'flows'), { recursive: true });
      await rename(join(folder, 'away'), join(folder, 'flows'));
    });
    expect(pauses).toHaveLength(1);
    expect(unread).toEqual([]);
    expect(files).toEqual(checkedContent());
  });

  it('reads files that a volume shows as links, and none that begin with a dot', async () => {
    const folder = await contentFolder();
    await mkdir(join(folder, 'flows', '..data'));
    await rename(join(folder, MAIL), join(folder, 'flows', '..data', 'mail-missing.yaml'));
    await symlink(join('..data', 'mail-missing.yaml'), join(folder, MAIL));
    await writeFile(join(folder, 'flows', '.menu.yaml'), 'half');
    expect(await readContentFiles(folder)).toEqual(checkedContent());
  });

  it('tells apart a file with other text of the same length', async () => {
    const folder = await contentFolder();
    const before = await fingerprint(folder);
    await writeFile(join(folder, 'x'), checkedContent().get(MAIL) ?? '');
    await rename(join(folder, 'x'), join(folder, MAIL));
    expect(await fingerprint(folder)).not.toBe(before);
  });
});
