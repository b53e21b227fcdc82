import {
  type ConversationId,
  conversationId,
  type InboundId,
  type PageAnswer,
  type PageRequest,
  type Platform,
  parseConversationId,
  type Store,
} from '../model/index.js';
import { isLive } from '../recovery/index.js';
import { pointerName } from './pointers.js';
import type { Receiver } from './receive.js';

/** Where requests of the official page's server come in, after their signature was checked. */
export interface PageDesk {
  /** `seen` names the request: asked twice, it is answered twice and done once. Throws what the store throws. */
  ask(request: PageRequest, seen: InboundId): Promise<PageAnswer>;
  /** How far a hand-off is, for the browser that opened it; `unknown` for every other. Changes nothing. */
  status(id: string, browser: string): Promise<PageStatus>;
  /** Whether a session code was given out in a chat of ours that goes on. Changes nothing. */
  session(code: string): Promise<SessionAnswer>;
}

/** Who talks to whom under a session code; of the person no more than they recognise themselves by. */
export type SessionAnswer =
  | { readonly kind: 'session'; readonly genuine: false }
  | {
      readonly kind: 'session';
      readonly genuine: true;
      readonly platform: Platform;
      /** Our own handle there; `null` where the registry names none. */
      readonly bot: string | null;
      /** The person's own handle, all but its ends left out; `null` where it is not known. */
      readonly person: string | null;
    };

export type PageStatus = 'opened' | 'pictures' | 'matched' | 'completed' | 'stopped' | 'unknown';

/** Finds the conversation that a request is about and lets it answer as a turn. */
export function createPageDesk(parts: {
  readonly store: Pick<Store, 'getPointer' | 'load' | 'now'>;
  readonly receiver: Pick<Receiver, 'pageAsks'>;
  /** A platform that runs. */
  readonly platform: Platform;
  /** Our own handle on a platform. */
  readonly botHandle?: (platform: Platform) => string | null;
}): PageDesk {
  const { store, receiver } = parts;
  // Asked in place of a conversation that there is not, so that both take the same calls of the store.
  const nobody = conversationId(parts.platform, { channel: 'nobody' }, 'nobody');
  const find = async (request: PageRequest): Promise<ConversationId> => {
    const name =
      request.kind === 'open-by-number'
        ? pointerName('number', request.number)
        : request.kind === 'returned-elsewhere'
          ? pointerName('nonce', request.nonce)
          : pointerName('id', request.id);
    return (await store.getPointer(name, store.now())) ?? nobody;
  };
  return {
    ask: async (request, seen) => receiver.pageAsks(await find(request), request, seen),
    status: async (id, browser) => {
      const conversation = (await store.getPointer(pointerName('id', id), store.now())) ?? nobody;
      const challenge = (await store.load(conversation)).snapshot?.challenge;
      if (challenge?.id !== id || challenge.browser !== browser) return 'unknown';
      const { state } = challenge;
      if (state === 'matched' || state === 'completed' || state === 'stopped') return state;
      return state !== 'issued' && isLive(challenge, store.now()) ? state : 'unknown';
    },
    session: async (code) => {
      const found = await store.getPointer(pointerName('session', code), store.now());
      const { snapshot } = await store.load(found ?? nobody);
      if (found === null || snapshot === null) return { kind: 'session', genuine: false };
      const { platform } = parseConversationId(found);
      return {
        kind: 'session',
        genuine: true,
        platform,
        bot: parts.botHandle?.(platform) ?? null,
        person: snapshot.shownAs ?? null,
      };
    },
  };
}
