import type { Decoded } from '../../src/model/index.js';
import { handOverUntilCommitted } from '../shared/hand-over.js';
import { decode } from './decode.js';
import type { defer } from './defer.js';
import { type BotSelf, whereSchema } from './event-schema.js';
import type { Session } from './persist.js';
import type { ChannelRef } from './progress.js';

/** One event on its way to the core. */
export interface Update {
  readonly decoded: Decoded;
  /** Where it happened; `null` for events without a place, which are none of ours. */
  readonly channel: ChannelRef | null;
  /** Id of the message or interaction; `''` where there is none. */
  readonly id: string;
  /** Whether it is new in its channel (a message, tap or command): what is written later can be caught up. */
  readonly isNew: boolean;
  /** Whether it is for us, or ours in a direct chat: where only others talk, nothing is caught up. */
  readonly isOurs: boolean;
}

/** Decodes an event and says in the log why it is not handled. */
export function readUpdate(
  session: Session,
  packet: { readonly t: string; readonly d: unknown },
  self: BotSelf,
): Update {
  const decoded = decode(packet, self);
  if (decoded.kind === 'unsupported' && decoded.why !== 'event-type') {
    session.host.log.debug({ event: 'update-unsupported', platform: 'discord', code: decoded.why });
  }
  const where = whereSchema.safeParse(packet.d);
  const isNew = packet.t === 'MESSAGE_CREATE' || packet.t === 'INTERACTION_CREATE';
  const isHandled = decoded.kind === 'message' || packet.t === 'MESSAGE_CREATE';
  if (!where.success || !isHandled) return { decoded, channel: null, id: '', isNew, isOurs: false };
  const { id, channel_id: channel, guild_id: guild = null, author } = where.data;
  // Who has only tapped in a server is in the direct chat by what we write there.
  const isOurs =
    decoded.kind === 'message'
      ? decoded.message.overheard === undefined
      : guild === null && author?.id === self.id;
  if (decoded.kind === 'message' && guild === null && decoded.message.visibility === 'direct') {
    session.direct.learn(userOf(decoded.message.person), channel);
  }
  return { decoded, channel: { id: channel, guild }, id, isNew, isOurs };
}

/**
 * Hands an event over until it is committed; `false` when the adapter stops before that. A tap or command is deferred
 * before: Discord gives three seconds, and nobody redelivers it.
 */
export async function handOver(
  session: Session,
  { decoded }: Update,
  deferred: ReturnType<typeof defer> | null,
): Promise<boolean> {
  if (decoded.kind === 'unsupported') return !session.stopping.aborted;
  const replyVia = await deferred;
  const message = replyVia === null ? decoded.message : { ...decoded.message, replyVia };
  return handOverUntilCommitted(session.host, message, session.stopping);
}

function userOf(person: string): string {
  return person.slice(person.indexOf(':') + 1);
}
