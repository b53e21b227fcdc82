import type { PlatformCall, SendContext, SendResult } from '../../src/model/index.js';
import type { ApiAnswer, CallApi } from './api.js';
import type { OpenDirect } from './direct-channels.js';
import { lookUp, metadataOf } from './look-up.js';
import { isPerson } from './place.js';
import type { Respond } from './response-url.js';
import { codeOfAnswer } from './session.js';

export interface SendParts {
  readonly api: CallApi;
  readonly openDirect: OpenDirect;
  readonly respond: Respond;
}

type Payload = PlatformCall['payload'];

/**
 * Makes calls. A direct message whose answer was lost is looked for before it is posted again. What can no longer be
 * said through a `response_url` becomes a direct message, never a public one.
 */
export function createSend(
  parts: SendParts,
): (call: PlatformCall, context: SendContext) => Promise<SendResult> {
  return async ({ method, payload }, context) => {
    switch (method) {
      case 'chat.postMessage':
        return isPerson(String(payload.channel))
          ? postDirect(parts, payload, context)
          : // Our messages in a channel cannot be looked for without the right to read all of it: doubled beats silent.
            resultOf(await parts.api(method, payload));
      case 'response_url':
        return respondOrPost(parts, payload, context);
      default:
        return resultOf(await parts.api(method, payload));
    }
  };
}

async function postDirect(
  { api, openDirect }: SendParts,
  payload: Payload,
  context: SendContext,
): Promise<SendResult> {
  const opened = await openDirect(String(payload.channel));
  // Opening a chat says nothing in it, so an unclear answer to that is no unclear message.
  if (opened.kind === 'failed') return resultOfAsking(opened.answer);
  const { channel } = opened;
  if (context.unclearSince !== null) {
    const thread = typeof payload.thread_ts === 'string' ? payload.thread_ts : undefined;
    const found = await lookUp(api, { channel, thread }, context.nonce, context.unclearSince);
    if (found.kind === 'there') return { kind: 'already' };
    if (found.kind === 'failed') return resultOfAsking(found.answer);
  }
  return resultOf(
    await api('chat.postMessage', { ...payload, channel, metadata: metadataOf(context.nonce) }),
  );
}

async function respondOrPost(parts: SendParts, payload: Payload, context: SendContext): Promise<SendResult> {
  const { response_url: url, expiresAt, user, thread_ts: thread, ...content } = payload;
  if (Number(expiresAt) > context.now) {
    const answer = await parts.respond(String(url), {
      response_type: 'ephemeral',
      replace_original: false,
      text: content.text,
      blocks: content.blocks,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
    if (answer.kind !== 'error' || !USED_UP.has(answer.code)) return resultOf(answer);
  }
  // The thread is one of the channel, and there is none of that name in the direct chat.
  return postDirect(parts, { ...content, channel: user }, context);
}

/** A `response_url` that works no longer: 30 minutes have passed, or it was used five times. */
const USED_UP = new Set(['expired_url', 'used_url', 'no_service']);

/** Codes that mean that this person or channel can no longer be reached. */
const GONE = new Set([
  'cannot_dm_bot',
  'channel_not_found',
  'not_in_channel',
  'user_not_in_channel',
  'is_archived',
  'user_not_found',
  'users_not_found',
  'user_not_visible',
  'user_disabled',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
]);

/** Codes about our token or about Slack itself: the message can still be sent later. */
const LATER = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_allowed_token_type',
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'service_unavailable',
  'team_added_to_org',
  'accesslimited',
]);

/** After these some of it may have happened (docs.slack.dev, chat.postMessage, errors). */
const UNCLEAR = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** What an answer means for the delivery of a call. */
export function resultOf(answer: ApiAnswer): SendResult {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent' };
    case 'not-sent':
      return { kind: 'retry', code: answer.code };
    case 'limited':
      return { kind: 'retry', code: '429', afterMs: answer.retryAfterMs };
    case 'lost':
      return { kind: 'unknown-outcome', code: answer.code };
    case 'error':
      return resultOfError(answer.code);
    default:
      return answer satisfies never;
  }
}

function resultOfError(code: string): SendResult {
  if (GONE.has(code)) return { kind: 'unreachable', code };
  if (LATER.has(code)) return { kind: 'retry', code };
  return UNCLEAR.has(code) ? { kind: 'unknown-outcome', code } : { kind: 'refused', code };
}

/** What a question that changes nothing was answered with: no message can have been posted by it. */
function resultOfAsking(answer: Exclude<ApiAnswer, { readonly kind: 'ok' }>): SendResult {
  const result = resultOf(answer);
  return result.kind === 'unknown-outcome' ? { kind: 'retry', code: codeOfAnswer(answer) } : result;
}
