import { type Decoded, type InboundMessage, parseConversationId } from '../../src/model/index.js';
import { handOver as deliver, handOverUntilCommitted as untilCommitted } from '../shared/hand-over.js';
import { decode } from './decode.js';
import type { DeletionRights } from './deletion-rights.js';
import { DELETABLE_MS } from './limits.js';
import type { Session } from './persist.js';
import type { BotSelf } from './update-schema.js';

/** What taking updates in needs beside the session. */
export interface Reception extends Session {
  readonly self: BotSelf;
  readonly rights: DeletionRights;
}

/** One update on its way to the core. */
export interface Update {
  readonly decoded: Decoded;
  /** The chat it belongs to: updates of one chat keep their order. `null` when there is nothing to keep. */
  readonly chat: string | null;
}

/** Decodes an update and says in the log why it is not handled. */
export function readUpdate({ host, self, rights }: Reception, update: unknown): Update {
  const status = rights.note(update);
  if (status !== null) host.log.info({ event: 'group-membership', platform: 'telegram', code: status });
  const decoded = decode(update, self);
  if (decoded.kind === 'message') {
    return { decoded, chat: parseConversationId(decoded.message.conversation).place.channel };
  }
  host.log.debug({ event: 'update-unsupported', platform: 'telegram', code: decoded.why });
  return { decoded, chat: null };
}

/** Hands an update over once: `true` when it is committed (or nothing to commit) and may be acknowledged. */
export async function handOver(reception: Reception, { decoded }: Update): Promise<boolean> {
  return (
    decoded.kind === 'unsupported' || deliver(reception.host, await deletable(reception, decoded.message))
  );
}

/** Hands an update over until it is committed, with back-off; `false` when the adapter stops before that. */
export async function handOverUntilCommitted(reception: Reception, { decoded }: Update): Promise<boolean> {
  const { host, stopping } = reception;
  if (decoded.kind === 'unsupported') return !stopping.aborted;
  return untilCommitted(host, await deletable(reception, decoded.message), stopping);
}

/** A message that we know we cannot delete comes without its reference: the person is then told to do it. */
async function deletable({ host, rights }: Reception, message: InboundMessage): Promise<InboundMessage> {
  const { messageRef, ...rest } = message;
  if (messageRef === undefined) return message;
  if (message.sentAt !== undefined && host.clock.now() - message.sentAt >= DELETABLE_MS) return rest;
  if (message.visibility === 'direct') return message;
  const { channel } = parseConversationId(message.conversation).place;
  return (await rights.in(channel)) === false ? rest : message;
}
