import { Agent } from 'node:https';
import { Telegram, TelegramError } from 'telegraf';
import { z } from 'zod';

/** What the Bot API made of one call. Holds no token and no address. */
export type ApiAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  /** Telegram answered with an error; `description` is its own sentence. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly description: string;
      readonly retryAfterMs?: number;
      /** Id of the supergroup that a basic group became. */
      readonly migrateTo?: string;
    }
  /** No connection came about: nothing was sent. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** No answer that can be read: it may or may not have happened. */
  | { readonly kind: 'lost'; readonly code: string };

/** One call of the Bot API; never throws. */
export type CallApi = (
  method: string,
  payload: Readonly<Record<string, unknown>>,
  options?: {
    /** Until the call counts as lost, in milliseconds. */
    readonly timeoutMs?: number;
    /** Gives the call up; it then counts as lost with the code `aborted`. */
    readonly signal?: AbortSignal;
  },
) => Promise<ApiAnswer>;

/**
 * The thin edge to telegraf: its API client with our own time-out (its own is 500 s) and with answers as values.
 * `webhookReply` is off, because a call answered into a webhook's response reports success before it has happened.
 */
export function createApi(options: {
  readonly token: string;
  /** Root of the Bot API; may hold a path. */
  readonly apiUrl: string;
  readonly requestMs: number;
}): CallApi {
  const telegram = new Telegram(options.token, {
    apiRoot: options.apiUrl.endsWith('/') ? options.apiUrl : `${options.apiUrl}/`,
    agent: new Agent({ keepAlive: true }),
    webhookReply: false,
  });
  return async (method, payload, { timeoutMs = options.requestMs, signal } = {}) => {
    const giveUp = new AbortController();
    let code = 'timeout';
    const onAbort = (): void => {
      code = 'aborted';
      giveUp.abort();
    };
    if (signal?.aborted === true) return { kind: 'lost', code: 'aborted' };
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => giveUp.abort(), timeoutMs);
    try {
      // Telegraf types every method apart; the calls come as data.
      const result: unknown = await telegram.callApi(method as 'getMe', payload as Record<string, never>, {
        signal: giveUp.signal as never,
      });
      return { kind: 'ok', result };
    } catch (error) {
      return giveUp.signal.aborted ? { kind: 'lost', code } : answerOf(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  };
}

const errorSchema = z.object({
  error_code: z.int().min(400).max(599),
  description: z.string().catch(''),
  parameters: z
    .object({ retry_after: z.number().nonnegative().optional(), migrate_to_chat_id: z.int().optional() })
    .optional()
    .catch(undefined),
});

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
]);

function answerOf(error: unknown): ApiAnswer {
  if (error instanceof TelegramError) {
    const parsed = errorSchema.safeParse(error.response);
    if (!parsed.success) return { kind: 'lost', code: 'unreadable-answer' };
    const { error_code: status, description, parameters } = parsed.data;
    const { retry_after: retryAfterS, migrate_to_chat_id: migrateTo } = parameters ?? {};
    return {
      kind: 'error',
      status,
      description,
      ...(retryAfterS === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterS * 1000) }),
      ...(migrateTo === undefined ? {} : { migrateTo: String(migrateTo) }),
    };
  }
  const code = codeOf(error);
  return NOT_SENT.has(code) ? { kind: 'not-sent', code } : { kind: 'lost', code };
}

/** The system's code; messages are left out, because they name the address and with it the token. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('type' in error && typeof error.type === 'string') return error.type;
  return error.name;
}
