import { z } from 'zod';
import type { ApiAnswer, CallApi } from './api.js';

/** Marks our messages in their metadata. */
const EVENT_TYPE = 'lifeline_message';
/** Messages of one look, and looks of one search: a direct chat has far fewer within a row's ten tries. */
const PAGE = 200;
const MAX_PAGES = 5;
/** How far before the moment the answer was given up a message may have been posted, in milliseconds. */
const MARGIN_MS = 120_000;

const pageSchema = z.object({
  messages: z.array(
    z.object({
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ nonce: z.string().optional() }) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** What every message carries, so that it can be found again. */
export function metadataOf(nonce: string): Readonly<Record<string, unknown>> {
  return { event_type: EVENT_TYPE, event_payload: { nonce } };
}

export type LookedUp =
  | { readonly kind: 'there' }
  | { readonly kind: 'not-there' }
  | { readonly kind: 'failed'; readonly answer: Exclude<ApiAnswer, { readonly kind: 'ok' }> };

/** Looks for a message of ours by the nonce it carries; `since` (epoch ms) is when its answer was lost. */
export async function lookUp(
  api: CallApi,
  where: { readonly channel: string; readonly thread: string | undefined },
  nonce: string,
  since: number,
): Promise<LookedUp> {
  const { channel, thread } = where;
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
  const oldest = Math.max(0, (since - MARGIN_MS) / 1000).toFixed(6);
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await api(method, {
      channel,
      ...(thread === undefined ? {} : { ts: thread }),
      oldest,
      inclusive: true,
      include_all_metadata: true,
      limit: PAGE,
      ...(cursor === '' ? {} : { cursor }),
    });
    if (answer.kind !== 'ok') return { kind: 'failed', answer };
    const parsed = pageSchema.safeParse(answer.result);
    if (!parsed.success) return { kind: 'failed', answer: { kind: 'lost', code: 'unreadable-answer' } };
    const isThere = parsed.data.messages.some(
      ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload.nonce === nonce,
    );
    if (isThere) return { kind: 'there' };
    cursor = parsed.data.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return { kind: 'not-there' };
}
