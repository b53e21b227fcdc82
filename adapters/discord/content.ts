import type { InboundContent, MediaKind } from '../../src/model/index.js';
import type { BotSelf, DiscordMessage, DiscordWords } from './event-schema.js';

/** `MessageReferenceType` of a forwarded message. */
const FORWARD = 1;
/** Type of the message that opens a thread; its words are those of the message the thread was made of. */
export const THREAD_STARTER = 21;
/** `IS_VOICE_MESSAGE` of a message's flags. */
const VOICE = 1 << 13;
/** `[words](address "title")`. Bounded, and no part can give characters to the next: no text makes it slow. */
const MASKED_LINK =
  /\[([^\]\n]{1,300})\]\(\s{0,5}<?(https?:\/\/[^\s)>]{1,2000})>?(?:\s{1,5}"[^"\n]{0,100}")?\s{0,5}\)/gi;
const MENTION = /<@!?(\d{1,20})>/g;

/** What a new message says. `isPublic` takes our name off the front of its words. */
export function readContent(message: DiscordMessage, isPublic: boolean, self: BotSelf): InboundContent {
  const forwarded = forwardedOf(message);
  const said = forwarded ?? wordsOf(message);
  const media = mediaOf(message, said);
  const text = textOf(said, isPublic, self);
  const plain = text.replace(MASKED_LINK, '$1');
  const hiddenLinks = [...text.matchAll(MASKED_LINK)].map(([, , url = '']) => url);
  if (media !== null) return { kind: 'media', media, caption: text, fileName: fileNamesOf(said) };
  return {
    kind: 'text',
    text: plain,
    // Discord does not say whose message was forwarded.
    ...(forwarded === null ? {} : { forwardedFrom: '' }),
    ...(hiddenLinks.length === 0 ? {} : { hiddenLinks }),
  };
}

/** All words of an edited message, those of its files included, because each may hold a secret; `null` for none. */
export function readEdit(message: DiscordMessage, isPublic: boolean, self: BotSelf): InboundContent | null {
  const said = forwardedOf(message) ?? wordsOf(message);
  const all = [textOf(said, isPublic, self), fileNamesOf(said)].filter((part) => part !== '').join('\n');
  return all === '' ? null : { kind: 'edit', text: all };
}

/** The words that are meant: the message's own, or those a thread was made of. */
export function wordsOf(message: DiscordMessage): DiscordWords {
  return message.type === THREAD_STARTER ? (message.referenced_message ?? message) : message;
}

function forwardedOf(message: DiscordMessage): DiscordWords | null {
  if (message.message_reference?.type !== FORWARD) return null;
  return message.message_snapshots[0]?.message ?? null;
}

/** A text as people see it: mentions by name, without ours at the front; the words of embeds below. */
function textOf(said: DiscordWords, isPublic: boolean, self: BotSelf): string {
  const address = new RegExp(`^(?:\\s*<@!?${self.id}>)+[\\s,:;，：；、]*`, 'u');
  const own = isPublic ? said.content.replace(address, '') : said.content;
  const named = own.replace(MENTION, (mention, id: string) => {
    const name = said.mentions.find((user) => user.id === id)?.username;
    return name === undefined ? mention : `@${name}`;
  });
  // Links of one's own show as embeds too; only those of others (a forwarded bot's) say anything new.
  const embeds = said.embeds.flatMap(({ title, description, url }) => [title, description, url]);
  const fresh = embeds.flatMap((words) =>
    typeof words === 'string' && words !== '' && !named.includes(words) ? [words] : [],
  );
  return [named, ...fresh].filter((part) => part !== '').join('\n');
}

function mediaOf(message: DiscordMessage, said: DiscordWords): MediaKind | null {
  if ((said.flags & VOICE) !== 0) return 'voice';
  const [file] = said.attachments;
  if (file !== undefined) {
    const kind = file.content_type?.split('/', 1)[0];
    if (kind === 'image') return 'photo';
    if (kind === 'video') return 'video';
    return kind === 'audio' ? 'other' : 'document';
  }
  if (said.sticker_items.length > 0) return 'sticker';
  return (message.poll ?? null) === null ? null : 'other';
}

/** Names, titles and descriptions of all files, each on its line. */
function fileNamesOf(said: DiscordWords): string {
  return said.attachments
    .flatMap(({ filename, title, description }) => [filename, title, description])
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n');
}
