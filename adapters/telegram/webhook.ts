import { createHash, timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { type Intake, LifelineError } from '../../src/model/index.js';
import { parseJson } from '../shared/parse-json.js';
import { within } from '../shared/pause.js';
import { handOver, readUpdate } from './hand-over.js';
import { ALLOWED_UPDATES, CONCURRENT_CHATS, MAX_WEBHOOK_BODY_BYTES, type Timing } from './limits.js';
import { persist, type Session } from './persist.js';
import type { BotSelf } from './update-schema.js';

/** Where Telegram sends updates to, and where we take them. */
export interface WebhookOptions {
  /** The public address that Telegram calls, path included; https but for local servers of the Bot API. */
  readonly url: string;
  /** 1–256 of `[A-Za-z0-9_-]` (Bot API, setWebhook). */
  readonly secret: string;
  readonly port: number;
  /** Local path, starting with `/`; behind a proxy it may differ from the path of `url`. */
  readonly path: string;
  /** Address to listen on; all of IPv4 by default. */
  readonly host?: string;
}

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** Throws `settings-invalid` for options that Telegram or our server would refuse. */
export function checkWebhookOptions({ url, secret, path }: WebhookOptions): void {
  const invalid = (what: string): never => {
    throw new LifelineError('settings-invalid', `telegram webhook: ${what}`);
  };
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret))
    invalid('the secret must be 1 to 256 of A-Z, a-z, 0-9, _ and -');
  if (!URL.canParse(url)) invalid('the url is no address');
  if (!path.startsWith('/')) invalid('the path must start with "/"');
}

/**
 * Takes updates that Telegram pushes. Answers 200 only after the commit, 503 when it failed (Telegram then repeats
 * the update for up to 24 hours), 400 for what is no JSON, 401 for a wrong secret, 413 above 256 kB. Resolves when
 * Telegram knows the address; `null` when the adapter was stopped before that. Throws `settings-invalid` for a port
 * that cannot be had, `platform-refused` for an address Telegram does not take.
 */
export async function startWebhook(
  session: Session,
  self: BotSelf,
  timing: Timing,
  options: WebhookOptions,
): Promise<Intake | null> {
  const server = createServer(session, self, options);
  await listen(server, options);
  const intake: Intake = {
    async stop() {
      if (await within(session.host.clock, timing.stopMs, server.close())) return;
      session.host.log.warn({ event: 'stop-timed-out', platform: 'telegram' });
      server.server.closeAllConnections();
    },
  };
  try {
    const answer = await persist(session, 'setWebhook', {
      url: options.url,
      secret_token: options.secret,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: CONCURRENT_CHATS,
    });
    if (answer !== null) return intake;
  } catch (error) {
    await intake.stop();
    throw error;
  }
  await intake.stop();
  return null;
}

async function listen(server: FastifyInstance, { port, host = '0.0.0.0' }: WebhookOptions): Promise<void> {
  try {
    await server.listen({ port, host });
  } catch (cause) {
    const message = `telegram webhook: cannot listen on port ${port} of ${host}`;
    throw new LifelineError('settings-invalid', message, { cause });
  }
}

function createServer(session: Session, self: BotSelf, options: WebhookOptions): FastifyInstance {
  const inOrder = createLanes();
  const server = fastify({ logger: false, bodyLimit: MAX_WEBHOOK_BODY_BYTES });
  // The body is read as it came: what is no JSON must get our 400 and not a content type's 415.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Before the body is read, so that nobody without the secret makes us read one.
  server.addHook('onRequest', async (request, reply) => {
    if (isSecret(request.headers[SECRET_HEADER], options.secret)) return;
    session.host.log.warn({ event: 'webhook-refused', platform: 'telegram', status: 401 });
    await reply.code(401).send();
  });
  server.post(options.path, async (request, reply) => {
    const json = Buffer.isBuffer(request.body) ? parseJson(request.body.toString('utf8')) : null;
    if (json === null) {
      session.host.log.warn({ event: 'webhook-refused', platform: 'telegram', status: 400 });
      return reply.code(400).send();
    }
    const update = readUpdate(session, json.value, self);
    const isCommitted = await inOrder(update.chat, () => handOver(session, update));
    return reply.code(isCommitted ? 200 : 503).send();
  });
  return server;
}

/** Compares hashes, so that neither length nor content of the secret shows in the time it takes. */
function isSecret(given: string | readonly string[] | undefined, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(secret));
}

/** Runs tasks of one lane one after another, those of different lanes (and of none) at once. */
function createLanes(): <Result>(lane: string | null, task: () => Promise<Result>) => Promise<Result> {
  const tails = new Map<string, Promise<unknown>>();
  return async (lane, task) => {
    if (lane === null) return task();
    const before = tails.get(lane);
    const result = before === undefined ? task() : before.then(task, task);
    tails.set(lane, result);
    try {
      return await result;
    } finally {
      if (tails.get(lane) === result) tails.delete(lane);
    }
  };
}
