import {
  conversationId,
  type HttpAnswer,
  type HttpRequest,
  type HttpRoutes,
  inboundId,
  LifelineError,
  type Limit,
  type Log,
  type Platform,
  personOf,
  type Store,
} from '../model/index.js';
import { type PageQuestion, type ReadPageRequest, readSessionCode } from '../recovery/index.js';
import { createAddressLimit } from './address-limit.js';
import type { PageDesk } from './page-desk.js';

export const JWKS_PATH = '/.well-known/jwks.json';
export const REQUESTS_PATH = '/recovery/v1/requests';
const MAX_BODY_BYTES = 256 * 1024;
/** With what a bot needs to notice it, a withdrawn key is refused within five minutes. */
const KEYS_FRESH_S = 240;
/** Tries of a session code or a link number, for each visitor of the page. */
const VISITOR_TRIES: Limit = { max: 10, windowMs: 60_000 };

/** Visitors of the page are on no platform; the same name for all workers, whatever runs on them. */
const NOBODYS: Platform = 'console';

export interface RecoveryRoutesParts {
  /** The public halves of our signing keys (RFC 7517). Throws where there are none. */
  readonly publicKeys: () => { readonly keys: readonly unknown[] };
  /** Checks and reads a body. */
  readonly read: (body: string) => Promise<ReadPageRequest>;
  readonly desk: PageDesk;
  readonly store: Pick<Store, 'commit' | 'now'>;
  /** Notes what belongs to nobody in the audit trail. */
  readonly note: (what: 'limit' | 'link-number', outcome: string) => Promise<void>;
  /** A keyed hash of an address, under which its tries are counted. */
  readonly hashed: (address: string) => string;
  readonly log: Log;
  /** A platform that runs. */
  readonly platform: Platform;
}

/**
 * The ways in of the official page's server: our public keys, and signed requests. Answers tell nobody why something is
 * refused; a request is done once under its `jti`, however often it comes.
 */
export function addRecoveryRoutes(routes: HttpRoutes, parts: RecoveryRoutesParts): void {
  const { log, read } = parts;
  const limit = createAddressLimit(() => parts.store.now());
  routes.add({
    method: 'GET',
    path: JWKS_PATH,
    maxBodyBytes: 1,
    answer: () => ({
      status: 200,
      json: parts.publicKeys(),
      headers: { 'cache-control': `public, max-age=${KEYS_FRESH_S}` },
    }),
  });
  routes.add({
    method: 'POST',
    path: REQUESTS_PATH,
    maxBodyBytes: MAX_BODY_BYTES,
    admit: ({ 'content-type': type }) => (mediaType(type) === 'application/jwt' ? null : 415),
    answer: async (request) => {
      // Counted before it is looked at; whoever is the page's server gets it back.
      if (!limit.take(request.address)) return tooMany(limit.retryAfterS);
      const asked = await read(request.body.toString('latin1'));
      if (asked.kind === 'unauthorized') {
        log.warn({ event: 'page-refused', status: 401, path: REQUESTS_PATH });
        return { status: 401, json: { error: 'unauthorized' } };
      }
      limit.giveBack(request.address);
      if (asked.kind === 'malformed') return { status: 400, json: { error: 'malformed' } };
      try {
        return await answerQuestion(parts, asked.question, asked.jti, request);
      } catch (error) {
        if (!(error instanceof LifelineError) || !error.retryable) throw error;
        log.warn({ event: 'page-unanswered', code: error.code, status: 503 });
        return { status: 503, json: { error: 'unavailable' }, headers: { 'retry-after': '5' } };
      }
    },
  });
}

async function answerQuestion(
  parts: RecoveryRoutesParts,
  question: PageQuestion,
  jti: string,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { desk, platform } = parts;
  switch (question.kind) {
    case 'status':
      return {
        status: 200,
        json: { kind: 'status', status: await desk.status(question.id, question.browser) },
      };
    case 'check-session': {
      const refused = await takeTry(parts, 'session', question.address ?? request.address, jti);
      if (refused !== null) return refused;
      // What cannot be a code is nobody's: looked up and refused like every other wrong one.
      return { status: 200, json: await desk.session(readSessionCode(question.code) ?? '') };
    }
    case 'open-by-number': {
      const { address = request.address, ...asked } = question;
      const refused = await takeTry(parts, 'number', address, jti);
      if (refused !== null) return refused;
      const answer = await desk.ask(asked, inboundId(platform, 'page', jti));
      if (answer.kind === 'refused') await parts.note('link-number', 'refused');
      return { status: 200, json: answer };
    }
    default:
      return { status: 200, json: await desk.ask(question, inboundId(platform, 'page', jti)) };
  }
}

/**
 * Counts one more try of a visitor, as the limits of persons are counted: in the store, for all workers, over restarts.
 * The answer when there were too many. Asked again under its `jti`, a try counts once.
 */
async function takeTry(
  { store, hashed, note }: RecoveryRoutesParts,
  what: 'session' | 'number',
  address: string,
  jti: string,
): Promise<HttpAnswer | null> {
  // A visitor has no conversation: nothing but the count is kept under that name.
  const conversation = conversationId(NOBODYS, { channel: 'page' }, `visitor-${hashed(address)}`);
  const person = personOf(conversation);
  const result = await store.commit({
    conversation,
    person,
    expectedVersion: 0,
    beside: true,
    snapshot: null,
    seen: inboundId(NOBODYS, 'page', 'visitor', jti),
    outbox: [],
    timers: [],
    records: [{ kind: 'take-limit', person, name: `page-${what}`, limits: [VISITOR_TRIES] }],
    now: store.now(),
    sentAt: null,
    sender: null,
    replicated: false,
  });
  if (result.kind !== 'refused') return null;
  await note('limit', `visitor-${what}`);
  return tooMany(VISITOR_TRIES.windowMs / 1000);
}

function tooMany(seconds: number): HttpAnswer {
  return {
    status: 429,
    json: { error: 'too-many' },
    headers: { 'retry-after': String(seconds) },
  };
}

function mediaType(type: string | readonly string[] | undefined): string {
  return typeof type === 'string' ? (type.split(';')[0] ?? '').trim().toLowerCase() : '';
}
