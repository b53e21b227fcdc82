import {
  conversationId,
  type Decoded,
  type InboundMessage,
  inboundId,
  type Place,
  personId,
  type ShownAuthor,
} from '../../src/model/index.js';
import type { BotSelf, SlackMessage } from './event-schema.js';
import { isDirect, isDirectChannel } from './place.js';
import { mentions } from './read-text.js';

/** Subtypes that are written by people; all others say what happened in a channel. */
const WRITTEN: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'me_message',
  'thread_broadcast',
]);

/** Whether a person wrote a message, and Slack did not say it of a channel. */
export function isWritten({ subtype }: Pick<SlackMessage, 'subtype'>): boolean {
  return WRITTEN.has(subtype);
}

export interface Sender {
  readonly kind: 'sender';
  readonly user: string;
  readonly place: Place;
  readonly visibility: InboundMessage['visibility'];
  readonly overheard?: ShownAuthor;
}

/** Slack says of a message who wrote it by an id only. */
const NAMELESS: ShownAuthor = { name: '' };

/**
 * The person of a message. What does not mention us in a channel is overheard, which the events `message.channels` and
 * `.groups` bring.
 */
export function senderOf(
  message: Pick<SlackMessage, 'user' | 'bot_id' | 'text' | 'ts' | 'thread_ts' | 'subtype'>,
  channel: string,
  self: BotSelf,
): Sender | (Decoded & { kind: 'unsupported' }) {
  const { user, bot_id: botId } = message;
  if (
    user === self.userId ||
    user === 'USLACKBOT' ||
    (botId ?? '') !== '' ||
    message.subtype === 'bot_message'
  )
    return unsupported('from-a-bot');
  if (user === undefined) return unsupported('no-person');
  // What mentions us in a channel is answered below it, in a thread that it opens where it stands in none.
  const thread = isDirectChannel(channel) ? message.thread_ts : (message.thread_ts ?? message.ts);
  const place = placeOf(channel, thread, user);
  const visibility = isDirect(place, user) ? 'direct' : 'public';
  const sender = { kind: 'sender', user, place, visibility } as const;
  if (visibility === 'direct' || mentions(message.text ?? '', self.userId)) return sender;
  return { ...sender, overheard: NAMELESS };
}

/** Where something was said. A direct channel is named by its person. */
export function placeOf(channel: string, thread: string | undefined, user: string): Place {
  const where = isDirectChannel(channel) ? user : channel;
  return thread === undefined ? { channel: where } : { channel: where, thread };
}

/** A message from its parts; `id` is what the same thing sent again has in common. */
export function inbound(
  id: readonly string[],
  said: Pick<
    InboundMessage,
    'visibility' | 'messageRef' | 'replyVia' | 'content' | 'sentAt' | 'overheard'
  > & {
    readonly user: string;
    readonly place: Place;
    /** The person's own name, where Slack tells it. */
    readonly handle?: string | undefined;
  },
): Decoded {
  const { user, place, visibility, content, sentAt, messageRef, replyVia, handle, overheard } = said;
  return {
    kind: 'message',
    message: {
      id: inboundId('slack', ...id),
      platform: 'slack',
      conversation: conversationId('slack', place, user),
      person: personId('slack', user),
      visibility,
      content,
      ...(messageRef === undefined ? {} : { messageRef }),
      ...(replyVia === undefined ? {} : { replyVia }),
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(handle === undefined || handle === '' ? {} : { handle }),
      ...(overheard === undefined ? {} : { overheard }),
    },
  };
}

/** A time stamp of Slack is seconds since 1970, with a counter behind the point. */
export function millis(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

/** The reason why something is none of ours; holds no words of a person. */
export function unsupported(why: string): Decoded & { kind: 'unsupported' } {
  return { kind: 'unsupported', why };
}
