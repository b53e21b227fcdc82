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

/** A message without what the person wrote. */
export type Envelope = Omit<InboundMessage, 'content'>;

interface TimerInput {
  readonly kind: 'timer';
  readonly timer: string;
  readonly dueAt: number;
}

/** What a turn answers: a message of the person, or a timer that came due. */
export type TurnInput =
  | { readonly kind: 'message'; readonly message: Envelope; readonly inspection: Inspection }
  | TimerInput;

/** What an answer without the machine needs to know. */
export type ShortInput = { readonly kind: 'message'; readonly message: Envelope } | TimerInput;

/** What is answered, and when, whatever the answer is made of. */
export interface ShortRequest {
  readonly conversation: ConversationId;
  readonly person: PersonId;
  readonly platform: Platform;
  readonly seen: InboundId;
  readonly input: ShortInput;
  readonly now: number;
}

export interface TurnRequest extends ShortRequest {
  readonly input: TurnInput;
  readonly entropy: Uint8Array;
}
