import type { Decoded } from '../../src/model/index.js';
import { readEdit } from './content.js';
import { type BotSelf, eventSchema, withdrawnSchema } from './event-schema.js';
import { WITHDRAWN_MS } from './limits.js';
import { inbound, isWritten, millis, senderOf, unsupported } from './sender.js';

/**
 * What a person wrote before they deleted or changed it, where an event tells (`message_deleted` and `message_changed`
 * carry it). It has the id of the message or edit it was: what was read then is a repetition now, and only what never
 * arrived is looked at. Pure, and throws for nothing. `at` (epoch ms) is when it arrived.
 */
export function decodeWithdrawn(body: unknown, self: BotSelf, at: number): Decoded {
  const event = eventSchema.safeParse(body);
  const parsed = withdrawnSchema.safeParse(event.data?.event);
  if (!parsed.success) return unsupported('nothing-withdrawn');
  const { channel, subtype, previous_message: before, message } = parsed.data;
  // A link preview that was added says the same as an edit, with the text unchanged.
  const isEdit = message?.edited !== undefined && message.text !== before.text;
  if (subtype === 'message_changed' && !isEdit) return unsupported('not-an-edit');
  const sender = senderOf(before, channel, self);
  if (sender.kind === 'unsupported') return sender;
  if (!isWritten(before)) return unsupported('message-subtype');
  const sentAt = millis(before.ts);
  if (at - sentAt >= WITHDRAWN_MS) return unsupported('too-old');
  const content = readEdit(before, self);
  if (content?.kind !== 'edit') return unsupported('withdrawn-without-words');
  const wasEdited = before.edited === undefined ? [] : [before.edited.ts];
  return inbound([channel, before.ts, ...wasEdited], {
    ...sender,
    content: { kind: 'withdrawn', text: content.text },
    sentAt,
  });
}
