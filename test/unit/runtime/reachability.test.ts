import { describe, expect, it } from 'vitest';
import { LifelineError, type Store } from '../../../src/model/index.js';
import { inbound } from '../../support/engine.js';
import { type Reception, openReception as setUp } from '../../support/reception.js';
import { START } from '../../support/talk.js';

const MINUTE_MS = 60_000;
const text = (words: string) => ({ kind: 'text', text: words }) as const;
const reachable = (update: number, isReachable: boolean) =>
  inbound(update, { kind: 'reachable', reachable: isReachable });
const { conversation } = inbound(1, text(''));

/** Somebody who waits ten minutes for a mail; the two rows of their last turn have not been sent yet. */
async function openWait(store?: (memory: Store) => Partial<Store>): Promise<Reception> {
  const reception = setUp(store === undefined ? {} : { store });
  await reception.receiver.receive(inbound(1, text('wants mail-missing')));
  await reception.receiver.receive(inbound(2, text('en mail btn waited')));
  return reception;
}

const HOUR_AHEAD = START + 60 * MINUTE_MS;

describe('somebody who blocks the bot', () => {
  it('is sent nothing more: what waits for them is given up, and their timers go', async () => {
    const { receiver, memory, commits } = await openWait();
    const waiting = commits.flatMap(({ outbox }) => outbox).map(({ id }) => id);
    const before = await memory.load(conversation);
    await expect(receiver.receive(reachable(3, false))).resolves.toEqual({ kind: 'committed' });
    expect(await memory.nextRow(conversation, HOUR_AHEAD)).toBeNull();
    expect(await memory.nextDue()).toBeNull();
    const dead = await memory.listDead(9);
    expect(dead.map(({ row }) => row.id).toSorted()).toEqual(waiting.toSorted());
    expect(new Set(dead.map(({ code }) => code))).toEqual(new Set(['unreachable: blocked']));
    // Where they are stays as it is.
    expect(await memory.load(conversation)).toEqual(before);
    await expect(receiver.receive(reachable(3, false))).resolves.toEqual({ kind: 'duplicate' });
  });

  it('is answered as ever when they write again, and a wait that is over ends', async () => {
    const { receiver, memory, clock, commits, keys } = await openWait();
    await receiver.receive(reachable(3, false));
    clock.moveTo(HOUR_AHEAD);
    await receiver.receive(reachable(4, true));
    // They have not said a word: neither do we.
    expect(await memory.nextDue()).toBeNull();
    await receiver.receive(inbound(5, text('wants fees')));
    expect(keys(commits.at(-1))).toEqual(['answers.fees', 'mail.came']);
  });

  it('waits on when they unblock it in time', async () => {
    const { receiver, memory, clock, commits, keys } = await openWait();
    const [set] = commits[1]?.timers.filter(({ kind }) => kind === 'set') ?? [];
    await receiver.receive(reachable(3, false));
    clock.moveTo(START + MINUTE_MS);
    await receiver.receive(reachable(4, true));
    const [due] = await memory.dueTimers(HOUR_AHEAD, 9);
    expect(due).toMatchObject({ timer: set?.timer, dueAt: START + 10 * MINUTE_MS });
    clock.moveTo(START + 10 * MINUTE_MS);
    await receiver.timerDue(conversation, due?.timer ?? '', due?.dueAt ?? 0);
    expect(keys(commits.at(-1))).toEqual(['mail.came']);
  });

  it('is known to have, also where their conversation cannot be read or there is none', async () => {
    let isDamaged = false;
    const { receiver, memory, log } = setUp({
      store: (kept) => ({
        load: (asked) =>
          isDamaged ? Promise.reject(new LifelineError('store-damaged', 'broken')) : kept.load(asked),
      }),
    });
    await expect(receiver.receive(reachable(1, false))).resolves.toEqual({ kind: 'committed' });
    await expect(receiver.receive(reachable(2, true))).resolves.toEqual({ kind: 'committed' });
    expect(await memory.load(conversation)).toEqual({ version: 0, snapshot: null, person: null });
    isDamaged = true;
    const other = { user: '6' };
    await expect(
      receiver.receive(inbound(3, { kind: 'reachable', reachable: false }, other)),
    ).resolves.toEqual({ kind: 'committed' });
    await expect(
      receiver.receive(inbound(4, { kind: 'reachable', reachable: true }, other)),
    ).resolves.toEqual({ kind: 'ignored', why: 'unreadable' });
    expect(log.lines.map(({ event }) => event)).toEqual([
      'blocked',
      'unblocked',
      'blocked',
      'unblocked',
      'return-failed',
    ]);
  });
});
