import type { Message, Update } from 'telegraf/types';

type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** What becomes of an update: it is read, or acknowledged and left alone. */
type Fate = 'read' | 'left alone';

/** Every kind of update that telegraf's types know; a new one does not compile until it stands here. */
export const UPDATES = {
  message: 'read',
  edited_message: 'read',
  callback_query: 'read',
  my_chat_member: 'read',
  channel_post: 'left alone',
  edited_channel_post: 'left alone',
  chat_boost: 'left alone',
  chat_join_request: 'left alone',
  chat_member: 'left alone',
  chosen_inline_result: 'left alone',
  inline_query: 'left alone',
  message_reaction: 'left alone',
  message_reaction_count: 'left alone',
  poll: 'left alone',
  poll_answer: 'left alone',
  pre_checkout_query: 'left alone',
  removed_chat_boost: 'left alone',
  shipping_query: 'left alone',
} as const satisfies Record<Exclude<KeyOf<Update>, 'update_id'>, Fate>;

/** Newer kinds (core.telegram.org/bots/api#update). */
export const NEWER_UPDATES = [
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'managed_bot',
  'purchased_paid_media',
  'a_kind_of_next_year',
] as const;

/** Every field of a message: it says who, where and when (`about`), or what; a `service` message is left alone. */
export const MESSAGE_FIELDS = {
  animation: 'content',
  audio: 'content',
  author_signature: 'about',
  boost_added: 'service',
  caption: 'words',
  caption_entities: 'words',
  channel_chat_created: 'service',
  chat: 'about',
  chat_shared: 'service',
  connected_website: 'service',
  contact: 'content',
  date: 'about',
  delete_chat_photo: 'service',
  dice: 'content',
  document: 'content',
  edit_date: 'about',
  entities: 'words',
  external_reply: 'about',
  forum_topic_closed: 'service',
  forum_topic_created: 'service',
  forum_topic_edited: 'service',
  forum_topic_reopened: 'service',
  forward_origin: 'about',
  from: 'about',
  game: 'content',
  general_forum_topic_hidden: 'service',
  general_forum_topic_unhidden: 'service',
  giveaway: 'content',
  giveaway_completed: 'service',
  giveaway_created: 'service',
  giveaway_winners: 'content',
  group_chat_created: 'service',
  has_media_spoiler: 'about',
  has_protected_content: 'about',
  invoice: 'content',
  is_automatic_forward: 'about',
  is_topic_message: 'about',
  left_chat_member: 'service',
  link_preview_options: 'about',
  location: 'content',
  media_group_id: 'about',
  message_auto_delete_timer_changed: 'service',
  message_id: 'about',
  message_thread_id: 'about',
  migrate_from_chat_id: 'service',
  migrate_to_chat_id: 'service',
  new_chat_members: 'service',
  new_chat_photo: 'service',
  new_chat_title: 'service',
  passport_data: 'service',
  photo: 'content',
  pinned_message: 'service',
  poll: 'content',
  proximity_alert_triggered: 'service',
  quote: 'about',
  reply_markup: 'about',
  reply_to_message: 'about',
  reply_to_story: 'about',
  sender_boost_count: 'about',
  sender_chat: 'about',
  sticker: 'content',
  story: 'content',
  successful_payment: 'service',
  supergroup_chat_created: 'service',
  text: 'words',
  users_shared: 'service',
  venue: 'content',
  via_bot: 'about',
  video: 'content',
  video_chat_ended: 'service',
  video_chat_participants_invited: 'service',
  video_chat_scheduled: 'service',
  video_chat_started: 'service',
  video_note: 'content',
  voice: 'content',
  web_app_data: 'service',
  write_access_allowed: 'service',
} as const satisfies Record<KeyOf<Message>, 'about' | 'words' | 'content' | 'service'>;

const ann = { id: 42, is_bot: false, first_name: 'Ann', username: 'ann_a', language_code: 'en' };
const chat = { id: 42, type: 'private', first_name: 'Ann' };
const group = { id: -1_001_000_000_001, type: 'supergroup', title: 'Wallet talk', is_forum: true };
const message = { message_id: 7, from: ann, chat, date: 1_772_355_600 };

/** A message without content of its own. */
export const BARE_MESSAGE = message;

/** Updates as Telegram sends them. */
export const VALID_UPDATES: readonly unknown[] = [
  {
    update_id: 1,
    message: {
      ...message,
      text: '/start f_mail-missing',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    },
  },
  {
    update_id: 2,
    message: {
      ...message,
      chat: group,
      message_thread_id: 5,
      is_topic_message: true,
      reply_to_message: { ...message, from: { id: 900, is_bot: true, first_name: 'L' } },
      text: '@LifelineTestBot is https://wallet.example right?',
      entities: [
        { type: 'mention', offset: 0, length: 16 },
        { type: 'text_link', offset: 20, length: 22, url: 'https://evil.example/' },
        { type: 'text_mention', offset: 0, length: 1, user: ann },
      ],
    },
  },
  {
    update_id: 3,
    message: {
      ...message,
      forward_origin: { type: 'user', date: 1, sender_user: ann },
      photo: [{ file_id: 'A', file_unique_id: 'B', width: 1, height: 1 }],
      document: { file_id: 'A', file_name: 'phrase.txt' },
      caption: 'my phrase',
      caption_entities: [{ type: 'bold', offset: 0, length: 2 }],
      reply_markup: { inline_keyboard: [[{ text: 'x', url: 'https://wallet.example' }]] },
    },
  },
  { update_id: 4, edited_message: { ...message, edit_date: 1_772_355_700, text: 'changed' } },
  {
    update_id: 5,
    callback_query: {
      id: '4382900001',
      from: ann,
      message: { ...message, text: 'Where?' },
      chat_instance: '-3456',
      data: '1.0.AbCdEfGhIj',
    },
  },
  {
    update_id: 6,
    my_chat_member: {
      chat,
      from: ann,
      date: 1,
      old_chat_member: { user: ann, status: 'member' },
      new_chat_member: { user: ann, status: 'kicked' },
    },
  },
];
