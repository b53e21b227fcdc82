import type { Decoded, InboundContent, InboundMessage, Place } from '../../src/model/index.js';
import { readContent, readEdit } from './content.js';
import {
  assistantStartedSchema,
  type BotSelf,
  changedSchema,
  eventSchema,
  messageSchema,
  type SlackCommand,
  type SlackTap,
  slashSchema,
  tapSchema,
} from './event-schema.js';
import { RESPONSE_URL_MS } from './limits.js';
import { isDirect, placeOfBlock } from './place.js';
import { readText } from './read-text.js';
import { inbound, isWritten, millis, placeOf, senderOf, unsupported } from './sender.js';

/** Marks the value of a button that opens the direct chat; a tap's own value begins with a digit. */
export const OPEN_PREFIX = 'open:';

/**
 * One payload of Slack (event, tap or slash command), as parsed JSON, to what it means. Pure, and throws for nothing:
 * what is malformed, from a bot, or none of ours is `unsupported` with a reason that holds no words of a person. What
 * is said in channels and does not mention us is marked as overheard; each thread is a place of its own. `at` (epoch
 * ms) is when it arrived: Slack does not date commands.
 */
export function decode(body: unknown, self: BotSelf, at: number): Decoded {
  const event = eventSchema.safeParse(body);
  if (event.success) return decodeEvent(event.data.event, self);
  const tap = tapSchema.safeParse(body);
  if (tap.success) return decodeTap(tap.data, self, at);
  const command = slashSchema.safeParse(body);
  if (command.success) return decodeCommand(command.data, self, at);
  return unsupported(isObject(body) && typeof body.type === 'string' ? 'payload-type' : 'malformed');
}

function decodeEvent(
  event: { readonly type: string; readonly subtype?: string | undefined },
  self: BotSelf,
): Decoded {
  switch (event.type) {
    case 'message':
    case 'app_mention':
      return event.subtype === 'message_changed' ? decodeChange(event, self) : decodeMessage(event, self);
    case 'assistant_thread_started':
      return decodeAssistant(event, self);
    default:
      return unsupported('event-type');
  }
}

function decodeMessage(event: unknown, self: BotSelf): Decoded {
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success) return unsupported('malformed');
  const message = parsed.data;
  const sender = senderOf(message, message.channel, self);
  if (sender.kind === 'unsupported') return sender;
  if (!isWritten(message)) return unsupported('message-subtype');
  // "app_mention" and "message" are two events of one text: the channel and the time stamp are what they share.
  return inbound([message.channel, message.ts], {
    ...sender,
    content: readContent(message, self),
    messageRef: message.ts,
    sentAt: millis(message.ts),
  });
}

/** An edit. Slack says the same of a link preview that was added, with the text unchanged. */
function decodeChange(event: unknown, self: BotSelf): Decoded {
  const parsed = changedSchema.safeParse(event);
  if (!parsed.success) return unsupported('malformed');
  const { channel, channel_type, message, previous_message: before } = parsed.data;
  const { edited } = message;
  const sender = senderOf(
    { ...message, ...(channel_type === undefined ? {} : { channel_type }) },
    channel,
    self,
  );
  if (sender.kind === 'unsupported') return sender;
  // The title of a thread of the assistant is a message that changes.
  if (!isWritten(message)) return unsupported('message-subtype');
  if (edited === undefined || message.text === before?.text) return unsupported('not-an-edit');
  const content = readEdit(message, self);
  if (content === null) return unsupported('edit-without-words');
  return inbound([channel, message.ts, edited.ts], {
    ...sender,
    content,
    messageRef: message.ts,
    sentAt: millis(edited.ts),
  });
}

function decodeAssistant(event: unknown, self: BotSelf): Decoded {
  const parsed = assistantStartedSchema.safeParse(event);
  if (!parsed.success) return unsupported('malformed');
  const { user_id: user, channel_id: channel, thread_ts: thread } = parsed.data.assistant_thread;
  if (user === self.userId) return unsupported('from-a-bot');
  return inbound([channel, thread, 'opened'], {
    user,
    place: { channel: user, thread },
    visibility: 'direct',
    content: { kind: 'start', payload: '', resume: true },
    sentAt: millis(thread),
  });
}

function decodeTap(tap: SlackTap, self: BotSelf, at: number): Decoded {
  const [action] = tap.actions;
  const { id: user, username: handle } = tap.user;
  const channel = tap.channel?.id ?? tap.container?.channel_id;
  if (user === self.userId) return unsupported('from-a-bot');
  // Buttons that open an address report their click too.
  if (action?.value === undefined || action.value === '') return unsupported('tap-without-data');
  const { value, action_ts: ts } = action;
  const id = ['tap', channel ?? '', ts, user];
  if (value.startsWith(OPEN_PREFIX)) {
    const content = { kind: 'start', payload: value.slice(OPEN_PREFIX.length) } as const;
    const place = { channel: user };
    return inbound(id, { user, handle, place, visibility: 'direct', content, sentAt: millis(ts) });
  }
  const thread = tap.container?.thread_ts ?? tap.message?.thread_ts;
  const where =
    placeOfBlock(action.block_id) ?? (channel === undefined ? null : placeOf(channel, thread, user));
  if (where === null) return unsupported('tap-without-channel');
  return inbound(id, {
    user,
    handle,
    place: where,
    ...answeredVia(where, user, tap.response_url, self, at),
    content: { kind: 'tap', data: value },
    sentAt: millis(ts),
  });
}

function decodeCommand(command: SlackCommand, self: BotSelf, at: number): Decoded {
  const { user_id: user, channel_id: channel, trigger_id: trigger } = command;
  const place = placeOf(channel, undefined, user);
  return inbound(['command', trigger], {
    user,
    handle: command.user_name,
    place,
    ...answeredVia(place, user, command.response_url, self, at),
    content: commandContent(command.text, self),
    sentAt: at,
  });
}

/** A single word that is a command's name, a language with its name, nothing at all, or what the person wants. */
function commandContent(wire: string, self: BotSelf): InboundContent {
  const { text, hiddenLinks } = readText(wire.trim(), self);
  if (text === '') return { kind: 'start', payload: '', resume: true };
  const [first = '', second = '', ...more] = text.split(/\s+/);
  const name = first.toLowerCase();
  const isAlone = second === '' || (name === 'language' && more.length === 0);
  if (isAlone && self.commands.includes(name)) return { kind: 'command', name, text: second };
  return { kind: 'text', text, ...(hiddenLinks.length === 0 ? {} : { hiddenLinks }) };
}

/** In a channel an answer goes back the way the person came, which only they see; a direct chat needs no such way. */
function answeredVia(
  place: Place,
  user: string,
  url: string | undefined,
  self: BotSelf,
  at: number,
): Pick<InboundMessage, 'visibility' | 'replyVia'> {
  if (isDirect(place, user)) return { visibility: 'direct' };
  if (url === undefined || new URL(url).origin !== self.hooksOrigin) return { visibility: 'public' };
  return {
    visibility: 'public',
    replyVia: { kind: 'slack-response', token: url, expiresAt: at + RESPONSE_URL_MS },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
