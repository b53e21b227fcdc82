import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type HttpAnswer,
  type HttpHeaders,
  type HttpRoutes,
  type Intake,
  LifelineError,
} from '../../src/model/index.js';
import { createInHand, type InHand } from '../shared/in-hand.js';
import { parseJson } from '../shared/parse-json.js';
import { within } from '../shared/pause.js';
import { handOver, type Reception, readUpdate } from './hand-over.js';
import { ALLOWED_UPDATES, CONCURRENT_CHATS, MAX_WEBHOOK_BODY_BYTES, type Timing } from './limits.js';
import { persist } from './persist.js';
import { updateIdSchema } from './update-schema.js';

/** Where Telegram sends updates to, and where we take them. */
export interface WebhookOptions {
  /** The public address that Telegram calls, path included; https but for local servers of the Bot API. */
  readonly url: string;
  /** 1–256 of `[A-Za-z0-9_-]` (Bot API, setWebhook). */
  readonly secret: string;
  /** Local path, starting with `/`; behind a proxy it may differ from the path of `url`. */
  readonly path: string;
  /** The server it is a route of. */
  readonly routes: HttpRoutes;
}

/** The way in for what Telegram pushes; there from the beginning, open while the adapter runs. */
export interface Webhook {
  /**
   * Takes updates from now on. Resolves when Telegram knows the address; `null` when the adapter was stopped before
   * that. Throws `platform-refused` for an address Telegram does not take.
   */
  open(reception: Reception, timing: Timing): Promise<Intake | null>;
}

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** Throws `settings-invalid` for options that Telegram or our server would refuse. */
function checkWebhookOptions({ url, secret, path }: WebhookOptions): void {
  const invalid = (what: string): never => {
    throw new LifelineError('settings-invalid', `telegram webhook: ${what}`);
  };
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret))
    invalid('the secret must be 1 to 256 of A-Z, a-z, 0-9, _ and -');
  if (!URL.canParse(url)) invalid('the url is no address');
  if (!path.startsWith('/')) invalid('the path must start with "/"');
}

/** Takes one body in; resolves with the status to answer. */
type Take = (body: Buffer) => Promise<number>;

/**
 * Takes updates that Telegram pushes. Answers 200 only after the commit, 503 when it failed, takes too long, or the
 * adapter does not run (Telegram then repeats the update for up to 24 hours), 400 for what is no JSON, 401 for a wrong
 * secret, 413 above 256 kB. Throws `settings-invalid` for options that cannot work.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  checkWebhookOptions(options);
  let refused = (_status: number): void => undefined;
  let take: Take | null = null;
  options.routes.add({
    method: 'POST',
    path: options.path,
    maxBodyBytes: MAX_WEBHOOK_BODY_BYTES,
    // Before the body is read, so that nobody without the secret makes us read one.
    admit: (headers: HttpHeaders) => {
      if (isSecret(headers[SECRET_HEADER], options.secret)) return null;
      refused(401);
      return 401;
    },
    answer: async ({ body }): Promise<HttpAnswer> => ({ status: take === null ? 503 : await take(body) }),
  });
  return {
    async open(reception, timing) {
      const { host } = reception;
      const inHand = createInHand();
      refused = (status) => host.log.warn({ event: 'webhook-refused', platform: 'telegram', status });
      take = takeUpdates(reception, timing.answerMs, inHand, (status) => refused(status));
      const intake: Intake = {
        async stop() {
          take = null;
          if (await within(host.clock, timing.stopMs, inHand.settled())) return;
          host.log.warn({ event: 'stop-timed-out', platform: 'telegram' });
        },
      };
      let isOpen = false;
      try {
        const answer = await persist(reception, 'setWebhook', {
          url: options.url,
          secret_token: options.secret,
          allowed_updates: ALLOWED_UPDATES,
          max_connections: CONCURRENT_CHATS,
        });
        isOpen = answer !== null;
        return isOpen ? intake : null;
      } finally {
        if (!isOpen) await intake.stop();
      }
    },
  };
}

function takeUpdates(
  reception: Reception,
  answerMs: number,
  inHand: InHand,
  refused: (status: number) => void,
): Take {
  const { host } = reception;
  const inOrder = createLanes();
  /** By number: what is pushed again while it is in hand waits for the same commit. */
  const underWay = new Map<number, Promise<boolean>>();

  const begin = (json: unknown, number: number | undefined): Promise<boolean> => {
    const update = readUpdate(reception, json);
    const work = inHand.add(inOrder(update.chat, () => handOver(reception, update)));
    if (number === undefined) return work;
    underWay.set(number, work);
    const done = (): void => void underWay.delete(number);
    work.then(done, done);
    return work;
  };

  return async (body) => {
    const json = parseJson(body.toString('utf8'));
    if (json === null) {
      refused(400);
      return 400;
    }
    const number = updateIdSchema.safeParse(json.value).data?.update_id;
    const work = (number === undefined ? undefined : underWay.get(number)) ?? begin(json.value, number);
    let isCommitted = false;
    const answered = work.then((is) => {
      isCommitted = is;
    });
    // Telegram has a few connections for everybody: one person's turn that hangs must not keep one of them.
    if (!(await within(host.clock, answerMs, answered)))
      host.log.warn({ event: 'webhook-slow', platform: 'telegram' });
    return isCommitted ? 200 : 503;
  };
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
