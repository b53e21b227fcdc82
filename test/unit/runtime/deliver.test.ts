import { describe, expect, it } from 'vitest';
import {
  type Commit,
  type ConversationId,
  conversationId,
  type EncodeTarget,
  inboundId,
  type LaneClaim,
  LifelineError,
  type NewRow,
  type OutboundMessage,
  personOf,
  rowId,
  type Sender,
  type SendResult,
} from '../../../src/model/index.js';
import { createDeliverer, LANE_LEASE_MS } from '../../../src/runtime/deliver.js';
import { MAX_TRIES, type OutboundPolicy } from '../../../src/runtime/send-row.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { keptLog, openStage, plainEngine } from '../../support/engine.js';
import { bundleOf, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const engine = plainEngine(bundleOf(smallContent()));
const ONE = conversationId('telegram', { channel: '1' }, '1');
const TWO = conversationId('telegram', { channel: '2' }, '2');

type Shown = Pick<NewRow, 'call' | 'shown' | 'unlessDeleted'>;

function showing(message: OutboundMessage): Shown {
  const keys = message.kind === 'message' ? message.keys : [];
  return {
    call: { method: 'show', payload: { message } },
    shown: { kind: message.kind, keys, choices: [] },
  };
}

function saying(text: string): Shown {
  return showing({ kind: 'message', text, buttons: [], keys: [text], private: false });
}

/** A turn that deletes a message and tells of it after a warning. */
const DELETION: readonly Shown[] = [
  showing({ kind: 'delete', messageRef: '9' }),
  saying('warning'),
  { ...saying('deleted'), unlessDeleted: saying('delete it yourself') },
];

function setUp(policy: OutboundPolicy = () => null) {
  const clock = createFakeClock(START);
  const store = { ...createMemoryStore({ clock: clock.now }) };
  const stage = openStage();
  const log = keptLog();
  const postponed: number[] = [];
  const deliverer = createDeliverer({
    engine: () => engine,
    store,
    clock,
    log,
    adapters: new Map([['telegram', stage]]),
    policy,
    worker: 'one',
    random: () => 0,
    postponed: (notBefore) => postponed.push(notBefore),
  });
  let turn = 0;
  const write = async (
    conversation: ConversationId,
    rows: readonly Shown[],
    sender: Sender | null,
  ): Promise<LaneClaim | null> => {
    turn += 1;
    const { version } = await store.load(conversation);
    const seen = inboundId('telegram', String(turn));
    const outbox = rows.map((row, index) => ({ id: rowId(conversation, seen, index), links: [], ...row }));
    const written: Commit = {
      conversation,
      person: personOf(conversation),
      expectedVersion: version,
      seen,
      snapshot: null,
      outbox,
      timers: [],
      records: [],
      now: clock.now(),
      sentAt: null,
      sender,
      replicated: false,
    };
    const result = await store.commit(written);
    return result.kind === 'ok' ? result.claim : null;
  };
  const commitRows = async (conversation: ConversationId, rows: readonly Shown[]): Promise<void> =>
    void (await write(conversation, rows, null));
  /** Commits one turn that says these texts, each a row. */
  const commit = (conversation: ConversationId, ...texts: readonly string[]): Promise<void> =>
    commitRows(conversation, texts.map(saying));
  /** The same, and claims the lane where it is free. */
  const commitClaiming = (conversation: ConversationId, text: string): Promise<LaneClaim | null> =>
    write(conversation, [saying(text)], { worker: 'one', leaseMs: LANE_LEASE_MS });
  const send = async (conversation: ConversationId): Promise<void> => {
    deliverer.kick(conversation);
    await deliverer.idle();
  };
  const texts = (): readonly string[] =>
    stage.shown.map((message) => (message.kind === 'message' ? message.text : message.kind));
  return {
    ...{ store, clock, stage, log, postponed, deliverer },
    ...{ commit, commitRows, commitClaiming, send, texts },
  };
}

describe('createDeliverer', () => {
  it('sends rows in their order', async () => {
    const { commit, send, texts } = setUp();
    await commit(ONE, 'a', 'b');
    await commit(ONE, 'c');
    await send(ONE);
    expect(texts()).toEqual(['a', 'b', 'c']);
  });

  it('sends a row once, also when it is kicked again and again', async () => {
    const { commit, deliverer, texts } = setUp();
    await commit(ONE, 'a', 'b');
    for (let round = 0; round < 5; round += 1) deliverer.kick(ONE);
    await deliverer.idle();
    expect(texts()).toEqual(['a', 'b']);
  });

  it('keeps a row first while it waits for its next try, for as long as the platform asks', async () => {
    const { commit, send, texts, stage, clock, postponed } = setUp();
    const answers: SendResult[] = [{ kind: 'retry', afterMs: 7_000, code: '429' }];
    stage.answer = () => answers.shift() ?? { kind: 'sent' };
    await commit(ONE, 'a', 'b');
    await send(ONE);
    expect([texts(), postponed]).toEqual([[], [START + 7_000]]);
    clock.moveTo(START + 6_999);
    await send(ONE);
    expect(texts()).toEqual([]);
    clock.moveTo(START + 7_000);
    await send(ONE);
    expect(texts()).toEqual(['a', 'b']);
  });

  it('waits twice as long after each try, and gives a row up after the last', async () => {
    const { commit, send, stage, clock, store, texts } = setUp();
    let tried = 0;
    stage.answer = (message) => {
      if (message.kind !== 'message' || message.text !== 'a') return { kind: 'sent' };
      tried += 1;
      return { kind: tried % 2 === 0 ? 'retry' : 'unknown-outcome', code: '502' };
    };
    await commit(ONE, 'a', 'b');
    const pauses: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      await send(ONE);
      const next = await store.nextDue();
      if (next === null) break;
      pauses.push(next - clock.now());
      clock.moveTo(next);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * 1000));
    expect(tried).toBe(MAX_TRIES);
    expect(await store.listDead(5)).toMatchObject([{ code: '502', row: { conversation: ONE } }]);
    expect(texts()).toEqual(['b']);
  });

  it('gives up at once what is refused, and goes on', async () => {
    const { commit, send, stage, store, texts } = setUp();
    stage.answer = (message) =>
      message.kind === 'message' && message.text === 'a'
        ? { kind: 'refused', code: '400' }
        : { kind: 'sent' };
    await commit(ONE, 'a', 'b');
    await send(ONE);
    expect(texts()).toEqual(['b']);
    expect(await store.listDead(5)).toMatchObject([{ code: '400' }]);
  });

  it('stops sending to a person who cannot be reached, and tries again with their next turn', async () => {
    const { commit, send, stage, store, texts } = setUp();
    stage.answer = (message) =>
      message.kind === 'message' && message.text === 'a'
        ? { kind: 'unreachable', code: 'blocked' }
        : { kind: 'sent' };
    await commit(ONE, 'a', 'b');
    await send(ONE);
    expect(texts()).toEqual([]);
    expect((await store.listDead(5)).map((dead) => dead.code)).toEqual([
      'unreachable: blocked',
      'unreachable: blocked',
    ]);
    await commit(ONE, 'c');
    await send(ONE);
    expect(texts()).toEqual(['c']);
  });

  it('takes "already so" for sent', async () => {
    const { commit, send, stage, store } = setUp();
    stage.answer = () => ({ kind: 'already' });
    await commit(ONE, 'a');
    await send(ONE);
    expect([await store.nextDue(), await store.listDead(5)]).toEqual([null, []]);
  });

  it('says that a message was deleted once the platform has said so', async () => {
    const { commitRows, send, texts, stage, clock, postponed } = setUp();
    await commitRows(ONE, DELETION);
    await send(ONE);
    expect(texts()).toEqual(['delete', 'warning', 'deleted']);
    // Also when the deletion needs a second try.
    const answers: SendResult[] = [{ kind: 'retry', afterMs: 2_000, code: '429' }, { kind: 'already' }];
    stage.answer = () => answers.shift() ?? { kind: 'sent' };
    await commitRows(TWO, DELETION);
    await send(TWO);
    clock.moveTo(postponed[0] ?? 0);
    await send(TWO);
    expect(texts().slice(3)).toEqual(['warning', 'deleted']);
  });

  it('says how to delete a message where the platform refused to, or nobody knows', async () => {
    const { commitRows, send, texts, stage, clock, postponed } = setUp();
    stage.answer = ({ kind }) =>
      kind === 'delete' ? { kind: 'refused', code: 'no-rights' } : { kind: 'sent' };
    await commitRows(ONE, DELETION);
    await send(ONE);
    expect(texts()).toEqual(['warning', 'delete it yourself']);
    // The run that saw the deletion happen has ended.
    const answers: SendResult[] = [{ kind: 'sent' }, { kind: 'retry', afterMs: 2_000, code: '429' }];
    stage.answer = () => answers.shift() ?? { kind: 'sent' };
    await commitRows(TWO, DELETION);
    await send(TWO);
    clock.moveTo(postponed[0] ?? 0);
    await send(TWO);
    expect(texts().slice(2)).toEqual(['delete', 'warning', 'delete it yourself']);
  });

  it('takes the deletion of another turn for nothing', async () => {
    const { commitRows, send, texts } = setUp();
    await commitRows(ONE, DELETION.slice(0, 2));
    await commitRows(ONE, DELETION.slice(2));
    await send(ONE);
    expect(texts()).toEqual(['delete', 'warning', 'delete it yourself']);
  });

  it('puts safe words into the direct chat in place of a row that stood where others read', async () => {
    const { commit, send, stage, texts } = setUp((row) =>
      row.shown.keys.includes('a') ? 'unlisted-address' : null,
    );
    const targets: EncodeTarget[] = [];
    const { encode } = stage;
    stage.encode = (message, to) => {
      targets.push(to);
      return encode(message, to);
    };
    const inGroup = conversationId('telegram', { channel: '-100', thread: '7' }, '1');
    await commit(inGroup, 'a', 'b');
    await send(inGroup);
    expect(texts()).toEqual(['en common text removed safe', 'b']);
    expect(targets).toEqual([{ place: { channel: '1' }, userId: '1', visibility: 'direct', botHandle: '' }]);
  });

  it('puts safe words in place of a row that may not leave', async () => {
    const { commit, send, store, texts, log } = setUp((row) =>
      row.shown.keys.includes('a') ? 'unlisted-address' : null,
    );
    await commit(ONE, 'a', 'b');
    await send(ONE);
    expect(texts()).toEqual(['en common text removed safe', 'b']);
    expect(await store.listDead(5)).toMatchObject([{ code: 'unlisted-address' }]);
    expect(log.lines).toContainEqual({
      event: 'row-refused',
      code: 'unlisted-address',
      conversation: ONE,
      platform: 'telegram',
    });
  });

  it('lets one stuck conversation delay no other', async () => {
    const { commit, deliverer, stage, texts } = setUp();
    let free: (result: SendResult) => void = () => undefined;
    const stuck = new Promise<SendResult>((resolve) => {
      free = resolve;
    });
    let sentB: () => void = () => undefined;
    const b = new Promise<void>((resolve) => {
      sentB = resolve;
    });
    stage.answer = (message) => {
      if (message.kind === 'message' && message.text === 'a') return stuck;
      sentB();
      return { kind: 'sent' };
    };
    await commit(ONE, 'a');
    await commit(TWO, 'b');
    deliverer.kick(ONE);
    deliverer.kick(TWO);
    await b;
    expect(texts()).not.toContain('a');
    free({ kind: 'sent' });
    await deliverer.idle();
    expect([...texts()].sort()).toEqual(['a', 'b']);
  });

  it('keeps what it cannot send for a platform that does not run', async () => {
    const { commit, send, store, clock } = setUp();
    const slack = conversationId('slack', { channel: 'C1' }, 'U1');
    await commit(slack, 'a');
    await send(slack);
    expect(await store.nextDue()).toBeGreaterThan(clock.now());
    expect(await store.listDead(5)).toEqual([]);
  });

  it('logs a platform that faults, keeps the row, and goes on when it is kicked again', async () => {
    const { commit, send, stage, texts, log, clock, postponed } = setUp();
    stage.answer = () => Promise.reject(new TypeError('broken'));
    await commit(ONE, 'a');
    await send(ONE);
    expect(log.lines).toMatchObject([
      { event: 'send-faulted', code: 'TypeError' },
      { event: 'row-retried', code: 'TypeError', count: 1 },
    ]);
    stage.answer = () => ({ kind: 'sent' });
    clock.moveTo(postponed[0] ?? 0);
    await send(ONE);
    expect(texts()).toEqual(['a']);
  });

  it('sends nothing twice while the store cannot be told that it was sent', async () => {
    const { commit, deliverer, texts, store, clock, log } = setUp();
    const { settleRow } = store;
    let away = 3;
    store.settleRow = async (...settling) => {
      away -= 1;
      if (away >= 0) throw new LifelineError('store-unavailable', 'away');
      return settleRow(...settling);
    };
    await commit(ONE, 'a', 'b');
    deliverer.kick(ONE);
    let isIdle = false;
    const idle = deliverer.idle().then(() => {
      isIdle = true;
    });
    while (!isIdle) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.moveTo(clock.now() + 100);
    }
    await idle;
    expect(texts()).toEqual(['a', 'b']);
    expect(log.lines.filter(({ event }) => event === 'settle-retried')).toHaveLength(3);
    expect(await store.nextDue()).toBeNull();
  });

  it('sends nothing twice when its lane runs out while a call is under way, and a turn takes it anew', async () => {
    const { commit, commitClaiming, deliverer, stage, texts, store, clock } = setUp();
    let answer: (result: SendResult) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      stage.answer = () => {
        stage.answer = () => ({ kind: 'sent' });
        resolve();
        return new Promise<SendResult>((told) => {
          answer = told;
        });
      };
    });
    // A machine that is too busy to prolong a lane in time.
    store.renewLane = () => new Promise<never>(() => undefined);
    await commit(ONE, 'a');
    deliverer.kick(ONE);
    await asked;
    clock.moveTo(START + LANE_LEASE_MS + 1);
    const claim = await commitClaiming(ONE, 'b');
    expect(claim?.row.shown.keys).toEqual(['a']);
    if (claim !== null) deliverer.take(claim);
    answer({ kind: 'sent' });
    await deliverer.idle();
    expect(texts()).toEqual(['a', 'b']);
    expect(await store.nextDue()).toBeNull();
  });

  it('sends a row that is committed at any moment of a run', async () => {
    const missed: number[] = [];
    for (let ticks = 0; ticks < 40; ticks += 1) {
      const { commit, deliverer, texts } = setUp();
      await commit(ONE, 'a');
      deliverer.kick(ONE);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      await commit(ONE, 'b');
      deliverer.kick(ONE);
      await deliverer.idle();
      if (texts().join() !== 'a,b') missed.push(ticks);
    }
    expect(missed).toEqual([]);
  });
});
