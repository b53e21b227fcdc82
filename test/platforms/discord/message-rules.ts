import { z } from 'zod';
import type { Channel, World } from './world.js';

/** An error in Discord's own words. */
export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

const component = z.strictObject({
  type: z.int(),
  style: z.int().optional(),
  label: z.string().optional(),
  custom_id: z.string().optional(),
  url: z.string().optional(),
  placeholder: z.string().optional(),
  options: z.array(z.strictObject({ label: z.string(), value: z.string() })).optional(),
});

/** A message that is sent, as far as it is known here; anything else is refused, so that nothing is sent unnoticed. */
export const sentMessageSchema = z.strictObject({
  content: z.string().optional(),
  nonce: z.union([z.string(), z.int()]).optional(),
  enforce_nonce: z.boolean().optional(),
  tts: z.boolean().optional(),
  flags: z.int().optional(),
  allowed_mentions: z.looseObject({ parse: z.array(z.string()).optional() }).optional(),
  components: z.array(z.strictObject({ type: z.literal(1), components: z.array(component) })).optional(),
  embeds: z.array(z.unknown()).max(0).optional(),
  message_reference: z.looseObject({}).optional(),
});
export type SentMessage = z.infer<typeof sentMessageSchema>;
type Component = z.infer<typeof component>;

const invalid = (message: string): Refusal => ({ status: 400, code: 50035, message });

/** Why a message is not taken; `null` when it is (Discord, Create Message, Component Reference). */
export function refusalOfMessage(message: SentMessage): Refusal | null {
  const content = (message.content ?? '').trim();
  const rows = message.components ?? [];
  if (content === '' && rows.length === 0)
    return { status: 400, code: 50006, message: 'Cannot send an empty message' };
  if (content.length > 2000) return invalid('Must be 2000 or fewer in length.');
  if (/\p{Surrogate}/u.test(content)) return invalid('Invalid Unicode.');
  if (String(message.nonce ?? '').length > 25) return invalid('nonce: Must be 25 or fewer in length.');
  if (rows.length > 5) return invalid('components: Must be 5 or fewer in length.');
  const all = rows.flatMap((row) => row.components);
  const ids = all.flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length) return invalid('Component custom id cannot be duplicated');
  if (rows.some((row) => !isRow(row.components))) return invalid('The action row is invalid.');
  return all.every(isComponent) ? null : invalid('A component is invalid.');
}

function isRow(components: readonly Component[]): boolean {
  if (components.length < 1 || components.length > 5) return false;
  return components.length === 1 || components.every(({ type }) => type === 2);
}

function isComponent({ type, style, label, custom_id: id, url, placeholder, options }: Component): boolean {
  if (placeholder !== undefined && (type !== 3 || placeholder.length > 150)) return false;
  if (id !== undefined && !isIn(id.length, 1, 100)) return false;
  if (type === 3) {
    const values = (options ?? []).map(({ value }) => value);
    const areShort = (options ?? []).every(
      (one) => isIn(one.label.length, 1, 100) && isIn(one.value.length, 1, 100),
    );
    return (
      id !== undefined && isIn(values.length, 1, 25) && areShort && new Set(values).size === values.length
    );
  }
  if (type !== 2 || !isIn(label?.length ?? 0, 1, 80)) return false;
  if (style === 5)
    return id === undefined && url !== undefined && /^https?:\/\/[^\s/]/.test(url) && url.length <= 512;
  return isIn(style ?? 0, 1, 4) && id !== undefined && url === undefined;
}

/** Why the bot may not write into a channel; `null` when it may. */
export function refusalOfChannel(world: World, channel: Channel | undefined): Refusal | null {
  if (channel === undefined) return { status: 404, code: 10003, message: 'Unknown Channel' };
  const { guild, recipient } = channel;
  if (guild?.hasBot === false) return { status: 403, code: 50001, message: 'Missing Access' };
  if (channel.isReadOnly) return { status: 403, code: 50013, message: 'Missing Permissions' };
  if (guild !== null) return null;
  if (world.people.get(recipient ?? '')?.isClosed === true)
    return { status: 403, code: 50007, message: 'Cannot send messages to this user' };
  const isMutual = [...world.guilds.values()].some((one) => one.hasBot && one.members.has(recipient ?? ''));
  const wrote = channel.messages.some(({ author }) => author !== 'bot');
  const message = 'Cannot send messages to this user due to having no mutual guilds';
  return isMutual || wrote ? null : { status: 403, code: 50278, message };
}

/** Why a message cannot be deleted; `null` when it can (Discord, Delete Message). */
export function refusalOfDeletion(channel: Channel | undefined, id: string): Refusal | null {
  if (channel === undefined) return { status: 404, code: 10003, message: 'Unknown Channel' };
  const message = channel.messages.find((one) => one.id === id && one.onlyFor === null);
  if (message === undefined) return { status: 404, code: 10008, message: 'Unknown Message' };
  if (message.author === 'bot') return null;
  if (channel.guild === null)
    return { status: 403, code: 50003, message: 'Cannot execute action on a DM channel' };
  return channel.guild.botManagesMessages
    ? null
    : { status: 403, code: 50013, message: 'Missing Permissions' };
}

function isIn(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
