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
import { readContent, readEdit, THREAD_STARTER, wordsOf } from './content.js';
import {
  type BotSelf,
  type DiscordInteraction,
  type DiscordMessage,
  type DiscordUser,
  interactionSchema,
  messageSchema,
  packetSchema,
} from './event-schema.js';
import { INTERACTION_TTL_MS } from './limits.js';
import { privateFlow } from './private-button.js';
import { timeOf } from './snowflake.js';

/** Types of messages that people write: a message, a reply, the start of a thread (Discord, Message Types). */
const WRITTEN: readonly number[] = [0, 19, THREAD_STARTER];
const COMMAND = 2;
const COMPONENT = 3;
const OTHERS_DIRECT_CHAT = 2;

/**
 * One dispatch of the gateway, as parsed JSON, to what it means. Pure, and throws for nothing: what is malformed, from
 * a bot, or none of ours is `unsupported` with a reason that holds no words of a person. What is said in servers and
 * not to us is marked as overheard where `self` says so, and is left alone otherwise. The place of a direct chat is its
 * person, so that a button in a server can lead there.
 */
export function decode(packet: unknown, self: BotSelf): Decoded {
  const envelope = packetSchema.safeParse(packet);
  if (!envelope.success) return unsupported('malformed');
  const { t: type, d: data } = envelope.data;
  switch (type) {
    case 'MESSAGE_CREATE':
      return read(messageSchema.safeParse(data), (message) => decodeMessage(message, self));
    case 'MESSAGE_UPDATE':
      return read(messageSchema.safeParse(data), (message) => decodeEdit(message, self));
    case 'INTERACTION_CREATE':
      return read(interactionSchema.safeParse(data), (interaction) => decodeInteraction(interaction, self));
    default:
      return unsupported('event-type');
  }
}

function read<Content>(
  parsed: { readonly success: true; readonly data: Content } | { readonly success: false },
  decodeContent: (content: Content) => Decoded,
): Decoded {
  return parsed.success ? decodeContent(parsed.data) : unsupported('malformed');
}

function decodeMessage(message: DiscordMessage, self: BotSelf): Decoded {
  const sender = senderOf(message, self);
  if (sender.kind === 'unsupported') return sender;
  const content = readContent(message, sender.visibility === 'public', self);
  if (sender.overheard !== undefined && !hasWords(content)) return unsupported('not-addressed');
  return inbound(sender, content, [message.id], {
    messageRef: message.id,
    sentAt: timeOf(message.id),
  });
}

function decodeEdit(message: DiscordMessage, self: BotSelf): Decoded {
  const editedAt = Date.parse(message.edited_timestamp ?? '');
  // A link that got its preview, a message that was pinned: nobody changed a word.
  if (Number.isNaN(editedAt)) return unsupported('not-edited');
  const sender = senderOf(message, self);
  if (sender.kind === 'unsupported') return sender;
  const content = readEdit(message, sender.visibility === 'public', self);
  if (content === null) return unsupported('edit-without-words');
  return inbound(sender, content, [message.id, 'edit', String(editedAt)], {
    messageRef: message.id,
    sentAt: editedAt,
  });
}

interface Sender {
  readonly kind: 'sender';
  readonly user: DiscordUser;
  readonly place: Place;
  readonly visibility: InboundMessage['visibility'];
  readonly overheard?: ShownAuthor;
}

/** The person of a message that is for us, or that we overhear. */
function senderOf(message: DiscordMessage, self: BotSelf): Sender | (Decoded & { kind: 'unsupported' }) {
  const { author: user } = message;
  if (!WRITTEN.includes(message.type)) return unsupported('service-message');
  if (user === undefined) return unsupported('no-person');
  if (message.webhook_id !== undefined || isBot(user, self)) return unsupported('from-a-bot');
  if (message.guild_id === undefined) return directly(user);
  const sender = {
    kind: 'sender',
    user,
    place: { channel: message.channel_id },
    visibility: 'public',
  } as const;
  if (isAddressed(message, self)) return sender;
  // What opens a thread was overheard already where it was written.
  if (self.overhears !== true || message.type === THREAD_STARTER) return unsupported('not-addressed');
  return { ...sender, overheard: authorOf(message, user) };
}

/** Whether there is anything to be watched in a message that is not for us. */
function hasWords(content: InboundContent): boolean {
  if (content.kind === 'media') return content.caption !== '' || content.fileName !== '';
  return content.kind !== 'text' || content.text !== '' || content.hiddenLinks !== undefined;
}

function authorOf(
  { member }: DiscordMessage,
  { global_name: name, username: handle }: DiscordUser,
): ShownAuthor {
  return { name: member?.nick ?? name ?? handle ?? '', ...(handle === undefined ? {} : { handle }) };
}

/** Whether a message in a server mentions us, or replies to one of ours. Roles and @everyone do not count. */
function isAddressed(message: DiscordMessage, self: BotSelf): boolean {
  if (message.mentions.some((user) => user.id === self.id)) return true;
  const said = wordsOf(message);
  if (said.content.includes(`<@${self.id}>`) || said.content.includes(`<@!${self.id}>`)) return true;
  return message.type !== THREAD_STARTER && message.referenced_message?.author?.id === self.id;
}

function decodeInteraction(interaction: DiscordInteraction, self: BotSelf): Decoded {
  const user = interaction.member?.user ?? interaction.user;
  if (user === undefined) return unsupported('no-person');
  if (isBot(user, self)) return unsupported('from-a-bot');
  if (interaction.context === OTHERS_DIRECT_CHAT) return unsupported('somebody-elses-chat');
  const { channel_id: channel, token, application_id: application, locale } = interaction;
  const inServer = interaction.guild_id !== undefined;
  if (channel === undefined) return unsupported('no-place');
  const content = contentOf(interaction);
  if (content === null) return unsupported('interaction-type');
  const sender: Sender =
    inServer && content.kind !== 'start'
      ? { kind: 'sender', user, place: { channel }, visibility: 'public' }
      : directly(user);
  const sentAt = timeOf(interaction.id);
  return inbound(sender, content, [interaction.id], {
    sentAt,
    ...(locale === undefined ? {} : { localeHint: locale }),
    replyVia: {
      kind: 'discord-interaction',
      token,
      application,
      expiresAt: sentAt + INTERACTION_TTL_MS,
      ephemeral: inServer,
      thinks: interaction.type === COMMAND,
    },
  });
}

function contentOf({ type, data }: DiscordInteraction): InboundContent | null {
  if (type === COMMAND && data?.name !== undefined) {
    return { kind: 'command', name: data.name, text: optionWords(data.options).join(' ') };
  }
  if (type !== COMPONENT || data?.custom_id === undefined) return null;
  const flow = privateFlow(data.custom_id);
  if (flow !== null) return { kind: 'start', payload: flow };
  return { kind: 'tap', data: data.values?.[0] ?? data.custom_id };
}

/** An option of a command; a group holds subcommands, which hold options. */
interface Option {
  readonly value?: string | number | boolean | undefined;
  readonly options?: readonly Option[] | undefined;
}

/** What was typed into a command, in order. */
function optionWords(options: readonly Option[] = []): readonly string[] {
  return options.flatMap(({ value, options: inner }) => [
    ...(value === undefined ? [] : [String(value)]),
    ...optionWords(inner),
  ]);
}

function inbound(
  { user, place, visibility, overheard }: Sender,
  content: InboundContent,
  ids: readonly string[],
  more: Pick<InboundMessage, 'messageRef' | 'sentAt' | 'localeHint' | 'replyVia'>,
): Decoded {
  return {
    kind: 'message',
    message: {
      id: inboundId('discord', ...ids),
      platform: 'discord',
      conversation: conversationId('discord', place, user.id),
      person: personId('discord', user.id),
      visibility,
      content,
      ...(user.username === undefined || user.username === '' ? {} : { handle: user.username }),
      ...(overheard === undefined ? {} : { overheard }),
      ...more,
    },
  };
}

function directly(user: DiscordUser): Sender {
  return { kind: 'sender', user, place: { channel: user.id }, visibility: 'direct' };
}

function isBot(user: DiscordUser, self: BotSelf): boolean {
  return user.bot === true || user.system === true || user.id === self.id;
}

function unsupported(why: string): Decoded & { kind: 'unsupported' } {
  return { kind: 'unsupported', why };
}
