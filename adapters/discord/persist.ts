import { type AdapterHost, LifelineError } from '../../src/model/index.js';
import { backOffMs, pause } from '../shared/pause.js';
import { type ApiAnswer, type ApiRequest, codeOfAnswer, type DiscordApi } from './api.js';
import type { DirectChannels } from './direct-channels.js';
import type { Timing } from './limits.js';

/** What the parts of the adapter share while it runs. */
export interface Session {
  readonly host: AdapterHost;
  readonly api: DiscordApi;
  readonly direct: DirectChannels;
  readonly token: string;
  /** Whether everything in servers is read, and not only what mentions us. */
  readonly overhears: boolean;
  readonly timing: Timing;
  /** Events in hand above which no more are taken until half of them is done. */
  readonly maxInHand: number;
  /** Aborts when the adapter stops, or the intake is lost. */
  readonly stopping: AbortSignal;
}

/**
 * Makes a call that the start depends on until it succeeds, with back-off; `null` when the adapter was stopped
 * meanwhile. Throws `platform-refused` for what no repetition mends: a wrong token, a request Discord rejects.
 */
export async function persist(
  session: Session,
  request: ApiRequest,
): Promise<{ readonly result: unknown } | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await session.api.call(request, { signal: session.stopping });
    if (session.stopping.aborted) return null;
    if (answer.kind === 'ok') return { result: answer.result };
    const code = codeOfAnswer(answer);
    const method = `${request.method} ${request.path}`;
    if (isFinal(answer)) throw new LifelineError('platform-refused', `Discord refused ${method}: ${code}`);
    session.host.log.warn({ event: 'call-failed', platform: 'discord', method, code, count: attempt });
    await pause(session.host.clock, retryAfterOf(answer) ?? backOffMs(attempt), session.stopping);
    if (session.stopping.aborted) return null;
  }
}

/** How long Discord asks us to wait, in milliseconds, or `null` when it does not say. */
export function retryAfterOf(answer: ApiAnswer): number | null {
  return answer.kind === 'error' ? (answer.retryAfterMs ?? null) : null;
}

/** 4xx but for "too many requests". */
export function isFinal(answer: ApiAnswer): boolean {
  return answer.kind === 'error' && answer.status < 500 && answer.status !== 429;
}
