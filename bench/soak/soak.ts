import { setTimeout as wait } from 'node:timers/promises';
import { createChance } from '../../test/chaos/chance.js';
import { freePort } from '../../test/support/free-port.js';
import { machine } from '../figure.js';
import { gather } from '../wire/crowd.js';
import { type Line, type LineName, openLine } from '../wire/lines.js';
import { startWorker, type Worker } from '../wire/start-worker.js';
import { watchWire } from '../wire/watch.js';
import { judge, type Reading } from './judge.js';
import { outcomeOf, startTurnover, type Turnover } from './turnover.js';

/** Three platforms in one process, as in life. */
const LINES: readonly LineName[] = ['telegram polling', 'discord', 'slack socket'];
const READ_EVERY_MS = 5_000;
/** Until the first reading counts: compiled code, pools and the like take their place. */
const WARM_UP_MS = 60_000;
/** Connections that nobody uses are closed within this. */
const IDLE_MS = 15_000;
/** People who fill the caches at the same time on each platform. */
const FILL_AT_ONCE = 20;

export interface SoakOptions {
  readonly minutes: number;
  /** Messages a second, over all platforms. */
  readonly rate: number;
  /** People on each platform who come before it begins, so that caches with a limit have reached it. */
  readonly fill: number;
  /** Keep something of every message: the run must fail. */
  readonly leak: boolean;
}

/** Talks to a bot for a long time and watches its memory; prints a JSON line, and returns what is wrong, in words. */
export async function soak({ minutes, rate, fill, leak }: SoakOptions): Promise<readonly string[]> {
  const wire = watchWire();
  const port = await freePort();
  const lines = await Promise.all(LINES.map((name) => openLine(name, port)));
  const orders = lines.map((line) => line.orders);
  const worker = await startWorker({ depth: 'lmdb', port, lines: orders, nudge: '20s' });
  await Promise.all(lines.map((line) => fillCaches(line, fill)));
  if (leak) await worker.leak();
  const before = await worker.memory();
  const turnovers = lines.map((line, index) =>
    startTurnover(line, wire, rate / lines.length, createChance(index)),
  );
  await wait(WARM_UP_MS);
  const readings = await watch(worker, turnovers, minutes * 60_000, () => wire.clear());
  await Promise.all(turnovers.map((turnover) => turnover.stop()));
  await wait(IDLE_MS);
  const after = await worker.memory();
  const outcomes = turnovers.map(({ people }, index) => ({ line: LINES[index], ...outcomeOf(people) }));
  const warnings = await worker.stop();
  await Promise.all(lines.map((line) => line.close()));
  const { wrongs, ...verdict } = judge(readings, outcomes, before.handles, after.handles);
  const people = turnovers.reduce((sum, turnover) => sum + turnover.people.length, 0);
  process.stdout.write(
    `${JSON.stringify({ minutes, people, talk: outcomes, ...verdict, warnings, machine: machine() })}\n`,
  );
  return wrongs;
}

async function fillCaches(line: Line, count: number): Promise<void> {
  for (let come = 0; come < count; come += FILL_AT_ONCE)
    await gather(line, Math.min(FILL_AT_ONCE, count - come));
}

async function watch(
  worker: Worker,
  turnovers: readonly Turnover[],
  durationMs: number,
  afterEach: () => void,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  const begun = performance.now();
  for (let at = begun; at - begun < durationMs; at = performance.now()) {
    const memory = await worker.memory();
    const messages = turnovers.reduce((sum, turnover) => sum + turnover.messages, 0);
    readings.push({ at: (at - begun) / 1000, messages, memory });
    afterEach();
    if (readings.length % 12 === 1) {
      const megabytes = ((memory.heap + memory.external) / 1e6).toFixed(1);
      process.stderr.write(`${Math.round((at - begun) / 1000)} s: ${messages} messages, ${megabytes} MB\n`);
    }
    await wait(READ_EVERY_MS);
  }
  return readings;
}
