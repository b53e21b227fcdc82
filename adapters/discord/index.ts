import { type Adapter, type AdapterHost, type Intake, LifelineError } from '../../src/model/index.js';
import { MAX_IN_HAND } from '../shared/in-hand.js';
import { within } from '../shared/pause.js';
import { createApi } from './api.js';
import { registerCommands } from './commands.js';
import { createDirectChannels } from './direct-channels.js';
import { encode } from './encode.js';
import { type BotSelf, selfSchema } from './event-schema.js';
import { takeIn } from './intake.js';
import { DEFAULT_TIMING, DISCORD_CAPABILITIES, DISCORD_RATES, type Timing } from './limits.js';
import { persist, type Session } from './persist.js';
import { createSend } from './send.js';

export { decode } from './decode.js';
export { encode } from './encode.js';

/** Settings of the Discord adapter. */
export interface DiscordOptions {
  /** The bot's token from the developer portal; appears in no log and no error. */
  readonly token: string;
  /** Root of the REST API without its version; `https://discord.com/api` unless something stands in for Discord. */
  readonly apiUrl?: string;
  /**
   * Whether what is not for us in servers is overheard: needs the Message Content intent, or Discord refuses us. Not by
   * default.
   */
  readonly overhears?: boolean;
  /** Calls a second that the client lets through, where something stands in for Discord; 50 by default. */
  readonly callsPerSecond?: number;
  /** Other time-outs than the usual ones. */
  readonly timing?: Partial<Timing>;
  /** Events in hand above which no more are taken until half of them is done; 10,000 by default. */
  readonly maxInHand?: number;
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
 * Discord. `start` throws `platform-refused` for a token Discord does not know and waits through outages; `send` works
 * before `start` and after `stop`, so that the outbox can be flushed.
 */
export function createDiscordAdapter(options: DiscordOptions): Adapter {
  const { token, apiUrl = 'https://discord.com/api', overhears = false, maxInHand = MAX_IN_HAND } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const { callsPerSecond } = options;
  const api = createApi({ token, apiUrl, requestMs: timing.requestMs, callsPerSecond });
  const direct = createDirectChannels(api.call);
  let running: Running | null = null;

  return {
    capabilities: DISCORD_CAPABILITIES,
    rates: DISCORD_RATES,
    encode,
    send: createSend(api.call, direct),
    async start(host) {
      if (running !== null) throw new TypeError('the Discord adapter is running already');
      const stopping = new AbortController();
      const session = { host, api, direct, token, overhears, timing, maxInHand };
      const started = begin({ ...session, stopping: stopping.signal });
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
async function begin(session: Session): Promise<Started | null> {
  const self = await whoAmI(session);
  if (self === null) return null;
  // Of several workers one holds the gateway, and the others wait to take over.
  const intake = session.host.intake(self.id, (lost) => takeIn(session, self, lost));
  // The commands come last: they are the part that may fail.
  return { intake, commands: registerCommands(session) };
}

async function whoAmI(session: Session): Promise<BotSelf | null> {
  const answer = await persist(session, { method: 'GET', path: '/users/@me' });
  if (answer === null) return null;
  const self = selfSchema.safeParse(answer.result);
  if (self.success) return { ...self.data, overhears: session.overhears };
  throw new LifelineError('platform-refused', 'Discord answered GET /users/@me without an id');
}
