import type { SendResult } from '../../src/model/index.js';
import type { ApiAnswer } from './api.js';

/** Telegram's sentences for "it is so already", by method. It has no codes for them. */
const ALREADY: Readonly<Record<string, RegExp>> = {
  deleteMessage: /message to delete not found/i,
  answerCallbackQuery: /query is too old|query id is invalid|query_id_invalid/i,
};

/** Sentences of status 400 that mean what 403 means: this person or chat can no longer be reached. */
const GONE =
  /chat not found|user not found|user is deactivated|bot was blocked|bot was kicked|bot is not a member|chat was deleted|peer_id_invalid|user_is_blocked|input_user_deactivated|chat_write_forbidden/i;

/** What an answer means for the delivery of a call. */
export function resultOf(method: string, answer: ApiAnswer): SendResult {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent' };
    case 'not-sent':
      return { kind: 'retry', code: answer.code };
    case 'lost':
      return { kind: 'unknown-outcome', code: answer.code };
    case 'error':
      return resultOfError(method, answer);
    default:
      return answer satisfies never;
  }
}

function resultOfError(method: string, answer: ApiAnswer & { readonly kind: 'error' }): SendResult {
  const code = errorCode(answer);
  if (ALREADY[method]?.test(answer.description) === true) return { kind: 'already' };
  // 401 is about our token and 409 about another bot, not about this message: it can still be sent later.
  if (answer.status === 429 || answer.status === 401 || answer.status === 409 || answer.status >= 500) {
    return {
      kind: 'retry',
      code,
      ...(answer.retryAfterMs === undefined ? {} : { afterMs: answer.retryAfterMs }),
    };
  }
  if (GONE.test(answer.description)) return { kind: 'unreachable', code };
  // A right to delete that is missing says nothing of the person: what follows can still be sent.
  if (answer.status === 403 && method !== 'deleteMessage') return { kind: 'unreachable', code };
  return { kind: 'refused', code };
}

/** `400-message-is-too-long`: status and the start of Telegram's sentence, up to the first thing it may quote. */
export function errorCode(answer: ApiAnswer & { readonly kind: 'error' }): string {
  const sentence = answer.description.replace(/^[A-Z][A-Za-z ]*: /, '').split(/["'`:;(<\d]/, 1)[0] ?? '';
  const words = sentence
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '');
  return words === '' ? String(answer.status) : `${answer.status}-${words.slice(0, 48)}`;
}
