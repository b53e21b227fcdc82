import { expect, it } from 'vitest';
import { createGuard } from '../../../src/guard/index.js';
import type { SendResult, Store } from '../../../src/model/index.js';
import { createRuntime } from '../../../src/runtime/lifecycle.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { inbound, keptLog, openStage, plainEngine } from '../../support/engine.js';
import { createGate } from '../../support/gate.js';
import { bundleOf, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('closes the store only when the reply to a timer that fired while it stopped is settled', async () => {
  const clock = createFakeClock(START);
  const memory = createMemoryStore({ clock: clock.now });
  const order: string[] = [];
  const gate = createGate();
  let isGated = false;
  const store: Store = {
    ...memory,
    claimTimers: async (...claiming) => {
      if (isGated) await gate.passed;
      return memory.claimTimers(...claiming);
    },
    settleRow: async (...settling) => {
      const settled = await memory.settleRow(...settling);
      order.push('settled');
      return settled;
    },
    close: async () => void order.push('closed'),
  };
  const stage = openStage();
  const engine = plainEngine(bundleOf(smallContent()));
  const bot = createRuntime({
    engine: () => engine,
    guard: createGuard(),
    policy: () => null,
    store,
    clock,
    entropy: () => new Uint8Array(32),
    log: keptLog(),
    adapters: new Map([['telegram', stage]]),
    commands: [],
    notifies: false,
    worker: 'one',
    random: () => 0,
  });
  await bot.start();
  const message = inbound(1, { kind: 'text', text: 'wants mail-missing' });
  await bot.receiver.receive(message);
  await bot.deliverer.idle();
  order.length = 0;

  isGated = true;
  clock.moveTo(START + 1_800_000);
  await soon();
  stage.answer = async (): Promise<SendResult> => {
    for (let tick = 0; tick < 5; tick += 1) await soon();
    return { kind: 'sent' };
  };
  const stopping = bot.stop();
  for (let tick = 0; tick < 5; tick += 1) await soon();
  gate.open();
  await stopping;
  expect(order).toEqual(['settled', 'closed']);
});
