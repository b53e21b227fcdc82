import { type Bundle, messageOf } from '../content/index.js';
import {
  type Adapter,
  type EncodeTarget,
  type NewRow,
  type OutboundMessage,
  type PlatformCall,
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
    for (const { call, shown, ...otherwise } of callsOf(message, (words) => adapter.encode(words, target))) {
      rows.push({
        id: rowId(request.conversation, request.seen, rows.length),
        ...{ call, links, shown, ...otherwise },
      });
    }
  }
  return rows;
}

type Shown = Pick<NewRow, 'call' | 'shown' | 'unlessDeleted'>;

/**
 * The calls that show a message. What is to be said unless a deletion happened stands beside it, where each is one
 * call.
 */
function callsOf(
  message: OutboundMessage,
  encode: (message: OutboundMessage) => readonly PlatformCall[],
): readonly Shown[] {
  if (message.kind !== 'message') {
    const shown = { kind: message.kind, keys: [], choices: [] };
    return encode(message).map((call) => ({ call, shown }));
  }
  const { unlessDeleted, ...plain } = message;
  const choices = message.buttons.flatMap((button) => (button.kind === 'tap' ? [button.value] : []));
  const inWords = (words: OutboundMessage & { kind: 'message' }): readonly Shown[] =>
    encode(words).map((call) => ({ call, shown: { kind: 'message', keys: words.keys, choices } }));
  if (unlessDeleted === undefined) return inWords(plain);
  const careful = inWords({ ...plain, ...unlessDeleted });
  const [sure, ...more] = inWords(plain);
  const [otherwise] = careful;
  if (sure === undefined || otherwise === undefined || more.length > 0 || careful.length > 1) return careful;
  return [{ ...sure, unlessDeleted: otherwise }];
}
