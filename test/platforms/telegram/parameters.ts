import { z } from 'zod';

/** Parameters that are known here; any other is refused, so that nothing is sent unnoticed. */
const button = z.strictObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});
const entity = z.looseObject({ type: z.string(), offset: z.int(), length: z.int() });
const chatId = z.union([z.int(), z.string()]);
const inlineKeyboard = z.strictObject({ inline_keyboard: z.array(z.array(button)) });

const words = {
  text: z.string().optional(),
  parse_mode: z.literal('HTML').optional(),
  entities: z.array(entity).optional(),
  link_preview_options: z.strictObject({ is_disabled: z.boolean().optional() }).optional(),
  reply_markup: inlineKeyboard.optional(),
};
export type Words = z.infer<z.ZodObject<typeof words>>;

export const SEND_MESSAGE = z.strictObject({
  chat_id: chatId,
  message_thread_id: z.int().optional(),
  ...words,
  disable_notification: z.boolean().optional(),
  protect_content: z.boolean().optional(),
  reply_parameters: z
    .strictObject({
      message_id: z.int().optional(),
      ephemeral_message_id: z.int().optional(),
      allow_sending_without_reply: z.boolean().optional(),
    })
    .optional(),
  ephemeral_message_parameters: z
    .strictObject({ receiver_user_id: z.int(), callback_query_id: z.string().optional() })
    .optional(),
});
export type SendMessage = z.infer<typeof SEND_MESSAGE>;

export const EDIT_TEXT = z.strictObject({ chat_id: chatId, message_id: z.int(), ...words });
export const EDIT_BUTTONS = z.strictObject({
  chat_id: chatId,
  message_id: z.int(),
  reply_markup: inlineKeyboard.optional(),
});
const ephemeral = { chat_id: chatId, receiver_user_id: z.int(), ephemeral_message_id: z.int() };
export const EDIT_EPHEMERAL_TEXT = z.strictObject({ ...ephemeral, ...words });
export const DELETE_EPHEMERAL = z.strictObject(ephemeral);
export const DELETE = z.strictObject({ chat_id: chatId, message_id: z.int() });
export const DELETE_SEVERAL = z.strictObject({
  chat_id: chatId,
  message_ids: z.array(z.int()).min(1).max(100),
});
export const CHAT = z.strictObject({ chat_id: chatId });
export const CHAT_MEMBER = z.strictObject({ chat_id: chatId, user_id: z.int() });
export const CHAT_ACTION = z.strictObject({
  chat_id: chatId,
  message_thread_id: z.int().optional(),
  action: z.string(),
});
export const ANSWER_TAP = z.strictObject({
  callback_query_id: z.string(),
  text: z.string().optional(),
  show_alert: z.boolean().optional(),
});

export const GET_UPDATES = z.strictObject({
  offset: z.int().optional(),
  limit: z.int().min(1).max(100).optional(),
  timeout: z.int().nonnegative().optional(),
  allowed_updates: z.array(z.string()).optional(),
});
export const SET_WEBHOOK = z.strictObject({
  url: z.url(),
  secret_token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/)
    .optional(),
  allowed_updates: z.array(z.string()).optional(),
  max_connections: z.int().min(1).max(100).optional(),
  drop_pending_updates: z.boolean().optional(),
});
export const DELETE_WEBHOOK = z.strictObject({ drop_pending_updates: z.boolean().optional() });

const menu = {
  language_code: z
    .string()
    .regex(/^([a-z]{2})?$/)
    .optional(),
  scope: z.strictObject({ type: z.enum(['default', 'all_group_chats']) }).optional(),
};
export const MENU = z.strictObject(menu);
export const SET_MENU = z.strictObject({
  ...menu,
  commands: z
    .array(
      z.strictObject({
        command: z.string().regex(/^[a-z0-9_]{1,32}$/),
        description: z.string().min(1).max(256),
        is_ephemeral: z.boolean().optional(),
      }),
    )
    .max(100),
});
