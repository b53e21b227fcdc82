import { type Logger, LogLevel, webApi } from '@slack/bolt';

/** What Slack made of one call. Holds no token and no address. */
export type ApiAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  /** Slack answered with one of its error codes, such as `channel_not_found`. */
  | { readonly kind: 'error'; readonly code: string }
  /** Too many calls. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** No connection came about: nothing was sent. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** No answer that can be read: it may or may not have happened. */
  | { readonly kind: 'lost'; readonly code: string };

/** One call of the Web API; never throws. */
export type CallApi = (method: string, payload: Readonly<Record<string, unknown>>) => Promise<ApiAnswer>;

/** Nothing of what Slack's packages would log: their lines may hold addresses with tickets, and words of people. */
export const NO_LOG: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/**
 * Options of every client of Slack: no repetitions of its own, which would post twice and out of order, and a time-out,
 * which it has none of.
 */
export function clientOptions(apiUrl: string, requestMs: number): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`,
    retryConfig: { retries: 0 },
    timeout: requestMs,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: NO_LOG,
  };
}

/** The thin edge to Slack's Web API client, with answers as values. */
export function createApi(options: {
  readonly token: string;
  /** Root of the Web API. */
  readonly apiUrl: string;
  readonly requestMs: number;
}): CallApi {
  const client = new webApi.WebClient(options.token, clientOptions(options.apiUrl, options.requestMs));
  return async (method, payload) => {
    try {
      return { kind: 'ok', result: await client.apiCall(method, { ...payload }) };
    } catch (error) {
      return answerOf(error);
    }
  };
}

/** Slack's codes are words joined by `_`. The client takes any body that is no JSON for such a code. */
const CODE = /^[a-z0-9_]{1,64}$/;

/** Codes with which a connection fails before a byte of the request is written. */
export const NOT_SENT = new Set([
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

/** What an error of Slack's client means. */
export function answerOf(error: unknown): ApiAnswer {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof webApi.WebAPIPlatformError) {
    const code: unknown = error.data.error;
    return typeof code === 'string' && CODE.test(code)
      ? { kind: 'error', code }
      : { kind: 'lost', code: 'unreadable-answer' };
  }
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'lost', code: `http-${error.statusCode}` };
  const code = codeOf(error instanceof webApi.WebAPIRequestError ? error.original : error);
  return NOT_SENT.has(code) ? { kind: 'not-sent', code } : { kind: 'lost', code };
}

/** The system's code, of the error or of what caused it; messages are left out, because they may name an address. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}
