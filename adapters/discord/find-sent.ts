import { z } from 'zod';
import type { SendContext } from '../../src/model/index.js';
import type { ApiAnswer, CallApi } from './api.js';
import { MESSAGES_PER_PAGE } from './limits.js';
import { escapeMarkdown } from './markdown.js';
import { idAt } from './snowflake.js';

/** How far the clocks of Discord and of this machine may be apart. */
const CLOCKS_APART_MS = 60_000;

const pageSchema = z.array(
  z.object({
    content: z.string(),
    nonce: z.union([z.string(), z.number()]).nullish(),
    author: z.object({ bot: z.boolean().optional() }),
  }),
);

/** Whether a message whose answer was lost stands in its channel. */
export type FindSent =
  | { readonly kind: 'found' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly answer: Exclude<ApiAnswer, { readonly kind: 'ok' }> };

/**
 * Looks for a message of ours in a channel since its answer was lost: by its nonce, and, where a message tells none, by
 * its words. A bot that says the same beside us would be taken for us; there is one bot in a direct chat.
 */
export async function findSent(
  call: CallApi,
  channel: string,
  text: string,
  { nonce, unclearSince }: SendContext,
): Promise<FindSent> {
  const query = {
    after: idAt((unclearSince ?? 0) - CLOCKS_APART_MS),
    limit: String(MESSAGES_PER_PAGE),
  };
  const answer = await call({ method: 'GET', path: `/channels/${channel}/messages`, query });
  if (answer.kind !== 'ok') return { kind: 'failed', answer };
  const page = pageSchema.safeParse(answer.result);
  if (!page.success) return { kind: 'failed', answer: { kind: 'lost', code: 'unreadable-answer' } };
  const content = escapeMarkdown(text).trim();
  const isFound = page.data.some((message) =>
    (message.nonce ?? null) === null
      ? message.author.bot === true && message.content === content
      : String(message.nonce) === nonce,
  );
  return { kind: isFound ? 'found' : 'missing' };
}
