import { setTimeout as wait } from 'node:timers/promises';
import { createChance } from '../test/chaos/chance.js';
import { freePort } from '../test/support/free-port.js';
import { median, printFigure } from './figure.js';
import { printWarnings } from './wire/counting-log.js';
import { gather, type Talker, write } from './wire/crowd.js';
import { BEHIND, type Depth } from './wire/depth.js';
import { type LineName, openLine } from './wire/lines.js';
import { startWorker } from './wire/start-worker.js';
import type { Wire } from './wire/watch.js';

const AREA = 'adapters';
const RUNS = 3;
const RUN_MS = 20_000;
const WARM_UP_MS = 5_000;
/** Messages a second on each platform, at random moments. */
const RATE = 25;
const PEOPLE = 50;
/** Three platforms in one process; the bare line beside them shows what the machine takes. */
const SETS: readonly (readonly LineName[])[] = [
  ['telegram polling', 'discord', 'slack socket', 'bare'],
  ['telegram webhook', 'discord', 'slack http', 'bare'],
];

const DEPTHS: readonly Depth[] = ['adapter alone', 'memory', 'lmdb'];

/** From an update on a socket to the call that answers it, at a rate that platforms see in life. */
export async function benchLatency(wire: Wire): Promise<void> {
  for (const names of SETS) for (const depth of DEPTHS) await measure(wire, names, depth);
}

async function measure(wire: Wire, names: readonly LineName[], depth: Depth): Promise<void> {
  const port = await freePort();
  const lines = await Promise.all(names.map((name) => openLine(name, port)));
  const worker = await startWorker({ depth, port, lines: lines.map(({ orders }) => orders) });
  const crowds = await Promise.all(lines.map((line) => gather(line, PEOPLE)));
  const runs = new Map(names.map((name) => [name, [] as Latency[]]));
  for (let run = 0; run <= RUNS; run += 1) {
    wire.clear();
    const talks = crowds.map((crowd, index) =>
      talk(wire, crowd, run === 0 ? WARM_UP_MS : RUN_MS, run * names.length + index),
    );
    const marks = await Promise.all(talks);
    // The first run warms everything up.
    for (const [index, name] of names.entries())
      if (run > 0) runs.get(name)?.push(latencyOf(wire, marks[index] ?? []));
  }
  printWarnings(names.join(', '), await worker.stop());
  await Promise.all(lines.map((line) => line.close()));
  for (const [name, latencies] of runs) print(name, depth, latencies);
}

/** Writes at random moments; returns the marks once the answers to all of them have arrived. */
async function talk(
  wire: Wire,
  crowd: readonly Talker[],
  durationMs: number,
  seed: number,
): Promise<readonly string[]> {
  const chance = createChance(seed);
  const marks: string[] = [];
  const end = performance.now() + durationMs;
  for (let at = performance.now(); at < end; ) {
    at += (-Math.log(1 - chance.below(1)) * 1000) / RATE;
    const early = at - performance.now();
    if (early > 1) await wait(early);
    const talker = chance.pick(crowd);
    if (talker !== undefined) marks.push(write(talker));
  }
  await Promise.all(marks.map((mark) => wire.arrived(mark)));
  return marks;
}

/** Milliseconds. */
interface Latency {
  readonly p50: number;
  readonly p99: number;
}

function latencyOf(wire: Wire, marks: readonly string[]): Latency {
  const times = marks
    .map((mark) => {
      const { writtenAt, receivedAt } = wire.sightings.get(mark) ?? { writtenAt: null, receivedAt: null };
      return writtenAt === null || receivedAt === null ? Number.NaN : receivedAt - writtenAt;
    })
    .sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

function print(name: LineName, depth: Depth, latencies: readonly Latency[]): void {
  const behind = name === 'bare' ? `bare loop beside "${BEHIND[depth]}"` : `${name}, ${BEHIND[depth]}`;
  const p99 = latencies.map((latency) => latency.p99);
  const isAimed = name !== 'bare' && depth === 'adapter alone';
  printFigure({
    area: AREA,
    figure: `${behind}, ${RATE} messages/s a platform: p50 from update to call`,
    unit: 'ms',
    runs: latencies.map((latency) => latency.p50),
  });
  printFigure({
    area: AREA,
    figure: `${behind}, ${RATE} messages/s a platform: p99 from update to call`,
    unit: 'ms',
    runs: p99,
    ...(isAimed ? { aim: 'below 20', met: median(p99) < 20 } : {}),
  });
}
