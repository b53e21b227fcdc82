import type { Bundle } from '../../../src/content/index.js';
import { createGroupWatch, createGuard, createOutboundPolicy } from '../../../src/guard/index.js';
import {
  type Adapter,
  type Capabilities,
  type Commit,
  LifelineError,
  type LogFields,
  type Platform,
  type Store,
  UNLIMITED,
} from '../../../src/model/index.js';
import { createRuntime } from '../../../src/runtime/lifecycle.js';
import type { Engine } from '../../../src/runtime/turn-request.js';
import { createFakeClock, type FakeClock } from '../../../src/simulate/fake-clock.js';

/** A commit that waits: `reached` resolves when it is asked for (or, after it, done), `release` lets it go on. */
export interface Hold {
  readonly reached: Promise<void>;
  release(): void;
}

/** A process of the bot: the real runtime with one adapter. It dies without having anything to say about it. */
export interface Process {
  readonly clock: FakeClock;
  readonly commits: readonly Commit[];
  readonly logged: readonly LogFields[];
  readonly capabilities: Capabilities;
  /** Resolves when so many lines about an event are in its log. */
  logs(event: string, count?: number): Promise<void>;
  /** What the health report says of the platform. */
  readonly state: () => string;
  /** Holds the next commit before the store has it, or after that, before the process knows. */
  hold(when: 'before' | 'after'): Hold;
  start(): Promise<void>;
  /** Resolves when everything committed has been sent, or waits for a later try. */
  delivered(): Promise<void>;
  /** As on SIGTERM. */
  stop(): Promise<void>;
  /** From now on nothing of it reaches the store. What is returned ends its remains, by the time of the dead. */
  die(): () => Promise<void>;
}

export interface ProcessParts {
  readonly engine: Engine;
  readonly bundle: Bundle;
  readonly store: Store;
  readonly platform: Platform;
  readonly adapter: Adapter;
  readonly name: string;
  /**
   * Whether everything leaves, whatever the policy says of it: then only the adapter stands between words and markup.
   */
  readonly letsAllOut?: boolean;
  /** Whether it keeps to the adapter's own limits; else only the platform says how fast it may write. */
  readonly keepsRates?: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** How far the time of the dead moves at once (ms): past every patience. */
const LONG_MS = 60_000;

/** A process on a store that outlives it. */
export function createProcess(parts: ProcessParts): Process {
  const { engine, bundle, platform } = parts;
  const clock = createFakeClock(parts.now);
  const commits: Commit[] = [];
  const logged: LogFields[] = [];
  let isDead = false;
  let next: {
    readonly when: 'before' | 'after';
    readonly reach: () => void;
    released: Promise<void>;
  } | null = null;
  let letGo = (): void => undefined;
  let state = 'stopped';

  const alive = (): void => {
    if (isDead) throw new LifelineError('store-unavailable', 'this process is dead');
  };
  const commit = async (asked: Commit): ReturnType<Store['commit']> => {
    alive();
    const held = next;
    next = null;
    if (held?.when === 'before') {
      held.reach();
      await held.released;
      alive();
    }
    const result = await parts.store.commit(asked);
    if (result.kind === 'ok') commits.push(asked);
    if (held?.when === 'after') {
      held.reach();
      await held.released;
    }
    alive();
    return result;
  };
  const store = new Proxy(parts.store, {
    get: (target, name) => {
      if (name === 'commit') return commit;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || name === 'now') return value;
      return async (...args: readonly unknown[]) => {
        alive();
        // The store outlives the process that closes it.
        return name === 'close' ? undefined : Reflect.apply(value, target, args);
      };
    },
  });
  const waiting = new Set<{ readonly isDone: () => boolean; readonly resolve: () => void }>();
  const log = (fields: LogFields): void => {
    logged.push(fields);
    for (const waiter of waiting) if (waiter.isDone()) waiter.resolve();
  };
  const watch = createGroupWatch(bundle.registry);
  const unlimited = { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED };
  const rates = parts.keepsRates === true ? parts.adapter.rates : unlimited;
  const adapter = { ...parts.adapter, rates };
  const bot = createRuntime({
    engine: () => engine,
    guard: createGuard(),
    watch: () => watch,
    policy: parts.letsAllOut === true ? () => null : createOutboundPolicy(() => bundle.registry),
    store,
    clock,
    entropy: () => crypto.getRandomValues(new Uint8Array(32)),
    log: { debug: log, info: log, warn: log, error: log },
    adapters: new Map([[platform, adapter]]),
    commands: [{ locale: 'en', source: true, commands: [{ name: 'help', description: 'Help' }] }],
    notifies: false,
    health: {
      mark: (_platform, is) => {
        state = is;
      },
      stopping: () => undefined,
    },
    worker: parts.name,
    random: () => 0,
  });

  return {
    clock,
    commits,
    logged,
    capabilities: parts.adapter.capabilities,
    logs: (event, count = 1) => {
      const isDone = (): boolean => logged.filter((line) => line.event === event).length >= count;
      if (isDone()) return Promise.resolve();
      return new Promise((resolve) => waiting.add({ isDone, resolve }));
    },
    state: () => state,
    hold: (when) => {
      let reach = (): void => undefined;
      let release = (): void => undefined;
      const reached = new Promise<void>((resolve) => {
        reach = resolve;
      });
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      next = { when, reach, released };
      letGo = release;
      return { reached, release };
    },
    start: () => bot.start(),
    delivered: () => bot.deliverer.idle(),
    stop: () => bot.stop(),
    die: () => {
      isDead = true;
      letGo();
      return async () => {
        let isOver = false;
        const end = (): void => {
          isOver = true;
        };
        // The dead find no store to give their leases back to.
        void parts.adapter.stop().then(end, end);
        while (!isOver) {
          clock.moveTo(clock.now() + LONG_MS);
          await new Promise(setImmediate);
        }
      };
    },
  };
}
