import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Warnings } from './counting-log.js';
import type { WorkerOrders } from './worker.js';

/** A bot in a process of its own. */
export interface Worker {
  readonly pid: number;
  /** Resolves with how often it had to warn of what. */
  stop(): Promise<Warnings>;
}

/** Starts a worker; resolves when its platforms are connected. Throws when it ends before that. */
export async function startWorker(orders: WorkerOrders): Promise<Worker> {
  const child = fork(join(import.meta.dirname, 'worker.js'), [JSON.stringify(orders)]);
  const ended = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`the worker ended with ${String(code)}`))),
  ]);
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      const told = once(child, 'message');
      child.send('end');
      const [warnings] = (await told) as [Warnings];
      await ended;
      return warnings;
    },
  };
}
