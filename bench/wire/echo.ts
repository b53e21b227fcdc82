import { systemClock } from '../../src/infra/clock.js';
import {
  type Adapter,
  type AdapterHost,
  type HttpRoutes,
  type Log,
  parseConversationId,
} from '../../src/model/index.js';
import { createLanes } from '../../src/runtime/lanes.js';
import { heldIntake } from '../../test/support/held-intake.js';
import type { LineOrders } from './lines.js';
import { post } from './post.js';

/**
 * Calls under way at once: with thousands, some would wait for longer than the adapter has patience, and nobody repeats
 * them.
 */
const CALLS_AT_ONCE = 64;

/**
 * A host without turn and store: says back at once what it hears, and counts it as committed. What an adapter takes on
 * it, it takes by itself.
 */
export function echoHost(adapter: Adapter, log: Log): AdapterHost {
  const values = new Map<string, string>();
  const lanes = createLanes();
  const gate = createGate(CALLS_AT_ONCE);
  let rows = 0;
  return {
    commands: [],
    log,
    clock: systemClock,
    delivered: () => Promise.resolve(),
    values: {
      get: async (name) => values.get(name) ?? null,
      set: async (name, value) => {
        values.set(name, value);
        return true;
      },
    },
    intake: heldIntake,
    receive: async ({ conversation, content }) => {
      if (content.kind !== 'text') return { kind: 'ignored', why: 'no words' };
      const { place, userId } = parseConversationId(conversation);
      const message = { kind: 'message', text: content.text, buttons: [], keys: [], private: false } as const;
      const calls = adapter.encode(message, { place, userId, visibility: 'direct', botHandle: '' });
      void lanes.run(conversation, async () => {
        for (const call of calls) {
          rows += 1;
          const nonce = String(rows).padStart(22, '0');
          await gate.enter();
          const result = await adapter.send(call, { nonce, unclearSince: null, now: Date.now() });
          gate.leave();
          if (result.kind !== 'sent') log.warn({ event: `send-${result.kind}`, ...result });
        }
      });
      return { kind: 'committed' };
    },
  };
}

/** Lets so many in at once, the others in the order they came. */
function createGate(places: number): { enter(): Promise<void>; leave(): void } {
  const waiting: (() => void)[] = [];
  let free = places;
  return {
    enter: () => {
      if (free === 0) return new Promise((resolve) => waiting.push(resolve));
      free -= 1;
      return Promise.resolve();
    },
    leave: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}

/** The worker's side of the bare line: what is posted is posted back. */
export function addBareRoute({ apiUrl, webhook }: LineOrders, routes: HttpRoutes): void {
  routes.add({
    method: 'POST',
    path: webhook?.path ?? '/',
    maxBodyBytes: 10_000,
    answer: ({ body }) => {
      void post(apiUrl, body.toString('utf8'));
      return { status: 200 };
    },
  });
}
