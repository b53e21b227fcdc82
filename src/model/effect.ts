import type { SecretKind } from './event.js';
import type { TextKey } from './ids.js';

/** What the machine asks for, as data. Nothing here has happened yet. */
export type Effect =
  | { readonly kind: 'say'; readonly text: TextKey; readonly private: boolean }
  /** Ask the question of a step, with the choices it offers. */
  | {
      readonly kind: 'ask';
      readonly text: TextKey;
      readonly choices: readonly Choice[];
      readonly private: boolean;
      /** Text key of the name that the question mentions as `{title}`; `null` for none. */
      readonly title: TextKey | null;
    }
  /** A secret was found and removed: say so, and delete the message where that is possible. */
  | {
      readonly kind: 'secret-seen';
      readonly secret: SecretKind;
      /** Messages to delete beside the one that is answered. */
      readonly refs: readonly string[];
    }
  | { readonly kind: 'link'; readonly text: TextKey; readonly label: TextKey; readonly to: string }
  | { readonly kind: 'links'; readonly text: TextKey; readonly to: readonly string[] }
  | { readonly kind: 'hand-off'; readonly name: string }
  /** Begin a verified hand-off: make its challenge. */
  | { readonly kind: 'issue-challenge'; readonly name: string }
  | { readonly kind: 'verified-link'; readonly name: string }
  /** Show a new link number, for another device. */
  | { readonly kind: 'link-number' }
  /** Tell that the page was opened, with a button to stop it, while something else goes first. */
  | { readonly kind: 'page-opened' }
  /** Ask for the picture that the page shows, with other choices below. */
  | { readonly kind: 'ask-pictures'; readonly choices: readonly Choice[] }
  /** Show a code by which the official site knows this chat. */
  | { readonly kind: 'session-code' }
  | { readonly kind: 'link-help'; readonly links: readonly string[] }
  | { readonly kind: 'human'; readonly topic: string; readonly text: TextKey }
  | { readonly kind: 'open-private'; readonly flow: string }
  | { readonly kind: 'set-timer'; readonly timer: string; readonly dueAt: number }
  | { readonly kind: 'cancel-timer'; readonly timer: string }
  | { readonly kind: 'set-locale'; readonly locale: string }
  | { readonly kind: 'forget-me' }
  | { readonly kind: 'report'; readonly what: string };

/** Whether an effect asks for something; of several in one turn only the last one stands. */
export function isQuestion(effect: Effect): boolean {
  return effect.kind === 'ask' || effect.kind === 'ask-pictures';
}

/** One choice of a question: its value and the text key of its label. */
export interface Choice {
  readonly value: string;
  readonly label: TextKey;
}
