import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyring } from '../../src/infra/at-rest.js';
import { createHttpServer } from '../../src/infra/http-server.js';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import type { Adapter, Platform, Store } from '../../src/model/index.js';
import { openStore } from '../../src/store/open.js';
import type {} from '../soak/collections.js';
import { collectGarbage, measureMemory } from '../soak/memory.js';
import { adapterOf, platformOf } from './bot.js';
import { echoContent } from './content.js';
import { countingLog } from './counting-log.js';
import type { Depth } from './depth.js';
import { addBareRoute, echoHost } from './echo.js';
import type { LineOrders } from './lines.js';

/*
 * A process with a bot, or with adapters alone, on platforms that live in another one. It says "ready", answers what it
 * is asked, and ends when it is told so.
 */

/** What it can be asked; the answer to `end` is how often it had to warn of what. */
export type Question = 'memory' | 'entries' | 'leak' | 'end';

export interface WorkerOrders {
  readonly depth: Depth;
  /** Where what is posted is taken. */
  readonly port: number;
  readonly lines: readonly LineOrders[];
  /** How long nobody has to write until they are asked whether they are still there, such as `30m`. */
  readonly nudge?: string;
}

const { depth, lines, port, nudge = '30m' } = JSON.parse(process.argv[2] ?? '') as WorkerOrders;
const { log, warnings } = countingLog();
const secret = new Uint8Array(32);
/** Keeps something of every message once it is asked to, so that it is seen whether that is noticed. */
const leaked = new Map<string, string>();
let isLeaking = false;
const adapters = new Map<Platform, Adapter>();
// Platforms here push to as many people at once as they like.
const http = createHttpServer({ host: '127.0.0.1', port, log, limits: { maxConnections: 10_000 } });
for (const line of lines) {
  if (line.name === 'bare') addBareRoute(line, http.routes);
  else adapters.set(platformOf(line), adapterOf(line, port, http.routes));
}
await http.start();
const running = depth === 'adapter alone' ? await startAlone() : await startWhole();
const answers: Readonly<Record<Question, () => Promise<unknown>>> = {
  memory: measureMemory,
  entries: async () => {
    await collectGarbage();
    return globalThis.countEntries?.() ?? {};
  },
  leak: async () => {
    isLeaking = true;
  },
  end: async () => {
    await running.stop();
    await http.stop();
    return Object.fromEntries(warnings);
  },
};
process.on('message', async (question: Question) => {
  process.send?.({ answer: await answers[question]() });
  if (question === 'end') process.disconnect();
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
  const opened = await openStore(name, { keyring: createKeyring([secret]) });
  const store: Store = {
    ...opened,
    commit: (commit) => {
      if (isLeaking) leaked.set(commit.seen, commit.conversation);
      return opened.commit(commit);
    },
  };
  const settings = readSettings({ LIFELINE_STORE: 'memory:' }, '/nowhere');
  const content = echoContent(nudge);
  const bot = await createBot(settings, { content, adapters, store, secret, log, notifies: false });
  await bot.start();
  return {
    stop: async () => {
      await bot.stop();
      await rm(folder, { recursive: true });
    },
  };
}
