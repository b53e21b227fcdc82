import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../../adapters/slack/api.js';
import { hooksOriginOf } from '../../../../adapters/slack/response-url.js';
import { resultOf } from '../../../../adapters/slack/send.js';

const platformError = (error: string): Error =>
  new webApi.WebAPIPlatformError({ ok: false, error, response_metadata: {} });

describe('an answer of Slack', () => {
  it.each([
    [platformError('invalid_blocks'), { kind: 'error', code: 'invalid_blocks' }],
    [platformError('<html>Sign in</html>'), { kind: 'lost', code: 'unreadable-answer' }],
    [new webApi.WebAPIRateLimitedError(30), { kind: 'limited', retryAfterMs: 30_000 }],
    [new webApi.WebAPIHTTPError(502, 'Bad Gateway', {}, 'x'), { kind: 'lost', code: 'http-502' }],
    [
      new webApi.WebAPIRequestError(new DOMException('late', 'TimeoutError')),
      { kind: 'lost', code: 'timeout' },
    ],
    [
      new webApi.WebAPIRequestError(
        new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
      ),
      { kind: 'not-sent', code: 'ECONNREFUSED' },
    ],
    [
      new webApi.WebAPIRequestError(
        new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
      ),
      { kind: 'lost', code: 'ECONNRESET' },
    ],
    [new TypeError('https://slack.com/api/?token=xoxb-secret'), { kind: 'lost', code: 'TypeError' }],
    ['anything', { kind: 'lost', code: 'unknown' }],
  ])('is read without its words: %s', (error, answer) => {
    expect(answerOf(error)).toEqual(answer);
  });

  it.each([
    ['cannot_dm_bot', 'unreachable'],
    ['channel_not_found', 'unreachable'],
    ['not_in_channel', 'unreachable'],
    ['is_archived', 'unreachable'],
    ['user_disabled', 'unreachable'],
    ['account_inactive', 'retry'],
    ['invalid_auth', 'retry'],
    ['service_unavailable', 'retry'],
    ['internal_error', 'unknown-outcome'],
    ['fatal_error', 'unknown-outcome'],
    ['invalid_blocks', 'refused'],
    ['msg_too_long', 'refused'],
    ['missing_scope', 'retry'],
    ['a_code_of_tomorrow', 'refused'],
  ])('%s means: %s', (code, kind) => {
    expect(resultOf({ kind: 'error', code })).toEqual({ kind, code });
  });
});

it.each([
  ['https://slack.com/api/', 'https://hooks.slack.com'],
  ['https://slack-gov.com/api/', 'https://hooks.slack-gov.com'],
  ['http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000'],
  ['https://slack.com.evil.example/api/', 'https://slack.com.evil.example'],
])('answers of %s go to %s only', (apiUrl, origin) => {
  expect(hooksOriginOf(apiUrl)).toBe(origin);
});
