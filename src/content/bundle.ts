import type { GlobalWord, PhraseBook } from '../model/index.js';
import { fallbackChain } from './fallback-chain.js';
import type { Flow, Target } from './flow.js';
import type { Locales } from './locale-schema.js';
import type { Message } from './message.js';
import type { Registry } from './registry.js';

/** What a global word does. */
export type GlobalAction =
  | { readonly kind: 'go'; readonly say: string | null; readonly go: Target; readonly clears: boolean }
  | { readonly kind: 'flow'; readonly flow: string }
  | { readonly kind: 'human'; readonly topic: string; readonly say: string };

/** One checked, compiled version of flows and locales; never changed after it was built. */
export interface Bundle {
  /** Hash of everything; names the bundle. */
  readonly hash: string;
  /** Hash of flows and registry: what stored conversations are pinned to. */
  readonly structure: string;
  readonly flows: ReadonlyMap<string, Flow>;
  /** Intent → the flow it starts. */
  readonly triggers: ReadonlyMap<string, string>;
  readonly globals: Readonly<Record<GlobalWord, GlobalAction>>;
  readonly timesMs: ReadonlyMap<string, number>;
  readonly registry: Registry;
  readonly locales: Locales;
  /** Locale → text key → message; every required text is there. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, Message>>;
  readonly phrases: ReadonlyMap<string, PhraseBook>;
}

/** The message for a key: in the locale, else along its fallback chain. `null` when nobody has it. */
export function messageOf(bundle: Bundle, locale: string, key: string): Message | null {
  const own = bundle.texts.get(locale)?.get(key);
  if (own !== undefined) return own;
  for (const tag of fallbackChain(bundle.locales, locale)) {
    const message = bundle.texts.get(tag)?.get(key);
    if (message !== undefined) return message;
  }
  return null;
}
