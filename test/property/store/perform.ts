import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Call } from './calls.js';
import { expectSeen, expectWaiting, look, waitingIn } from './compare.js';
import type { Fleet } from './fleet.js';
import type { World } from './worker.js';

interface Done {
  readonly call: Call;
  readonly answer: unknown;
}

/**
 * Makes calls of several workers at once. Their answers, and what is seen afterwards, have to be those of some order,
 * one call after the other.
 */
export async function perform(world: World, fleet: Fleet, calls: readonly Call[]): Promise<void> {
  const done = await Promise.all(
    calls.map(async (call): Promise<Done> => {
      // Who is none of the workers works with the store of the first.
      const answer = await call.run(fleet.store(Math.max(0, world.workers.indexOf(call.worker))));
      return { call, answer };
    }),
  );
  const [only] = done;
  if (done.length === 1 && only !== undefined) {
    expect(only.answer, only.call.what).toEqual(only.call.replay(world.model, only.answer, true));
    only.call.learn(only.answer);
    return;
  }
  const seen = await look(world, fleet.store(0));
  // Only what waits behind the first row of a lane may tell which of two calls came first.
  const waiting = await waitingIn(fleet.store(0));
  let fault: unknown = null;
  for (const order of ordersOf(done)) {
    const model = world.model.copy();
    const isSame = order.every(({ call, answer }) =>
      isDeepStrictEqual(call.replay(model, answer, false), answer),
    );
    if (!isSame) continue;
    try {
      expectSeen(model, world, fleet, seen);
      expectWaiting(model, waiting);
    } catch (error) {
      // Another order may explain it.
      fault = error;
      continue;
    }
    world.model = model;
    for (const { call, answer } of order) call.learn(answer);
    return;
  }
  const told = done.map(({ call, answer }) => `${call.what}: ${JSON.stringify(answer)}`);
  throw new Error(`no order explains ${told.join(' & ')}`, { cause: fault });
}

/** Every order of some items. */
function ordersOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    ordersOf(items.filter((_, at) => at !== index)).map((rest) => [item, ...rest]),
  );
}
