import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Chance } from './chance.js';
import type { WorkerNews, WorkerOrders } from './worker.js';

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));
/** Of ten workers, so many die within {@link YOUNG_MS} of being ready; the others live up to {@link OLD_MS} (ms). */
const DIE_YOUNG = 0.6;
const YOUNG_MS = 500;
const OLD_MS = 1_500;
/** Longest wait for a worker that was asked to end (ms). */
const END_MS = 20_000;

/** Worker processes that are killed and started again. */
export interface Fleet {
  /** Ports of those that take messages now. */
  readonly ports: () => readonly number[];
  /** Every SIGKILL. */
  readonly kills: readonly { readonly worker: string; readonly at: number }[];
  /** When a process first told that the store knows of a row (epoch ms), by the row's nonce. */
  readonly settled: ReadonlyMap<string, number>;
  /** From the start of a process until it was ready (ms). */
  readonly startedInMs: readonly number[];
  /** Processes that ended by themselves, which none should. */
  readonly faults: readonly string[];
  /** Kills and starts workers until `stopKilling`; then every one of them runs. */
  startKilling(): void;
  stopKilling(): Promise<void>;
  /** Asks one after another to end, and starts it again. */
  rollingRestart(): Promise<void>;
  /** Ends all of them with SIGTERM. */
  stop(): Promise<void>;
}

interface Slot {
  child: ChildProcess | null;
  name: string;
  port: number | null;
}

/** Starts `size` workers; resolves when all are ready. */
export async function startFleet(
  size: number,
  orders: Omit<WorkerOrders, 'name' | 'skewMs'> & { readonly maxSkewMs: number },
  chance: Chance,
): Promise<Fleet> {
  const slots: Slot[] = Array.from({ length: size }, () => ({ child: null, name: '', port: null }));
  const kills: { worker: string; at: number }[] = [];
  const settled = new Map<string, number>();
  const startedInMs: number[] = [];
  const faults: string[] = [];
  let isKilling = false;
  let killing: Promise<void> = Promise.resolve();
  let born = 0;

  /** Resolves when it is ready; rejects when it ends before. */
  const start = async (slot: Slot): Promise<void> => {
    born += 1;
    slot.name = `w${born}`;
    const begun = performance.now();
    const skewMs = Math.round((2 * chance.below(1) - 1) * orders.maxSkewMs);
    const child = fork(WORKER, [JSON.stringify({ ...orders, skewMs, name: slot.name })], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    slot.child = child;
    let isReady = false;
    child.once('exit', (code, signal) => {
      if (slot.child === child) slot.port = null;
      const isAsked = signal === 'SIGKILL' || code === 0;
      if (isReady && !isAsked) faults.push(`a worker ended by itself (${signal ?? code})`);
    });
    await new Promise<void>((resolve, reject) => {
      child.on('message', (news: WorkerNews) => {
        if ('settled' in news) {
          if (!settled.has(news.settled)) settled.set(news.settled, Date.now());
          return;
        }
        isReady = true;
        slot.port = news.port;
        resolve();
      });
      child.once('exit', () => reject(new Error('a worker ended before it was ready')));
    });
    startedInMs.push(performance.now() - begun);
  };
  const kill = async (slot: Slot): Promise<void> => {
    const { child } = slot;
    if (child === null) return;
    slot.port = null;
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    kills.push({ worker: slot.name, at: Date.now() });
    child.kill('SIGKILL');
    await exit;
  };
  const end = async (slot: Slot): Promise<void> => {
    const { child } = slot;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    slot.port = null;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const isLate = await Promise.race([exit.then(() => false), wait(END_MS, true, { ref: false })]);
    if (!isLate) return;
    faults.push('a worker did not end when it was asked to');
    child.kill('SIGKILL');
    await exit;
  };
  /** Those that nobody is after. */
  const free = [...slots];
  /** Kills a worker again and again, or turns to another one. */
  const hunt = async (): Promise<void> => {
    while (isKilling) {
      const slot = free.splice(Math.floor(chance.below(free.length)), 1)[0];
      if (slot === undefined) return;
      let isYoung = false;
      do {
        isYoung = chance.happens(DIE_YOUNG);
        await wait(chance.below(isYoung ? YOUNG_MS : OLD_MS));
        if (!isKilling) break;
        await kill(slot);
        await startAgain(slot);
      } while (isYoung);
      free.push(slot);
    }
  };
  /** A store that is away lets nobody start; whoever runs the bot starts it again until it does. */
  const startAgain = async (slot: Slot): Promise<void> => {
    for (;;) {
      try {
        return await start(slot);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('a worker ended'))) throw error;
        await wait(100);
      }
    }
  };

  try {
    await Promise.all(slots.map(start));
  } catch (error) {
    await Promise.all(slots.map(kill));
    throw error;
  }
  return {
    ports: () => slots.flatMap(({ port }) => (port === null ? [] : [port])),
    kills,
    settled,
    startedInMs,
    faults,
    startKilling: () => {
      isKilling = true;
      // Half of them at most are away at a time, or two processors would do nothing but start workers.
      const hunters = Array.from({ length: Math.ceil(size / 2) }, hunt);
      killing = Promise.all(hunters).then(() => undefined);
    },
    stopKilling: async () => {
      isKilling = false;
      await killing;
    },
    rollingRestart: async () => {
      for (const slot of slots) {
        await end(slot);
        await start(slot);
      }
    },
    stop: async () => {
      isKilling = false;
      await killing;
      await Promise.all(slots.map(end));
    },
  };
}
