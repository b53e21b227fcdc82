import type { PlatformCall, SendResult } from '../../src/model/index.js';
import type { ApiAnswer, CallApi } from './api.js';
import { type GroupMessage, readMessage } from './calls.js';
import { createEphemeralSupport } from './ephemeral-support.js';
import { resultOf } from './send-result.js';

const SEND = 'sendMessage';
/** The topic is closed to us, or gone. */
const NO_TOPIC = /topic_closed|topic_deleted|message thread not found/i;
/** Only administrators write into the group, or we may not. */
const NO_RIGHT = /not enough rights to send|have no rights to send|chat_write_forbidden|chat_restricted/i;

type Payload = Readonly<Record<string, unknown>>;

/**
 * Makes calls through the API; what Telegram answers becomes a {@link SendResult}. What cannot be said where it was
 * asked is said in the direct chat: an answer for one person's eyes that comes too late never becomes a public one.
 */
export function createSend(api: CallApi): (call: PlatformCall) => Promise<SendResult> {
  const ephemeral = createEphemeralSupport(api);

  const intoGroup = async (payload: Payload): Promise<ApiAnswer> => {
    const answer = await api(SEND, payload);
    if (answer.kind !== 'error' || answer.migrateTo === undefined) return answer;
    // A basic group that became a supergroup: there its messages have other numbers.
    const { reply_parameters: _, message_thread_id: __, ...rest } = payload;
    return api(SEND, { ...rest, chat_id: answer.migrateTo });
  };

  const toPerson = (
    message: GroupMessage,
    direct: NonNullable<GroupMessage['direct']>,
  ): Promise<ApiAnswer> => {
    const { link_preview_options: preview, reply_markup: markup } = message;
    const links = linksOnly(markup?.inline_keyboard ?? []);
    return api(SEND, {
      chat_id: direct.user_id,
      text: direct.text,
      link_preview_options: preview,
      ...(links.length === 0 ? {} : { reply_markup: { inline_keyboard: links } }),
    });
  };

  /** To one member of a group only; `null` where the server cannot do that. */
  const toMember = async (message: GroupMessage, payload: Payload): Promise<SendResult | null> => {
    const support = await ephemeral.look();
    if (support === 'no') return null;
    if (support !== 'yes') return resultOf(SEND, support);
    const answer = await api(SEND, payload);
    if (answer.kind === 'ok') ephemeral.learn(answer.result);
    // Fifteen seconds after a tap or a command it is too late.
    const isLate = answer.kind === 'error' && resultOf(SEND, answer).kind !== 'retry';
    if (!isLate || message.direct === undefined) return resultOf(SEND, answer);
    return resultOf(SEND, await toPerson(message, message.direct));
  };

  const sendMessage = async (message: GroupMessage): Promise<SendResult> => {
    const { direct, ...payload } = message;
    if (payload.ephemeral_message_parameters !== undefined) {
      const result = await toMember(message, payload);
      if (result !== null) return result;
      const { ephemeral_message_parameters: _, reply_parameters: __, ...plain } = payload;
      return sendMessage({ ...plain, ...(direct === undefined ? {} : { direct }) });
    }
    const answer = await intoGroup(payload);
    if (direct === undefined || answer.kind !== 'error') return resultOf(SEND, answer);
    const isTopicGone = NO_TOPIC.test(answer.description);
    if (!isTopicGone && !NO_RIGHT.test(answer.description)) return resultOf(SEND, answer);
    const told = resultOf(SEND, await toPerson(message, direct));
    if (told.kind !== 'unreachable' || !isTopicGone) {
      return told.kind === 'unreachable' ? resultOf(SEND, answer) : told;
    }
    // Whoever has no chat with us reads it in the group's general topic.
    const { message_thread_id: _, reply_parameters: __, reply_markup: markup, ...rest } = payload;
    const links = linksOnly(markup?.inline_keyboard ?? []);
    const general = links.length === 0 ? rest : { ...rest, reply_markup: { inline_keyboard: links } };
    return resultOf(SEND, await intoGroup(general));
  };

  return async (call) => {
    const message = call.method === SEND ? readMessage(call) : null;
    return message === null
      ? resultOf(call.method, await api(call.method, call.payload))
      : sendMessage(message);
  };
}

/** Buttons that send a choice back work in the place they were made for; links work anywhere. */
function linksOnly<Button extends { readonly url?: string | undefined }>(
  rows: readonly (readonly Button[])[],
): readonly (readonly Button[])[] {
  return rows.map((row) => row.filter(({ url }) => url !== undefined)).filter((row) => row.length > 0);
}
