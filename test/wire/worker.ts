import { parentPort, workerData } from 'node:worker_threads';
import { loadContent } from '../../src/load-content.js';
import type { SimulatedConversation } from '../../src/simulate/format.js';
import { runSimulations } from '../../src/simulation.js';
import { openWire, type WirePlatform } from './wire-stage.js';

/** What a thread plays. */
export interface Part {
  readonly folder: string;
  readonly platform: WirePlatform;
  readonly conversations: readonly SimulatedConversation[];
  readonly locale: string | undefined;
  readonly seed: number | undefined;
}

/** Plays one platform, and says what came of it. */
const { folder, platform, conversations, locale, seed } = workerData as Part;
const { bundle } = await loadContent(folder);
const wire = await openWire(platform, bundle);
const report = await runSimulations(bundle, conversations, {
  ...{ locale, seed },
  wires: new Map([[platform, wire.open]]),
});
await wire.close();
parentPort?.postMessage(report);
