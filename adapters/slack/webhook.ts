import type { HttpAnswer, HttpRequest, HttpRoutes, Intake } from '../../src/model/index.js';
import { createInHand } from '../shared/in-hand.js';
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
  /** Local path of events, taps and commands; `/slack/events` by default. */
  readonly path?: string;
  /** The server it is a route of. */
  readonly routes: HttpRoutes;
}

/** The way in for what Slack posts; there from the beginning, open while the adapter runs. */
export interface Webhook {
  /** Takes payloads from now on. */
  open(session: OpenSession): Intake;
}

/** Takes one request in; resolves when it may be answered. */
type Take = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Takes what Slack posts. Answers 200 only after the commit (a tap or command: after 2 s at the latest), 500 when it
 * failed (Slack then repeats an event three times), 503 while the adapter does not run, 400 for what is neither JSON
 * nor a form, 401 for a wrong, old or future signature, 413 above 256 kB. Throws `settings-invalid` for a path that is
 * taken.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  let take: Take | null = null;
  options.routes.add({
    method: 'POST',
    path: options.path ?? '/slack/events',
    maxBodyBytes: MAX_BODY_BYTES,
    admit: () => (take === null ? 503 : null),
    answer: (request) => (take === null ? { status: 503 } : take(request)),
  });
  return {
    open(session) {
      const { host, timing } = session;
      const inHand = createInHand();
      const payload = takePayloads(session, options.signingSecret, inHand.add);
      take = (request) => inHand.add(payload(request));
      session.missed.heard(true);
      return {
        async stop() {
          take = null;
          if (await within(host.clock, timing.stopMs, inHand.settled())) return;
          host.log.warn({ event: 'stop-timed-out', platform: 'slack' });
        },
      };
    },
  };
}

function takePayloads(
  session: OpenSession,
  signingSecret: string,
  begun: (work: Promise<unknown>) => void,
): Take {
  const { host } = session;
  const refuse = (status: number): HttpAnswer => {
    host.log.warn({ event: 'webhook-refused', platform: 'slack', status });
    return { status };
  };
  const arrive = createArrivals();
  return async ({ headers, body }) => {
    const signed = {
      timestamp: headers['x-slack-request-timestamp'],
      signature: headers['x-slack-signature'],
      body,
    };
    if (!isSigned(signed, signingSecret, host.clock.now())) return refuse(401);
    const parsed = parseBody(body.toString('utf8'));
    if (parsed === null) return refuse(400);
    const { value: payload } = parsed;
    if (isRecord(payload) && payload.type === 'url_verification')
      return { status: 200, json: { challenge: String(payload.challenge) } };
    // A tap is answered before its work is done.
    return new Promise((resolve, reject) => {
      const work = new Promise<boolean>((handled) => {
        arrive(payload, () => handled(handOver(session, payload, async () => resolve({ status: 200 }))));
      });
      begun(work);
      work.then((isCommitted) => resolve({ status: isCommitted ? 200 : 500 }), reject);
    });
  };
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
