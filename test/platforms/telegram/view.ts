import type { Entity } from './words.js';
import type { Chat, InlineButton, StoredMessage } from './world.js';

/** A message as a person sees it. */
export interface SeenMessage {
  /** 0 for one that only this person sees. */
  readonly messageId: number;
  readonly from: 'bot' | 'user';
  readonly text: string;
  readonly buttons: readonly InlineButton[];
  readonly threadId: number | null;
  /** Epoch ms. */
  readonly sentAt: number;
  readonly isEdited: boolean;
  /** Nobody else in the group sees it. */
  readonly ephemeral: boolean;
  /** The number of one that nobody else sees. */
  readonly ephemeralId: number | null;
  /** What stands out in the text: links, mentions, commands, formatting. */
  readonly marks: readonly Entity[];
  /** The message it answers; `null` for none, or one that is gone. */
  readonly replyTo: number | null;
}

/** What one person sees in a chat, oldest first, without the first `from` of it; what was deleted is gone. */
export function seenBy(userId: number, chat: Chat, from: number, topic?: number): readonly SeenMessage[] {
  return chat.messages
    .filter((message) => isSeenBy(userId, message) && (topic === undefined || message.threadId === topic))
    .slice(from)
    .map((message) => seen(chat, message));
}

/** Whether a person sees a message as one: what Telegram itself tells stands between the messages. */
export function isSeenBy(userId: number, { author, ephemeral }: StoredMessage): boolean {
  return author !== 'service' && (ephemeral === undefined || ephemeral.userId === userId);
}

function seen(chat: Chat, message: StoredMessage): SeenMessage {
  const { messageId, author, text, buttons, threadId, sentAt, isEdited = false, marks } = message;
  const { reply_to_message: answered } = message.raw as { reply_to_message?: { message_id: number } };
  const repliedTo = chat.messages.find((one) => one.messageId === answered?.message_id);
  return {
    messageId,
    from: author === 'bot' ? 'bot' : 'user',
    text,
    buttons: buttons.flat(),
    threadId,
    sentAt,
    isEdited,
    ephemeral: message.ephemeral !== undefined,
    ephemeralId: message.ephemeral?.id ?? null,
    marks,
    replyTo: repliedTo === undefined || repliedTo.author === 'service' ? null : repliedTo.messageId,
  };
}
