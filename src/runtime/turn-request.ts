import type { Bundle } from '../content/index.js';
import type { Conversation } from '../conversation/index.js';
import type {
  ConversationId,
  InboundId,
  InboundMessage,
  PersonId,
  Platform,
  Understanding,
} from '../model/index.js';
import type { ButtonSigner } from './buttons.js';
import type { Inspection } from './read-content.js';

/** Everything that stays the same from turn to turn while one bundle is live. */
export interface Engine {
  readonly bundle: Bundle;
  readonly conversation: Conversation;
  readonly understanding: Understanding;
  readonly buttons: ButtonSigner;
}

/** What a turn answers: a message of the person, or a timer that came due. */
export type TurnInput =
  | {
      readonly kind: 'message';
      readonly message: Omit<InboundMessage, 'content'>;
      readonly inspection: Inspection;
    }
  | { readonly kind: 'timer'; readonly timer: string; readonly dueAt: number };

export interface TurnRequest {
  readonly conversation: ConversationId;
  readonly person: PersonId;
  readonly platform: Platform;
  readonly seen: InboundId;
  readonly input: TurnInput;
  readonly now: number;
  readonly entropy: Uint8Array;
}
