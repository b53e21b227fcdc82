import { freePort } from '../test/support/free-port.js';
import { printFigure } from './figure.js';
import { printWarnings } from './wire/counting-log.js';
import { gather, settled, type Talker, write } from './wire/crowd.js';
import { BEHIND, type Depth } from './wire/depth.js';
import { type LineName, openLine } from './wire/lines.js';
import { startWorker } from './wire/start-worker.js';
import type { Wire } from './wire/watch.js';

const AREA = 'adapters';
const RUNS = 3;
const PEOPLE = 1_000;
/** Times each of them writes; every third time two messages in a row, without waiting for the answer to the first. */
const TURNS = 6;
const LINES: readonly LineName[] = [
  'telegram polling',
  'telegram webhook',
  'discord',
  'slack socket',
  'slack http',
];
const DEPTHS: readonly Depth[] = ['adapter alone', 'lmdb'];

/** A thousand people who talk at once on a platform: what is written is compared with what they see. */
export async function benchThroughput(wire: Wire): Promise<void> {
  for (const name of LINES) for (const depth of DEPTHS) await measure(wire, name, depth);
}

async function measure(wire: Wire, name: LineName, depth: Depth): Promise<void> {
  const figure = `${name}, ${BEHIND[depth]}, ${PEOPLE} people at once`;
  const rates: number[] = [];
  const wrongs = { lost: 0, doubled: 0, outOfOrder: 0 };
  for (let run = 0; run <= RUNS; run += 1) {
    wire.clear();
    const port = await freePort();
    const line = await openLine(name, port);
    const worker = await startWorker({ depth, port, lines: [line.orders] });
    const talkers = await gather(line, PEOPLE);
    const from = performance.now();
    await Promise.all(talkers.map((talker) => talk(wire, talker)));
    const seconds = (performance.now() - from) / 1000;
    const { written, ...came } = await settled(talkers);
    printWarnings(figure, await worker.stop());
    await line.close();
    wrongs.lost += came.lost;
    wrongs.doubled += came.doubled;
    wrongs.outOfOrder += came.outOfOrder;
    // The first run warms this process up.
    if (run > 0) rates.push(written / seconds);
  }
  printFigure({ area: AREA, figure: `${figure}: messages answered`, unit: 'messages/s', runs: rates });
  for (const what of ['lost', 'doubled', 'outOfOrder'] as const) {
    const count = wrongs[what];
    const runs = [count];
    printFigure({
      area: AREA,
      figure: `${figure}: ${WORDS[what]}`,
      unit: 'messages',
      runs,
      aim: '0',
      met: count === 0,
    });
  }
}

const WORDS = { lost: 'lost', doubled: 'doubled', outOfOrder: 'out of order' } as const;

async function talk(wire: Wire, talker: Talker): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const marks = turn % 3 === 2 ? [write(talker), write(talker)] : [write(talker)];
    await Promise.all(marks.map((mark) => wire.arrived(mark)));
  }
}
