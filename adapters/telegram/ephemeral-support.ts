import { z } from 'zod';
import type { ApiAnswer, CallApi } from './api.js';

/** A method that came with messages for one member only (Bot API 10.2). Without parameters it does nothing. */
const PROBE = 'deleteEphemeralMessage';
const sentSchema = z.object({ ephemeral_message_id: z.int() });

/**
 * Whether the server can show a message to one member of a group only. Older servers take no notice of parameters they
 * do not know and would show it to all.
 */
export interface EphemeralSupport {
  /** `unknown` when the server cannot be asked now: with the answer it gave. */
  look(): Promise<'yes' | 'no' | Exclude<ApiAnswer, { readonly kind: 'ok' }>>;
  /** Told of the answer to each such message that was sent. */
  learn(result: unknown): void;
}

/** Asks the server once; what it does with the first message has the last word. */
export function createEphemeralSupport(api: CallApi): EphemeralSupport {
  let known: 'yes' | 'no' | null = null;
  return {
    async look() {
      if (known !== null) return known;
      const answer = await api(PROBE, {});
      if (answer.kind === 'error' && answer.status === 404) known = 'no';
      else if (answer.kind === 'ok' || (answer.kind === 'error' && answer.status === 400)) known = 'yes';
      else return answer;
      return known;
    },
    learn(result) {
      if (!sentSchema.safeParse(result).success) known = 'no';
    },
  };
}
