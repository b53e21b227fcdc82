import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Commit,
  type ConversationId,
  conversationId,
  inboundId,
  type NewRow,
  personOf,
  type RowOutcome,
  rowId,
  type Snapshot,
  type Store,
  type StoreRecord,
} from '../../src/model/index.js';
import { openLmdbStore } from '../../src/store/lmdb.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { snapshot } from '../contract/store/fixture.js';
import { keyring } from '../contract/store/keyring.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { StoreModel } from './store-model.js';

const START = Date.UTC(2026, 2, 1, 9);
const HOUR_MS = 3_600_000;
const ALL = 1_000;

/** Two people, one of them in three places. */
const CONVERSATIONS: readonly ConversationId[] = [
  conversationId('telegram', { channel: '1' }, '1'),
  conversationId('telegram', { channel: '-9' }, '1'),
  conversationId('telegram', { channel: '-9', thread: '2' }, '1'),
  conversationId('telegram', { channel: '12' }, '12'),
];
const WORKERS = 3;

const worker = fc.nat(WORKERS - 1);
const talk = fc.nat(CONVERSATIONS.length - 1);
const soon = fc.integer({ min: -2, max: 30 }).map((hours) => hours * HOUR_MS);

/** One turn a worker computes from what it loaded last, which others may have changed since. */
const turn = fc.record({
  worker,
  talk,
  seen: fc.nat(40),
  ends: fc.boolean(),
  rows: fc.nat(3),
  timers: fc.array(fc.record({ name: fc.constantFrom('wait', 'ask'), in: fc.option(soon) }), {
    maxLength: 3,
  }),
  record: fc.constantFrom('none', 'count', 'put-person', 'put-case', 'forget'),
});
const outcome = fc.oneof(
  fc.constant({ kind: 'sent' as const }),
  fc.record({ kind: fc.constant('later' as const), in: soon }),
  fc.constant({ kind: 'dead' as const }),
);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('load' as const), worker, talk }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      turns: fc.array(turn, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('settle' as const), talk, outcome }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 0, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sweep' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Turn = typeof turn extends fc.Arbitrary<infer Value> ? Value : never;

/** Plays the steps on a store and on the model, and compares all that can be seen after each. */
class Play {
  readonly #store: Store;
  readonly #model = new StoreModel();
  /** What each worker believes to be the version of each conversation. */
  readonly #believed = new Map<string, number>();
  readonly #given = new Set<number>();
  #now = START;
  #rows = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async take(next: Step): Promise<void> {
    switch (next.kind) {
      case 'load':
        this.#believed.set(`${next.worker} ${next.talk}`, this.#model.load(at(next.talk)).version);
        break;
      case 'commit':
        await this.#commitTogether(next.turns);
        break;
      case 'settle': {
        const row = this.#model.nextRow(at(next.talk), Number.MAX_SAFE_INTEGER);
        const id = row?.id ?? rowId(at(next.talk), inboundId('telegram', '0'), 0);
        const settled = this.#outcome(next.outcome);
        await this.#store.settleRow(id, settled);
        this.#model.settleRow(id, settled);
        break;
      }
      case 'pass':
        this.#now += next.hours * HOUR_MS;
        break;
      case 'sweep':
        expect((await this.#store.sweep(this.#now)).removed).toBe(this.#model.sweep(this.#now));
        break;
    }
    await this.#compare();
  }

  async #commitTogether(turns: readonly Turn[]): Promise<void> {
    const commits = turns.map((each) => this.#commitOf(each));
    const results = await Promise.all(commits.map((commit) => this.#store.commit(commit)));
    for (const [index, commit] of commits.entries()) {
      const result = results[index];
      const given = result?.kind === 'ok' ? result.version : Number.NaN;
      expect(result).toEqual(this.#model.commit(commit, given));
      if (result?.kind !== 'ok' || given === 0) continue;
      expect(this.#given.has(given)).toBe(false);
      this.#given.add(given);
    }
    for (const each of turns) {
      // The worker goes on from what its commit was answered with.
      this.#believed.set(`${each.worker} ${each.talk}`, this.#model.load(at(each.talk)).version);
    }
  }

  #commitOf(each: Turn): Commit {
    const conversation = at(each.talk);
    const outbox = Array.from({ length: each.rows }, () => this.#row(conversation));
    return {
      conversation,
      person: personOf(conversation),
      expectedVersion: this.#believed.get(`${each.worker} ${each.talk}`) ?? 0,
      seen: inboundId('telegram', personOf(conversation), String(each.seen)),
      snapshot: each.ends ? null : this.#snapshot(each),
      outbox,
      timers: each.timers.map((timer) =>
        timer.in === null
          ? { kind: 'cancel', timer: timer.name }
          : { kind: 'set', timer: timer.name, dueAt: this.#now + timer.in },
      ),
      records: this.#records(each, conversation),
      now: this.#now,
      sentAt: null,
      sender: null,
      replicated: false,
    };
  }

  #snapshot(each: Turn): Snapshot {
    return snapshot(`step-${each.seen}-${each.worker}`, this.#now);
  }

  #row(conversation: ConversationId): NewRow {
    this.#rows += 1;
    return {
      id: rowId(conversation, inboundId('telegram', String(this.#rows)), 0),
      call: { method: 'sendMessage', payload: { text: String(this.#rows) } },
      links: [],
      shown: { kind: 'message', keys: [], choices: [] },
    };
  }

  #records(each: Turn, conversation: ConversationId): readonly StoreRecord[] {
    const person = personOf(conversation);
    switch (each.record) {
      case 'none':
        return [];
      case 'count':
        return [{ kind: 'count', name: `worker-${each.worker}`, by: 1 + each.rows }];
      case 'put-person':
        return [{ kind: 'put-person', person, record: { locale: `l-${each.seen}` } }];
      case 'put-case': {
        const number = `case-${each.seen % 6}`;
        const openedAt = this.#now - (each.seen % 3);
        const { locale } = this.#snapshot(each);
        const state = { state: 'open', notified: false } as const;
        const opened = { number, topic: 'recovery', platform: 'telegram', locale, openedAt, ...state };
        return [{ kind: 'put-case', person, case: opened }];
      }
      case 'forget':
        return [{ kind: 'forget', person }];
    }
  }

  #outcome(settled: typeof outcome extends fc.Arbitrary<infer Value> ? Value : never): RowOutcome {
    switch (settled.kind) {
      case 'sent':
        return settled;
      case 'later':
        return { kind: 'later', notBefore: this.#now + settled.in, unclearSince: null };
      case 'dead':
        return { kind: 'dead', code: 'refused', at: this.#now };
    }
  }

  async #compare(): Promise<void> {
    const [store, model, now] = [this.#store, this.#model, this.#now];
    for (const conversation of CONVERSATIONS) {
      expect(await store.load(conversation)).toEqual(model.load(conversation));
      expect(await store.nextRow(conversation, now)).toEqual(model.nextRow(conversation, now));
    }
    expect(await store.dueLanes(now, ALL)).toEqual(model.dueLanes(now));
    expect(await store.dueTimers(now, ALL)).toEqual(model.dueTimers(now));
    expect(await store.nextDue()).toBe(model.nextDue());
    expect(await store.listCases(ALL)).toEqual(model.listCases());
    expect(await store.listDead(ALL)).toEqual(model.listDead());
    expect(await store.readCounters()).toEqual(model.counters());
  }
}

function at(talkIndex: number): ConversationId {
  const conversation = CONVERSATIONS[talkIndex];
  if (conversation === undefined) throw new RangeError('there is no such conversation');
  return conversation;
}

async function play(store: Store, steps: readonly Step[]): Promise<void> {
  const game = new Play(store);
  for (const next of steps) await game.take(next);
}

describe('store under random interleavings of several workers', () => {
  const steps = fc.array(step, { maxLength: 40, size: 'max' });

  it('answers as the model does in memory', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (taken) => play(createMemoryStore(), taken)),
      { numRuns: 150 },
    );
  });

  it('answers as the model does on LMDB', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const folder = await makeTempFolder();
        const store = await openLmdbStore({ path: folder.path, keyring });
        try {
          await play(store, taken);
        } finally {
          await store.close();
          await folder.remove();
        }
      }),
      { numRuns: 40 },
    );
  });
});
