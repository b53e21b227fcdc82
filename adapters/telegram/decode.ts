import {
  conversationId,
  type Decoded,
  type InboundContent,
  type InboundMessage,
  inboundId,
  type Place,
  personId,
  type ShownAuthor,
} from '../../src/model/index.js';
import { isAddressed, wordsOf } from './address.js';
import { readContent, readEdit } from './content.js';
import {
  type BotSelf,
  type TelegramChat,
  type TelegramMessage,
  type TelegramUpdate,
  type TelegramUser,
  updateSchema,
} from './update-schema.js';

/**
 * One Bot API update, as parsed JSON, to what it means. Pure, and throws for nothing: what is malformed, from a
 * bot, or none of ours is `unsupported` with a reason that holds no words of a person. What is said in groups and
 * not to us is marked as overheard.
 */
export function decode(update: unknown, self: BotSelf): Decoded {
  const parsed = updateSchema.safeParse(update);
  if (!parsed.success) return unsupported('malformed');
  const { message, edited_message: edited, callback_query: tap, my_chat_member: member } = parsed.data;
  if (message !== undefined) return decodeMessage(parsed.data, message, self);
  if (edited !== undefined) return decodeEdit(parsed.data, edited, self);
  if (tap !== undefined) return decodeTap(parsed.data, tap, self);
  if (member !== undefined) return decodeMember(parsed.data, member, self);
  return unsupported('update-type');
}

function decodeMessage(update: TelegramUpdate, message: TelegramMessage, self: BotSelf): Decoded {
  const sender = senderOf(message, self);
  if (sender.kind === 'unsupported') return sender;
  if (sender.overheard !== undefined && !hasWords(message)) return unsupported('not-addressed');
  const read = readContent(message, sender.visibility === 'public', self);
  if (read.kind === 'unsupported') return read;
  return inbound(update, self, {
    ...sender,
    ...referenceOf(message, sender.visibility),
    content: read.content,
    date: message.date,
  });
}

function decodeEdit(update: TelegramUpdate, message: TelegramMessage, self: BotSelf): Decoded {
  const sender = senderOf(message, self);
  if (sender.kind === 'unsupported') return sender;
  const content = readEdit(message, sender.visibility === 'public', self);
  // A live location that moves, a poll that closes: an edit without a word.
  if (content === null) return unsupported('edit-without-words');
  return inbound(update, self, {
    ...sender,
    ...referenceOf(message, sender.visibility),
    content,
    date: message.edit_date,
  });
}

function decodeTap(
  update: TelegramUpdate,
  tap: NonNullable<TelegramUpdate['callback_query']>,
  self: BotSelf,
): Decoded {
  if (tap.message === undefined) return unsupported('tap-without-chat');
  if (tap.data === undefined) return unsupported('tap-without-data');
  if (isBot(tap.from, self)) return unsupported('from-a-bot');
  const visibility = visibilityOf(tap.message.chat);
  if (visibility === null) return unsupported('chat-type');
  return inbound(update, self, {
    user: tap.from,
    place: placeOf(tap.message),
    visibility,
    content: { kind: 'tap', data: tap.data },
    replyVia: { kind: 'telegram-callback', token: tap.id },
  });
}

function decodeMember(
  update: TelegramUpdate,
  member: NonNullable<TelegramUpdate['my_chat_member']>,
  self: BotSelf,
): Decoded {
  // In a group it says that we were added or removed, which concerns no person.
  if (member.chat.type !== 'private') return unsupported('group-membership');
  if (isBot(member.from, self)) return unsupported('from-a-bot');
  const { status } = member.new_chat_member;
  if (status !== 'member' && status !== 'kicked') return unsupported('member-status');
  return inbound(update, self, {
    user: member.from,
    place: { channel: member.chat.id },
    visibility: 'direct',
    content: { kind: 'reachable', reachable: status === 'member' },
  });
}

interface Sender {
  readonly kind: 'sender';
  readonly user: TelegramUser;
  readonly place: Place;
  readonly visibility: InboundMessage['visibility'];
  readonly overheard?: ShownAuthor;
}

/**
 * The person of a message; what is not for us in a group is only overheard, which needs group privacy off or our being
 * an administrator.
 */
function senderOf(message: TelegramMessage, self: BotSelf): Sender | (Decoded & { kind: 'unsupported' }) {
  const visibility = visibilityOf(message.chat);
  if (visibility === null) return unsupported('chat-type');
  if (message.sender_chat !== undefined) return unsupported(whyNoPerson(message, message.sender_chat));
  if (message.from === undefined) return unsupported('no-person');
  if (isBot(message.from, self)) return unsupported('from-a-bot');
  const sender = { kind: 'sender', user: message.from, place: placeOf(message), visibility } as const;
  if (visibility === 'direct' || isAddressed(message, self)) return sender;
  return { ...sender, overheard: authorOf(message.from) };
}

/** Whether there is anything to be watched in a message that is not for us. */
function hasWords(message: TelegramMessage): boolean {
  return wordsOf(message).text !== '' || message.document !== undefined;
}

function authorOf(user: TelegramUser): ShownAuthor {
  const name = [user.first_name, user.last_name].filter((part) => part !== undefined).join(' ');
  return { name, ...(user.username === undefined ? {} : { handle: user.username }) };
}

/** Administrators and owners of channels can write without being known: there is nobody to keep a talk with. */
function whyNoPerson(message: TelegramMessage, sender: TelegramChat): string {
  if (message.is_automatic_forward === true) return 'post-of-the-channel';
  return sender.id === message.chat.id ? 'anonymous-administrator' : 'sent-as-a-channel';
}

/** How to delete a message, and in a group how to point at it. What only we see can be neither. */
function referenceOf(
  message: TelegramMessage,
  visibility: InboundMessage['visibility'],
): Pick<InboundMessage, 'messageRef' | 'replyVia'> {
  const { message_id: messageRef, ephemeral_message_id: ephemeral } = message;
  if (ephemeral !== undefined) return { replyVia: { kind: 'telegram-ephemeral', token: ephemeral } };
  if (visibility === 'direct') return { messageRef };
  return { messageRef, replyVia: { kind: 'telegram-message', token: messageRef } };
}

function inbound(
  update: TelegramUpdate,
  self: BotSelf,
  said: Pick<InboundMessage, 'visibility' | 'messageRef' | 'replyVia' | 'overheard'> & {
    readonly user: TelegramUser;
    readonly place: Place;
    readonly content: InboundContent;
    /** Seconds since 1970. */
    readonly date?: number | undefined;
  },
): Decoded {
  const { user } = said;
  return {
    kind: 'message',
    message: {
      // Update ids count per bot, so the bot belongs to the id.
      id: inboundId('telegram', self.id, update.update_id),
      platform: 'telegram',
      conversation: conversationId('telegram', said.place, user.id),
      person: personId('telegram', user.id),
      visibility: said.visibility,
      content: said.content,
      ...(said.messageRef === undefined ? {} : { messageRef: said.messageRef }),
      ...(said.replyVia === undefined ? {} : { replyVia: said.replyVia }),
      ...(said.date === undefined ? {} : { sentAt: said.date * 1000 }),
      ...(user.username === undefined || user.username === '' ? {} : { handle: user.username }),
      ...(user.language_code === undefined ? {} : { localeHint: user.language_code }),
      ...(said.overheard === undefined ? {} : { overheard: said.overheard }),
    },
  };
}

function visibilityOf(chat: TelegramChat): InboundMessage['visibility'] | null {
  if (chat.type === 'private') return 'direct';
  return chat.type === 'group' || chat.type === 'supergroup' ? 'public' : null;
}

/** Outside of forums `message_thread_id` numbers chains of replies, and nothing can be sent to those. */
function placeOf(message: Pick<TelegramMessage, 'chat' | 'message_thread_id' | 'is_topic_message'>): Place {
  const { chat, message_thread_id: thread, is_topic_message: isTopic } = message;
  return isTopic === true && thread !== undefined ? { channel: chat.id, thread } : { channel: chat.id };
}

function isBot(user: TelegramUser, self: BotSelf): boolean {
  return user.is_bot === true || user.id === self.id;
}

function unsupported(why: string): Decoded & { kind: 'unsupported' } {
  return { kind: 'unsupported', why };
}
