import fastify, { type FastifyInstance } from 'fastify';
import { type Intake, LifelineError } from '../../src/model/index.js';
import { parseJson } from '../shared/parse-json.js';
import { within } from '../shared/pause.js';
import { createArrivals } from './arrivals.js';
import { handOver } from './hand-over.js';
import { MAX_BODY_BYTES } from './limits.js';
import type { OpenSession } from './session.js';
import { isSigned } from './signature.js';

/** Where we take what Slack posts. */
export interface WebhookOptions {
  /** Signing secret of the app. */
  readonly signingSecret: string;
  readonly port: number;
  /** Local path of events, taps and commands; `/slack/events` by default. */
  readonly path?: string;
  /** Address to listen on; all of IPv4 by default. */
  readonly host?: string;
}

/** Headers may be proxied, but never take long. */
const CHECK_EVERY_MS = 500;

/**
 * Takes what Slack posts. Answers 200 only after the commit (a tap or command: after 2 s at the latest), 500 when it
 * failed (Slack then repeats an event three times), 400 for what is neither JSON nor a form, 401 for a wrong, old or
 * future signature, 408 for a body that does not arrive, 413 above 256 kB. Throws `settings-invalid` for a port that
 * cannot be had.
 */
export async function startWebhook(session: OpenSession, options: WebhookOptions): Promise<Intake> {
  const server = createServer(session, options);
  const { port, host = '0.0.0.0' } = options;
  try {
    await server.listen({ port, host });
  } catch (cause) {
    throw new LifelineError('settings-invalid', `slack: cannot listen on port ${port} of ${host}`, { cause });
  }
  session.missed.heard(true);
  return {
    async stop() {
      if (await within(session.host.clock, session.timing.stopMs, server.close())) return;
      session.host.log.warn({ event: 'stop-timed-out', platform: 'slack' });
      server.server.closeAllConnections();
    },
  };
}

function createServer(session: OpenSession, options: WebhookOptions): FastifyInstance {
  const { host, timing } = session;
  const arrive = createArrivals();
  const server = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: timing.bodyMs,
    http: { headersTimeout: timing.bodyMs, connectionsCheckingInterval: CHECK_EVERY_MS },
  });
  // The signature is over the bytes as they came.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const refuse = (status: number): number => {
    host.log.warn({ event: 'webhook-refused', platform: 'slack', status });
    return status;
  };
  server.post(options.path ?? '/slack/events', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { headers } = request;
    const signed = {
      timestamp: headers['x-slack-request-timestamp'],
      signature: headers['x-slack-signature'],
      body,
    };
    if (!isSigned(signed, options.signingSecret, host.clock.now())) return reply.code(refuse(401)).send();
    const parsed = parseBody(body.toString('utf8'));
    if (parsed === null) return reply.code(refuse(400)).send();
    const { value: payload } = parsed;
    if (isRecord(payload) && payload.type === 'url_verification')
      return reply.code(200).send({ challenge: String(payload.challenge) });
    let isAnswered = false;
    const answer = async (status: number): Promise<void> => {
      if (isAnswered) return;
      isAnswered = true;
      await reply.code(status).send();
    };
    await new Promise<void>((resolve) => arrive(payload, resolve));
    const isCommitted = await handOver(session, payload, () => answer(200));
    await answer(isCommitted ? 200 : 500);
    return reply;
  });
  return server;
}

/** Events are JSON; a tap is JSON in the field `payload` of a form, a command is the form itself. */
function parseBody(body: string): ReturnType<typeof parseJson> {
  if (body.trimStart().startsWith('{')) return parseJson(body);
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  if (payload !== null) return parseJson(payload);
  return form.has('command') || form.has('ssl_check') ? { value: Object.fromEntries(form) } : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
