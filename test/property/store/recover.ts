import { expect } from 'vitest';
import type { ConversationId } from '../../../src/model/index.js';
import * as calls from './calls.js';
import { compare } from './compare.js';
import type { Fleet } from './fleet.js';
import { perform } from './perform.js';
import { commitOf, inboundOfTimer, type Plan } from './turns.js';
import { LEASE_MS, Worker, type World } from './worker.js';

const ALL = 1_000;
const QUIET: Plan = { ends: false, rows: 0, timers: [], record: 'none', number: 0, sends: true };

/**
 * Everybody stalls; one who comes new and knows nothing takes up all they left. They wake once more in between, and can
 * do nothing any more. In the end whatever was acknowledged has left, in order, and whatever was due has fired.
 */
export async function recover(world: World, fleet: Fleet): Promise<void> {
  const heir = new Worker('heir');
  world.now += LEASE_MS;
  const lanes = await fleet.store(0).dueLanes(world.now, ALL);
  for (const conversation of lanes) await perform(world, fleet, [calls.claimLane(world, heir, conversation)]);
  await perform(world, fleet, [calls.takeLease(world, heir)]);
  for (const late of world.workers) await wake(world, fleet, late);
  for (const conversation of [...heir.lanes.keys()]) await drain(world, fleet, heir, conversation);

  for (let next: number | null = world.now; next !== null; next = await fleet.store(0).nextDue()) {
    world.now = Math.max(world.now, next);
    for (const conversation of await fleet.store(0).dueLanes(world.now, ALL)) {
      await perform(world, fleet, [calls.claimLane(world, heir, conversation)]);
      await drain(world, fleet, heir, conversation);
    }
    await fireAll(world, fleet, heir);
  }
  world.ledger.expectAllLeft();
  expect(world.model.lanes(), 'lanes that are left').toEqual([]);
  await compare(world, fleet, 0);
}

/** A worker goes on with all it holds, and is gone. */
async function wake(world: World, fleet: Fleet, late: Worker): Promise<void> {
  for (const { claim } of [...late.lanes.values()]) {
    await perform(world, fleet, [calls.renewLane(world, late, claim)]);
    await perform(world, fleet, [calls.settleRow(world, late, claim, { kind: 'sent' }, 0)]);
  }
  const value = calls.setValue(world, late, 0);
  if (value !== null) await perform(world, fleet, [value]);
  late.crash();
}

async function drain(world: World, fleet: Fleet, heir: Worker, conversation: ConversationId): Promise<void> {
  for (;;) {
    const lane = heir.lanes.get(conversation);
    if (lane === undefined) return;
    await perform(world, fleet, [calls.settleRow(world, heir, lane.claim, { kind: 'sent' }, 0)]);
  }
}

/** Timers that are due fire twice each, as two workers would that both have them: it counts once. */
async function fireAll(world: World, fleet: Fleet, heir: Worker): Promise<void> {
  await perform(world, fleet, [calls.claimTimers(world, heir, ALL)]);
  for (const due of heir.timers.flatMap((each) => [each, each])) {
    await perform(world, fleet, [calls.load(world, heir, due.conversation)]);
    const loaded = world.model.load(due.conversation);
    const changes = [{ kind: 'cancel', timer: due.timer }] as const;
    const made = commitOf(world, heir, inboundOfTimer(due), { plan: QUIET, loaded }, changes);
    await perform(world, fleet, [calls.commit(world, heir, made)]);
  }
  heir.timers = [];
}
