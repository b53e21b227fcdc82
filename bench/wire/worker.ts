import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyring } from '../../src/infra/at-rest.js';
import { createHttpServer } from '../../src/infra/http-server.js';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import type { Adapter, Platform, Store } from '../../src/model/index.js';
import { openStore } from '../../src/store/open.js';
import { adapterOf, platformOf } from './bot.js';
import { echoContent } from './content.js';
import { countingLog } from './counting-log.js';
import type { Depth } from './depth.js';
import { addBareRoute, echoHost } from './echo.js';
import type { LineOrders } from './lines.js';

/*
 * A process with a bot, or with adapters alone, on platforms that live in another one. It says "ready", and ends when it
 * is told so; before that it tells how often it had to warn of what.
 */

export interface WorkerOrders {
  readonly depth: Depth;
  /** Where what is posted is taken. */
  readonly port: number;
  readonly lines: readonly LineOrders[];
}

const { depth, lines, port } = JSON.parse(process.argv[2] ?? '') as WorkerOrders;
const { log, warnings } = countingLog();
const secret = new Uint8Array(32);
const adapters = new Map<Platform, Adapter>();
// Platforms here push to as many people at once as they like.
const http = createHttpServer({ host: '127.0.0.1', port, log, limits: { maxConnections: 10_000 } });
for (const line of lines) {
  if (line.name === 'bare') addBareRoute(line, http.routes);
  else adapters.set(platformOf(line), adapterOf(line, port, http.routes));
}
await http.start();
const running = depth === 'adapter alone' ? await startAlone() : await startWhole();
process.on('message', () => {
  void running
    .stop()
    .then(() => http.stop())
    .then(() => {
      process.send?.(Object.fromEntries(warnings));
      process.disconnect();
    });
});
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
process.send?.('ready');

async function startAlone(): Promise<{ stop(): Promise<unknown> }> {
  const all = [...adapters.values()];
  await Promise.all(all.map((adapter) => adapter.start(echoHost(adapter, log))));
  return { stop: () => Promise.all(all.map((adapter) => adapter.stop())) };
}

async function startWhole(): Promise<{ stop(): Promise<unknown> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-bench-'));
  const name = depth === 'memory' ? 'memory:' : `lmdb:${folder}`;
  const store: Store = await openStore(name, { keyring: createKeyring([secret]) });
  const settings = readSettings({ LIFELINE_STORE: 'memory:' }, '/nowhere');
  const content = echoContent('30m');
  const bot = await createBot(settings, { content, adapters, store, secret, log, notifies: false });
  await bot.start();
  return {
    stop: async () => {
      await bot.stop();
      await rm(folder, { recursive: true });
    },
  };
}
