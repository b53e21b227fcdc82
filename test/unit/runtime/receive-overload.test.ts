import { describe, expect, it } from 'vitest';
import { type InboundContent, type InboundMessage, LifelineError } from '../../../src/model/index.js';
import { inbound } from '../../support/engine.js';
import { createGate } from '../../support/gate.js';
import { openReception, type Reception, type ReceptionParts } from '../../support/reception.js';

const WORDS = `${'abandon '.repeat(11)}about`;
const text = (words: string): InboundContent => ({ kind: 'text', text: words });

/** A reception whose store commits nothing until it is let go. */
function openHeld(parts: ReceptionParts = {}): Reception & { readonly letGo: () => void } {
  const { passed, open: letGo } = createGate();
  const reception = openReception({
    ...parts,
    store: (memory) => ({
      commit: async (commit) => {
        await passed;
        return memory.commit(commit);
      },
    }),
  });
  return { ...reception, letGo: () => letGo() };
}

/** Messages `first` to `last`, all at once. */
function write(
  { receiver }: Reception,
  first: number,
  last: number,
  other: Readonly<Record<number, Partial<InboundMessage>>> = {},
) {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index;
    return receiver.receive({ ...inbound(number, text('wants fees')), ...other[number] });
  });
}

const tap = (token: string): Partial<InboundMessage> => ({
  content: { kind: 'tap', data: 'old' },
  replyVia: { kind: 'telegram-callback', token },
});

describe('a person who writes faster than they can be answered', () => {
  it('gets one reply for the oldest messages, and answers to the last ten', async () => {
    const reception = openHeld();
    const received = write(reception, 1, 30);
    reception.letGo();
    await Promise.all(received);
    const said = reception.commits.map((commit) => reception.keys(commit));
    expect(said.flat().filter((key) => key === 'common.too-many-waiting')).toHaveLength(1);
    // The first had begun; 2 to 12 were shortened when the 22nd came.
    expect(said[1]).toEqual(['common.too-many-waiting']);
    expect(said.slice(2, 12)).toEqual(Array.from({ length: 10 }, () => []));
    expect(said.slice(12).every((keys) => keys.includes('answers.fees'))).toBe(true);
    expect(reception.log.lines.map((line) => line.event)).toEqual(['burst-shortened']);
  });

  it('has every message marked as seen, and its promise kept', async () => {
    const reception = openHeld();
    const received = write(reception, 1, 30);
    reception.letGo();
    for (const each of await Promise.all(received)) expect(each).toEqual({ kind: 'committed' });
    for (const again of await Promise.all(write(reception, 1, 12)))
      expect(again).toEqual({ kind: 'duplicate' });
  });

  it('keeps the place', async () => {
    const reception = openHeld();
    const received = [
      reception.receiver.receive(inbound(1, text('wants mail-missing'))),
      ...write(reception, 2, 22, { 22: { content: text('en mail btn spam') } }),
    ];
    reception.letGo();
    await Promise.all(received);
    expect(reception.keys(reception.commits.at(-1))).toContain('mail.came');
  });

  it('has a message with a secret dealt with all the same', async () => {
    const reception = openHeld();
    const received = write(reception, 1, 30, { 3: { content: text(WORDS) } });
    reception.letGo();
    await Promise.all(received);
    expect(reception.keys(reception.commits[2])).toContain('security.phrase-seen');
    expect(JSON.stringify([reception.commits, reception.log.lines])).not.toContain('abandon');
  });

  it('has every tap answered', async () => {
    const reception = openHeld();
    const received = write(reception, 1, 30, { 2: tap('one'), 5: tap('two') });
    reception.letGo();
    await Promise.all(received);
    const calls = reception.commits.flatMap((commit) => commit.outbox.map((row) => row.call.payload.message));
    for (const token of ['one', 'two']) expect(calls).toContainEqual({ kind: 'answer-tap', token, text: '' });
  });

  it('is told by the next message when the first one could not be committed', async () => {
    let fails = 0;
    const held = openHeld();
    const reception = openReception({
      memory: held.memory,
      store: (memory) => ({
        commit: async (commit) => {
          if (commit.seen === inbound(2, text('')).id && fails === 0) {
            fails += 1;
            throw new LifelineError('store-unavailable', 'gone');
          }
          return memory.commit(commit);
        },
      }),
    });
    const received = await Promise.allSettled(write(reception, 1, 30));
    expect(received.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : []))).toEqual([2]);
    expect(reception.keys(reception.commits[1])).toEqual(['common.too-many-waiting']);
    expect(reception.commits[1]?.seen).toBe(inbound(3, text('')).id);
  });
});

describe('more people than can be answered', () => {
  const other = (number: number, content: InboundContent = text('wants fees')): InboundMessage =>
    inbound(number, content, { user: String(number) });

  it('are told so, and where they were is kept', async () => {
    const reception = openHeld({ maxWaitingTurns: 2 });
    const { receiver, commits, keys, memory } = reception;
    await memory.commit({
      ...(await firstTurn(other(30, text('wants mail-missing')))),
      conversation: other(3).conversation,
      person: other(3).person,
    });
    const before = (await memory.load(other(3).conversation)).snapshot;
    const received = [1, 2, 3].map((number) => receiver.receive(other(number)));
    expect(receiver.waiting).toBe(3);
    reception.letGo();
    await Promise.all(received);
    const shed = commits.find((commit) => commit.conversation === other(3).conversation);
    expect(keys(shed)).toEqual(['common.busy']);
    expect(shed?.outbox).toHaveLength(1);
    expect((await memory.load(other(3).conversation)).snapshot).toEqual(before);
    expect(receiver.waiting).toBe(0);
  });

  it('are told once a minute; a message in between is not acknowledged', async () => {
    const reception = openHeld({ maxWaitingTurns: 1 });
    const { receiver, commits, keys } = reception;
    const first = receiver.receive(other(1));
    const told = receiver.receive(inbound(2, text('wants fees')));
    await expect(receiver.receive(inbound(3, text('wants fees')))).rejects.toMatchObject({
      code: 'overloaded',
      retryable: true,
    });
    reception.letGo();
    await Promise.all([first, told]);
    expect(commits.flatMap(keys).filter((key) => key === 'common.busy')).toHaveLength(1);
    // When the platform sends it again there is room.
    await expect(receiver.receive(inbound(3, text('wants fees')))).resolves.toEqual({ kind: 'committed' });
    expect(keys(commits.at(-1))).toContain('answers.fees');
  });

  it('have their secrets dealt with all the same', async () => {
    const reception = openHeld({ maxWaitingTurns: 1 });
    const received = [
      reception.receiver.receive(other(1)),
      reception.receiver.receive(other(2, text(WORDS))),
    ];
    reception.letGo();
    await Promise.all(received);
    const ofTwo = reception.commits.find((commit) => commit.conversation === other(2).conversation);
    expect(reception.keys(ofTwo)).toContain('security.phrase-seen');
  });

  it('are acknowledged by nothing while the store answers nothing', async () => {
    const reception = openHeld({ maxWaitingTurns: 2 });
    const outcomes: string[] = [];
    const received = [1, 2, 3, 4, 5].map((number) =>
      reception.receiver.receive(other(number)).then(
        () => outcomes.push('acknowledged'),
        (error: unknown) => outcomes.push(error instanceof LifelineError ? error.code : 'unknown'),
      ),
    );
    await received[4];
    expect(outcomes).toEqual(['overloaded']);
    reception.letGo();
    await Promise.all(received);
    expect(outcomes).toHaveLength(5);
  });
});

/** The commit of a turn in a store of its own. */
async function firstTurn(message: InboundMessage) {
  const { receiver, commits } = openReception();
  await receiver.receive(message);
  const [commit] = commits;
  if (commit === undefined) throw new Error('nothing was committed');
  return commit;
}
