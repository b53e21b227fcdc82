import { readCommand, sameName } from './command.js';
import { innerWords } from './inner-words.js';
import type { BotSelf, TelegramEntity, TelegramMessage } from './update-schema.js';

/** The words of a message and their marks: its text, or the caption of its media. */
export interface Words {
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
}

/** The words of a message; an empty text when it has none. */
export function wordsOf(message: TelegramMessage): Words {
  if (message.text !== undefined) return { text: message.text, entities: message.entities ?? [] };
  if (isRich(message)) return { text: innerWords(message.rich_message), entities: [] };
  return { text: message.caption ?? '', entities: message.caption_entities ?? [] };
}

/** Whether a message is a text in blocks. */
export function isRich(message: TelegramMessage): boolean {
  return (message.rich_message ?? null) !== null;
}

/**
 * Whether a message in a group is for us: it mentions us, is a command that names us, or one of our menu that names
 * nobody, replies to a message of ours, or is for our eyes only. With group privacy switched off we are shown
 * everything else too and leave it alone.
 */
export function isAddressed(message: TelegramMessage, self: BotSelf): boolean {
  if (message.ephemeral_message_id !== undefined) return true;
  const words = wordsOf(message);
  if (words.entities.some((entity) => mentionsUs(words.text, entity, self))) return true;
  const command = readCommand(words.text, self);
  if (command.kind === 'ours' && (command.isNamed || isInMenu(command.name, self))) return true;
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

/** Of what another bot may have been meant by, only our own commands are ours. */
function isInMenu(name: string, { commands }: BotSelf): boolean {
  return commands === undefined || commands.some((command) => command.replaceAll('_', '-') === name);
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
