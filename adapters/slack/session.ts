import { type AdapterHost, type InboundId, LifelineError } from '../../src/model/index.js';
import { backOffMs, pause, unlessAborted } from '../shared/pause.js';
import type { ApiAnswer, CallApi } from './api.js';
import type { BotSelf } from './event-schema.js';
import type { Timing } from './limits.js';
import type { People } from './people.js';

/** What the parts of the adapter share while it runs. */
export interface Session {
  readonly host: AdapterHost;
  readonly api: CallApi;
  readonly timing: Timing;
  /** Aborts when the adapter stops. */
  readonly stopping: AbortSignal;
}

/**
 * What was missed while Slack could not be heard: it repeats an event for some minutes and then never more. So it is
 * kept how far each direct talk has come, and after a longer time the talks are read from there. A talk is known from
 * the first that was written, tapped or commanded in it, by us too. People who began meanwhile are not known, and bots
 * may not look for them.
 */
export interface Missed {
  /** Slack can be heard; `false` when it cannot be any more. */
  heard(isHeard: boolean): void;
  /** Resolves when what was missed in the talk of a payload is handed over; `null` where nothing was missed. */
  before(body: unknown): Promise<void> | null;
  /** A payload is committed. */
  handled(body: unknown): void;
  /** A payload came with which there was nothing to commit. */
  happened(body: unknown): void;
  /** Waits for what is being read, and keeps how far it came. Expects the session to be stopping. */
  end(): Promise<void>;
}

/** A session that knows who it is. */
export interface OpenSession extends Session {
  readonly self: BotSelf;
  readonly people: People;
  readonly missed: Missed;
  /** Ids of events that are tried again here, beside what Slack repeats. */
  readonly retrying: Set<InboundId>;
}

/** Codes that no repetition mends: a wrong token, an app that was taken away, a right that was not given. */
const FINAL = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_disabled',
  'user_removed_from_team',
  'no_permission',
  'missing_scope',
  'not_allowed_token_type',
  'forbidden_team',
]);

/** Whether an answer stays the same however often one asks. */
export function isFinal(answer: ApiAnswer): boolean {
  return answer.kind === 'error' && FINAL.has(answer.code);
}

/**
 * Makes a call that the start depends on until it succeeds, with back-off; `null` when the adapter was stopped
 * meanwhile. Throws `platform-refused` for what no repetition mends.
 */
export async function persist(
  session: Session,
  method: string,
  call: () => Promise<ApiAnswer>,
): Promise<{ readonly result: unknown } | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await unlessAborted(call(), session.stopping);
    if (answer === null || session.stopping.aborted) return null;
    if (answer.kind === 'ok') return { result: answer.result };
    const code = codeOfAnswer(answer);
    if (isFinal(answer)) throw new LifelineError('platform-refused', `Slack refused ${method}: ${code}`);
    session.host.log.warn({ event: 'call-failed', platform: 'slack', method, code, count: attempt });
    const waitMs = answer.kind === 'limited' ? answer.retryAfterMs : backOffMs(attempt);
    await pause(session.host.clock, waitMs, session.stopping);
    if (session.stopping.aborted) return null;
  }
}

/** A short code for the log. */
export function codeOfAnswer(answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): string {
  return answer.kind === 'limited' ? '429' : answer.code;
}
