import { appendFileSync, createWriteStream } from 'node:fs';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import { createKeyring } from '../../src/infra/at-rest.js';
import { readSettings } from '../../src/infra/settings.js';
import { compile } from '../../src/load-content.js';
import { createBot } from '../../src/main.js';
import {
  type Adapter,
  type NewRow,
  type Platform,
  parseConversationId,
  type Store,
  UNLIMITED,
} from '../../src/model/index.js';
import { nonceOf } from '../../src/runtime/nonce.js';
import { openStore } from '../../src/store/open.js';
import { chaosContent } from './chaos-content.js';
import { openPlainIntake } from './plain-adapter.js';
import { type Guard, weaken } from './weaken.js';

/** What a worker is told when it is started. */
export interface WorkerOrders {
  readonly name: string;
  /** As the setting `LIFELINE_STORE`. */
  readonly store: string;
  /** Base64. */
  readonly secret: string;
  readonly plainUrl: string;
  readonly telegram: { readonly url: string; readonly token: string };
  readonly without: Guard | null;
  /** Every commit waits for a replica. */
  readonly replicated: boolean;
  /** How wrong the clock of its machine is (ms). */
  readonly skewMs: number;
  readonly logFile: string;
}

/** What it tells: once, that it works; and of each row, that the store knows what became of it. */
export type WorkerNews = { readonly port: number } | { readonly settled: string };

const tell = (news: WorkerNews): void => void process.send?.(news);

const orders = JSON.parse(process.argv[2] ?? '') as WorkerOrders;
const files = chaosContent();
const secret = Buffer.from(orders.secret, 'base64');
const log = createWriteStream(orders.logFile, { flags: 'a' });
const logStream = { write: (line: string) => log.write(`${orders.name} ${line}`) };

const { now } = Date;
Date.now = () => now() + orders.skewMs;

process.once('uncaughtException', (error) => {
  // The log is read when a run goes wrong; a store that is away at the start is nothing wrong.
  appendFileSync(orders.logFile, `${orders.name} ${String(error)}\n`);
  process.exit(1);
});
const intake = await openPlainIntake(orders.plainUrl, orders.name);
const telegram = createTelegramAdapter({ token: orders.telegram.token, apiUrl: orders.telegram.url });
const adapters = new Map<Platform, Adapter>([
  ['discord', intake.adapter('discord')],
  ['slack', intake.adapter('slack')],
  ['telegram', { ...telegram, rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED } }],
]);

const opened = await openStore(orders.store, { keyring: createKeyring([secret]) });
const kept: Store = {
  ...opened,
  commit: (commit) => opened.commit({ ...commit, replicated: orders.replicated || commit.replicated }),
  settleRow: async (id, outcome, settling) => {
    const settled = await opened.settleRow(id, outcome, settling);
    if (settled.kind === 'settled' && outcome.kind === 'sent') tell({ settled: nonceOf(id) });
    return settled;
  },
};
const sendNow = (row: NewRow): void => {
  const conversation = row.id.slice(0, row.id.indexOf('#')) as Parameters<typeof parseConversationId>[0];
  const adapter = adapters.get(parseConversationId(conversation).platform);
  const context = { nonce: nonceOf(row.id), unclearSince: null, now: Date.now() };
  adapter?.send(row.call, context).catch((error: unknown) => logStream.write(String(error)));
};
const store = orders.without === null ? kept : weaken(kept, orders.without, sendNow);

const settings = readSettings({ LIFELINE_STORE: 'memory:', LOG_LEVEL: 'warn' }, '/nowhere');
const content = { files, bundle: compile(files) };
const bot = await createBot(settings, { content, adapters, store, secret, logStream });
process.once('SIGTERM', () => {
  bot.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      logStream.write(`stop failed: ${String(error)}\n`);
      process.exit(1);
    },
  );
});
await bot.start();
tell({ port: intake.port });
