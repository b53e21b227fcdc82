import { expect } from 'vitest';
import type { ConversationId, RowId, Store } from '../../../src/model/index.js';
import type { Fleet } from './fleet.js';
import type { StoreModel } from './model.js';
import { CONVERSATIONS, type World } from './worker.js';

const ALL = 1_000;

/** Everything that can be read at one moment. */
type Seen = Awaited<ReturnType<typeof look>>;

/** What a worker sees. */
export async function look({ now }: World, store: Store) {
  const [talks, lanes, timers, next, cases, dead, quarantine, counters, value] = await Promise.all([
    Promise.all(
      CONVERSATIONS.map(async (conversation) => {
        const [loaded, row] = await Promise.all([store.load(conversation), store.nextRow(conversation, now)]);
        return { conversation, loaded, row };
      }),
    ),
    store.dueLanes(now, ALL),
    store.dueTimers(now, ALL),
    store.nextDue(),
    store.listCases(ALL),
    store.listDead(ALL),
    store.listQuarantine(ALL),
    store.readCounters(),
    store.getValue('poll'),
  ]);
  return { talks, lanes, timers, next, cases, dead, quarantine, counters, value };
}

/** All of it has to be what the model says. */
export function expectSeen(model: StoreModel, { now }: World, { isOrdered }: Fleet, seen: Seen): void {
  for (const { conversation, loaded, row } of seen.talks) {
    expect(loaded, 'load').toEqual(model.load(conversation, loaded));
    expect(row, 'nextRow').toEqual(model.nextRow(conversation, now));
  }
  const due = model.lanes(now);
  const lanes = seen.lanes.map((conversation) => ({
    conversation,
    at: due.find((each) => each.conversation === conversation)?.at,
  }));
  expectList('dueLanes', lanes, due, isOrdered ? null : ({ at }) => at);
  expect(seen.timers, 'dueTimers').toEqual(model.dueTimers(now));
  expect(seen.next, 'nextDue').toBe(model.nextDue());
  expectList('listCases', seen.cases, model.listCases(), isOrdered ? null : ({ openedAt }) => openedAt);
  expectList('listDead', seen.dead, model.listDead(), isOrdered ? null : ({ at }) => at);
  expectList('listQuarantine', seen.quarantine, model.listQuarantine(), isOrdered ? null : ({ at }) => at);
  expect(seen.counters, 'readCounters').toEqual(model.counters());
  expect(seen.value, 'getValue').toBe(model.shared.value('poll'));
}

/** Looks and compares; `worker` is the one who looks. */
export async function compare(world: World, fleet: Fleet, worker: number): Promise<void> {
  expectSeen(world.model, world, fleet, await look(world, fleet.store(worker)));
}

/** The same things in the same order; with `timeOf`, those of one time may come in any. */
function expectList<Item>(
  what: string,
  found: readonly Item[],
  wanted: readonly Item[],
  timeOf: ((item: Item) => unknown) | null,
): void {
  if (timeOf === null) {
    expect(found, what).toEqual(wanted);
    return;
  }
  expect(found.map(timeOf), what).toEqual(wanted.map(timeOf));
  expect(found, what).toHaveLength(wanted.length);
  for (const item of wanted) expect(found, what).toContainEqual(item);
}

/** The rows of every lane, in their order. */
export async function waitingIn(store: Store): Promise<ReadonlyMap<ConversationId, readonly RowId[]>> {
  const waiting = new Map<ConversationId, readonly RowId[]>();
  for await (const item of store.exportItems())
    if (item.kind === 'conversation' && item.rows.length > 0)
      waiting.set(
        item.conversation,
        item.rows.map(({ id }) => id),
      );
  return waiting;
}

/** All lanes have to be what the model says. */
export function expectWaiting(model: StoreModel, waiting: Awaited<ReturnType<typeof waitingIn>>): void {
  for (const conversation of CONVERSATIONS)
    expect(waiting.get(conversation) ?? [], 'waiting rows').toEqual(model.waiting(conversation));
}
