import { createHash } from 'node:crypto';
import type { ConversationId, Rate, Store } from '../model/index.js';

/** List words that a conversation may say in a quarter of an hour before what is next is a part of a phrase. */
const MAX_TOLD = 9;
const LIFE_S = 900;
/** A full count is forgotten after fifteen minutes, a part of it sooner. */
const TOLD: Rate = { perSecond: MAX_TOLD / LIFE_S, burst: MAX_TOLD };

/**
 * Counts, for all workers together, how many words a conversation said in messages of nothing but words of a list:
 * `true` once they are nearly as many as a phrase has. The words stay with the guard that saw them; what travels is
 * this number, which the store forgets.
 */
export async function isToldInParts(
  store: Pick<Store, 'takeTokens' | 'now'>,
  conversation: ConversationId,
  words: number,
): Promise<boolean> {
  const bucket = `told:${createHash('sha256').update(conversation).digest('base64url').slice(0, 22)}`;
  const { granted } = await store.takeTokens(bucket, words, TOLD, store.now());
  return granted < words;
}
