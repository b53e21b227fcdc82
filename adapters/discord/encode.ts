import type { EncodeTarget, OutboundMessage, PlatformCall, ReplyVia } from '../../src/model/index.js';
import type { ActionRow, DiscordCall } from './calls.js';
import { componentRows } from './components.js';
import { MAX_ROWS } from './limits.js';
import { messageParts } from './markdown.js';

/** What a message says that only carries buttons for which the one before had no room. */
const MORE = '…';

type Via = ReplyVia & { readonly kind: 'discord-interaction' };

/**
 * One outbound message to calls of Discord, in order. A long text becomes several messages, the buttons below the last;
 * buttons that do not fit there go below further ones. What a person asked by a command or in a server by a button is
 * answered by the interaction, in a server for their eyes only. Throws `RangeError` for what Discord would never take
 * (no words, a payload over 100 characters) and for a private message to a public place: those are faults of the
 * caller.
 */
export function encode(message: OutboundMessage, to: EncodeTarget): readonly PlatformCall[] {
  switch (message.kind) {
    case 'message':
      return encodeMessage(message, to);
    case 'delete':
      // In a direct chat nobody but the person can.
      return isDirect(to) ? [] : [deletion(to.place.channel, message.messageRef)];
    case 'answer-tap':
      return encodeAnswer(message, to);
    default:
      return message satisfies never;
  }
}

/** The interaction is deferred already; what is left to do is to say what only it can say, or to end "thinking …". */
function encodeAnswer(
  message: OutboundMessage & { readonly kind: 'answer-tap' },
  to: EncodeTarget,
): readonly DiscordCall[] {
  const via = viaOf(to);
  if (via === null) return [];
  const [text] = message.note === true ? messageParts(message.text) : [];
  if (text !== undefined) {
    return [{ method: 'createFollowup', payload: { ...interactionOf(via), text, ephemeral: true } }];
  }
  // No word with it: no message follows that would take the place of "thinking …".
  return via.thinks && message.text === '' ? [{ method: 'deleteOriginal', payload: interactionOf(via) }] : [];
}

function encodeMessage(
  message: OutboundMessage & { readonly kind: 'message' },
  to: EncodeTarget,
): readonly DiscordCall[] {
  // The place itself is asked, so that no caller's mistake makes it public.
  if (message.private && !isDirect(to)) throw new RangeError('a private message for a public place');
  const parts = messageParts(message.text);
  if (parts.length === 0) throw new RangeError('a message without words');
  const rows = componentRows(message.buttons);
  const pages = Array.from({ length: Math.max(1, Math.ceil(rows.length / MAX_ROWS)) }, (_, page) =>
    rows.slice(page * MAX_ROWS, (page + 1) * MAX_ROWS),
  );
  return [
    ...parts.map((text, index) => call(text, index === parts.length - 1 ? (pages[0] ?? []) : [], to)),
    ...pages.slice(1).map((page) => call(MORE, page, to)),
  ];
}

function call(text: string, rows: readonly ActionRow[], to: EncodeTarget): DiscordCall {
  const words = { text, ...(rows.length === 0 ? {} : { components: [...rows] }) };
  const via = viaOf(to);
  if (via !== null && (!isDirect(to) || via.thinks)) {
    const ephemeral = !isDirect(to);
    return {
      method: 'createFollowup',
      payload: { ...interactionOf(via), ...words, ephemeral, user_id: to.userId },
    };
  }
  if (!isDirect(to)) return { method: 'createMessage', payload: { channel_id: to.place.channel, ...words } };
  const closed =
    via?.ephemeral === true && to.closedNote !== undefined
      ? { closed: { ...interactionOf(via), text: to.closedNote } }
      : {};
  return { method: 'createDirectMessage', payload: { user_id: to.userId, ...words, ...closed } };
}

function deletion(channel: string, messageRef: string): DiscordCall {
  return { method: 'deleteMessage', payload: { channel_id: channel, message_id: messageRef } };
}

function interactionOf(via: Via): { application_id: string; token: string; expires_at: number } {
  return { application_id: via.application, token: via.token, expires_at: via.expiresAt };
}

function viaOf(to: EncodeTarget): Via | null {
  return to.replyVia?.kind === 'discord-interaction' ? to.replyVia : null;
}

/** The place of a direct chat is its person. */
function isDirect(to: EncodeTarget): boolean {
  return to.visibility === 'direct' && to.place.channel === to.userId;
}
