import type { ConversationId, InboundId, PersonId, Platform } from './ids.js';
import type { Written } from './written.js';

/** What the platform shows as media; none of it is ever fetched. */
export type MediaKind = 'photo' | 'sticker' | 'voice' | 'video' | 'document' | 'location' | 'other';

/** What a person did, in the same words for every platform. */
export type InboundContent =
  | {
      readonly kind: 'text';
      readonly text: Written;
      /** The name or handle a forwarded message came from, where the platform tells. */
      readonly forwardedFrom?: Written;
      /** Targets of links that the text shows under other words. */
      readonly hiddenLinks?: readonly Written[];
    }
  | { readonly kind: 'edit'; readonly text: Written }
  /** What was deleted or changed before it was read, as far as the platform tells: only a secret in it is answered. */
  | { readonly kind: 'withdrawn'; readonly text: Written }
  /** A tapped button; `data` is what we put on it. */
  | { readonly kind: 'tap'; readonly data: Written }
  /**
   * The chat was opened, by a deep link when `payload` is not empty; `resume`: goes on where it was, if it was
   * anywhere.
   */
  | { readonly kind: 'start'; readonly payload: Written; readonly resume?: boolean }
  | { readonly kind: 'command'; readonly name: string; readonly text: Written }
  | { readonly kind: 'contact'; readonly phone: Written }
  | {
      readonly kind: 'media';
      readonly media: MediaKind;
      readonly caption: Written;
      readonly fileName: Written;
    }
  /** The person blocked (`false`) or unblocked (`true`) the bot. */
  | { readonly kind: 'reachable'; readonly reachable: boolean };

/** How the platform wants an interaction answered, beside ordinary messages. Tokens are secrets. */
export type ReplyVia =
  /** A tap, which is shown as pending until it is answered. */
  | { readonly kind: 'telegram-callback'; readonly token: string }
  /** A message in a group; its answer points at it. */
  | { readonly kind: 'telegram-message'; readonly token: string }
  /** What a person wrote in a group for the bot's eyes only; so is the answer for theirs. */
  | { readonly kind: 'telegram-ephemeral'; readonly token: string }
  /** Slack's `response_url`: what is sent there only the person sees, until `expiresAt` (epoch ms). */
  | { readonly kind: 'slack-response'; readonly token: string; readonly expiresAt: number }
  | {
      readonly kind: 'discord-interaction';
      readonly token: string;
      /** Id of the application it belongs to. */
      readonly application: string;
      /** Epoch ms after which the token is worth nothing. */
      readonly expiresAt: number;
      /** Whether it was used in a server: what answers it there is for that person's eyes only. */
      readonly ephemeral: boolean;
      /** Whether the person sees "thinking …" until the first answer comes. */
      readonly thinks: boolean;
    };

/** Who wrote a message in a group, as the platform shows it. Looked at, and never kept. */
export interface ShownAuthor {
  /** Empty where the platform tells none. */
  readonly name: string;
  /** With or without `@`. */
  readonly handle?: string;
  /** Where it was seen; without one, a handle of ours counts on all platforms. */
  readonly platform?: Platform;
}

/** One update of a platform, decoded; the unit that is acknowledged. */
export interface InboundMessage {
  readonly id: InboundId;
  readonly platform: Platform;
  readonly conversation: ConversationId;
  readonly person: PersonId;
  /** `direct`: only the person and the bot read it. `public`: a group or channel. */
  readonly visibility: 'direct' | 'public';
  readonly content: InboundContent;
  /** The platform's own reference of the message, for deleting it; absent for taps. */
  readonly messageRef?: string;
  /** BCP-47 hint of the platform, as sent; only seeds the choice of a locale. */
  readonly localeHint?: string;
  /** The person's own name on the platform, as others see it; where a hand-off asks for it. */
  readonly handle?: string;
  readonly replyVia?: ReplyVia;
  /** When the person did it, as the platform says (epoch ms). */
  readonly sentAt?: number;
  /**
   * Set for what is not for us but was seen in a group: who wrote it. It is watched for fake support and never
   * answered.
   */
  readonly overheard?: ShownAuthor;
}

/** What a decoder makes of an update: a message, or the reason why it is none of ours. */
export type Decoded =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  | { readonly kind: 'unsupported'; readonly why: string };
