import fc from 'fast-check';
import { type DueTimer, type RowOutcome, SEEN_TTL_MS } from '../../../src/model/index.js';
import * as calls from './calls.js';
import type { Fleet } from './fleet.js';
import { perform } from './perform.js';
import { commitOf, inboundOf, inboundOfTimer, type Plan, plan } from './turns.js';
import { CONVERSATIONS, nth, PEOPLE, WORKERS, type Worker, type World } from './worker.js';

/** How many timers a worker takes at once when nothing bounds it. */
const ALL = 1_000;

const talk = fc.nat(CONVERSATIONS.length - 1);
const which = fc.nat(7);
const ageMs = fc.constantFrom(null, 0, 1_000, 60_000);
const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant('sent' as const) },
  { weight: 3, arbitrary: fc.constantFrom('later' as const, 'held' as const, 'dead' as const) },
);
const waitMs = fc.constantFrom(0, 1_000, 4_000, 3_600_000);

/** What a worker sets out to do; the state of the world makes calls of it. */
export const act = fc.record({
  worker: fc.nat(WORKERS - 1),
  does: fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('load' as const), talk }) },
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('turn' as const),
        talk,
        plan,
        ageMs,
        again: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: which }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('claim-lane' as const), talk }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('send' as const), which }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('renew' as const), which }) },
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('settle' as const), which, outcome, waitMs, paceMs: waitMs }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('claim-timers' as const),
        limit: fc.constantFrom(1, 2, ALL),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('fire' as const), which, plan, again: fc.boolean() }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.oneof(
          { weight: 2, arbitrary: fc.constantFrom('lease' as const, 'set-value' as const) },
          { weight: 1, arbitrary: fc.constantFrom('release' as const, 'tokens' as const) },
        ),
        which: fc.nat(3),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'fail' as const,
          'retry-dead' as const,
          'drop-dead' as const,
          'drop-quarantine' as const,
          'close-case' as const,
        ),
        which,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), which: talk }) },
  ),
});
export type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

/** Whether there is something at hand to do it with. */
export function isPossible(world: World, { worker, does }: Act): boolean {
  const { lanes, timers, lease } = nth(world.workers, worker);
  switch (does.kind) {
    case 'send':
    case 'renew':
    case 'settle':
      return lanes.size > 0;
    case 'claim-lane':
      // Who sends for a lane asks for it again when that is over.
      return !lanes.has(nth(CONVERSATIONS, does.talk));
    case 'fire':
      return inTime(world, timers).length > 0;
    case 'release':
    case 'set-value':
      return lease !== null;
    case 'fail':
      return world.inbounds.length > 0;
    case 'retry-dead':
    case 'drop-dead':
      return world.model.listDead().length > 0;
    case 'drop-quarantine':
      return world.model.listQuarantine().length > 0;
    case 'close-case':
      return world.model.listCases().length > 0;
    default:
      return true;
  }
}

/**
 * The call that an act comes to, where it needs one; a turn on a conversation the worker does not know begins with a
 * look at it.
 */
export async function callOf(
  world: World,
  fleet: Fleet,
  { worker: index, does }: Act,
): Promise<calls.Call | null> {
  const worker = nth(world.workers, index);
  const { now, model } = world;
  switch (does.kind) {
    case 'load':
      return calls.load(world, worker, nth(CONVERSATIONS, does.talk));
    case 'turn':
      return turnOf(
        world,
        fleet,
        worker,
        inboundOf(world, nth(CONVERSATIONS, does.talk), does.again, does.ageMs),
        does.plan,
      );
    case 'claim-lane':
      return calls.claimLane(world, worker, nth(CONVERSATIONS, does.talk));
    case 'send':
      calls.send(world, worker, nth([...worker.lanes.keys()], does.which));
      return null;
    case 'renew':
      return calls.renewLane(world, worker, nth([...worker.lanes.values()], does.which).claim);
    case 'settle': {
      const { claim } = nth([...worker.lanes.values()], does.which);
      const settled = outcomeOf(does.outcome, now, does.waitMs);
      return calls.settleRow(world, worker, claim, settled, now + does.paceMs);
    }
    case 'claim-timers':
      return calls.claimTimers(world, worker, does.limit);
    case 'fire': {
      const due = nth(inTime(world, worker.timers), does.which);
      // Its answer may be lost: then the timer is in hand as before.
      if (!does.again) worker.timers = worker.timers.filter((each) => each !== due);
      return turnOf(world, fleet, worker, inboundOfTimer(due), does.plan, due.timer);
    }
    case 'lease':
      return calls.takeLease(world, worker);
    case 'release':
      return calls.releaseLease(world, worker);
    case 'set-value':
      return calls.setValue(world, worker, does.which);
    case 'tokens':
      return calls.takeTokens(world, worker, 1 + does.which);
    case 'fail':
      return calls.countFailure(world, worker, nth(world.inbounds, does.which));
    case 'forget':
      return calls.forget(world, worker, nth(PEOPLE, does.which));
    case 'retry-dead':
      return calls.retryDead(world, worker, nth(model.listDead(), does.which).row.id);
    case 'drop-dead':
      return calls.dropDead(world, worker, nth(model.listDead(), does.which).row.id);
    case 'drop-quarantine':
      return calls.dropQuarantine(world, worker, nth(model.listQuarantine(), does.which).id);
    case 'close-case':
      return calls.closeCase(world, worker, nth(model.listCases(), does.which).number);
  }
}

/**
 * Timers in hand that may still be taken: nobody keeps one for as long as the seen-mark that tells it was taken before.
 */
function inTime(world: World, timers: readonly DueTimer[]): readonly DueTimer[] {
  return timers.filter(({ dueAt }) => dueAt + SEEN_TTL_MS > world.now);
}

/** The commit of a turn, computed from what the worker knows. A timer that fires is cancelled by its turn. */
async function turnOf(
  world: World,
  fleet: Fleet,
  worker: Worker,
  inbound: Parameters<typeof commitOf>[2],
  made: Plan,
  fired?: string,
): Promise<calls.Call> {
  const { conversation } = inbound;
  if (!worker.cache.has(conversation)) {
    await perform(world, fleet, [calls.load(world, worker, conversation)]);
  }
  const loaded = worker.cache.get(conversation);
  if (loaded === undefined) throw new Error('the worker has looked at the conversation');
  const changes = fired === undefined ? [] : [{ kind: 'cancel' as const, timer: fired }];
  return calls.commit(world, worker, commitOf(world, worker, inbound, { plan: made, loaded }, changes));
}

function outcomeOf(kind: RowOutcome['kind'], now: number, waitMs: number): RowOutcome {
  switch (kind) {
    case 'sent':
      return { kind };
    case 'later':
      return { kind, notBefore: now + waitMs, unclearSince: waitMs > 1_000 ? now : null };
    case 'held':
      return { kind, notBefore: now + waitMs };
    case 'dead':
      return { kind, code: 'refused', at: now };
  }
}
