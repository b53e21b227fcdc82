import type { Channel, Guild, Interaction, StoredMessage, World } from './world.js';

type Json = Readonly<Record<string, unknown>>;

/** An account as the API shows it. */
export function userObject(world: World, author: 'bot' | string): Json {
  const isBot = author === 'bot';
  const username = isBot ? world.bot.username : (world.people.get(author)?.username ?? 'somebody');
  return {
    id: isBot ? world.bot.id : author,
    username,
    discriminator: isBot ? '1234' : '0',
    global_name: isBot ? null : username,
    avatar: null,
    public_flags: 0,
    ...(isBot || world.people.get(author)?.isBot === true ? { bot: true } : {}),
  };
}

/** A member of a server, without the account. */
function memberObject(): Json {
  const joined = '2024-01-01T00:00:00.000000+00:00';
  return {
    ...{ roles: [], joined_at: joined, deaf: false, mute: false, flags: 0, avatar: null, nick: null },
    ...{ pending: false, premium_since: null, communication_disabled_until: null },
  };
}

/** Users that a text mentions by `<@id>`, the bot and people alike. */
function mentionsIn(world: World, content: string): readonly Json[] {
  const ids = new Set([...content.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id));
  return [...ids].flatMap((id) => {
    if (id === world.bot.id) return [userObject(world, 'bot')];
    return world.people.has(id) ? [userObject(world, id)] : [];
  });
}

/** A message as the API shows it to the bot; without the content intent its words are there only if they are for it. */
export function messageObject(
  world: World,
  channel: Channel,
  message: StoredMessage,
  options: { readonly readsContent: boolean; readonly forGateway: boolean },
): Json {
  const repliedTo = channel.messages.find(({ id }) => id === message.extra.replyTo);
  const mentions = [
    ...mentionsIn(world, message.content),
    ...(repliedTo?.author === 'bot' ? [userObject(world, 'bot')] : []),
  ];
  const isShown =
    options.readsContent ||
    channel.kind === 'direct' ||
    message.author === 'bot' ||
    mentions.some(({ id }) => id === world.bot.id);
  const { replyTo: _replyTo, ...extra } = message.extra;
  const words = { content: message.content, components: message.components, attachments: [], embeds: [] };
  const hidden = { content: '', components: [], attachments: [], embeds: [] };
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: userObject(world, message.author),
    timestamp: isoOf(message.id),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions,
    mention_roles: [],
    pinned: false,
    flags: message.flags,
    ...words,
    ...extra,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(repliedTo === undefined
      ? {}
      : {
          message_reference: { type: 0, channel_id: channel.id, message_id: repliedTo.id },
          referenced_message: messageObject(world, channel, repliedTo, options),
        }),
    ...(isShown ? {} : hidden),
    // The REST API does not say where a message is.
    ...(options.forGateway ? { channel_type: typeOf(channel) } : {}),
    ...(options.forGateway && channel.guild !== null
      ? { guild_id: channel.guild.id, member: memberObject() }
      : {}),
  };
}

function isoOf(id: string): string {
  return new Date(Number(BigInt(id) >> 22n) + 1_420_070_400_000).toISOString();
}

function typeOf({ kind }: Channel): number {
  return { direct: 1, text: 0, thread: 11 }[kind];
}

/** A channel as the API shows it. */
export function channelObject(world: World, channel: Channel): Json {
  const { id, kind, guild, recipient, parent, name } = channel;
  if (kind === 'direct') {
    return {
      id,
      type: typeOf(channel),
      flags: 0,
      last_message_id: null,
      recipients: [userObject(world, recipient ?? '')],
    };
  }
  return {
    ...{ id, name, type: typeOf(channel), guild_id: guild?.id, parent_id: parent },
    ...{ position: 0, permission_overwrites: [], nsfw: false, flags: 0, topic: null, last_message_id: null },
  };
}

/** A server as it comes when the bot connects or joins. */
export function guildObject(world: World, guild: Guild): Json {
  const channels = [...world.channels.values()].filter((channel) => channel.guild === guild);
  const everyone = {
    ...{ id: guild.id, name: '@everyone', color: 0, hoist: false, position: 0, permissions: '0' },
    ...{ managed: false, mentionable: false, flags: 0 },
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  };
  return {
    ...{ id: guild.id, name: guild.name, owner_id: '1', icon: null, splash: null, banner: null },
    ...{ afk_channel_id: null, afk_timeout: 300, verification_level: 0, explicit_content_filter: 0 },
    ...{ default_message_notifications: 0, mfa_level: 0, application_id: null, system_channel_id: null },
    ...{ system_channel_flags: 0, rules_channel_id: null, vanity_url_code: null, description: null },
    ...{ premium_tier: 0, preferred_locale: 'en-US', public_updates_channel_id: null, nsfw_level: 0 },
    ...{ premium_progress_bar_enabled: false, safety_alerts_channel_id: null, discovery_splash: null },
    ...{ joined_at: '2024-01-01T00:00:00.000000+00:00', large: false, unavailable: false },
    ...{ member_count: guild.members.size + 1, voice_states: [], presences: [], stage_instances: [] },
    ...{ emojis: [], stickers: [], features: [], guild_scheduled_events: [], soundboard_sounds: [] },
    roles: [everyone],
    members: [{ user: userObject(world, 'bot'), ...memberObject() }],
    channels: channels.filter(({ kind }) => kind === 'text').map((channel) => channelObject(world, channel)),
    threads: [],
  };
}

/** A tap or command as the bot gets it; `data` is what was tapped or said. */
export function interactionObject(
  world: World,
  interaction: Interaction,
  content: { readonly type: number; readonly data: Json; readonly message?: Json },
): Json {
  const { channel, user } = interaction;
  const locale = world.people.get(user)?.locale ?? 'en-US';
  const inGuild = channel.guild !== null;
  return {
    id: interaction.id,
    application_id: world.bot.applicationId,
    token: interaction.token,
    version: 1,
    ...content,
    channel_id: channel.id,
    channel: channelObject(world, channel),
    ...(inGuild
      ? {
          guild_id: channel.guild?.id,
          guild_locale: 'en-US',
          member: { user: userObject(world, user), permissions: '0', ...memberObject() },
        }
      : { user: userObject(world, user) }),
    locale,
    context: inGuild ? 0 : 1,
    app_permissions: '0',
    entitlements: [],
    authorizing_integration_owners: {},
    attachment_size_limit: 10_485_760,
  };
}
