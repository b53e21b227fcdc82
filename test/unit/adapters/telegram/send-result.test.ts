import { describe, expect, it } from 'vitest';
import { resultOf } from '../../../../adapters/telegram/send-result.js';

const error = (status: number, description: string) => ({ kind: 'error', status, description }) as const;

describe('what an answer means', () => {
  it.each([
    ['sendMessage', 403, 'Forbidden: bot was blocked by the user', 'unreachable'],
    ['sendMessage', 403, "Forbidden: bot can't initiate conversation with a user", 'unreachable'],
    ['sendMessage', 403, 'Forbidden: bot was kicked from the supergroup chat', 'unreachable'],
    ['sendMessage', 403, 'Forbidden: user is deactivated', 'unreachable'],
    ['sendMessage', 400, 'Bad Request: chat not found', 'unreachable'],
    ['sendMessage', 400, 'Bad Request: PEER_ID_INVALID', 'unreachable'],
    ['sendMessage', 400, 'Bad Request: message is too long', 'refused'],
    ['sendMessage', 400, 'Bad Request: message to delete not found', 'refused'],
    ['sendMessage', 404, 'Not Found', 'refused'],
    ['sendMessage', 401, 'Unauthorized', 'retry'],
    ['sendMessage', 429, 'Too Many Requests: retry after 5', 'retry'],
    ['sendMessage', 502, 'Bad Gateway', 'retry'],
    ['deleteMessage', 400, 'Bad Request: message to delete not found', 'already'],
    ['deleteMessage', 400, "Bad Request: message can't be deleted", 'refused'],
    ['deleteMessage', 400, "Bad Request: message can't be deleted for everyone", 'refused'],
    ['deleteMessage', 403, 'Forbidden: MESSAGE_DELETE_FORBIDDEN', 'refused'],
    ['deleteMessage', 400, 'Bad Request: MESSAGE_ID_INVALID', 'refused'],
    ['deleteMessage', 403, 'Forbidden: bot was kicked from the supergroup chat', 'unreachable'],
    ['deleteMessage', 400, 'Bad Request: chat not found', 'unreachable'],
    [
      'answerCallbackQuery',
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
      'already',
    ],
  ])('%s %i "%s" is %s', (method, status, description, kind) => {
    expect(resultOf(method, error(status, description)).kind).toBe(kind);
  });

  it('keeps the wait that Telegram asks for', () => {
    const answer = { ...error(429, 'Too Many Requests: retry after 5'), retryAfterMs: 5000 };
    expect(resultOf('sendMessage', answer)).toEqual({
      kind: 'retry',
      code: '429-retry-after',
      afterMs: 5000,
    });
  });

  it('names a refusal without what Telegram quotes', () => {
    const description =
      "Bad Request: inline keyboard button URL 'https://wallet.example' is invalid: Wrong HTTP URL";
    expect(resultOf('sendMessage', error(400, description))).toEqual({
      kind: 'refused',
      code: '400-inline-keyboard-button-url',
    });
  });

  it('tells what was not sent from what may have been', () => {
    expect(resultOf('sendMessage', { kind: 'not-sent', code: 'ECONNREFUSED' }).kind).toBe('retry');
    expect(resultOf('sendMessage', { kind: 'lost', code: 'timeout' }).kind).toBe('unknown-outcome');
  });
});
