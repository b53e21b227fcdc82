import { z } from 'zod';
import type { ApiAnswer, CallApi } from './api.js';

/** Direct channels that are remembered; one that was forgotten is asked for again. */
const REMEMBERED = 10_000;

const channelSchema = z.object({ id: z.string() });

/** The direct channel of each person. */
export interface DirectChannels {
  /** Its id, or how asking for it failed. Opening one that is open already changes nothing. */
  of(userId: string): Promise<{ readonly kind: 'channel'; readonly id: string } | Failed>;
  /** A person wrote in it. */
  learn(userId: string, channelId: string): void;
  forget(userId: string): void;
}

type Failed = Exclude<ApiAnswer, { readonly kind: 'ok' }>;

/** Direct channels, asked for once each (`POST /users/@me/channels`). */
export function createDirectChannels(call: CallApi): DirectChannels {
  const known = new Map<string, string>();
  const learn = (userId: string, channelId: string): void => {
    known.delete(userId);
    known.set(userId, channelId);
    if (known.size > REMEMBERED) for (const [oldest] of known) return void known.delete(oldest);
  };
  return {
    learn,
    forget: (userId) => void known.delete(userId),
    of: async (userId) => {
      const id = known.get(userId);
      if (id !== undefined) return { kind: 'channel', id };
      const body = { recipient_id: userId };
      const answer = await call({ method: 'POST', path: '/users/@me/channels', body });
      if (answer.kind !== 'ok') return answer;
      const channel = channelSchema.safeParse(answer.result);
      if (!channel.success) return { kind: 'lost', code: 'unreadable-answer' };
      learn(userId, channel.data.id);
      return { kind: 'channel', id: channel.data.id };
    },
  };
}
