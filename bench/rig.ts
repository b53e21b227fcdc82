import type { Bundle } from '../src/content/index.js';
import { createGuard, createOutboundPolicy } from '../src/guard/index.js';
import { systemClock } from '../src/infra/clock.js';
import { createEngine } from '../src/live-content.js';

import type { InboundMessage, Store } from '../src/model/index.js';
import { createRuntime } from '../src/runtime/lifecycle.js';
import { type BenchPlatform, createBenchPlatform, messageFrom, OPENING, TALK } from './dialogue.js';
import { microsecondsEach } from './figure.js';
import { SILENT } from './silent.js';

/** The whole runtime on a platform without a network. */
export interface Rig {
  readonly platform: BenchPlatform;
  readonly runtime: ReturnType<typeof createRuntime>;
}

/** A runtime on a store; several of them that take turns share a platform. */
export function rig(
  bundle: Bundle,
  store: Store,
  worker = 'bench',
  platform: BenchPlatform = createBenchPlatform(),
): Rig {
  const engine = createEngine(bundle, new Uint8Array(32));
  engine.understanding.warm('en');
  const runtime = createRuntime({
    engine: () => engine,
    guard: createGuard(),
    policy: createOutboundPolicy(() => bundle.registry),
    store,
    clock: systemClock,
    entropy: () => new Uint8Array(32),
    log: SILENT,
    adapters: new Map([['telegram', platform.adapter]]),
    commands: [],
    notifies: false,
    worker,
    random: () => 0,
  });
  return { platform, runtime };
}

/**
 * One text that opens, then five buttons, each once the rows of the one before are sent; microseconds of the texts and
 * of the buttons. `route` says which runtime takes the next message, one and the same unless it is given.
 */
export async function talk(
  rig: Rig,
  user: number,
  route: () => Rig = () => rig,
): Promise<{ text: number; button: number }> {
  const say = (message: InboundMessage): Promise<number> =>
    microsecondsEach(1, async () => {
      const { runtime } = route();
      await runtime.receiver.receive(message);
      await runtime.deliverer.idle();
    });
  const opening = messageFrom(user, { kind: 'text', text: OPENING });
  const text = await say(opening);
  let button = 0;
  for (const value of TALK) {
    const data = rig.platform.choice(opening.conversation, value);
    button += await say(messageFrom(user, { kind: 'tap', data }));
  }
  return { text, button: button / TALK.length };
}
