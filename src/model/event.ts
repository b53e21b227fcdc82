import type { PageNews } from './challenge.js';
import type { Written } from './written.js';

/** Kinds of secret the guard tells apart for the words that follow. */
export const SECRET_KINDS = ['phrase', 'key', 'password', 'code'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** Something found in a text that a question may ask for. */
export type FoundKind = 'link' | 'handle' | 'mail' | 'number' | 'hash';
export interface Found {
  readonly kind: FoundKind;
  readonly value: Written;
}

/**
 * What of a message a question asks for, `null` for none. Where it asks for something to be looked up, all of it, one a
 * line: an official link beside another one must not speak for both.
 */
export function askedIn(found: readonly Found[], expects: readonly string[]): string | null {
  const values = found.filter(({ kind }) => expects.includes(kind)).map(({ value }) => value);
  const [first] = values;
  if (first === undefined) return null;
  return expects.includes('link') ? [...new Set(values)].join('\n') : first;
}

/** The words that work everywhere as a whole message. */
export const GLOBAL_WORDS = ['cancel', 'restart', 'language', 'human', 'help', 'forget-me'] as const;
export type GlobalWord = (typeof GLOBAL_WORDS)[number];

/** Input that is not text and gets a helpful answer. */
export type OtherInput =
  | 'photo'
  | 'sticker'
  | 'voice'
  | 'video'
  | 'document'
  | 'location'
  | 'other'
  | 'edited'
  | 'empty'
  | 'too-long'
  | 'unknown-command'
  | 'old-button'
  | 'not-your-button';

/** What enters the machine. Everything a person or the world can bring about, closed. */
export type ConversationEvent =
  | {
      readonly kind: 'choice';
      readonly value: string;
      /** What stands in the text that was taken for the choice, if anything does. */
      readonly found?: readonly Found[];
      /** The intent of a second question in the same message. */
      readonly also?: string;
    }
  | { readonly kind: 'answer'; readonly value: Written }
  | {
      readonly kind: 'intent';
      readonly intent: string;
      readonly found: readonly Found[];
      /** The intent of a second question in the same message. */
      readonly also?: string;
    }
  /** Several intents are close: ask which. */
  | { readonly kind: 'ask-back'; readonly intents: readonly string[] }
  | { readonly kind: 'unclear'; readonly near: readonly string[] }
  | { readonly kind: 'global'; readonly word: GlobalWord }
  | {
      readonly kind: 'secret';
      readonly secrets: readonly SecretKind[];
      readonly removed: boolean;
      /** References of earlier messages that hold a part of it. */
      readonly earlier?: readonly string[];
    }
  /** Something that may be a secret was taken out and kept nowhere: ask. `ref`: the message, where it can be named. */
  | { readonly kind: 'held'; readonly secret: SecretKind; readonly ref: string | null }
  /** The chat was opened, at a flow or even a step of it; `null` for the welcome. */
  | { readonly kind: 'start'; readonly flow: string | null; readonly step?: string }
  /** The chat was opened again: the open question once more, or the welcome. */
  | { readonly kind: 'resume' }
  /** The person names the language to use from now on. */
  | { readonly kind: 'locale'; readonly locale: string }
  /** The person came back from the official page by its own link. */
  | { readonly kind: 'returned'; readonly nonce: string }
  /** What is new on the official page, or with the way back from it. */
  | { readonly kind: 'page'; readonly news: PageNews | 'expired' | 'late' | 'relayed' }
  | { readonly kind: 'wont-open'; readonly links: readonly string[] }
  | { readonly kind: 'timer'; readonly timer: string; readonly due: number }
  | { readonly kind: 'other'; readonly input: OtherInput };
