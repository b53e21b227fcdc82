import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../../../adapters/discord/api.js';
import { resultOf } from '../../../../adapters/discord/send.js';

const error = (status: number, code = 0): ApiAnswer => ({ kind: 'error', status, code });

describe('an answer of Discord', () => {
  it.each<readonly [string, ApiAnswer, ReturnType<typeof resultOf>]>([
    ['that went well', { kind: 'ok', result: {} }, { kind: 'sent' }],
    [
      'without a connection',
      { kind: 'not-sent', code: 'ECONNREFUSED' },
      { kind: 'retry', code: 'ECONNREFUSED' },
    ],
    ['that was lost', { kind: 'lost', code: 'timeout' }, { kind: 'unknown-outcome', code: 'timeout' }],
    [
      'that asks to wait',
      { kind: 'error', status: 429, code: 0, retryAfterMs: 1500 },
      { kind: 'retry', code: '429', afterMs: 1500 },
    ],
    ['of a wrong token', error(401), { kind: 'retry', code: '401' }],
    ['of an outage', error(502), { kind: 'retry', code: '502' }],
    ['about chats opened too fast', error(400, 40003), { kind: 'retry', code: '400-40003' }],
    ['of a closed direct chat', error(403, 50007), { kind: 'unreachable', code: '403-50007' }],
    ['of no common server', error(403, 50278), { kind: 'unreachable', code: '403-50278' }],
    ['of no access', error(403, 50001), { kind: 'unreachable', code: '403-50001' }],
    ['of a channel that is gone', error(404, 10003), { kind: 'unreachable', code: '404-10003' }],
    ['of a person who is gone', error(400, 10013), { kind: 'unreachable', code: '400-10013' }],
    ['of a form that is wrong', error(400, 50035), { kind: 'refused', code: '400-50035' }],
  ])('%s is known', (_what, answer, result) => {
    expect(resultOf(answer)).toEqual(result);
  });
});
