import { z } from 'zod';
import type { ApiAnswer, CallApi } from './api.js';

/** Channels that are remembered; the one found longest ago goes first. */
const MAX_CHANNELS = 10_000;

const openedSchema = z.object({ channel: z.object({ id: z.string().min(1) }) });

/** The channel (`D…`) of a direct conversation, or what Slack said instead of opening it. */
export type Opened =
  | { readonly kind: 'open'; readonly channel: string }
  | { readonly kind: 'failed'; readonly answer: Exclude<ApiAnswer, { readonly kind: 'ok' }> };

/** Finds the direct conversation with a person. */
export type OpenDirect = (userId: string) => Promise<Opened>;

/** Asks `conversations.open`, which opens what is not open and changes nothing else, once a person. */
export function createOpenDirect(api: CallApi): OpenDirect {
  const known = new Map<string, string>();
  return async (userId) => {
    const before = known.get(userId);
    if (before !== undefined) return { kind: 'open', channel: before };
    const answer = await api('conversations.open', { users: userId });
    if (answer.kind !== 'ok') return { kind: 'failed', answer };
    const parsed = openedSchema.safeParse(answer.result);
    if (!parsed.success) return { kind: 'failed', answer: { kind: 'lost', code: 'unreadable-answer' } };
    const { id: channel } = parsed.data.channel;
    known.set(userId, channel);
    for (const oldest of known.keys()) {
      if (known.size <= MAX_CHANNELS) break;
      known.delete(oldest);
    }
    return { kind: 'open', channel };
  };
}
