import { type Bundle, messageOf } from '../content/index.js';
import {
  type Adapter,
  type EncodeTarget,
  type NewRow,
  type OutboundMessage,
  parseConversationId,
  rowId,
} from '../model/index.js';
import type { ShortRequest } from './turn-request.js';

/** Encodes messages to rows, in order; one row is one platform call. `locale` is the person's. */
export function encodeRows(
  bundle: Bundle,
  locale: string,
  adapter: Pick<Adapter, 'encode'>,
  request: Pick<ShortRequest, 'conversation' | 'platform' | 'input' | 'seen'>,
  messages: readonly OutboundMessage[],
): readonly NewRow[] {
  const { place, userId } = parseConversationId(request.conversation);
  const visibility = request.input.kind === 'message' ? request.input.message.visibility : 'direct';
  const botHandle =
    request.platform === 'console' ? '' : (bundle.registry.bot[request.platform] ?? '').replace(/^@/, '');
  const replyVia = request.input.kind === 'message' ? request.input.message.replyVia : undefined;
  const plain = (key: string): string | undefined =>
    messageOf(bundle, locale, key)
      ?.format(() => undefined)
      .trim();
  const closedNote = plain('public.direct-closed');
  const publicWarning = visibility === 'public' ? plain('public.not-us') : undefined;
  const target: EncodeTarget = {
    ...{ place, userId, visibility, botHandle },
    ...(replyVia === undefined ? {} : { replyVia }),
    ...(publicWarning === undefined ? {} : { publicWarning }),
    ...(closedNote === undefined ? {} : { closedNote }),
  };
  const rows: NewRow[] = [];
  for (const message of messages) {
    const links =
      message.kind === 'message'
        ? message.buttons.flatMap((button) => (button.kind === 'url' ? [button.link] : []))
        : [];
    const choices =
      message.kind === 'message'
        ? message.buttons.flatMap((button) => (button.kind === 'tap' ? [button.value] : []))
        : [];
    for (const call of adapter.encode(message, target)) {
      rows.push({
        id: rowId(request.conversation, request.seen, rows.length),
        call,
        links,
        shown: { kind: message.kind, keys: message.kind === 'message' ? message.keys : [], choices },
      });
    }
  }
  return rows;
}
