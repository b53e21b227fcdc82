import type { InboundContent, MediaKind } from '../../src/model/index.js';
import { isRich, withoutAddress, wordsOf } from './address.js';
import { readCommand } from './command.js';
import { startPayload } from './deep-link.js';
import { innerLinks, innerWords } from './inner-words.js';
import type { BotSelf, TelegramChat, TelegramMessage, TelegramUser } from './update-schema.js';

/** What a new message says, or the reason why it says nothing to us. */
export type ReadContent =
  | { readonly kind: 'content'; readonly content: InboundContent }
  | { readonly kind: 'unsupported'; readonly why: 'command-for-another-bot' | 'service-message' };

/** Reads a new message. `isPublic` takes our name off the front of its words. */
export function readContent(message: TelegramMessage, isPublic: boolean, self: BotSelf): ReadContent {
  const words = wordsOf(message);
  const text = isPublic ? withoutAddress(words, self) : words.text;
  if (message.text !== undefined || isRich(message)) return readText(message, text, self);
  if (message.contact !== undefined) {
    return { kind: 'content', content: { kind: 'contact', phone: message.contact.phone_number } };
  }
  const media = mediaOf(message);
  if (media === null) return { kind: 'unsupported', why: 'service-message' };
  const caption = lines(text, innerTextOf(message), ...hiddenLinksOf(message));
  return { kind: 'content', content: { kind: 'media', media, caption, fileName: fileNameOf(message) } };
}

/**
 * All words of an edited message, hidden links and file name included, because each of them may hold a secret or a
 * trap; `null` when there are none.
 */
export function readEdit(message: TelegramMessage, isPublic: boolean, self: BotSelf): InboundContent | null {
  const words = wordsOf(message);
  const text = isPublic ? withoutAddress(words, self) : words.text;
  const all = lines(text, innerTextOf(message), ...hiddenLinksOf(message), fileNameOf(message));
  return all === '' ? null : { kind: 'edit', text: all };
}

function readText(message: TelegramMessage, text: string, self: BotSelf): ReadContent {
  const forwardedFrom = forwardedFromOf(message);
  // Whoever forwards "/start" shows us something; it is not their command.
  const command = forwardedFrom === null ? readCommand(text, self) : ({ kind: 'none' } as const);
  if (command.kind === 'other-bot') return { kind: 'unsupported', why: 'command-for-another-bot' };
  if (command.kind === 'ours' && command.name !== 'start') {
    return { kind: 'content', content: { kind: 'command', name: command.name, text: command.rest } };
  }
  if (command.kind === 'ours') {
    const payload = startPayload(command.rest);
    if (payload !== null) return { kind: 'content', content: { kind: 'start', payload } };
  }
  const hiddenLinks = hiddenLinksOf(message);
  return {
    kind: 'content',
    content: {
      kind: 'text',
      // "/start" with words behind it that are no payload: the words are what was meant.
      text: command.kind === 'ours' ? command.rest : text,
      ...(forwardedFrom === null ? {} : { forwardedFrom }),
      ...(hiddenLinks.length === 0 ? {} : { hiddenLinks }),
    },
  };
}

/** What stands inside of a poll, a checklist or a place: it may hold a secret like any text. */
function innerTextOf({ poll, checklist, venue }: TelegramMessage): string {
  return lines(...[poll, checklist, venue].map(innerWords));
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** Links under other words, in blocks and, in forwarded messages of bots, under their buttons. */
function hiddenLinksOf(message: TelegramMessage): readonly string[] {
  const marked = wordsOf(message).entities.map((entity) =>
    entity.type === 'text_link' ? entity.url : undefined,
  );
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.url);
  return [...marked, ...innerLinks(message.rich_message), ...buttons].filter((url) => url !== undefined);
}

function forwardedFromOf(message: TelegramMessage): string | null {
  const origin = message.forward_origin;
  if (origin === undefined) return null;
  const source = origin.sender_user ?? origin.sender_chat ?? origin.chat;
  return source === undefined ? (origin.sender_user_name ?? '') : nameOf(source);
}

/** The handle, which can be looked up; else the name shown. */
function nameOf(source: TelegramUser | TelegramChat): string {
  if (source.username !== undefined) return `@${source.username}`;
  if ('title' in source && source.title !== undefined) return source.title;
  return [source.first_name, source.last_name].filter((part) => part !== undefined).join(' ');
}

/** In this order: an animation is sent as a document too, a venue as a location. */
const MEDIA: readonly (readonly [keyof TelegramMessage, MediaKind])[] = [
  ['photo', 'photo'],
  ['live_photo', 'photo'],
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['document', 'document'],
  ['location', 'location'],
  ['venue', 'location'],
  ['audio', 'other'],
  ['poll', 'other'],
  ['dice', 'other'],
  ['game', 'other'],
  ['story', 'other'],
  ['paid_media', 'other'],
  ['checklist', 'other'],
  ['invoice', 'other'],
  ['giveaway', 'other'],
  ['giveaway_winners', 'other'],
];

function mediaOf(message: TelegramMessage): MediaKind | null {
  return MEDIA.find(([field]) => (message[field] ?? null) !== null)?.[1] ?? null;
}

function fileNameOf(message: TelegramMessage): string {
  const file = message.document ?? message.video ?? message.audio ?? message.animation;
  return file?.file_name ?? '';
}
