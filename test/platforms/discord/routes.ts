import { z } from 'zod';
import { type Gateway, intentOf } from './gateway.js';
import {
  type Refusal,
  refusalOfChannel,
  refusalOfDeletion,
  refusalOfMessage,
  type SentMessage,
  sentMessageSchema,
} from './message-rules.js';
import { channelObject, messageObject, userObject } from './objects.js';
import { type Channel, FIRST_ANSWER_MS, type Interaction, type StoredMessage, type World } from './world.js';

/** An answer of the REST API; `body: null` is 204. */
export type RouteAnswer =
  | { readonly kind: 'done'; readonly body: unknown }
  | ({ readonly kind: 'refused' } & Refusal);

interface Call {
  readonly world: World;
  readonly gateway: Gateway;
  /** What stands in the path, in order. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** Whether an interaction's token is enough. */
  readonly open?: true;
  readonly act: (call: Call) => RouteAnswer;
}

/** How long a nonce is remembered, and how long an interaction lives. */
const NONCE_MS = 5 * 60_000;
const TOKEN_MS = 15 * 60_000;
const EPHEMERAL = 1 << 6;

const done = (body: unknown): RouteAnswer => ({ kind: 'done', body });
const refused = (refusal: Refusal): RouteAnswer => ({ kind: 'refused', ...refusal });
const unknown = (code: number, what: string): RouteAnswer =>
  refused({ status: 404, code, message: `Unknown ${what}` });

function withBody<Body>(schema: z.ZodType<Body>, act: (call: Call, body: Body) => RouteAnswer) {
  return (call: Call): RouteAnswer => {
    const parsed = schema.safeParse(call.body);
    if (parsed.success) return act(call, parsed.data);
    return refused({
      status: 400,
      code: 50035,
      message: `Invalid Form Body: ${z.prettifyError(parsed.error)}`,
    });
  };
}

const createMessage = withBody(sentMessageSchema, (call, body) => {
  const { world, parts } = call;
  const channel = world.channels.get(parts[0] ?? '');
  const refusal = refusalOfChannel(world, channel) ?? refusalOfMessage(body);
  if (refusal !== null || channel === undefined) return refused(refusal ?? NEVER);
  const nonce = body.nonce === undefined ? null : String(body.nonce);
  const earlier = channel.messages.find(
    (one) => one.author === 'bot' && nonce !== null && one.nonce === nonce,
  );
  if (body.enforce_nonce === true && earlier !== undefined && world.now() - sentAt(earlier) < NONCE_MS) {
    return done(shown(world, channel, earlier));
  }
  return done(shown(world, channel, post(call, channel, body, null)));
});

const NEVER: Refusal = { status: 500, code: 0, message: '' };

/** Posts a message of the bot, which hears of it like everybody else who sees it. */
function post(
  { world, gateway }: Pick<Call, 'world' | 'gateway'>,
  channel: Channel,
  body: SentMessage,
  onlyFor: string | null,
  thinking = false,
): StoredMessage {
  const posted = world.post(channel, {
    author: 'bot',
    content: (body.content ?? '').trim(),
    components: body.components ?? [],
    flags: body.flags ?? 0,
    pings: pingsOf(body),
    type: 0,
    nonce: body.nonce === undefined ? null : String(body.nonce),
    onlyFor,
    thinking,
    extra: {},
  });
  if (onlyFor === null) {
    gateway.dispatch('MESSAGE_CREATE', intentOf(channel), (readsContent) =>
      messageObject(world, channel, posted, { readsContent, forGateway: true }),
    );
  }
  return posted;
}

/** What is not said counts as everything (Discord, Allowed Mentions Object). */
function pingsOf({ allowed_mentions: allowed }: SentMessage): readonly string[] {
  return allowed === undefined ? ['everyone', 'users', 'roles'] : (allowed.parse ?? []);
}

function shown(world: World, channel: Channel, message: StoredMessage): unknown {
  return messageObject(world, channel, message, { readsContent: false, forGateway: false });
}

const getMessages = ({ world, gateway, parts, query }: Call): RouteAnswer => {
  const channel = world.channels.get(parts[0] ?? '');
  if (channel === undefined) return unknown(10003, 'Channel');
  if (channel.guild !== null && !channel.guild.hasBot)
    return refused({ status: 403, code: 50001, message: 'Missing Access' });
  const after = BigInt(query.get('after') ?? '0');
  const limit = Number(query.get('limit') ?? '50');
  if (limit < 1 || limit > 100) return refused({ status: 400, code: 50035, message: 'limit' });
  const visible = channel.messages.filter((message) => message.onlyFor === null);
  const page = query.has('after')
    ? visible.filter(({ id }) => BigInt(id) > after).slice(0, limit)
    : visible.slice(-limit);
  const options = { readsContent: gateway.readsContent(), forGateway: false };
  return done(page.toReversed().map((message) => messageObject(world, channel, message, options)));
};

const deleteMessage = ({ world, parts: [channelId = '', id = ''] }: Call): RouteAnswer => {
  const channel = world.channels.get(channelId);
  const refusal = refusalOfDeletion(channel, id);
  if (refusal !== null || channel === undefined) return refused(refusal ?? NEVER);
  world.remove(channel, id);
  return done(null);
};

const answerInteraction = withBody(
  z.strictObject({
    type: z.int(),
    data: z.looseObject({ flags: z.int().optional(), content: z.string().optional() }).optional(),
  }),
  ({ world, gateway, parts: [id, token], query }, { type, data }) => {
    const interaction = world.interactions.get(token ?? '');
    if (interaction === undefined || interaction.id !== id) return unknown(10062, 'interaction');
    if (interaction.answered !== null) {
      const message = 'Interaction has already been acknowledged.';
      return refused({ status: 400, code: 40060, message });
    }
    if (world.now() - interaction.usedAt > FIRST_ANSWER_MS) return unknown(10062, 'interaction');
    interaction.answered = type;
    world.unanswered.delete(interaction);
    interaction.ephemeral = ((data?.flags ?? 0) & EPHEMERAL) !== 0;
    if (type === 4 || type === 5) {
      const onlyFor = interaction.ephemeral ? interaction.user : null;
      const body = { content: data?.content ?? '', flags: data?.flags ?? 0 };
      interaction.original = post({ world, gateway }, interaction.channel, body, onlyFor, type === 5).id;
    }
    world.changed();
    if (query.get('with_response') !== 'true') return done(null);
    const { channel, original } = interaction;
    const message = channel.messages.find((one) => one.id === original);
    const about = { id, type: 2, response_message_id: original, response_message_ephemeral: false };
    return done({
      interaction: about,
      ...(message === undefined ? {} : { resource: { type, message: shown(world, channel, message) } }),
    });
  },
);

/** The interaction behind a token, or why there is none. */
function liveInteraction({ world, parts }: Call): Interaction | RouteAnswer {
  const interaction = world.interactions.get(parts[1] ?? '');
  if (interaction === undefined || interaction.answered === null) return unknown(10015, 'Webhook');
  if (world.now() - interaction.usedAt > TOKEN_MS) {
    return refused({ status: 401, code: 50027, message: 'Invalid Webhook Token' });
  }
  return interaction;
}

const createFollowup = withBody(sentMessageSchema, (call, body) => {
  const { world } = call;
  const interaction = liveInteraction(call);
  if ('kind' in interaction) return interaction;
  const refusal = refusalOfMessage(body);
  if (refusal !== null) return refused(refusal);
  const { channel } = interaction;
  const original = channel.messages.find((one) => one.id === interaction.original && one.thinking);
  if (original !== undefined) {
    const { content = '', components = [], flags = 0 } = body;
    const pings = pingsOf(body);
    const filled = { ...original, content: content.trim(), components, flags, pings, thinking: false };
    world.replace(channel, filled);
    return done(shown(world, channel, filled));
  }
  const isEphemeral = ((body.flags ?? 0) & EPHEMERAL) !== 0;
  return done(shown(world, channel, post(call, channel, body, isEphemeral ? interaction.user : null)));
});

const deleteOriginal = (call: Call): RouteAnswer => {
  const interaction = liveInteraction(call);
  if ('kind' in interaction) return interaction;
  const { original, channel } = interaction;
  if (original === null || !channel.messages.some(({ id }) => id === original))
    return unknown(10008, 'Message');
  call.world.remove(channel, original);
  return done(null);
};

const description = z.string().min(1).max(100);
const putCommands = withBody(
  z
    .array(
      z.looseObject({
        name: z.string().regex(/^[-_\p{L}\p{N}]{1,32}$/u),
        type: z.int().optional(),
        description,
        description_localizations: z.record(z.string(), description).nullish(),
      }),
    )
    .max(100),
  ({ world }, commands) => {
    world.commands = commands;
    world.changed();
    return done(commands.map((command) => ({ id: world.nextId(), ...command })));
  },
);

const openDirect = withBody(z.object({ recipient_id: z.string() }), ({ world }, { recipient_id: user }) => {
  if (!world.people.has(user)) return refused({ status: 400, code: 50033, message: 'Invalid Recipient(s)' });
  return done(channelObject(world, world.directOf(user)));
});

/** The calls of the REST API that this platform has; others are unknown to it (404). */
export const ROUTES: readonly Route[] = [
  {
    name: 'getGatewayBot',
    method: 'GET',
    path: /^\/gateway\/bot$/,
    act: ({ gateway, world: { sessionsLeft: remaining } }) => {
      const limit = { total: 1000, remaining, reset_after: 86_400_000, max_concurrency: 1 };
      return done({ url: gateway.url, shards: 1, session_start_limit: limit });
    },
  },
  {
    name: 'getCurrentUser',
    method: 'GET',
    path: /^\/users\/@me$/,
    act: ({ world }) => done({ ...userObject(world, 'bot'), verified: true, mfa_enabled: true }),
  },
  {
    name: 'getApplication',
    method: 'GET',
    path: /^\/(?:applications|oauth2\/applications)\/@me$/,
    act: ({ world }) => done({ id: world.bot.applicationId, name: world.bot.username, ...world.app }),
  },
  {
    name: 'getGuilds',
    method: 'GET',
    path: /^\/users\/@me\/guilds$/,
    act: ({ world }) => {
      const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
      return done(
        guilds.map(({ id, name, botPermissions }) => ({
          id,
          name,
          owner: false,
          permissions: String(botPermissions),
        })),
      );
    },
  },
  {
    name: 'getCommands',
    method: 'GET',
    path: /^\/applications\/(\d+)\/commands$/,
    act: ({ world }) => done(world.commands.map((command) => ({ id: world.nextId(), ...command }))),
  },
  { name: 'putCommands', method: 'PUT', path: /^\/applications\/(\d+)\/commands$/, act: putCommands },
  { name: 'openDirect', method: 'POST', path: /^\/users\/@me\/channels$/, act: openDirect },
  {
    name: 'getChannel',
    method: 'GET',
    path: /^\/channels\/(\d+)$/,
    act: ({ world, parts: [id = ''] }) => {
      const channel = world.channels.get(id);
      return channel === undefined ? unknown(10003, 'Channel') : done(channelObject(world, channel));
    },
  },
  { name: 'createMessage', method: 'POST', path: /^\/channels\/(\d+)\/messages$/, act: createMessage },
  { name: 'getMessages', method: 'GET', path: /^\/channels\/(\d+)\/messages$/, act: getMessages },
  {
    name: 'deleteMessage',
    method: 'DELETE',
    path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    act: deleteMessage,
  },
  {
    name: 'answerInteraction',
    method: 'POST',
    path: /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
    open: true,
    act: answerInteraction,
  },
  {
    name: 'createFollowup',
    method: 'POST',
    path: /^\/webhooks\/(\d+)\/([^/]+)$/,
    open: true,
    act: createFollowup,
  },
  {
    name: 'deleteOriginal',
    method: 'DELETE',
    path: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
    open: true,
    act: deleteOriginal,
  },
];

function sentAt({ id }: StoredMessage): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000;
}
