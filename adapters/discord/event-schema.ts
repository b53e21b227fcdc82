import { z } from 'zod';

/**
 * The parts of gateway events and REST objects that are used (API v10); unknown fields are dropped. Ids are 64-bit and
 * stay strings.
 */
const snowflake = z.string().regex(/^\d{1,20}$/);

const user = z.object({
  id: snowflake,
  username: z.string().optional(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
  system: z.boolean().optional(),
});

const attachment = z.object({
  filename: z.string().optional(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  content_type: z.string().nullish(),
});

const embed = z.object({
  title: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string().nullish(),
});

/** Only whether it is there. */
const present = z.unknown().optional();

/** What a message and the copy of a forwarded one have in common. */
const words = z.object({
  content: z.string().default(''),
  mentions: z.array(user).default([]),
  attachments: z.array(attachment).default([]),
  embeds: z.array(embed).default([]),
  sticker_items: z.array(z.object({ name: z.string().optional() })).default([]),
  flags: z.int().default(0),
});

const message = words.extend({
  id: snowflake,
  channel_id: snowflake,
  /** Absent in direct messages. */
  guild_id: snowflake.optional(),
  type: z.int(),
  /** Absent in updates that change no words. */
  author: user.optional(),
  /** In servers: the name that the author has there. */
  member: z.object({ nick: z.string().nullish() }).nullish(),
  webhook_id: snowflake.optional(),
  /** ISO 8601; `null` when it was never edited. */
  edited_timestamp: z.string().nullish(),
  poll: present,
  message_reference: z.object({ type: z.int().default(0) }).nullish(),
  referenced_message: words.extend({ author: user.optional() }).nullish(),
  message_snapshots: z.array(z.object({ message: words })).default([]),
});

const leaf = z.object({ value: z.union([z.string(), z.number(), z.boolean()]).optional() });
const subcommand = leaf.extend({ options: z.array(leaf).optional() });
/**
 * A group of subcommands holds subcommands, and those hold options: no deeper (Discord, Application Command Object).
 */
const option = leaf.extend({ options: z.array(subcommand).optional() });

const interaction = z.object({
  id: snowflake,
  application_id: snowflake,
  type: z.int(),
  token: z.string().min(1),
  guild_id: snowflake.optional(),
  channel_id: snowflake.optional(),
  /** Where it was used: 0 a server, 1 our direct chat, 2 somebody else's. */
  context: z.int().nullish(),
  /** In direct messages. */
  user: user.optional(),
  /** In servers. */
  member: z.object({ user: user.optional() }).optional(),
  locale: z.string().optional(),
  data: z
    .object({
      name: z.string().optional(),
      options: z.array(option).optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
    })
    .optional(),
});

/** A dispatch of the gateway, by type; `s` is its place in the session. */
export const packetSchema = z.object({ t: z.string(), s: z.int().default(0), d: z.unknown() });
export const messageSchema = message;
export const interactionSchema = interaction;
/** What the order of an event needs to know. */
export const whereSchema = z.object({
  id: snowflake,
  channel_id: snowflake,
  guild_id: snowflake.optional(),
  author: z.object({ id: z.string() }).optional().catch(undefined),
});

export type DiscordUser = z.infer<typeof user>;
export type DiscordWords = z.infer<typeof words>;
export type DiscordMessage = z.infer<typeof message>;
export type DiscordInteraction = z.infer<typeof interaction>;

/** Our own account, from `GET /users/@me`. */
export const selfSchema = z.object({ id: snowflake });
/** The bot as the decoder needs it. */
export type BotSelf = Readonly<z.infer<typeof selfSchema>> & {
  /** Whether what is not for us in servers is overheard; not by default. */
  readonly overhears?: boolean;
};
