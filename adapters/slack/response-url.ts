import { type ApiAnswer, codeOf, NOT_SENT } from './api.js';

/** Posts to a `response_url`; never throws. The address is a secret and stands in no answer. */
export type Respond = (url: string, message: Readonly<Record<string, unknown>>) => Promise<ApiAnswer>;

/**
 * The origin that every `response_url` of a workspace has: `hooks.` before Slack's own, else that of the test's server.
 */
export function hooksOriginOf(apiUrl: string): string {
  const { origin, host, protocol } = new URL(apiUrl);
  return /^(?:slack|slack-gov)\.com$/.test(host) ? `${protocol}//hooks.${host}` : origin;
}

/** Longest answer that is read, in characters. */
const MAX_ANSWER_CHARS = 200;

export function createRespond(hooksOrigin: string, requestMs: number): Respond {
  return async (url, message) => {
    if (!URL.canParse(url) || new URL(url).origin !== hooksOrigin)
      return { kind: 'error', code: 'foreign_response_url' };
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.timeout(requestMs),
      });
      return answerOf(response, (await response.text()).slice(0, MAX_ANSWER_CHARS));
    } catch (error) {
      const code = codeOf(error);
      return NOT_SENT.has(code) ? { kind: 'not-sent', code } : { kind: 'lost', code };
    }
  };
}

/** The answer is `ok` or a code, alone or in JSON; the status alone tells the rest. */
function answerOf(response: Response, body: string): ApiAnswer {
  const code = /(?:^|"error":\s*")([a-z0-9_]+)"?/i.exec(body.trim())?.[1]?.toLowerCase();
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'limited', retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 1000 };
  }
  if (response.status >= 500) return { kind: 'lost', code: `http-${response.status}` };
  if (response.ok && (code === 'ok' || /"ok":\s*true/.test(body) || body === ''))
    return { kind: 'ok', result: null };
  if (response.status === 404) return { kind: 'error', code: code ?? 'expired_url' };
  return code === undefined ? { kind: 'lost', code: 'unreadable-answer' } : { kind: 'error', code };
}
