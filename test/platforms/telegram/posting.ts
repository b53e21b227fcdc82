import { botObject, chatObject } from './objects.js';
import type { UpdateQueue } from './update-queue.js';
import { type Entity, isForBot, type Marking, marked, marksOf } from './words.js';
import { type Chat, isIn, messageIn, type StoredMessage, type World } from './world.js';

type Shown = Readonly<Record<string, unknown>>;

/** What is written into a chat, by whom, and in answer to what. */
export interface Posting {
  readonly author: StoredMessage['author'];
  /** `from` and `sender_chat` as the Bot API shows them. */
  readonly sender: Shown;
  readonly words?: string;
  readonly field?: 'text' | 'caption';
  readonly marking?: Marking;
  /** Everything else of the message. */
  readonly content?: Shown;
  readonly topic?: number;
  readonly replyTo?: number;
  /** Only the bot and the author see it. */
  readonly ephemeral?: { readonly userId: number; readonly replyTo?: number };
}

/** Puts a message into a chat and, where the bot may see it, into its queue; returns the message id. */
export function postInto(world: World, queue: UpdateQueue, chat: Chat, posting: Posting): number {
  const { author, ephemeral, topic, words = '', field = 'text', content = {} } = posting;
  const messageId = ephemeral === undefined ? world.nextMessageId() : 0;
  const marks = marksOf(words, posting.marking);
  const repliedTo = messageIn(chat, posting.replyTo ?? topic);
  const ephemeralId = ephemeral === undefined ? null : world.nextEphemeralId();
  const raw = {
    message_id: messageId,
    ...posting.sender,
    chat: chatObject(chat),
    date: world.date(),
    ...(topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true }),
    ...(repliedTo === undefined ? {} : { reply_to_message: withoutReply(repliedTo.raw) }),
    ...(ephemeralId === null ? {} : { ephemeral_message_id: ephemeralId, receiver_user: botObject(world) }),
    ...content,
    ...marked(field, words, marks),
  };
  world.post(chat, {
    ...{ messageId, author, text: words, marks, buttons: [], raw },
    threadId: topic ?? null,
    ...(ephemeral === undefined || ephemeralId === null
      ? {}
      : { ephemeral: { id: ephemeralId, userId: ephemeral.userId } }),
  });
  const isShown = ephemeral !== undefined || isShownToBot(world, chat, author, words, marks, repliedTo);
  if (isShown) queue.add(chat.type === 'channel' ? 'channel_post' : 'message', chat.id, raw);
  return messageId;
}

/** Changes the words of a message, whoever may do that. */
export function changeWords(
  world: World,
  queue: UpdateQueue,
  chat: Chat,
  message: StoredMessage,
  words: string,
): void {
  const marks = marksOf(words);
  const field = 'text' in message.raw ? 'text' : 'caption';
  const { entities: _, caption_entities: __, ...kept } = message.raw;
  const raw = { ...kept, edit_date: world.date(), ...marked(field, words, marks) };
  world.replace(chat, message, { ...message, text: words, marks, raw, isEdited: true });
  const repliedTo = (raw as { reply_to_message?: { message_id?: number } }).reply_to_message?.message_id;
  if (isShownToBot(world, chat, message.author, words, marks, messageIn(chat, repliedTo)))
    queue.add(chat.type === 'channel' ? 'edited_channel_post' : 'edited_message', chat.id, raw);
}

/**
 * Privacy mode (core.telegram.org/bots/features#privacy-mode): commands, mentions, replies, and what Telegram itself
 * tells.
 */
function isShownToBot(
  world: World,
  chat: Chat,
  author: StoredMessage['author'],
  words: string,
  marks: readonly Entity[],
  repliedTo: StoredMessage | undefined,
): boolean {
  if (chat.type === 'private') return true;
  if (!isIn(chat)) return false;
  if (chat.type === 'channel') return chat.botStatus === 'administrator';
  if (author === 'service' || !world.bot.hasPrivacy || chat.botStatus === 'administrator') return true;
  return repliedTo?.author === 'bot' || isForBot(words, marks, world.bot);
}

/** A message inside another one shows no third one. */
export function withoutReply(raw: Shown): Shown {
  const { reply_to_message: _, ...rest } = raw;
  return rest;
}
