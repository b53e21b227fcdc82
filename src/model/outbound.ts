import type { TextKey } from './ids.js';

/** A button that sends a choice back. `data` is `<turn>.<index>.<MAC>`. */
export interface TapButton {
  readonly kind: 'tap';
  readonly label: string;
  readonly data: string;
  /** The choice's value, for transcripts; never sent to a platform. */
  readonly value: string;
  /** Whether the button is numbered where buttons are typed (a standing helper such as "it won't open" is not). */
  readonly numbered: boolean;
}

/** A button that opens an official link. */
export interface UrlButton {
  readonly kind: 'url';
  readonly label: string;
  readonly url: string;
  /** Name of the link in the registry. */
  readonly link: string;
}

/** A button that opens our own direct chat at a flow; the adapter builds the address. */
export interface PrivateButton {
  readonly kind: 'private';
  readonly label: string;
  readonly flow: string;
}

export type Button = TapButton | UrlButton | PrivateButton;

/** What is sent, in the same words for every platform. */
export type OutboundMessage =
  | {
      readonly kind: 'message';
      /** Plain text; never markup. */
      readonly text: string;
      readonly buttons: readonly Button[];
      /** The text keys it was made of, in order: for transcripts and coverage. */
      readonly keys: readonly TextKey[];
      /** Must not appear in a public place. */
      readonly private: boolean;
      /** Said instead unless the deletion of the same turn is known to have happened. */
      readonly unlessDeleted?: { readonly text: string; readonly keys: readonly TextKey[] };
    }
  /** Delete a person's message, because it held a secret. */
  | { readonly kind: 'delete'; readonly messageRef: string }
  /** Answer a tap, so that the platform stops showing it as pending. */
  | {
      readonly kind: 'answer-tap';
      readonly token: string;
      readonly text: string;
      /** The words say something of their own, beyond that the tap arrived. */
      readonly note?: true;
    };

/** One platform call, as data: method and payload are the platform's own. */
export interface PlatformCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What an adapter can do, so that the words fit the platform. */
export interface Capabilities {
  /**
   * Whether the bot can delete a person's message in a place of this visibility, at least where it was given the right.
   */
  readonly deletesIn: { readonly direct: boolean; readonly public: boolean };
  /** Longest text of one message in UTF-16 units. */
  readonly maxTextChars: number;
  /** Longest button label in UTF-16 units. */
  readonly maxLabelChars: number;
}

/** What became of one platform call. */
export type SendResult =
  | { readonly kind: 'sent' }
  /** Already so ("message to delete not found"): as good as sent. */
  | { readonly kind: 'already' }
  | { readonly kind: 'retry'; readonly afterMs?: number; readonly code: string }
  /** The answer was lost: it may or may not have happened. */
  | { readonly kind: 'unknown-outcome'; readonly code: string }
  /** The person blocked us or closed the chat: stop sending. */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The platform will never take this call. */
  | { readonly kind: 'refused'; readonly code: string };
