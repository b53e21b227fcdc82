import { z } from 'zod';

/**
 * The parts of a Bot API `Update` that are used; unknown fields are dropped. Ids are read as safe integers
 * (Telegram promises at most 52 significant bits) and become strings at once.
 */
const id = z.int().transform(String);

const user = z.object({
  id,
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chat = z.object({
  id,
  type: z.string(),
  title: z.string().optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
});

const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: z.string().optional(),
  user: user.optional(),
});

const forwardOrigin = z.object({
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: chat.optional(),
  chat: chat.optional(),
});

const file = z.object({ file_name: z.string().optional() });
/** Only whether it is there. */
const present = z.unknown().optional();

const message = z.object({
  message_id: id,
  /** Seconds since 1970. */
  date: z.int().nonnegative().optional(),
  edit_date: z.int().nonnegative().optional(),
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  from: user.optional(),
  sender_chat: chat.optional(),
  chat,
  reply_to_message: z.object({ from: user.optional(), forum_topic_created: present }).optional(),
  forward_origin: forwardOrigin.optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  reply_markup: z
    .object({
      inline_keyboard: z.array(z.array(z.object({ url: z.string().optional() }))).optional(),
    })
    .optional(),
  contact: z.object({ phone_number: z.string() }).optional(),
  document: file.optional(),
  video: file.optional(),
  audio: file.optional(),
  animation: file.optional(),
  photo: present,
  sticker: present,
  voice: present,
  video_note: present,
  location: present,
  venue: present,
  poll: present,
  dice: present,
  game: present,
  story: present,
  paid_media: present,
  checklist: present,
});

const callbackQuery = z.object({
  id: z.string().min(1),
  from: user,
  /** Absent for messages sent in inline mode; only `chat` is left of one that is too old. */
  message: z
    .object({ chat, message_thread_id: id.optional(), is_topic_message: z.boolean().optional() })
    .optional(),
  data: z.string().optional(),
});

const chatMember = z.object({
  chat,
  from: user,
  new_chat_member: z.object({ status: z.string() }),
});

/** A Bot API update, as far as we read it (core.telegram.org/bots/api#update). */
export const updateSchema = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: chatMember.optional(),
});

export type TelegramUser = z.infer<typeof user>;
export type TelegramChat = z.infer<typeof chat>;
export type TelegramEntity = z.infer<typeof entity>;
export type TelegramMessage = z.infer<typeof message>;
export type TelegramUpdate = z.infer<typeof updateSchema>;

/** The envelope alone: enough to confirm an update that cannot be read otherwise. */
export const updateIdSchema = z.object({ update_id: z.int() });

/** Our own account, from `getMe`. */
export const selfSchema = z.object({ id, username: z.string().min(1) });
/** The bot as the decoder needs it: user id and user name without `@`. */
export type BotSelf = Readonly<z.infer<typeof selfSchema>>;
