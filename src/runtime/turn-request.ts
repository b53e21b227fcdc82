import type { Bundle } from '../content/index.js';
import type { Conversation, Verifies } from '../conversation/index.js';
import type {
  ConversationId,
  InboundId,
  InboundMessage,
  PageRequest,
  PersonId,
  Platform,
  Understanding,
} from '../model/index.js';
import type { ButtonSigner } from './buttons.js';
import type { Inspection } from './inspect-content.js';

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

/** A question of the official page's server. */
export interface PageInput {
  readonly kind: 'page';
  readonly request: PageRequest;
}

/** What a turn answers: a message of the person, or a timer that came due. */
export type TurnInput =
  | { readonly kind: 'message'; readonly message: Envelope; readonly inspection: Inspection }
  | TimerInput
  | PageInput;

/** What an answer without the machine needs to know. */
export type ShortInput = { readonly kind: 'message'; readonly message: Envelope } | TimerInput | PageInput;

/** What is answered, and when, whatever the answer is made of. */
export interface ShortRequest {
  readonly conversation: ConversationId;
  readonly person: PersonId;
  readonly platform: Platform;
  readonly seen: InboundId;
  readonly input: ShortInput;
  readonly now: number;
}

/** `relayed`: another person's; `elsewhere`: the person's own, in another of their conversations. */
export type ReturnPlace = 'relayed' | 'elsewhere';

export interface TurnRequest extends ShortRequest {
  readonly input: TurnInput;
  readonly entropy: Uint8Array;
  /** Whether a hand-off may be verified; `no` by default. */
  readonly verifies?: Verifies;
  /** Whose hand-off the link belongs to by which the person came back, where it is none of this conversation. */
  readonly returns?: ReturnPlace | null;
}
