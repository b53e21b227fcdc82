import { describe, expect, it } from 'vitest';
import {
  conversationId,
  inboundId,
  type OutboxRow,
  type Platform,
  type Rate,
  rowId,
  type ShownRow,
  type Store,
  UNLIMITED,
} from '../../../src/model/index.js';
import { createRateLimits } from '../../../src/runtime/rate-limits.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { START } from '../../support/talk.js';

let rows = 0;

function row(
  user: string,
  channel = user,
  kind: ShownRow['kind'] = 'message',
  on: Platform = 'telegram',
): OutboxRow {
  rows += 1;
  const conversation = conversationId(on, { channel }, user);
  return {
    id: rowId(conversation, inboundId(on, String(rows)), 0),
    call: { method: 'send', payload: {} },
    links: [],
    shown: { kind, keys: [], choices: [] },
    conversation,
    tries: 0,
    notBefore: START,
    unclearSince: null,
  };
}

function setUp(rates: Partial<Record<'platform' | 'direct' | 'public', Rate>>) {
  const clock = createFakeClock(START);
  const memory = createMemoryStore({ clock: clock.now });
  let asked = 0;
  const store: Store = {
    ...memory,
    takeTokens: (...taking) => {
      asked += 1;
      return memory.takeTokens(...taking);
    },
  };
  const adapter = { rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED, ...rates } };
  const worker = () => {
    const limits = createRateLimits(store);
    return (each: OutboxRow, paceAt = 0) => limits.pace(adapter, each, paceAt);
  };
  return { clock, worker, asked: () => asked };
}

describe('the limit of a platform', () => {
  it('is shared by all workers', async () => {
    const { worker, clock } = setUp({ platform: { perSecond: 10, burst: 10 } });
    const workers = [worker(), worker()];
    let went = 0;
    for (let round = 0; round < 20; round += 1) {
      for (const pace of workers) if ((await pace(row(String(round)))).kind === 'go') went += 1;
    }
    expect(went).toBe(10);
    clock.moveTo(START + 60_000);
    expect((await workers[0]?.(row('1')))?.kind).toBe('go');
  });

  it('says how long the next call has to wait', async () => {
    const { worker } = setUp({ platform: { perSecond: 10, burst: 1 } });
    const pace = worker();
    expect(await pace(row('1'))).toEqual({ kind: 'go', paceAt: 0 });
    expect(await pace(row('2'))).toEqual({ kind: 'wait', ms: 100 });
  });

  it('is asked for the less often the faster a worker sends, and takes no more than it may need where it is slow', async () => {
    const fast = setUp({ platform: { perSecond: 100, burst: 100 } });
    const pace = fast.worker();
    for (let sent = 0; sent < 60; sent += 1) expect((await pace(row(String(sent)))).kind).toBe('go');
    expect(fast.asked()).toBeLessThan(10);
    const slow = setUp({ platform: { perSecond: 1, burst: 10 } });
    const slowly = slow.worker();
    for (let sent = 0; sent < 20; sent += 1) {
      expect((await slowly(row(String(sent)))).kind).toBe('go');
      slow.clock.moveTo(START + (sent + 1) * 1_500);
    }
    expect((await slow.worker()(row('9'))).kind).toBe('go');
  });
});

describe('the limit of a direct chat', () => {
  const rates = { direct: { perSecond: 1, burst: 2 } };

  it('travels with its lane and asks nobody', async () => {
    const { worker, asked } = setUp(rates);
    const first = await worker()(row('1'), 0);
    expect(first).toEqual({ kind: 'go', paceAt: START + 1_000 });
    const second = await worker()(row('1'), START + 1_000);
    expect(second).toEqual({ kind: 'go', paceAt: START + 2_000 });
    expect(await worker()(row('1'), START + 2_000)).toEqual({ kind: 'wait', ms: 1_000 });
    expect(asked()).toBe(0);
  });

  it('counts messages only', async () => {
    const { worker } = setUp(rates);
    const late = START + 60_000;
    expect((await worker()(row('1', '1', 'delete'), late)).kind).toBe('go');
    expect((await worker()(row('1', '1', 'message'), late)).kind).toBe('wait');
  });
});

it('the limit of a public place is shared by all people in it, and by no other place', async () => {
  const { worker } = setUp({ public: { perSecond: 1, burst: 1 } });
  expect((await worker()(row('1', '-5'))).kind).toBe('go');
  expect(await worker()(row('2', '-5'))).toEqual({ kind: 'wait', ms: 1_000 });
  expect((await worker()(row('2', '-6'))).kind).toBe('go');
});

it('a message that may go into a public place keeps its turn there while it waits for the platform', async () => {
  const rates = { platform: { perSecond: 2, burst: 1 }, public: { perSecond: 0.1, burst: 2 } };
  const { worker, clock } = setUp(rates);
  const pace = worker();
  expect((await pace(row('9'))).kind).toBe('go');
  const waiting = row('1', '-5');
  for (let look = 0; look < 3; look += 1) expect(await pace(waiting)).toEqual({ kind: 'wait', ms: 500 });
  clock.moveTo(START + 500);
  expect((await pace(waiting)).kind).toBe('go');
  clock.moveTo(START + 1_000);
  expect((await pace(row('2', '-5'))).kind).toBe('go');
  clock.moveTo(START + 1_500);
  expect((await pace(row('3', '-5'))).kind).toBe('wait');
});
