import { describe, expect, it } from 'vitest';
import {
  type Adapter,
  type Commit,
  type CommitResult,
  type Guard,
  type InboundMessage,
  LifelineError,
} from '../../../src/model/index.js';
import { inbound, openStage, plainEngine } from '../../support/engine.js';
import { openReception as setUp } from '../../support/reception.js';
import { bundleOf, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const WORDS = `${'abandon '.repeat(11)}about`;
const text = (words: string) => ({ kind: 'text', text: words }) as const;

describe('createReceiver', () => {
  it('commits a turn before it tells of it', async () => {
    const { receiver, memory, commits } = setUp();
    await expect(receiver.receive(inbound(1, text('wants mail-missing')))).resolves.toEqual({
      kind: 'committed',
    });
    const stored = await memory.load(inbound(1, text('')).conversation);
    expect(stored).toMatchObject({ version: 1, snapshot: { flow: 'mail-missing' } });
    expect(commits).toHaveLength(1);
  });

  it('hands over the lane it claimed with the commit, and says when the person did it', async () => {
    const { receiver, commits, claims } = setUp({ worker: 'seven' });
    await receiver.receive({ ...inbound(1, text('wants fees')), sentAt: START - 2_000 });
    await receiver.receive(inbound(2, text('wants thanks')));
    expect(claims.map((claim) => claim?.row.id ?? null)).toEqual([commits[0]?.outbox[0]?.id, null]);
    expect(commits[0]).toMatchObject({ sentAt: START - 2_000, sender: { worker: 'seven', leaseMs: 3_000 } });
    expect(commits[1]?.sentAt).toBeNull();
  });

  it('lets a text wait that needs a model which is still being trained, and answers it then', async () => {
    let learned = (): void => undefined;
    const isLearned = new Promise<void>((resolve) => {
      learned = resolve;
    });
    let isReady = false;
    const engine = plainEngine(bundleOf(smallContent()));
    const { receiver, commits, keys } = setUp({
      learned: () => isLearned,
      engine: {
        ...engine,
        understanding: {
          ...engine.understanding,
          understand: (said, locale, expectation) => {
            if (!isReady) throw new LifelineError('still-learning', 'not yet');
            return engine.understanding.understand(said, locale, expectation);
          },
        },
      },
    });
    const waiting = receiver.receive(inbound(1, text('wants fees')));
    await receiver.receive(inbound(2, { kind: 'start', payload: 'mail-missing' }, { user: '6' }));
    expect(commits.map((commit) => keys(commit).at(-1))).toEqual(['mail.looked']);
    isReady = true;
    learned();
    await expect(waiting).resolves.toEqual({ kind: 'committed' });
    expect(keys(commits[1]).join(' ')).toContain('answers.fees');
  });

  describe('of a phrase whose halves two workers get', () => {
    const HALVES = [
      'dial visit hour giggle ocean pistol',
      'sunset coral velvet hamster orbit power',
    ] as const;

    it('takes the second for a part of it, by the number of words that the first had', async () => {
      const one = setUp({ worker: 'one' });
      const two = setUp({ worker: 'two', memory: one.memory });
      await one.receiver.receive(inbound(1, text(HALVES[0])));
      await two.receiver.receive(inbound(2, text(HALVES[1])));
      expect(two.commits[0]?.snapshot).toMatchObject({ flow: 'leaked-secret' });
      expect(JSON.stringify([one.commits, two.commits])).not.toMatch(/giggle|sunset/);
    });

    it('forgets the number after a quarter of an hour', async () => {
      const one = setUp({ worker: 'one' });
      const two = setUp({ worker: 'two', memory: one.memory });
      await one.receiver.receive(inbound(1, text(HALVES[0])));
      for (const { clock } of [one, two]) clock.moveTo(START + 900_000);
      await two.receiver.receive(inbound(2, text(HALVES[1])));
      expect(two.commits[0]?.snapshot?.flow).not.toBe('leaked-secret');
    });

    it('leaves alone who says the same few words again and again', async () => {
      const { receiver, commits } = setUp();
      for (let at = 1; at <= 20; at += 1)
        await receiver.receive(inbound(at, text(at % 2 === 0 ? 'language' : 'switch language')));
      expect(commits).toHaveLength(20);
      for (const { snapshot } of commits) expect(snapshot?.flow).not.toBe('leaked-secret');
    });

    it('leaves another person alone, and sentences', async () => {
      const one = setUp({ worker: 'one' });
      const two = setUp({ worker: 'two', memory: one.memory });
      await one.receiver.receive(inbound(1, text(HALVES[0])));
      await two.receiver.receive(inbound(2, text(HALVES[1]), { user: '6' }));
      await two.receiver.receive(inbound(3, text('wants fees')));
      for (const { snapshot } of two.commits) expect(snapshot?.flow).not.toBe('leaked-secret');
    });
  });

  it('drops a repeated update', async () => {
    const { receiver, commits } = setUp();
    await receiver.receive(inbound(1, text('wants fees')));
    await expect(receiver.receive(inbound(1, text('wants fees')))).resolves.toEqual({ kind: 'duplicate' });
    expect(commits).toHaveLength(1);
  });

  it('takes messages of one conversation one after another', async () => {
    const { receiver, commits, keys } = setUp();
    await Promise.all([
      receiver.receive(inbound(1, text('wants mail-missing'))),
      receiver.receive(inbound(2, text('en mail btn spam'))),
    ]);
    expect(commits.map((commit) => keys(commit).at(-1))).toEqual(['mail.looked', 'mail.came']);
  });

  it('computes a turn again when another worker was faster', async () => {
    const lost: Commit[] = [];
    const { receiver, memory, commits, keys } = setUp({
      store: (memory) => ({
        commit: async (commit): Promise<CommitResult> => {
          if (lost.length === 0) {
            lost.push(commit);
            // The other worker answers another message first.
            await memory.commit({ ...commit, seen: inbound(77, text('')).id });
          }
          return memory.commit(commit);
        },
      }),
    });
    await expect(receiver.receive(inbound(1, text('wants mail-missing')))).resolves.toEqual({
      kind: 'committed',
    });
    expect(commits).toHaveLength(1);
    expect(commits[0]).toMatchObject({ expectedVersion: 1 });
    expect(keys(commits[0])).toEqual(['mail.looked']);
    expect((await memory.load(inbound(1, text('')).conversation)).version).toBe(2);
  });

  it('gives up a conversation that never stops changing, so that the platform sends the update again', async () => {
    let tried = 0;
    const { receiver } = setUp({
      store: (memory) => ({
        commit: async (commit): Promise<CommitResult> => {
          tried += 1;
          return { kind: 'conflict', fresh: await memory.load(commit.conversation) };
        },
      }),
    });
    await expect(receiver.receive(inbound(1, text('wants fees')))).rejects.toMatchObject({
      code: 'conversation-contended',
      retryable: true,
    });
    expect(tried).toBe(8);
  });

  it('draws another case number when one is taken', async () => {
    const numbers: string[] = [];
    const { receiver } = setUp({
      store: (memory) => ({
        commit: async (commit): Promise<CommitResult> => {
          const [record] = commit.records;
          if (record?.kind === 'put-case') numbers.push(record.case.number);
          return numbers.length === 1 ? { kind: 'refused', reason: 'case-exists' } : memory.commit(commit);
        },
      }),
    });
    await expect(receiver.receive(inbound(1, text('wants contact-support')))).resolves.toEqual({
      kind: 'committed',
    });
    expect(new Set(numbers).size).toBe(2);
  });

  it('takes what the guard cannot judge for a secret: nothing of it is kept, and the person is answered', async () => {
    const guard: Guard = {
      inspect: () => {
        throw new RangeError('out of budget');
      },
    };
    const { receiver, commits, log, keys } = setUp({ guard });
    await expect(receiver.receive(inbound(1, text('something odd')))).resolves.toEqual({ kind: 'committed' });
    expect(keys(commits[0])).toContain('security.phrase-seen');
    expect(JSON.stringify(commits)).not.toContain('something odd');
    expect(log.lines[0]).toMatchObject({ event: 'guard-failed', code: 'RangeError' });
  });

  it('removes a secret before anything is stored or logged', async () => {
    const { receiver, commits, log, keys } = setUp();
    await receiver.receive(inbound(1, text(`${WORDS}\nwants fees`)));
    expect(keys(commits[0])).toContain('security.phrase-seen');
    expect(JSON.stringify([commits, log.lines])).not.toContain('abandon');
    expect(log.lines).toContainEqual({
      event: 'secret-removed',
      platform: 'telegram',
      conversation: 'telegram:5:5',
      secretKinds: ['phrase'],
    });
  });

  it('points at a message that it answers, and never at one that held a secret', async () => {
    const stage = openStage();
    const adapter: Adapter = {
      ...stage,
      encode: (message, { replyVia }) => [{ method: 'show', payload: { message, replyVia } }],
    };
    const { receiver, commits } = setUp({ adapter });
    const message = (update: number, words: string): InboundMessage => ({
      ...inbound(update, text(words), { place: '-100', public: true }),
      replyVia: { kind: 'telegram-message', token: String(update) },
    });
    await receiver.receive(message(1, 'wants fees'));
    expect(commits[0]?.outbox[0]?.call.payload.replyVia).toEqual({ kind: 'telegram-message', token: '1' });
    expect(commits[0]?.outbox.map(({ shown }) => shown.kind)).toEqual(['message']);
    await receiver.receive(message(2, `${WORDS} wants fees`));
    expect(commits[1]?.outbox.map(({ call }) => call.payload.replyVia)).not.toContainEqual(expect.anything());
  });

  it('answers a secret in what was taken back unread, and is silent of anything else in it', async () => {
    const { receiver, commits, keys } = setUp();
    await receiver.receive(inbound(1, { kind: 'withdrawn', text: 'wants fees' }));
    await receiver.receive(inbound(2, { kind: 'withdrawn', text: WORDS }));
    expect(commits.map((commit) => keys(commit).includes('security.phrase-seen'))).toEqual([false, true]);
    expect(commits[0]?.outbox).toEqual([]);
    expect(JSON.stringify(commits)).not.toContain('abandon');
  });

  it('knows what was taken back after it was read', async () => {
    const { receiver, commits } = setUp();
    await receiver.receive(inbound(1, text(WORDS)));
    await expect(receiver.receive(inbound(1, { kind: 'withdrawn', text: WORDS }))).resolves.toEqual({
      kind: 'duplicate',
    });
    expect(commits).toHaveLength(1);
  });

  it('fires a timer once', async () => {
    const { receiver, commits, keys, clock, memory } = setUp();
    await receiver.receive(inbound(1, text('wants mail-missing')));
    await receiver.receive(inbound(2, text('en mail btn waited')));
    clock.moveTo(START + 600_000);
    const [due] = await memory.dueTimers(clock.now(), 10);
    if (due === undefined) throw new Error('no timer is due');
    await receiver.timerDue(due.conversation, due.timer, due.dueAt);
    expect(keys(commits.at(-1))).toEqual(['mail.came']);
    await expect(receiver.timerDue(due.conversation, due.timer, due.dueAt)).resolves.toEqual({
      kind: 'duplicate',
    });
    expect(await memory.dueTimers(clock.now(), 10)).toEqual([]);
  });

  it('forgets everything of a person, and knows nothing of them afterwards', async () => {
    const { receiver, memory, keys, commits } = setUp();
    await receiver.receive(inbound(1, { kind: 'command', name: 'language', text: 'zh-CN' }));
    await receiver.receive(inbound(2, text('wants forget-me')));
    await receiver.receive(inbound(3, text('zh-CN forget btn yes')));
    expect(await memory.load(inbound(1, text('')).conversation)).toEqual({
      version: 0,
      snapshot: null,
      person: null,
    });
    await receiver.receive(inbound(4, text('wants fees')));
    expect(keys(commits.at(-1))[0]).toBe('safety.full');
    expect(commits.at(-1)?.snapshot?.locale).toBe('en');
  });
});
