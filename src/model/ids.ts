/** The platforms Lifeline speaks on. `console` is the terminal. */
export const PLATFORMS = ['console', 'telegram', 'discord', 'slack'] as const;
export type Platform = (typeof PLATFORMS)[number];

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `platform:userId`: one person on one platform; never linked across platforms. */
export type PersonId = Branded<'PersonId'>;
/** `platform:channel[:thread]:userId`: a person in a place. */
export type ConversationId = Branded<'ConversationId'>;
/** Identifies one platform update; the same update sent again carries the same id. */
export type InboundId = Branded<'InboundId'>;
/** Identifies one outbox row: `<conversation>#<inbound id>.<index>`. */
export type RowId = Branded<'RowId'>;
/** A key of `locales/<tag>/texts.yaml`. */
export type TextKey = string;

/** Where a message was written: a channel and, where the platform has them, a thread in it. */
export interface Place {
  readonly channel: string;
  readonly thread?: string;
}

const PART = /^[^:\s#]{1,128}$/;

function part(value: string): string {
  if (!PART.test(value))
    throw new TypeError('an id part is empty, too long, or holds ":", "#" or white space');
  return value;
}

/** The person behind a platform's user id. Throws `TypeError` for an id with `:`, `#` or white space. */
export function personId(platform: Platform, userId: string): PersonId {
  return `${platform}:${part(userId)}` as PersonId;
}

/** The conversation of a person in a place. Throws `TypeError` like {@link personId}. */
export function conversationId(platform: Platform, place: Place, userId: string): ConversationId {
  const where =
    place.thread === undefined ? part(place.channel) : `${part(place.channel)}:${part(place.thread)}`;
  return `${platform}:${where}:${part(userId)}` as ConversationId;
}

/** An inbound id from its parts, joined by `:`. */
export function inboundId(platform: Platform, ...parts: readonly string[]): InboundId {
  return [platform, ...parts].join(':') as InboundId;
}

/** The row id for the `index`-th call that answers an inbound: the same turn computed again makes the same ids. */
export function rowId(conversation: ConversationId, seen: InboundId, index: number): RowId {
  return `${conversation}#${seen}.${index}` as RowId;
}

/** What the rows of one turn have in common. */
export function turnOfRow(id: RowId): string {
  return id.slice(0, id.lastIndexOf('.'));
}

/** Platform, place and user of a conversation id made by {@link conversationId}. */
export function parseConversationId(id: ConversationId): {
  platform: Platform;
  place: Place;
  userId: string;
} {
  const parts = id.split(':');
  const [platform, channel] = parts;
  const userId = parts.at(-1);
  if (platform === undefined || channel === undefined || userId === undefined || parts.length < 3) {
    throw new TypeError('not a conversation id');
  }
  const thread = parts.length === 4 ? parts[2] : undefined;
  return {
    platform: platform as Platform,
    place: thread === undefined ? { channel } : { channel, thread },
    userId,
  };
}

/** The person of a conversation. */
export function personOf(id: ConversationId): PersonId {
  const { platform, userId } = parseConversationId(id);
  return personId(platform, userId);
}

/** Partitions that a store may spread people over; all of a person is in one. */
export const PARTITIONS = 64;

/** The partition of a person: FNV-1a (32 bit, over UTF-16 units) modulo {@link PARTITIONS}. */
export function partitionOf(person: PersonId): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < person.length; index += 1) {
    hash ^= person.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}
