import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Memory } from '../soak/memory.js';
import type { Warnings } from './counting-log.js';
import type { Question, WorkerOrders } from './worker.js';

/** A bot in a process of its own. */
export interface Worker {
  memory(): Promise<Memory>;
  /** Entries of all collections by the line that made them; needs `counts`. */
  entries(): Promise<Readonly<Record<string, number>>>;
  /** From now on it keeps something of every message. */
  leak(): Promise<void>;
  /** Resolves with how often it had to warn of what. */
  stop(): Promise<Warnings>;
}

/** Starts a worker; resolves when its platforms are connected. Throws when it ends before that. */
export async function startWorker(
  orders: WorkerOrders,
  { counts = false }: { readonly counts?: boolean } = {},
): Promise<Worker> {
  const preload = counts ? ['--import', join(import.meta.dirname, '../soak/collections.js')] : [];
  const child = fork(join(import.meta.dirname, 'worker.js'), [JSON.stringify(orders)], {
    execArgv: ['--expose-gc', ...preload],
  });
  const ended = once(child, 'exit');
  const orEnd = <Result>(news: Promise<Result>): Promise<Result> =>
    Promise.race([
      news,
      ended.then(([code]) => Promise.reject(new Error(`the worker ended with ${String(code)}`))),
    ]);
  await orEnd(once(child, 'message'));
  const ask = async <Answer>(question: Question): Promise<Answer> => {
    const told = orEnd(once(child, 'message'));
    child.send(question);
    const [{ answer }] = (await told) as [{ readonly answer: Answer }];
    return answer;
  };
  return {
    memory: () => ask('memory'),
    entries: () => ask('entries'),
    leak: () => ask('leak'),
    stop: async () => {
      const warnings = await ask<Warnings>('end');
      await ended;
      return warnings;
    },
  };
}
