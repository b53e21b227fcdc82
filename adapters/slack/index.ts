import {
  type Adapter,
  type AdapterHost,
  type InboundId,
  type Intake,
  LifelineError,
} from '../../src/model/index.js';
import { MAX_IN_HAND } from '../shared/in-hand.js';
import { createApi } from './api.js';
import { createOpenDirect } from './direct-channels.js';
import { encode } from './encode.js';
import { type BotSelf, selfSchema } from './event-schema.js';
import { DEFAULT_TIMING, SLACK_CAPABILITIES, SLACK_RATES, type Timing } from './limits.js';
import { openMissed } from './missed.js';
import { createPeople } from './people.js';
import { createRespond, hooksOriginOf } from './response-url.js';
import { createSend } from './send.js';
import { type OpenSession, persist, type Session } from './session.js';
import { startSocket } from './socket.js';
import { createWebhook, type WebhookOptions } from './webhook.js';

export { decode } from './decode.js';
export { encode } from './encode.js';

/** How payloads come in: over a socket that we open, or posted to us. */
export type SlackIntake =
  | { readonly kind: 'socket'; readonly appToken: string }
  | ({ readonly kind: 'webhook' } & WebhookOptions);

/** Settings of the Slack adapter. */
export interface SlackOptions {
  /** The bot's token (`xoxb-…`); appears in no log and no error. */
  readonly token: string;
  readonly intake: SlackIntake;
  /** Root of the Web API; `https://slack.com/api/` by default. */
  readonly apiUrl?: string;
  /** Other time-outs than the usual ones. */
  readonly timing?: Partial<Timing>;
  /** Payloads in hand over sockets above which no more are taken until half of them is done; 10,000 by default. */
  readonly maxInHand?: number;
}

/** How often the timer that keeps the process alive does nothing. */
const KEEP_ALIVE_MS = 3_600_000;

interface Running {
  readonly stopping: AbortController;
  readonly started: Promise<Intake | null>;
  readonly keepAlive: NodeJS.Timeout;
}

/**
 * Slack. `start` throws `platform-refused` for a token Slack does not know and waits through outages; `send` works
 * before `start` and after `stop`, so that the outbox can be flushed.
 */
export function createSlackAdapter(options: SlackOptions): Adapter {
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const apiUrl = options.apiUrl ?? 'https://slack.com/api/';
  const hooksOrigin = hooksOriginOf(apiUrl);
  const api = createApi({ token: options.token, apiUrl, requestMs: timing.requestMs });
  const respond = createRespond(hooksOrigin, timing.requestMs);
  const { intake, maxInHand = MAX_IN_HAND } = options;
  const takeIn: (session: OpenSession) => Promise<Intake | null> | Intake =
    intake.kind === 'socket'
      ? (session) => startSocket(session, { appToken: intake.appToken, apiUrl, maxInHand })
      : createWebhook(intake).open;
  let running: Running | null = null;

  const begin = async (session: Session): Promise<Intake | null> => {
    const self = await whoAmI(session, hooksOrigin);
    if (self === null) return null;
    const people = createPeople(api, session.host.clock, timing.localeMs);
    const missed = await openMissed(session, self);
    if (missed === null) return null;
    const open = { ...session, self, people, missed, retrying: new Set<InboundId>() };
    const started = await takeIn(open);
    return started === null ? null : { stop: () => started.stop().then(missed.end) };
  };

  return {
    capabilities: SLACK_CAPABILITIES,
    rates: SLACK_RATES,
    encode,
    send: createSend({ api, openDirect: createOpenDirect(api), respond }),
    async start(host: AdapterHost) {
      if (running !== null) throw new TypeError('the Slack adapter is running already');
      const stopping = new AbortController();
      const started = begin({ host, api, timing, stopping: stopping.signal });
      // The host's timers keep no process alive: without this one, a pause during an outage would end the program.
      const keepAlive = setInterval(() => undefined, KEEP_ALIVE_MS);
      running = { stopping, started, keepAlive };
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
        if (outcome.status === 'fulfilled') await outcome.value?.stop();
      } finally {
        clearInterval(current.keepAlive);
      }
    },
  };
}

/** Our own account; `null` when the adapter was stopped meanwhile. */
async function whoAmI(session: Session, hooksOrigin: string): Promise<BotSelf | null> {
  const answer = await persist(session, 'auth.test', () => session.api('auth.test', {}));
  if (answer === null) return null;
  const parsed = selfSchema.safeParse(answer.result);
  if (!parsed.success)
    throw new LifelineError('platform-refused', 'Slack answered auth.test without user id or name');
  // "start" opens the menu of a chat, which is what the bare command does.
  const commands = session.host.commands.flatMap((menu) => menu.commands.map(({ name }) => name));
  return {
    userId: parsed.data.user_id,
    handle: parsed.data.user,
    commands: [...new Set(commands)],
    hooksOrigin,
  };
}
