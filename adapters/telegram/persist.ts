import { type AdapterHost, LifelineError } from '../../src/model/index.js';
import { backOffMs, pause } from '../shared/pause.js';
import type { ApiAnswer, CallApi } from './api.js';
import { errorCode } from './send-result.js';

/** What the parts of the adapter share while it runs. */
export interface Session {
  readonly host: AdapterHost;
  readonly api: CallApi;
  /** Aborts when the adapter stops. */
  readonly stopping: AbortSignal;
}

/**
 * Makes a call that the start depends on until it succeeds, with back-off; `null` when the adapter was stopped
 * meanwhile. Throws `platform-refused` for what no repetition mends: a wrong token, a request Telegram rejects.
 */
export async function persist(
  session: Session,
  method: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<{ readonly result: unknown } | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await session.api(method, payload, { signal: session.stopping });
    if (session.stopping.aborted) return null;
    if (answer.kind === 'ok') return { result: answer.result };
    const code = codeOfAnswer(answer);
    if (isFinal(answer)) throw new LifelineError('platform-refused', `Telegram refused ${method}: ${code}`);
    session.host.log.warn({ event: 'call-failed', platform: 'telegram', method, code, count: attempt });
    await pause(session.host.clock, retryAfterOf(answer) ?? backOffMs(attempt), session.stopping);
    if (session.stopping.aborted) return null;
  }
}

/** A short code for the log. */
export function codeOfAnswer(answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): string {
  return answer.kind === 'error' ? errorCode(answer) : answer.code;
}

/** How long Telegram asks us to wait, in milliseconds, or `null` when it does not say. */
export function retryAfterOf(answer: ApiAnswer): number | null {
  return answer.kind === 'error' ? (answer.retryAfterMs ?? null) : null;
}

/** 4xx but for "too many requests" and "another one polls". A token that is not even well-formed gets 404. */
function isFinal(answer: ApiAnswer): boolean {
  return answer.kind === 'error' && answer.status < 500 && answer.status !== 429 && answer.status !== 409;
}
