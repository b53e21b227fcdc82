import { z } from 'zod';
import type { PlatformCall } from '../../src/model/index.js';

const button = z.object({
  type: z.literal(2),
  style: z.union([z.literal(1), z.literal(2), z.literal(5)]),
  label: z.string(),
  custom_id: z.string().optional(),
  url: z.string().optional(),
});
const menu = z.object({
  type: z.literal(3),
  custom_id: z.string(),
  placeholder: z.string().optional(),
  options: z.array(z.object({ label: z.string(), value: z.string() })),
});
const actionRow = z.object({ type: z.literal(1), components: z.array(z.union([button, menu])) });

/** The words of a message, plain, and its components as Discord has them. */
const words = { text: z.string(), components: z.array(actionRow).optional() };
/** The token of an interaction, and until when it is worth anything (epoch ms). */
const interaction = { application_id: z.string(), token: z.string(), expires_at: z.number() };

/**
 * What a row holds: one call of Discord by its name in the documents, with ids, plain words and components. Markdown is
 * escaped, and flags and nonce are added, when it is sent, so that what is checked before sending is what people read.
 */
const callSchema = z.discriminatedUnion('method', [
  /** A message into a direct chat. `closed`: what to say by the interaction when the direct chat is closed. */
  z.object({
    method: z.literal('createDirectMessage'),
    payload: z.object({
      user_id: z.string(),
      ...words,
      closed: z.object({ ...interaction, text: z.string() }).optional(),
    }),
  }),
  z.object({
    method: z.literal('createMessage'),
    payload: z.object({ channel_id: z.string(), ...words }),
  }),
  /** The answer to an interaction; with a `user_id` it goes into the direct chat when the token has lapsed. */
  z.object({
    method: z.literal('createFollowup'),
    payload: z.object({
      ...interaction,
      ...words,
      ephemeral: z.boolean(),
      user_id: z.string().optional(),
    }),
  }),
  /** Takes "thinking …" away. */
  z.object({ method: z.literal('deleteOriginal'), payload: z.object(interaction) }),
  z.object({
    method: z.literal('deleteMessage'),
    payload: z.object({ channel_id: z.string(), message_id: z.string() }),
  }),
]);

export type DiscordCall = z.infer<typeof callSchema>;
export type ActionRow = z.infer<typeof actionRow>;
export type Component = ActionRow['components'][number];

/** Reads a row back; `null` for one that this adapter has not made. */
export function readCall(call: PlatformCall): DiscordCall | null {
  const parsed = callSchema.safeParse(call);
  return parsed.success ? parsed.data : null;
}
