import { readCommand, sameName } from './command.js';
import type { BotSelf, TelegramEntity, TelegramMessage } from './update-schema.js';

/** The words of a message and their marks: its text, or the caption of its media. */
export interface Words {
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
}

/** The words of a message; an empty text when it has none. */
export function wordsOf(message: TelegramMessage): Words {
  if (message.text !== undefined) return { text: message.text, entities: message.entities ?? [] };
  return { text: message.caption ?? '', entities: message.caption_entities ?? [] };
}

/**
 * Whether a message in a group is for us: it mentions us, is a command that names no other bot, or replies to a
 * message of ours. With group privacy switched off we are shown everything else too and leave it alone.
 */
export function isAddressed(message: TelegramMessage, self: BotSelf): boolean {
  const words = wordsOf(message);
  if (words.entities.some((entity) => mentionsUs(words.text, entity, self))) return true;
  if (readCommand(words.text, self).kind === 'ours') return true;
  // Every message of a forum topic "replies" to the service message that opened the topic.
  const repliedTo = message.reply_to_message;
  return repliedTo?.from?.id === self.id && (repliedTo.forum_topic_created ?? null) === null;
}

/**
 * The text without a mention of us at its start: `@bot, hello` is `hello`. A mention further in stays, because it
 * may be what the question is about.
 */
export function withoutAddress(words: Words, self: BotSelf): string {
  const address = words.entities.find(
    (entity) =>
      entity.type !== 'bot_command' &&
      words.text.slice(0, entity.offset).trim() === '' &&
      mentionsUs(words.text, entity, self),
  );
  if (address === undefined) return words.text;
  return words.text.slice(address.offset + address.length).replace(/^[\s,:;，：；、]+/u, '');
}

function mentionsUs(text: string, entity: TelegramEntity, self: BotSelf): boolean {
  const marked = text.slice(entity.offset, entity.offset + entity.length);
  switch (entity.type) {
    case 'mention':
      return sameName(marked, `@${self.username}`);
    case 'text_mention':
      return entity.user?.id === self.id;
    case 'bot_command':
      return sameName(marked.slice(marked.indexOf('@')), `@${self.username}`);
    default:
      return false;
  }
}
