import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { printFigure } from './figure.js';
import type { BenchRedis } from './redis-server.js';

const AREA = 'store';
const RUNS = 3;
const RUN_MS = 5_000;

/** Messages a second end to end with worker processes of their own on one Redis. */
export async function benchWorkers(redis: BenchRedis): Promise<void> {
  for (const count of [1, 2, 4]) {
    await redis.empty();
    const workers = await Promise.all(
      Array.from({ length: count }, (_, index) => startWorker(redis.url, index)),
    );
    const runs: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const sent = await Promise.all(workers.map((worker) => round(worker)));
      const perSecond = (sent.reduce((sum, each) => sum + each, 0) * 1000) / RUN_MS;
      // The first run warms the workers up.
      if (run > 0) runs.push(perSecond);
    }
    for (const worker of workers) {
      const ended = once(worker, 'exit');
      worker.send('end');
      await ended;
    }
    const figure = `messages received, committed and delivered, ${count} worker${count === 1 ? '' : 's'} on ${cpus().length} cores with Redis and the load`;
    printFigure({ area: AREA, figure, unit: 'messages/s', runs });
  }
}

async function startWorker(url: string, index: number): Promise<ChildProcess> {
  const worker = fork(join(import.meta.dirname, 'worker.js'), [url, String(index), String(RUN_MS)]);
  await once(worker, 'message');
  return worker;
}

async function round(worker: ChildProcess): Promise<number> {
  const answer = once(worker, 'message');
  worker.send('go');
  const [count] = await answer;
  return Number(count);
}
