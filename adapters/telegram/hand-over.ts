import { type Decoded, parseConversationId } from '../../src/model/index.js';
import { handOver as deliver, handOverUntilCommitted as untilCommitted } from '../shared/hand-over.js';
import { decode } from './decode.js';
import type { Session } from './persist.js';
import type { BotSelf } from './update-schema.js';

/** One update on its way to the core. */
export interface Update {
  readonly decoded: Decoded;
  /** The chat it belongs to: updates of one chat keep their order. `null` when there is nothing to keep. */
  readonly chat: string | null;
}

/** Decodes an update and says in the log why it is not handled. */
export function readUpdate(session: Session, update: unknown, self: BotSelf): Update {
  const decoded = decode(update, self);
  if (decoded.kind === 'message') {
    return { decoded, chat: parseConversationId(decoded.message.conversation).place.channel };
  }
  session.host.log.debug({ event: 'update-unsupported', platform: 'telegram', code: decoded.why });
  return { decoded, chat: null };
}

/** Hands an update over once: `true` when it is committed (or nothing to commit) and may be acknowledged. */
export async function handOver(session: Session, { decoded }: Update): Promise<boolean> {
  return decoded.kind === 'unsupported' || deliver(session.host, decoded.message);
}

/** Hands an update over until it is committed, with back-off; `false` when the adapter stops before that. */
export async function handOverUntilCommitted(session: Session, { decoded }: Update): Promise<boolean> {
  if (decoded.kind === 'unsupported') return !session.stopping.aborted;
  return untilCommitted(session.host, decoded.message, session.stopping);
}
