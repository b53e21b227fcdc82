import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as discord from '../../../adapters/discord/index.js';
import * as slack from '../../../adapters/slack/index.js';
import * as telegram from '../../../adapters/telegram/index.js';
import { createGuard } from '../../../src/guard/index.js';
import { createEngine } from '../../../src/live-content.js';

import type { Adapter, Decoded, Platform } from '../../../src/model/index.js';
import { createReceiver } from '../../../src/runtime/receive.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { keptLog } from '../../support/engine.js';
import { bundleOf, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';
import { VALID_DISPATCHES } from './discord-kinds.js';
import { mutated } from './hostile.js';
import { VALID_PAYLOADS } from './slack-kinds.js';
import { VALID_UPDATES } from './telegram-kinds.js';

const engine = createEngine(bundleOf(smallContent()), new Uint8Array(32));
const adapters = new Map<Platform, Adapter>([
  ['telegram', telegram.createTelegramAdapter({ token: '1:x' })],
  ['discord', discord.createDiscordAdapter({ token: 'x' })],
  ['slack', slack.createSlackAdapter({ token: 'x', intake: { kind: 'socket', appToken: 'x' } })],
]);
const slackSelf = {
  userId: 'U0BOT',
  handle: 'l',
  commands: ['help'],
  hooksOrigin: 'https://hooks.slack.com',
};
const decoded: fc.Arbitrary<Decoded> = fc.oneof(
  fc
    .constantFrom(...VALID_UPDATES)
    .chain(mutated)
    .map((json) => telegram.decode(json, { id: '900', username: 'LifelineTestBot' })),
  fc
    .constantFrom(...VALID_DISPATCHES)
    .chain(mutated)
    .map((json) => discord.decode(json, { id: '900' })),
  fc
    .constantFrom(...VALID_PAYLOADS)
    .chain(mutated)
    .map((json) => slack.decode(json, slackSelf, START)),
);
const inbound = decoded.filter((one) => one.kind === 'message');

it('whatever comes through a decoder goes through a whole turn, and nothing of it into the log', async () => {
  const clock = createFakeClock(START);
  const store = createMemoryStore({ clock: clock.now });
  const log = keptLog();
  let update = 0;
  const receiver = createReceiver({
    engine: () => engine,
    guard: createGuard(),
    store,
    clock,
    entropy: () => new Uint8Array(32).fill(update),
    log,
    adapters,
    worker: 'one',
    committed: ({ outbox }) => expect(() => JSON.stringify(outbox)).not.toThrow(),
  });
  const property = fc.asyncProperty(inbound, async ({ message }) => {
    update += 1;
    const received = await receiver.receive({
      ...message,
      id: `${message.id}.${update}` as typeof message.id,
    });
    expect(['committed', 'ignored']).toContain(received.kind);
  });
  await fc.assert(property, { numRuns: 600 });
  const harmless = ['secret-removed', 'blocked', 'unblocked'];
  expect(log.lines.filter(({ event }) => !harmless.includes(String(event)))).toEqual([]);
});
