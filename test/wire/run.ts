import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { simulate } from '../../src/cli/simulate.js';
import { LifelineError } from '../../src/model/index.js';
import type { SimulationReport } from '../../src/simulate/report.js';
import { WIRES, type WirePlatform } from './wire-stage.js';
import type { Part } from './worker.js';

/** `npm run simulate:wire`: plays the conversations over the emulators of the platforms, one thread each. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    over: { type: 'string', default: 'all' },
    content: { type: 'string' },
    locale: { type: 'string' },
    seed: { type: 'string' },
    transcript: { type: 'boolean' },
    quiet: { type: 'boolean' },
  },
});

try {
  const { over, content, ...options } = values;
  const platforms = platformsOf(over);
  await simulate(positionals, { content, ...options }, async (folder, conversations, { locale, seed }) => {
    const parts = platforms.map((platform) => ({ folder, platform, conversations, locale, seed }));
    return merged(await Promise.all(parts.map(playApart)));
  });
} catch (error) {
  if (!(error instanceof LifelineError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function platformsOf(over: string): readonly WirePlatform[] {
  const chosen = WIRES.filter((platform) => over === 'all' || over === platform);
  if (chosen.length > 0) return chosen;
  throw new LifelineError(
    'settings-invalid',
    `Nothing can be played over "${over}". There are: ${WIRES.join(', ')}, all.`,
  );
}

function playApart(part: Part): Promise<SimulationReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: part });
    worker.once('message', (report: SimulationReport) => {
      resolve(report);
      // Clients of the platforms keep timers for half a minute after they are closed.
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}

/** Coverage is counted without a wire, over everything at once. */
function merged(reports: readonly SimulationReport[]): SimulationReport {
  const none = { reached: 0, all: 0, missing: [] };
  return {
    played: reports.flatMap(({ played }) => played),
    overWire: reports.flatMap(({ overWire }) => overWire),
    coverage: { steps: none, edges: none },
  };
}
