import { describe, expect, it } from 'vitest';
import { LifelineError } from '../../../src/model/index.js';
import type { Engine } from '../../../src/runtime/turn-request.js';
import { canaries } from '../../support/canary/canaries.js';
import { tracesIn } from '../../support/canary/traces.js';
import { inbound, plainEngine } from '../../support/engine.js';
import { faultyOn, openReception, type ReceptionParts } from '../../support/reception.js';
import { chance } from '../../support/secrets/chance.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const text = (words: string) => ({ kind: 'text', text: words }) as const;
const poison = inbound(2, text('poison'));
const broken = () => faultyOn('poison', () => new TypeError('broken'));

/** An engine that fails at everything, and says at what. */
function quoting(): Engine {
  const sound = plainEngine(bundleOf(smallContent()));
  const advance: typeof sound.conversation.advance = (_position, event) => {
    throw new TypeError(`broken by ${JSON.stringify(event)}`);
  };
  return { ...sound, conversation: { ...sound.conversation, advance } };
}

/** Fails twice. */
async function failTwice({ receiver }: Pick<ReturnType<typeof openReception>, 'receiver'>): Promise<void> {
  for (let round = 0; round < 2; round += 1) await expect(receiver.receive(poison)).rejects.toThrow('broken');
}

describe('a message whose turn fails again and again', () => {
  it('gets a safe reply at its third failure, and the place is kept', async () => {
    const reception = openReception({ engine: broken() });
    const { receiver, commits, keys, memory, log } = reception;
    await receiver.receive(inbound(1, text('wants mail-missing')));
    await failTwice(reception);
    await expect(receiver.receive(poison)).resolves.toEqual({ kind: 'committed' });
    expect(keys(commits.at(-1))).toEqual(['common.fault']);
    expect((await memory.load(poison.conversation)).snapshot).toMatchObject({
      flow: 'mail-missing',
      step: 'looked',
    });
    expect(log.lines.map((line) => [line.event, line.code, line.count])).toEqual([
      ['turn-failed', 'TypeError', 1],
      ['turn-failed', 'TypeError', 2],
      ['turn-failed', 'TypeError', 3],
    ]);
  });

  it('goes to the quarantine with where it happened, and nothing the person wrote', async () => {
    const reception = openReception({ engine: broken() });
    const { receiver, memory, commits } = reception;
    await receiver.receive(inbound(1, text('wants mail-missing')));
    await failTwice(reception);
    await receiver.receive(poison);
    expect(await memory.listQuarantine(10)).toEqual([
      {
        id: poison.id,
        conversation: poison.conversation,
        what: 'text',
        flow: 'mail-missing',
        step: 'looked',
        bundle: plainEngine(bundleOf(smallContent())).bundle.hash,
        code: 'TypeError',
        at: START,
      },
    ]);
    expect((await memory.readCounters()).quarantined).toBe(1);
    expect(JSON.stringify(commits.at(-1))).not.toContain('poison');
  });

  it('leaves no trace of a secret in quarantine, store or log, whatever the fault quotes', async () => {
    const all = canaries(chance(4));
    const engine = quoting();
    for (const [at, { text: said }] of all.entries()) {
      const { receiver, memory, log, commits } = openReception({ engine });
      const message = inbound(10 + at, text(`${said} poison`));
      for (let round = 0; round < 2; round += 1)
        await expect(receiver.receive(message)).rejects.toThrow('broken');
      await receiver.receive(message);
      expect(await memory.listQuarantine(10)).toHaveLength(1);
      const items = [];
      for await (const item of memory.exportItems()) items.push(item);
      const kept = Buffer.from(JSON.stringify([items, log.lines, commits]));
      expect(tracesIn('what is kept', kept, all)).toEqual([]);
    }
  });

  it('holds up neither the next message of the person nor anybody else', async () => {
    const reception = openReception({ engine: broken() });
    const { receiver } = reception;
    const failing = receiver.receive(poison);
    const next = receiver.receive(inbound(3, text('wants fees')));
    const other = receiver.receive(inbound(4, text('wants fees'), { user: '6' }));
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toEqual({ kind: 'committed' });
    await expect(other).resolves.toEqual({ kind: 'committed' });
  });

  it('is counted over all workers', async () => {
    const one = openReception({ engine: broken() });
    const two = openReception({ engine: broken(), memory: one.memory, worker: 'two' });
    await failTwice(one);
    await expect(two.receiver.receive(poison)).resolves.toEqual({ kind: 'committed' });
    expect(two.keys(two.commits[0])).toEqual(['common.fault']);
    await expect(one.receiver.receive(poison)).resolves.toEqual({ kind: 'duplicate' });
  });

  it('is counted by the worker itself while the store cannot count', async () => {
    const reception = openReception({
      engine: broken(),
      store: () => ({ countFailure: () => Promise.reject(new LifelineError('store-unavailable', 'gone')) }),
    });
    const { receiver, commits, keys, log } = reception;
    await failTwice(reception);
    await expect(receiver.receive(poison)).resolves.toEqual({ kind: 'committed' });
    expect(keys(commits[0])).toEqual(['common.fault']);
    expect(log.lines).toContainEqual({
      event: 'failure-not-counted',
      code: 'store-unavailable',
      conversation: poison.conversation,
    });
  });

  it('is dropped when it is sent again after its safe reply', async () => {
    const reception = openReception({ engine: broken() });
    await failTwice(reception);
    await reception.receiver.receive(poison);
    await expect(reception.receiver.receive(poison)).resolves.toEqual({ kind: 'duplicate' });
    expect(reception.commits).toHaveLength(1);
  });

  // The shipped safe reply ends with "our official support: {channels}".
  it('is told the official channels in the safe reply', async () => {
    const files = ['en', 'zh-CN'].reduce(
      (before, tag) => edited(before, `locales/${tag}/texts.yaml`, `${tag} common fault`, `fault {channels}`),
      smallContent(),
    );
    const reception = openReception({ engine: { ...broken(), bundle: bundleOf(files) } });
    await failTwice(reception);
    await reception.receiver.receive(poison);
    expect(JSON.stringify(reception.commits.at(-1)?.outbox)).toContain('support@wallet.example');
  });

  it('is not given up while the store is not there, and its failures are not counted', async () => {
    let counted = 0;
    const { receiver, commits } = openReception({
      engine: faultyOn('poison', () => new LifelineError('store-unavailable', 'gone')),
      store: () => ({
        countFailure: async () => {
          counted += 1;
          return counted;
        },
      }),
    });
    for (let round = 0; round < 6; round += 1) {
      await expect(receiver.receive(poison)).rejects.toMatchObject({ code: 'store-unavailable' });
    }
    expect([commits, counted]).toEqual([[], 0]);
  });

  it('is not called answered when the store did not take the safe reply', async () => {
    const parts: ReceptionParts = {
      engine: broken(),
      store: (memory) => ({
        commit: async () => ({ kind: 'conflict', fresh: await memory.load(poison.conversation) }),
      }),
    };
    const reception = openReception(parts);
    await failTwice(reception);
    await expect(reception.receiver.receive(poison)).rejects.toMatchObject({
      code: 'conversation-contended',
    });
  });
});

describe('a timer whose turn fails again and again', () => {
  it('goes away with a safe reply, and into the quarantine', async () => {
    const sound = openReception();
    await sound.receiver.receive(inbound(1, text('wants mail-missing')));
    const [due] = await sound.memory.dueTimers(START + 3_600_000, 10);
    if (due === undefined) throw new Error('no timer is due');
    const engine = plainEngine(bundleOf(smallContent()));
    const { receiver, memory, commits, keys, clock } = openReception({
      memory: sound.memory,
      engine: {
        ...engine,
        conversation: {
          ...engine.conversation,
          advance: () => {
            throw new TypeError('broken');
          },
        },
      },
    });
    clock.moveTo(due.dueAt);
    const fire = () => receiver.timerDue(due.conversation, due.timer, due.dueAt);
    await expect(fire()).rejects.toThrow('broken');
    await expect(fire()).rejects.toThrow('broken');
    await expect(fire()).resolves.toEqual({ kind: 'committed' });
    expect(keys(commits[0])).toEqual(['common.fault']);
    expect(await memory.dueTimers(due.dueAt, 10)).toEqual([]);
    expect(await memory.listQuarantine(10)).toMatchObject([{ what: 'timer', step: 'looked' }]);
  });
});

describe('a message to a conversation that cannot be read', () => {
  it.each(['store-damaged', 'store-newer'] as const)(
    'gets a safe reply at its third failure (%s), and what is kept stays as it is',
    async (code) => {
      const sound = openReception();
      await sound.receiver.receive(inbound(1, text('wants mail-missing')));
      const { conversation } = poison;
      const before = await sound.memory.load(conversation);
      const { receiver, memory, commits, keys } = openReception({
        memory: sound.memory,
        store: () => ({
          load: () => Promise.reject(new LifelineError(code, 'a record of "conversation" cannot be read')),
        }),
      });
      const message = inbound(2, text('hello'));
      for (let round = 0; round < 2; round += 1)
        await expect(receiver.receive(message)).rejects.toMatchObject({ code });
      await expect(receiver.receive(message)).resolves.toEqual({ kind: 'committed' });
      expect(keys(commits.at(-1))).toEqual(['common.fault']);
      expect(await memory.load(conversation)).toEqual(before);
      expect(await memory.listQuarantine(9)).toMatchObject([{ id: message.id, code }]);
      await expect(receiver.receive(message)).resolves.toEqual({ kind: 'duplicate' });
    },
  );
});
