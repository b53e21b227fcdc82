import { type Decoded, LifelineError, parseConversationId } from '../../src/model/index.js';
import { backOffMs, pause } from '../shared/pause.js';
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
export async function handOver(session: Session, update: Update): Promise<boolean> {
  if (update.decoded.kind === 'unsupported') return true;
  const { message } = update.decoded;
  try {
    await session.host.receive(message);
    return true;
  } catch (error) {
    session.host.log.error({
      event: 'receive-failed',
      platform: 'telegram',
      conversation: message.conversation,
      code: error instanceof LifelineError ? error.code : 'unexpected',
    });
    return false;
  }
}

/** Hands an update over until it is committed, with back-off; `false` when the adapter stops before that. */
export async function handOverUntilCommitted(session: Session, update: Update): Promise<boolean> {
  for (let attempt = 1; !session.stopping.aborted; attempt += 1) {
    if (await handOver(session, update)) return true;
    await pause(session.host.clock, backOffMs(attempt), session.stopping);
  }
  return false;
}
