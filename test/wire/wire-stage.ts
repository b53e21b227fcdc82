import { type Bundle, commandMenus } from '../../src/content/index.js';
import type { AdapterHost, Log, Platform } from '../../src/model/index.js';
import { createFakeClock, type FakeClock } from '../../src/simulate/fake-clock.js';
import type { OpenStage } from '../../src/simulate/stage.js';
import { heldIntake } from '../support/held-intake.js';
import type { Ground, GroundOptions } from './ground.js';
import { openDiscord } from './on-discord.js';
import { openSlack } from './on-slack.js';
import { openTelegram } from './on-telegram.js';
import { noting } from './sent.js';
import { WireClient } from './wire-client.js';

/** Platforms that can be played over a wire. */
export const WIRES = ['telegram', 'discord', 'slack'] as const satisfies readonly Platform[];
export type WirePlatform = (typeof WIRES)[number];

const OPEN: Readonly<Record<WirePlatform, (options: GroundOptions) => Promise<Ground>>> = {
  telegram: openTelegram,
  discord: openDiscord,
  slack: openSlack,
};

/** A platform on a real socket, for one conversation after another. */
export interface Wire {
  readonly open: OpenStage;
  close(): Promise<void>;
}

const WEEK_MS = 7 * 86_400_000;
/** Its time stands in the past until the first conversation. */
const BEGINNING = Date.parse('2020-01-01T00:00Z');

/** Starts a platform with the real adapter on it. `breaking` puts another adapter in its place. */
export async function openWire(
  platform: WirePlatform,
  bundle: Bundle,
  breaking: (ground: Ground) => Ground = (ground) => ground,
): Promise<Wire> {
  const clock = createFakeClock(BEGINNING);
  const commands = commandMenus(bundle);
  const handle = (bundle.registry.bot[platform] ?? platform).replace(/^@/, '');
  const ground = breaking(await OPEN[platform]({ handle, commands, now: clock.now }));
  const sent = noting(ground.adapter);
  let client: WireClient | null = null;
  const host = hostOf(clock, commands, () => client);
  await ground.start(host);
  return {
    open: (at) => {
      const weeks = Math.max(0, Math.ceil((clock.now() - at) / WEEK_MS));
      clock.moveTo(at + weeks * WEEK_MS);
      return {
        clock,
        adapter: sent.adapter,
        enter: ({ world, locale }) => {
          client = new WireClient(ground, ground.person(locale), world, sent);
          return client;
        },
      };
    },
    close: async () => {
      await whilePassing(clock, ground.adapter.stop());
      await ground.close();
    },
  };
}

/** What the adapter is given: everything goes to whoever is on the stage. */
function hostOf(
  clock: FakeClock,
  commands: AdapterHost['commands'],
  onStage: () => WireClient | null,
): AdapterHost {
  const kept = new Map<string, string>();
  const write =
    (level: keyof Log) =>
    (fields: Parameters<Log['debug']>[0]): void =>
      onStage()?.log[level](fields);
  return {
    receive: async (message) => (await onStage()?.receive(message)) ?? { kind: 'ignored', why: 'nobody' },
    delivered: async () => undefined,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    clock,
    values: {
      get: async (name) => kept.get(name) ?? null,
      set: async (name, value) => {
        kept.set(name, value);
        return true;
      },
    },
    intake: heldIntake,
    commands,
  };
}

/** Lets time pass until the work is done: nobody else is there to do so any more. */
async function whilePassing(clock: FakeClock, work: Promise<void>): Promise<void> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    clock.moveTo(clock.now() + 1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
}
