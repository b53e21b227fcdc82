import type { PlatformCall, SendContext, SendResult } from '../../src/model/index.js';
import { type ApiAnswer, type CallApi, codeOfAnswer } from './api.js';
import { type DiscordCall, readCall } from './calls.js';
import type { DirectChannels } from './direct-channels.js';
import { findSent } from './find-sent.js';
import { EPHEMERAL, INTERACTION_MARGIN_MS, NONCE_WINDOW_MS, SUPPRESS_EMBEDS } from './limits.js';
import { escapeMarkdown } from './markdown.js';

type Words = Pick<Extract<DiscordCall, { method: 'createMessage' }>['payload'], 'text' | 'components'>;
type Interaction = Extract<DiscordCall, { method: 'deleteOriginal' }>['payload'];
type DirectMessage = Extract<DiscordCall, { method: 'createDirectMessage' }>['payload'];
type Followup = Extract<DiscordCall, { method: 'createFollowup' }>['payload'];

/** What became of a message; `already`: it was found in its channel. */
type Posted = ApiAnswer | { readonly kind: 'already' };

/** Unknown webhook, unknown interaction, invalid webhook token: the interaction cannot be answered any more. */
const TOKEN_GONE: readonly number[] = [10015, 10062, 50027];
/** Direct messages are closed, or no server is shared any more. */
const CLOSED: readonly number[] = [50007, 50278];
/** Unknown channel. */
const NO_CHANNEL = 10003;
/** Unknown message, or unknown channel: there is nothing left to delete. */
const NOTHING_THERE: readonly number[] = [10008, NO_CHANNEL, ...TOKEN_GONE];
/** Direct chats are opened too fast; a limit without a time. */
const SLOW_DOWN: readonly number[] = [40003, 40062];
/** Unknown user. */
const NO_USER = 10013;

/** Makes calls through the API; what Discord answers becomes a {@link SendResult}. */
export function createSend(
  call: CallApi,
  direct: DirectChannels,
): (call: PlatformCall, context: SendContext) => Promise<SendResult> {
  const post = async (channel: string, words: Words, context: SendContext): Promise<Posted> => {
    if (context.unclearSince !== null && context.now - context.unclearSince > NONCE_WINDOW_MS) {
      const found = await findSent(call, channel, words.text, context);
      if (found.kind === 'found') return { kind: 'already' };
      if (found.kind === 'failed') return found.answer;
    }
    const body = { ...bodyOf(words, false), nonce: context.nonce, enforce_nonce: true };
    return call({ method: 'POST', path: `/channels/${channel}/messages`, body });
  };

  const postDirectly = async (payload: DirectMessage, context: SendContext): Promise<SendResult> => {
    const channel = await direct.of(payload.user_id);
    const posted = channel.kind === 'channel' ? await post(channel.id, payload, context) : channel;
    if (posted.kind === 'error' && posted.code === NO_CHANNEL) {
      // It was remembered, and is not there any more: the next try asks for it anew.
      direct.forget(payload.user_id);
      return { kind: 'retry', code: codeOfAnswer(posted) };
    }
    const { closed } = payload;
    // Whoever asked for a direct chat in a server and has theirs closed is told there.
    if (posted.kind === 'error' && CLOSED.includes(posted.code) && closed !== undefined) {
      if (isLive(closed, context)) await call(followup(closed, { text: closed.text }, true));
    }
    return resultOf(posted);
  };

  const answer = async (payload: Followup, context: SendContext): Promise<SendResult> => {
    const { user_id: user, ephemeral, text, components } = payload;
    const words = { text, ...(components === undefined ? {} : { components }) };
    if (isLive(payload, context)) {
      const given = await call(followup(payload, words, ephemeral));
      if (given.kind !== 'error' || !TOKEN_GONE.includes(given.code)) return resultOf(given);
    }
    // Never a public message: it was asked for in confidence.
    return user === undefined ? { kind: 'already' } : postDirectly({ user_id: user, ...words }, context);
  };

  return async (row, context) => {
    const read = readCall(row);
    if (read === null) return { kind: 'refused', code: 'unknown-call' };
    const { method, payload } = read;
    switch (method) {
      case 'createDirectMessage':
        return postDirectly(payload, context);
      case 'createMessage':
        return resultOf(await post(payload.channel_id, payload, context));
      case 'createFollowup':
        return answer(payload, context);
      case 'deleteOriginal': {
        if (!isLive(payload, context)) return { kind: 'already' };
        const path = `/webhooks/${payload.application_id}/${payload.token}/messages/@original` as const;
        return resultOfDeletion(await call({ method: 'DELETE', path, auth: false }));
      }
      case 'deleteMessage': {
        const path = `/channels/${payload.channel_id}/messages/${payload.message_id}` as const;
        return resultOfDeletion(await call({ method: 'DELETE', path }));
      }
      default:
        return read satisfies never;
    }
  };
}

/**
 * The first follow-up of a command takes the place of "thinking …" (Discord, Create Followup Message), with the
 * visibility that was chosen when it was deferred.
 */
function followup(to: Interaction, words: Words, ephemeral: boolean) {
  const path = `/webhooks/${to.application_id}/${to.token}` as const;
  return { method: 'POST', path, auth: false, body: bodyOf(words, ephemeral) } as const;
}

function bodyOf({ text, components }: Words, ephemeral: boolean) {
  return {
    content: escapeMarkdown(text),
    flags: SUPPRESS_EMBEDS | (ephemeral ? EPHEMERAL : 0),
    allowed_mentions: { parse: [] },
    ...(components === undefined ? {} : { components }),
  };
}

function isLive({ expires_at: expiresAt }: Interaction, { now }: SendContext): boolean {
  return now < expiresAt - INTERACTION_MARGIN_MS;
}

/** What an answer means for the delivery of a message. */
export function resultOf(answer: Posted): SendResult {
  if (answer.kind === 'already') return answer;
  if (answer.kind === 'ok') return { kind: 'sent' };
  const code = codeOfAnswer(answer);
  switch (answer.kind) {
    case 'not-sent':
      return { kind: 'retry', code };
    case 'lost':
      return { kind: 'unknown-outcome', code };
    case 'error':
      // 401 is about our token, not about this message: it can still be sent later.
      if (answer.status === 429 || answer.status === 401 || answer.status >= 500 || slowsDown(answer)) {
        const { retryAfterMs: afterMs } = answer;
        return { kind: 'retry', code, ...(afterMs === undefined ? {} : { afterMs }) };
      }
      if (answer.status === 403 || answer.status === 404 || answer.code === NO_USER) {
        return { kind: 'unreachable', code };
      }
      return { kind: 'refused', code };
  }
}

function slowsDown({ code }: { readonly code: number }): boolean {
  return SLOW_DOWN.includes(code);
}

function resultOfDeletion(answer: ApiAnswer): SendResult {
  if (answer.kind === 'error' && NOTHING_THERE.includes(answer.code)) return { kind: 'already' };
  const result = resultOf(answer);
  // A right that is missing says nothing of the person: what follows can still be sent.
  return result.kind === 'unreachable' ? { kind: 'refused', code: result.code } : result;
}
