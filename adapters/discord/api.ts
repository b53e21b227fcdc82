import { DiscordAPIError, HTTPError, RateLimitError, REST, RequestMethod } from '@discordjs/rest';
import { CALL_QUEUES_KEPT_MS } from './limits.js';

/** What Discord made of one call. Holds no token and no address. */
export type ApiAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  /** Discord answered with an error; `code` is its JSON error code, 0 for none. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: number;
      readonly retryAfterMs?: number;
    }
  /** No connection came about: nothing was sent. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** No answer that can be read: it may or may not have happened. */
  | { readonly kind: 'lost'; readonly code: string };

/** One call of the REST API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the version, beginning with `/`. */
  readonly path: `/${string}`;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `false` for calls that an interaction's token allows; those go without ours. */
  readonly auth?: false;
}

/** One call of the REST API; never throws. */
export type CallApi = (
  request: ApiRequest,
  options?: {
    /** Until the call counts as lost, in milliseconds. */
    readonly timeoutMs?: number;
    /** Gives the call up; it then counts as lost with the code `aborted`. */
    readonly signal?: AbortSignal;
  },
) => Promise<ApiAnswer>;

/** The REST API with answers as values, and its client for the gateway's own calls. */
export interface DiscordApi {
  readonly call: CallApi;
  readonly rest: REST;
}

/**
 * The thin edge to `@discordjs/rest`: it knows the rate limits and their headers. What it would do by itself is
 * switched off, because a repetition is for the outbox to decide: no retries (it would post twice after a slow answer),
 * and no waiting for a limit (a lane would stand still without anybody knowing).
 */
export function createApi(options: {
  readonly token: string;
  /** Root of the REST API, without the version. */
  readonly apiUrl: string;
  readonly requestMs: number;
  /** Calls a second that the client lets through; Discord's own 50 by default (Rate Limits, Global Rate Limit). */
  readonly callsPerSecond?: number | undefined;
}): DiscordApi {
  const rest = new REST({
    version: '10',
    api: options.apiUrl.replace(/\/+$/, ''),
    retries: 0,
    timeout: options.requestMs,
    globalRequestsPerSecond: options.callsPerSecond ?? 50,
    rejectOnRateLimit: () => true,
    handlerSweepInterval: CALL_QUEUES_KEPT_MS,
  });
  rest.setToken(options.token);
  const call: CallApi = async (request, { timeoutMs = options.requestMs, signal } = {}) => {
    if (signal?.aborted === true) return { kind: 'lost', code: 'aborted' };
    // The client's own time-out ends with the headers; ours holds until the body is read.
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), timeoutMs);
    let isStopped = false;
    const onAbort = (): void => {
      isStopped = true;
      giveUp.abort();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    // The client forgets its token after a 401, and would refuse every later call.
    rest.setToken(options.token);
    try {
      const result: unknown = await rest.request({
        method: METHODS[request.method],
        fullRoute: request.path,
        auth: request.auth !== false,
        signal: giveUp.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.query === undefined ? {} : { query: new URLSearchParams(request.query) }),
      });
      return { kind: 'ok', result };
    } catch (error) {
      if (!giveUp.signal.aborted) return answerOf(error);
      return { kind: 'lost', code: isStopped ? 'aborted' : 'timeout' };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  };
  return { call, rest };
}

const METHODS = {
  GET: RequestMethod.Get,
  POST: RequestMethod.Post,
  PUT: RequestMethod.Put,
  DELETE: RequestMethod.Delete,
} as const;

/** Codes with which a connection fails before a byte of the request is written. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error of the client means. Its message and address are left out: they name tokens. */
export function answerOf(error: unknown): Exclude<ApiAnswer, { readonly kind: 'ok' }> {
  if (error instanceof RateLimitError) {
    const waitMs = Math.max(error.retryAfter, error.timeToReset, 0);
    return { kind: 'error', status: 429, code: 0, retryAfterMs: Math.ceil(waitMs) };
  }
  if (error instanceof DiscordAPIError) {
    return { kind: 'error', status: error.status, code: typeof error.code === 'number' ? error.code : 0 };
  }
  if (error instanceof HTTPError) return { kind: 'error', status: error.status, code: 0 };
  const code = codeOf(error);
  return NOT_SENT.has(code) ? { kind: 'not-sent', code } : { kind: 'lost', code };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

/** A short code for logs and dead letters: `403-50007`. */
export function codeOfAnswer(answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): string {
  if (answer.kind !== 'error') return answer.code;
  return answer.code === 0 ? String(answer.status) : `${answer.status}-${answer.code}`;
}
