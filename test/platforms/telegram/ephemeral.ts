import { bad, type Refusal } from './method.js';
import type { SendMessage } from './parameters.js';
import type { Chat, StoredMessage, World } from './world.js';

/** How long a tap or a command may be answered for that person's eyes only (Bot API, "Ephemeral Messages"). */
const ANSWER_MS = 15_000;

/**
 * Why a message may not be shown to one member only; `null` when it may. An administrator may at any time, any bot
 * within 15 seconds of what that member did. Telegram does not document the sentences.
 */
export function refusalOfEphemeral(world: World, chat: Chat, params: SendMessage): Refusal | null {
  const { receiver_user_id: userId, callback_query_id: tapId } = params.ephemeral_message_parameters ?? {};
  const commandId = params.reply_parameters?.ephemeral_message_id;
  if (chat.type !== 'group' && chat.type !== 'supergroup') return bad('PEER_ID_INVALID');
  const status = userId === undefined ? undefined : chat.members.get(userId)?.status;
  if (status === undefined || status === 'left' || status === 'kicked') return bad('USER_NOT_PARTICIPANT');
  const isFresh = (at: number | undefined): boolean => at !== undefined && world.now() - at <= ANSWER_MS;
  const tap = tapId === undefined ? undefined : world.taps.get(tapId);
  if (tap?.userId === userId && tap?.chatId === chat.id && isFresh(tap?.at)) return null;
  const command = commandId === undefined ? undefined : ephemeralIn(chat, userId, commandId);
  if (command?.author === userId && isFresh(command?.sentAt)) return null;
  if (chat.botStatus === 'administrator' && tapId === undefined && commandId === undefined) return null;
  return tapId === undefined && commandId === undefined
    ? bad('CHAT_ADMIN_REQUIRED')
    : bad('QUERY_ID_INVALID');
}

/** A message that only this member sees. */
export function ephemeralIn(chat: Chat, userId: number | undefined, id: number): StoredMessage | undefined {
  return chat.messages.find(({ ephemeral }) => ephemeral?.id === id && ephemeral.userId === userId);
}
