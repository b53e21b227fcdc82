import { once } from 'node:events';
import { type Adapter, type AdapterHost, type Intake, LifelineError } from '../../src/model/index.js';
import { within } from '../shared/pause.js';
import { type CallApi, createApi } from './api.js';
import { registerCommands } from './commands.js';
import { createDeletionRights } from './deletion-rights.js';
import { encode } from './encode.js';
import type { Reception } from './hand-over.js';
import { DEFAULT_TIMING, TELEGRAM_CAPABILITIES, TELEGRAM_RATES, type Timing } from './limits.js';
import { persist, type Session } from './persist.js';
import { startPolling } from './poll.js';
import { createSend } from './send.js';
import { type BotSelf, selfSchema } from './update-schema.js';
import { createWebhook, type Webhook, type WebhookOptions } from './webhook.js';

export { decode } from './decode.js';
export { encode } from './encode.js';
export type { WebhookOptions } from './webhook.js';

/** Settings of the Telegram adapter. */
export interface TelegramOptions {
  /** The bot's token from @BotFather; appears in no log and no error. */
  readonly token: string;
  /** Root of the Bot API; `https://api.telegram.org` unless a local server is used. */
  readonly apiUrl?: string;
  /** Take updates by webhook; without it they are polled. */
  readonly webhook?: WebhookOptions;
  /** Other time-outs than the usual ones. */
  readonly timing?: Partial<Timing>;
}

/** How often the timer that keeps the process alive does nothing. */
const KEEP_ALIVE_MS = 3_600_000;

interface Running {
  readonly host: AdapterHost;
  readonly stopping: AbortController;
  readonly started: Promise<Started | null>;
  readonly keepAlive: NodeJS.Timeout;
}

interface Started {
  readonly intake: Intake;
  readonly commands: Promise<void>;
}

/**
 * Telegram. `start` throws `platform-refused` for a token Telegram does not know and waits through outages; `send`
 * works before `start` and after `stop`, so that the outbox can be flushed. Throws `settings-invalid` for webhook
 * options that cannot work.
 */
export function createTelegramAdapter(options: TelegramOptions): Adapter {
  const webhook = options.webhook === undefined ? null : createWebhook(options.webhook);
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const apiUrl = options.apiUrl ?? 'https://api.telegram.org';
  const api = createApi({ token: options.token, apiUrl, requestMs: timing.requestMs });
  let running: Running | null = null;

  return {
    capabilities: TELEGRAM_CAPABILITIES,
    rates: TELEGRAM_RATES,
    encode,
    send: createSend(api),
    async start(host) {
      if (running !== null) throw new TypeError('the Telegram adapter is running already');
      const stopping = new AbortController();
      const session: Session = { host, api, stopping: stopping.signal };
      const started = begin(session, timing, webhook);
      // The host's timers keep no process alive: without this one, a pause during an outage would end the program.
      const keepAlive = setInterval(() => undefined, KEEP_ALIVE_MS);
      running = { host, stopping, started, keepAlive };
      try {
        await started;
      } catch (error) {
        if (running?.started === started) running = null;
        clearInterval(keepAlive);
        throw error;
      }
    },
    async stop() {
      const current = running;
      if (current === null) return;
      running = null;
      current.stopping.abort();
      // A start that failed has told its own caller.
      const [outcome] = await Promise.allSettled([current.started]);
      try {
        if (outcome.status === 'rejected' || outcome.value === null) return;
        await outcome.value.intake.stop();
        await within(current.host.clock, timing.stopMs, outcome.value.commands);
      } finally {
        clearInterval(current.keepAlive);
      }
    },
  };
}

/** `null` when the adapter was stopped meanwhile. */
async function begin(session: Session, timing: Timing, webhook: Webhook | null): Promise<Started | null> {
  const me = await whoAmI(session);
  if (me === null) return null;
  const { host, api, stopping: signal } = session;
  const commands = new Set(host.commands.flatMap((menu) => menu.commands.map(({ name }) => name)));
  const self = { ...me, ...(commands.size === 0 ? {} : { commands: [...commands] }) };
  const ask: CallApi = (method, payload) => api(method, payload, { signal });
  const rights = createDeletionRights(ask, host.clock, self.id, timing.rightsMs);
  const reception = { ...session, self, rights };
  const intake = webhook === null ? await poll(reception, timing) : await webhook.open(reception, timing);
  // The menus come last: they are the part that may fail.
  return intake === null ? null : { intake, commands: registerCommands(session, self) };
}

async function whoAmI(session: Session): Promise<BotSelf | null> {
  const answer = await persist(session, 'getMe', {});
  if (answer === null) return null;
  const self = selfSchema.safeParse(answer.result);
  if (self.success) return self.data;
  throw new LifelineError('platform-refused', 'Telegram answered getMe without id or user name');
}

async function poll(reception: Reception, timing: Timing): Promise<Intake | null> {
  // With a webhook set, Telegram answers every getUpdates with 409. What waits for it is not dropped.
  const answer = await persist(reception, 'deleteWebhook', { drop_pending_updates: false });
  if (answer === null) return null;
  // Telegram serves one poller a token: of several workers one polls, and the others wait to take over.
  return reception.host.intake(reception.self.id, async (lost) => {
    const stopping = AbortSignal.any([reception.stopping, lost]);
    const polling = startPolling({ ...reception, stopping }, timing);
    if (!stopping.aborted) await once(stopping, 'abort');
    await polling.stop();
    // Whoever does not hold the intake has nothing to be connected with.
    reception.host.connected?.(true);
  });
}
