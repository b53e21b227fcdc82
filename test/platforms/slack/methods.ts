import { z } from 'zod';
import { postMessageSchema, refusalOfContent } from './send-rules.js';
import type { Channel, StoredMessage, World } from './world.js';

/** An answer of the Web API. */
export type MethodAnswer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

interface Method {
  /** The right a bot's token needs; `null` for none. */
  readonly scope: string | null;
  readonly act: (world: World, params: unknown) => MethodAnswer;
}

const refuse = (error: string): MethodAnswer => ({ ok: false, error });

function method<Params>(
  scope: string | null,
  schema: z.ZodType<Params>,
  act: (world: World, params: Params) => MethodAnswer,
): Method {
  return {
    scope,
    act: (world, params) => {
      const parsed = schema.safeParse(params);
      return parsed.success ? act(world, parsed.data) : refuse('invalid_arguments');
    },
  };
}

const authTest = method(null, z.strictObject({}), ({ bot }) => ({
  ok: true,
  url: 'https://harbor.slack.com/',
  team: 'Harbor',
  user: bot.handle,
  team_id: bot.teamId,
  user_id: bot.userId,
  bot_id: bot.botId,
}));

const botsInfo = method('users:read', z.strictObject({ bot: z.string() }), ({ bot }, { bot: id }) =>
  id === bot.botId
    ? { ok: true, bot: { id, app_id: bot.appId, user_id: bot.userId, name: bot.handle, deleted: false } }
    : refuse('bot_not_found'),
);

const usersInfo = method(
  'users:read',
  z.strictObject({ user: z.string(), include_locale: z.enum(['true', 'false']).optional() }),
  (world, { user, include_locale: withLocale }) => {
    const person = world.people.get(user);
    if (person === undefined) return refuse('user_not_found');
    const { id, name, locale } = person;
    return { ok: true, user: { id, name, is_bot: false, ...(withLocale === 'true' ? { locale } : {}) } };
  },
);

const conversationsOpen = method('im:write', z.strictObject({ users: z.string() }), (world, { users }) => {
  const person = world.people.get(users);
  if (person === undefined) return refuse('user_not_found');
  if (!person.takesDirect) return refuse('cannot_dm_bot');
  return { ok: true, channel: { id: world.directOf(users).id } };
});

const postMessage = method('chat:write', postMessageSchema, (world, params) => {
  const channel = channelOf(world, params.channel);
  if (channel === undefined) return refuse('channel_not_found');
  const refusal = refusalOfChannel(world, channel) ?? refusalOfContent(params);
  if (refusal !== null) return refuse(refusal);
  const stored = world.post(channel, {
    author: 'bot',
    threadTs: params.thread_ts ?? null,
    text: params.text ?? '',
    blocks: Array.isArray(params.blocks) ? params.blocks : [],
    isMarkup: params.mrkdwn !== false,
    metadata: params.metadata ?? null,
    onlyFor: null,
    files: [],
  });
  return { ok: true, channel: channel.id, ts: stored.ts, message: messageObject(world, stored) };
});

const pageSchema = z.strictObject({
  channel: z.string(),
  ts: z.string().optional(),
  oldest: z.string().optional(),
  inclusive: z.string().optional(),
  include_all_metadata: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(999).optional(),
  cursor: z.string().optional(),
});

/** The newest first, as `conversations.history` gives them; ephemeral messages are in nobody's history. */
function page(
  world: World,
  params: z.infer<typeof pageSchema>,
  isIn: (message: StoredMessage) => boolean,
): MethodAnswer {
  const channel = world.channels.get(params.channel);
  if (channel === undefined) return refuse('channel_not_found');
  if (!channel.members.has(world.bot.userId)) return refuse('not_in_channel');
  if (channel.kind === 'channel' && !world.bot.scopes.has('channels:history'))
    return { ...refuse('missing_scope'), needed: 'channels:history' };
  const oldest = Number(params.oldest ?? 0);
  const all = channel.messages
    .filter((message) => message.onlyFor === null && Number(message.ts) >= oldest && isIn(message))
    .reverse();
  const from = Number(params.cursor ?? 0);
  const to = from + (params.limit ?? 100);
  const messages = all.slice(from, to).map((message) => ({
    ...messageObject(world, message),
    ...(params.include_all_metadata === 'true' && message.metadata !== null
      ? { metadata: message.metadata }
      : {}),
  }));
  const isMore = to < all.length;
  return {
    ok: true,
    messages,
    has_more: isMore,
    ...(isMore ? { response_metadata: { next_cursor: String(to) } } : {}),
  };
}

const history = method('im:history', pageSchema, (world, params) =>
  page(world, params, ({ threadTs }) => threadTs === null),
);
const replies = method('im:history', pageSchema, (world, params) =>
  page(world, params, ({ threadTs, ts }) => threadTs === params.ts || ts === params.ts),
);

/** The methods of the Web API that this platform has; others are unknown to it. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'bots.info': botsInfo,
  'users.info': usersInfo,
  'conversations.open': conversationsOpen,
  'conversations.history': history,
  'conversations.replies': replies,
  'chat.postMessage': postMessage,
};

/** A message as the Web API and events show it. */
export function messageObject(world: World, message: StoredMessage): Readonly<Record<string, unknown>> {
  const { bot } = world;
  const isBot = world.people.get(message.author)?.isBot === true;
  const author =
    message.author === 'bot'
      ? { user: bot.userId, bot_id: bot.botId, app_id: bot.appId }
      : { user: message.author, ...(isBot ? { bot_id: `B${message.author.slice(1)}` } : {}) };
  return {
    type: 'message',
    ...author,
    text: message.text,
    ts: message.ts,
    team: bot.teamId,
    ...(message.editedTs === null ? {} : { edited: { user: message.author, ts: message.editedTs } }),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.files.length === 0 ? {} : { files: message.files }),
  };
}

/** A direct conversation may be named by the person too. */
function channelOf(world: World, id: string): Channel | undefined {
  return id.startsWith('U') && world.people.has(id) ? world.directOf(id) : world.channels.get(id);
}

/** Why the bot may not write into a channel; `null` when it may. */
function refusalOfChannel(world: World, channel: Channel): string | null {
  if (channel.isArchived) return 'is_archived';
  if (!channel.members.has(world.bot.userId)) return 'not_in_channel';
  const isClosed = [...channel.members].some((id) => world.people.get(id)?.takesDirect === false);
  return channel.kind === 'im' && isClosed ? 'cannot_dm_bot' : null;
}
