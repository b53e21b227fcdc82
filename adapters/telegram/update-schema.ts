import { z } from 'zod';

/**
 * The parts of a Bot API `Update` that are used; unknown fields are dropped. Ids are read as safe integers
 * (Telegram promises at most 52 significant bits) and become strings at once.
 */
const id = z.int().transform(String);
/** Messages and threads are counted from 1; of the chats alone, groups have ids below zero. */
const counted = z.int().min(0).max(999_999_999_999_999).transform(String);

/** What is nice to have: of another form than expected, it counts as absent, and the rest of the update is read. */
const maybe = <Type extends z.ZodType>(type: Type) => type.optional().catch(undefined);
const words = maybe(z.string());

const user = z.object({
  id,
  is_bot: z.boolean().optional(),
  first_name: words,
  last_name: words,
  username: words,
  language_code: words,
});

const chat = z.object({
  id,
  type: z.string(),
  title: words,
  username: words,
  first_name: words,
  last_name: words,
});

const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: words,
  user: maybe(user),
});
const entities = maybe(z.array(z.unknown())).transform((all) =>
  all?.flatMap((one) => entity.safeParse(one).data ?? []),
);

const forwardOrigin = z.object({
  sender_user: maybe(user),
  sender_user_name: words,
  sender_chat: maybe(chat),
  chat: maybe(chat),
});

const file = maybe(z.object({ file_name: words }));
/** Only whether it is there. */
const present = z.unknown().optional();

const message = z.object({
  /** 0 for what only one member of a group sees. */
  message_id: counted,
  ephemeral_message_id: maybe(counted),
  /** Seconds since 1970. */
  date: maybe(z.int().nonnegative()),
  edit_date: maybe(z.int().nonnegative()),
  message_thread_id: maybe(counted),
  is_topic_message: maybe(z.boolean()),
  from: user.optional(),
  sender_chat: chat.optional(),
  is_automatic_forward: maybe(z.boolean()),
  chat,
  reply_to_message: maybe(z.object({ from: maybe(user), forum_topic_created: present })),
  /** Of a form we do not know it is a forward all the same. */
  forward_origin: forwardOrigin.optional().catch({}),
  text: words,
  entities,
  caption: words,
  caption_entities: entities,
  reply_markup: maybe(z.object({ inline_keyboard: maybe(z.array(z.array(z.object({ url: words })))) })),
  contact: maybe(z.object({ phone_number: z.string() })),
  document: file,
  video: file,
  audio: file,
  animation: file,
  /** Text in blocks (Bot API 10.1). */
  rich_message: present,
  photo: present,
  live_photo: present,
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
  invoice: present,
  giveaway: present,
  giveaway_winners: present,
});

const callbackQuery = z.object({
  id: z.string().min(1),
  from: user,
  /** Absent for messages sent in inline mode; only `chat` is left of one that is too old. */
  message: z
    .object({ chat, message_thread_id: maybe(counted), is_topic_message: maybe(z.boolean()) })
    .optional(),
  data: z.string().optional(),
});

const chatMember = z.object({
  chat,
  from: user,
  new_chat_member: z.object({ status: z.string() }),
});

/** What we are in a group: an answer of `getChatMember`, or the news of a change. */
export const membershipSchema = z.object({ status: z.string(), can_delete_messages: maybe(z.boolean()) });

/** The news that what we are in a chat has changed. */
export const membershipUpdateSchema = z.object({
  my_chat_member: z.object({ chat, new_chat_member: membershipSchema }),
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
/** The bot as the decoder needs it: user id, user name without `@`, and the commands of its menu. */
export interface BotSelf {
  readonly id: string;
  readonly username: string;
  /** Without them any command is one of ours. */
  readonly commands?: readonly string[];
}
