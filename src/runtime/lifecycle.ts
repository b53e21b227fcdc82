import type {
  Adapter,
  AdapterHost,
  Clock,
  CommandMenu,
  Entropy,
  Guard,
  Lease,
  Log,
  Platform,
  Store,
  WatchGroup,
} from '../model/index.js';
import { createDeliverer, type Deliverer } from './deliver.js';
import type { HandOffs } from './hand-offs.js';
import type { Health } from './health.js';
import { startIntake } from './intake.js';
import { createNotifier } from './notify.js';
import { createReceiver, type Receiver } from './receive.js';
import { createScheduler, type Scheduler } from './schedule.js';
import type { OutboundPolicy } from './send-row.js';
import { createPlatforms, type PlatformRefusal } from './start-platforms.js';
import type { Engine } from './turn-request.js';

export interface RuntimeParts {
  readonly engine: () => Engine;
  readonly guard: Guard;
  readonly policy: OutboundPolicy;
  readonly store: Store;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  readonly commands: readonly CommandMenu[];
  /** Whether the support team is told of new cases; never when somebody only tries the content out. */
  readonly notifies: boolean;
  /** Messages in hand above which no more are read; see `overload.ts`. */
  readonly maxWaitingTurns?: number;
  /** Looks at what was overheard in groups. */
  readonly watch?: () => WatchGroup;
  /** Resolves when what was still being learned is known. */
  readonly learned?: () => Promise<void>;
  /** Verified hand-offs; absent where none is set up. */
  readonly handOffs?: HandOffs;
  /** Told what runs. */
  readonly health?: Pick<Health, 'mark' | 'stopping'>;
  /** Told of a platform that cannot start while others can. */
  readonly refused?: (refusal: PlatformRefusal) => void;
  /** A name no other process has. */
  readonly worker: string;
  /** 0 to 1, for the spread of pauses. */
  readonly random: () => number;
}

/** A bot with everything joined. */
export interface Bot {
  /**
   * Takes up what was left from before (rows that wait, timers that came due) and starts the platforms; one that
   * refuses us is tried again while others run. Throws what they threw when all of them refused us.
   */
  start(): Promise<void>;
  /** Stops intake, finishes the turns in hand, sends what can be sent, then closes the store. */
  stop(): Promise<void>;
  readonly receiver: Receiver;
  readonly deliverer: Deliverer;
  readonly scheduler: Scheduler;
  readonly store: Store;
}

/** Joins the stations of the one path. */
export function createRuntime(parts: RuntimeParts): Bot {
  const { store, clock, log } = parts;
  const deliverer = createDeliverer({ ...parts, postponed: (notBefore) => scheduler.nudge(notBefore) });
  const notifier = parts.notifies ? createNotifier(parts) : null;
  const receiver = createReceiver({
    ...parts,
    committed: (commit, claim) => {
      if (claim !== null) deliverer.take(claim);
      else if (commit.outbox.length > 0) deliverer.kick(commit.conversation);
      for (const timer of commit.timers) if (timer.kind === 'set') scheduler.nudge(timer.dueAt);
      if (commit.records.some((record) => record.kind === 'put-case')) notifier?.nudge();
    },
  });
  const scheduler = createScheduler({
    store,
    clock,
    log,
    kick: (conversation) => deliverer.kick(conversation),
    fire: ({ conversation, timer, dueAt }) => receiver.timerDue(conversation, timer, dueAt),
  });
  const intakes = new Map<Platform, Lease | null>();
  const hostOf = (platform: Platform): AdapterHost => ({
    receive: (message) => receiver.receive(message),
    delivered: () => deliverer.idle(),
    log,
    clock,
    values: {
      get: (name) => store.getValue(`${platform}:${name}`),
      set: async (name, value) => {
        const lease = intakes.get(platform);
        // Without an intake nobody else writes; with one that is not ours, somebody else does.
        return lease === null ? false : store.setValue(`${platform}:${name}`, value, lease);
      },
    },
    intake: (name, work) => {
      const held = (lease: Lease | null): void => void intakes.set(platform, lease);
      return startIntake({ ...parts, platform, held }, `${platform}:${name}`, work);
    },
    connected: (isConnected) => parts.health?.mark(platform, isConnected ? 'running' : 'starting'),
    commands: parts.commands,
  });
  const platforms = createPlatforms({ ...parts, hostOf, bundle: () => parts.engine().bundle.hash });

  return {
    receiver,
    deliverer,
    scheduler,
    store,
    start: async () => {
      scheduler.start();
      await platforms.start();
      notifier?.nudge();
    },
    stop: async () => {
      parts.health?.stopping();
      // Whatever begins turns ends first, timers too: a reply that is under way when the store closes is sent twice.
      await scheduler.stop();
      await platforms.stop();
      await receiver.idle();
      await deliverer.idle();
      await notifier?.idle();
      await store.close();
      log.info({ event: 'stopped' });
    },
  };
}
