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
type Direct = NonNullable<GroupMessage['direct']>;

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

  const toPerson = ({ link_preview_options: preview, ...message }: GroupMessage, direct: Direct) =>
    api(SEND, {
      ...{ chat_id: direct.user_id, text: direct.text, link_preview_options: preview },
      ...linksOf(message),
    });

  const toGroup = async (message: GroupMessage): Promise<SendResult> => {
    const { direct, ...payload } = message;
    const answer = await intoGroup(payload);
    const why = answer.kind === 'error' ? answer.description : '';
    const isTopicGone = NO_TOPIC.test(why);
    if (direct === undefined || !(isTopicGone || NO_RIGHT.test(why))) return resultOf(SEND, answer);
    const told = resultOf(SEND, await toPerson(message, direct));
    if (told.kind !== 'unreachable') return told;
    // Whoever has no chat with us reads it in the group's general topic.
    return resultOf(SEND, isTopicGone ? await intoGroup(inGeneral(message)) : answer);
  };

  const toMember = async (message: GroupMessage): Promise<SendResult> => {
    const { direct, ...payload } = message;
    const support = await ephemeral.look();
    if (support === 'no') return toGroup(forAll(message));
    if (support !== 'yes') return resultOf(SEND, support);
    const answer = await api(SEND, payload);
    if (answer.kind === 'ok') ephemeral.learn(answer.result);
    const result = resultOf(SEND, answer);
    // Fifteen seconds after a tap or a command it is too late.
    const isLate = result.kind === 'refused' || result.kind === 'unreachable';
    return isLate && direct !== undefined ? resultOf(SEND, await toPerson(message, direct)) : result;
  };

  return async (call) => {
    const message = call.method === SEND ? readMessage(call) : null;
    if (message === null) return resultOf(call.method, await api(call.method, call.payload));
    return message.ephemeral_message_parameters === undefined ? toGroup(message) : toMember(message);
  };
}

/** As it is where no message is for one member only. */
function forAll(message: GroupMessage): GroupMessage {
  const { ephemeral_message_parameters: _, reply_parameters: __, ...rest } = message;
  return rest;
}

function inGeneral(message: GroupMessage): Payload {
  const { direct: _, message_thread_id: __, reply_parameters: ___, reply_markup: ____, ...rest } = message;
  return { ...rest, ...linksOf(message) };
}

/** Buttons that send a choice back work in the place they were made for; links work anywhere. */
function linksOf({ reply_markup: markup }: GroupMessage): Pick<GroupMessage, 'reply_markup'> {
  const rows = (markup?.inline_keyboard ?? [])
    .map((row) => row.filter(({ url }) => url !== undefined))
    .filter((row) => row.length > 0);
  return rows.length === 0 ? {} : { reply_markup: { inline_keyboard: rows } };
}
