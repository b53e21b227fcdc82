import type { InboundContent, MediaKind } from '../../src/model/index.js';
import type { BotSelf, SlackMessage } from './event-schema.js';
import { type ReadText, readText, withoutMention } from './read-text.js';

/** Parts of a message that can carry words. */
type Words = Pick<SlackMessage, 'text' | 'files' | 'attachments'>;

/** What a new message says, without our name at its front. */
export function readContent(message: Words, self: BotSelf): InboundContent {
  const own = readOwn(message, self);
  const files = message.files ?? [];
  if (files.length > 0) {
    const media = mediaOf(files[0] ?? {});
    const caption = [own.text, ...own.hiddenLinks].filter((part) => part !== '').join('\n');
    return { kind: 'media', media, caption, fileName: fileNames(message) };
  }
  const shared = sharedOf(message);
  const words = [own.text, ...shared.map((one) => readText(one.text ?? '', self).text)];
  const from = shared[0]?.author_name;
  const hiddenLinks = [
    ...own.hiddenLinks,
    ...shared.flatMap((one) => readText(one.text ?? '', self).hiddenLinks),
  ];
  return {
    kind: 'text',
    text: words.filter((part) => part !== '').join('\n'),
    ...(shared.length === 0 ? {} : { forwardedFrom: from ?? '' }),
    ...(hiddenLinks.length === 0 ? {} : { hiddenLinks }),
  };
}

/**
 * All words of an edited message, file names included, because each of them may hold a secret; `null` when there are
 * none.
 */
export function readEdit(message: Words, self: BotSelf): InboundContent | null {
  const own = readOwn(message, self);
  const shared = sharedOf(message).map((one) => readText(one.text ?? '', self).text);
  const all = [own.text, ...own.hiddenLinks, ...shared, fileNames(message)];
  const text = all.filter((part) => part !== '').join('\n');
  return text === '' ? null : { kind: 'edit', text };
}

function readOwn({ text }: Words, self: BotSelf): ReadText {
  return readText(withoutMention(text ?? '', self.userId), self);
}

/** Messages of others that are shown along; a preview of a link is none. */
function sharedOf({ attachments }: Words): NonNullable<SlackMessage['attachments']> {
  return (attachments ?? []).filter(
    ({ is_share, is_msg_unfurl }) => is_share === true || is_msg_unfurl === true,
  );
}

/** Names and titles, each once: people write into both. */
function fileNames({ files }: Words): string {
  const names = (files ?? []).flatMap(({ name, title }) => [name, title]);
  return [...new Set(names.filter((name) => name !== undefined && name !== null && name !== ''))].join('\n');
}

function mediaOf(file: NonNullable<SlackMessage['files']>[number]): MediaKind {
  if (file.subtype === 'slack_audio') return 'voice';
  const kind = (file.mimetype ?? '').split('/', 1)[0];
  if (kind === 'image') return 'photo';
  if (kind === 'video') return 'video';
  return kind === 'audio' ? 'other' : 'document';
}
