import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { ConversationId } from '../model/index.js';

/** Characters of the MAC: 60 bits of HMAC-SHA256, enough for a button that only its own conversation can use. */
const MAC_CHARS = 10;

/** Makes and reads button payloads `<turn>.<index>.<MAC over conversation and turn>`; at most 64 bytes. */
export interface ButtonSigner {
  sign(conversation: ConversationId, turn: number, index: number): string;
  /** `null` when the payload is malformed or was made for another conversation. */
  read(conversation: ConversationId, data: string): { readonly turn: number; readonly index: number } | null;
}

const PAYLOAD = /^([0-9]{1,12})\.([0-9]{1,3})\.([A-Za-z0-9_-]{10})$/;

/** MACs of this many conversation turns are remembered: a tap mostly answers the turn that was just signed. */
const REMEMBERED = 20_000;

/** A signer on one key. The MAC covers conversation and turn: within a turn its person may choose any button anyway. */
export function createButtonSigner(key: KeyObject): ButtonSigner {
  const known = new Map<string, string>();
  const mac = (conversation: ConversationId, turn: number): string => {
    const signed = `${conversation}|${turn}`;
    const before = known.get(signed);
    if (before !== undefined) return before;
    const fresh = createHmac('sha256', key).update(signed).digest('base64url').slice(0, MAC_CHARS);
    known.set(signed, fresh);
    const oldest = known.keys().next().value;
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return fresh;
  };
  return {
    sign: (conversation, turn, index) => `${turn}.${index}.${mac(conversation, turn)}`,
    read: (conversation, data) => {
      const [, turn, index, given] = PAYLOAD.exec(data) ?? [];
      if (turn === undefined || index === undefined || given === undefined) return null;
      const wanted = mac(conversation, Number(turn));
      return timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
        ? { turn: Number(turn), index: Number(index) }
        : null;
    },
  };
}
