import type { Store } from '../../../src/model/index.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { START } from '../../support/talk.js';
import { contractBundle, contractEngine } from './contract-content.js';
import type { OpenPlatform, Person, PlatformFixture, Room, Traits } from './fixture.js';
import { createProcess, type Process, type ProcessParts } from './process.js';

/** Longest step of the clock (ms): leases are prolonged every half second. */
const STEP_MS = 400;
/**
 * While it passes by itself, time passes forty times as fast as outside: the clients' own timers are real, and what is
 * under way on the wire still arrives in time.
 */
const FAST_STEP_MS = 200;
const EVERY_MS = 5;
/** Turns of the event loop in which everything arrives that was written to a socket before. */
const SETTLE_TURNS = 50;
/** After this a new process has written down where it stands. */
const SETTLED_MS = 1_500;
/** After this the leases of a process that died have run out (ms). */
const LEASES_MS = 4_000;

/**
 * A platform, a store, and the processes of the bot that come and go between them. Time stands still unless it is
 * passed.
 */
export interface Scene {
  readonly platform: OpenPlatform;
  readonly traits: Traits;
  readonly store: Store;
  /** Starts a process, and waits until it hears what people do. */
  start(how?: Pick<ProcessParts, 'letsAllOut'>): Promise<Process>;
  /** Ends a process as SIGTERM does. */
  stop(process: Process): Promise<void>;
  /** Ends a process as SIGKILL does: nothing of it reaches store or platform any more. */
  kill(process: Process): Promise<void>;
  /** Lets everything that is under way on the wire arrive, though it should not be: an acknowledgement, say. */
  settle(): Promise<void>;
  /** Lets time pass (ms). */
  pass(ms: number): Promise<void>;
  /** Lets time pass, bit by bit, until the condition holds. */
  passUntil(isDone: () => boolean): Promise<void>;
  until(isDone: () => boolean): Promise<void>;
  /** The bot's texts that a person sees, oldest first. */
  hears(person: Person, room?: Room): readonly string[];
  /** Waits until a person has heard a text; counts from the `from`-th text on. */
  heard(person: Person, words: string, options?: { room?: Room; from?: number }): Promise<void>;
  close(): Promise<void>;
}

/** Opens an empty scene. */
export async function openScene(fixture: PlatformFixture): Promise<Scene> {
  let now = START;
  let count = 0;
  let processes: Process[] = [];
  const store = createMemoryStore({ clock: () => now });
  const platform = await fixture.open(() => now);

  const forget = (process: Process): void => {
    processes = processes.filter((other) => other !== process);
  };
  const step = async (ms: number): Promise<void> => {
    now += ms;
    for (const { clock } of processes) clock.moveTo(now);
    await turns(3);
  };
  const pass = async (ms: number): Promise<void> => {
    // With nobody there to do anything meanwhile, time may pass at once.
    if (processes.length === 0) return step(ms);
    for (let left = ms; left > 0; left -= STEP_MS) await step(Math.min(left, STEP_MS));
  };
  const hears = (person: Person, room?: Room): readonly string[] =>
    person
      .sees(room)
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text);
  const stop = async (process: Process): Promise<void> => {
    await process.stop();
    forget(process);
  };

  return {
    platform,
    traits: fixture.traits,
    store,
    hears,
    settle: () => turns(SETTLE_TURNS),
    pass,
    stop,
    start: async (how = {}) => {
      count += 1;
      const process = createProcess({
        engine: contractEngine,
        bundle: contractBundle,
        store,
        platform: fixture.platform,
        adapter: platform.adapter(),
        name: `process-${count}`,
        ...how,
        now,
      });
      processes.push(process);
      await process.start();
      await platform.ready();
      await pass(SETTLED_MS);
      return process;
    },
    kill: async (process) => {
      forget(process);
      const bury = process.die();
      await platform.cut();
      await bury();
      await platform.mend();
      await pass(LEASES_MS);
    },
    passUntil: async (isDone) => {
      while (!isDone()) {
        await step(FAST_STEP_MS);
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    },
    until: (isDone) => platform.until(isDone),
    heard: (person, words, { room, from = 0 } = {}) =>
      platform.until(() =>
        hears(person, room)
          .slice(from)
          .some((text) => text.includes(words)),
      ),
    close: async () => {
      await Promise.all(processes.map(stop));
      await platform.close();
      await store.close();
    },
  };
}

/** Lets everything go on that waits for nothing but its turn, sockets of this machine included. */
async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise(setImmediate);
}
