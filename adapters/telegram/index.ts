import { once } from 'node:events';
import { type Adapter, type AdapterHost, type Intake, LifelineError } from '../../src/model/index.js';
import { within } from '../shared/pause.js';
import { createApi } from './api.js';
import { registerCommands } from './commands.js';
import { encode } from './encode.js';
import { DEFAULT_TIMING, TELEGRAM_CAPABILITIES, TELEGRAM_RATES, type Timing } from './limits.js';
import { persist, type Session } from './persist.js';
import { startPolling } from './poll.js';
import { createSend } from './send.js';
import { type BotSelf, selfSchema } from './update-schema.js';
import { checkWebhookOptions, startWebhook, type WebhookOptions } from './webhook.js';

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
  if (options.webhook !== undefined) checkWebhookOptions(options.webhook);
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
      const started = begin(session, timing, options.webhook);
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
async function begin(
  session: Session,
  timing: Timing,
  webhook: WebhookOptions | undefined,
): Promise<Started | null> {
  const self = await whoAmI(session);
  if (self === null) return null;
  const intake =
    webhook === undefined
      ? await poll(session, self, timing)
      : await startWebhook(session, self, timing, webhook);
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

async function poll(session: Session, self: BotSelf, timing: Timing): Promise<Intake | null> {
  // With a webhook set, Telegram answers every getUpdates with 409. What waits for it is not dropped.
  const answer = await persist(session, 'deleteWebhook', { drop_pending_updates: false });
  if (answer === null) return null;
  // Telegram serves one poller a token: of several workers one polls, and the others wait to take over.
  return session.host.intake(self.id, async (lost) => {
    const stopping = AbortSignal.any([session.stopping, lost]);
    const polling = startPolling({ ...session, stopping }, self, timing);
    if (!stopping.aborted) await once(stopping, 'abort');
    await polling.stop();
    // Whoever does not hold the intake has nothing to be connected with.
    session.host.connected?.(true);
  });
}
