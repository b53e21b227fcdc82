import { z } from 'zod';
import type { Chat, World } from './world.js';

/** An error in Telegram's own words. */
export interface Refusal {
  readonly status: number;
  readonly description: string;
}

const button = z.strictObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});

/** Parameters of `sendMessage` that are known here; any other is refused, so that nothing is sent unnoticed. */
export const sendMessageSchema = z.strictObject({
  chat_id: z.union([z.int(), z.string()]),
  message_thread_id: z.int().optional(),
  text: z.string().optional(),
  link_preview_options: z.strictObject({ is_disabled: z.boolean().optional() }).optional(),
  reply_markup: z.strictObject({ inline_keyboard: z.array(z.array(button)) }).optional(),
});
export type SendMessage = z.infer<typeof sendMessageSchema>;

const bad = (sentence: string): Refusal => ({ status: 400, description: `Bad Request: ${sentence}` });
const forbidden = (sentence: string): Refusal => ({ status: 403, description: `Forbidden: ${sentence}` });

/** Why the bot may not write into a chat; `null` when it may. */
export function refusalOfChat(chat: Chat | undefined, threadId: number | undefined): Refusal | null {
  if (chat === undefined) return bad('chat not found');
  if (chat.isDeactivated) return forbidden('user is deactivated');
  if (chat.type === 'private') {
    if (chat.botStatus === 'absent') return forbidden("bot can't initiate conversation with a user");
    if (chat.botStatus === 'kicked') return forbidden('bot was blocked by the user');
  } else {
    if (chat.botStatus === 'kicked') return forbidden('bot was kicked from the supergroup chat');
    if (chat.botStatus === 'absent') return forbidden('bot is not a member of the supergroup chat');
  }
  if (threadId !== undefined && !chat.topics.has(threadId)) return bad('message thread not found');
  return null;
}

/** Why a text or its buttons are not taken; `null` when they are (Bot API: sendMessage, InlineKeyboardButton). */
export function refusalOfMessage(message: SendMessage): Refusal | null {
  const text = (message.text ?? '').trim();
  if (text === '') return bad('message text is empty');
  if (text.length > 4096) return bad('message is too long');
  if (/\p{Surrogate}/u.test(text)) return bad('strings must be encoded in UTF-8');
  const { reply_markup: markup } = message;
  if (markup !== undefined && isTooLong(markup)) return bad('reply markup is too long');
  for (const { text: label, callback_data: data, url } of markup?.inline_keyboard.flat() ?? []) {
    if (label.trim() === '') return bad('inline keyboard button text must be non-empty');
    if ((data === undefined) === (url === undefined))
      return bad('exactly one of the optional fields must be used');
    if (data !== undefined && !isIn(Buffer.byteLength(data, 'utf8'), 1, 64))
      return bad('BUTTON_DATA_INVALID');
    if (url !== undefined && !/^(https?|tg):\/\/[^\s/]/.test(url)) return bad('BUTTON_URL_INVALID');
  }
  return null;
}

/** Written nowhere; what bots run into: 100 buttons, eight in a row, 10 kB in all. */
function isTooLong(markup: NonNullable<SendMessage['reply_markup']>): boolean {
  const { inline_keyboard: rows } = markup;
  if (rows.flat().length > 100 || rows.some((row) => row.length > 8)) return true;
  return Buffer.byteLength(JSON.stringify(markup), 'utf8') > 10_000;
}

const DAY_MS = 24 * 3_600_000;

/** Why a message cannot be deleted; `null` when it can (Bot API: deleteMessage). */
export function refusalOfDeletion(world: World, chat: Chat | undefined, messageId: number): Refusal | null {
  if (chat === undefined) return bad('chat not found');
  const message = chat.messages.find((candidate) => candidate.messageId === messageId);
  if (message === undefined) return bad('message to delete not found');
  if (chat.botStatus === 'absent' || chat.botStatus === 'kicked') return refusalOfChat(chat, undefined);
  if (chat.botStatus === 'administrator') return null;
  const isForeign = chat.type === 'supergroup' && message.author !== 'bot';
  if (isForeign || world.now() - message.sentAt >= 2 * DAY_MS) return bad("message can't be deleted");
  return null;
}

const command = z.strictObject({
  command: z.string().regex(/^[a-z0-9_]{1,32}$/),
  description: z.string().min(1).max(256),
});

export const setMyCommandsSchema = z.strictObject({
  commands: z.array(command).max(100),
  language_code: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
});

export const setWebhookSchema = z.strictObject({
  url: z.url(),
  secret_token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/)
    .optional(),
  allowed_updates: z.array(z.string()).optional(),
  max_connections: z.int().min(1).max(100).optional(),
  drop_pending_updates: z.boolean().optional(),
});

function isIn(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
