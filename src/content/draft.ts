import type { PhraseBook } from '../model/index.js';
import type { GlobalAction } from './bundle.js';
import type { Flow } from './flow.js';
import type { Locales } from './locale-schema.js';
import type { Message } from './message.js';
import type { Registry } from './registry.js';

/**
 * What could be understood of the content, so that one file with a mistake hides no mistake of another. `null` stands
 * for a file that could not be understood: of names that it would say, nothing is said.
 */
export interface Draft {
  /** Flows and answers, as far as their steps could be understood. */
  readonly flows: ReadonlyMap<string, Flow>;
  /** Flows with mistakes → their steps that are there and could not be understood. */
  readonly unclear: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether every flow and answer is known by name. */
  readonly allNamed: boolean;
  /** Whether every trigger of them is known too. */
  readonly allTriggers: boolean;
  readonly triggers: ReadonlyMap<string, string>;
  readonly globals: Readonly<Record<string, GlobalAction>> | null;
  readonly timesMs: ReadonlyMap<string, number> | null;
  readonly registry: Registry | null;
  readonly locales: Locales | null;
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, Message>>;
  /** Locale → every text key of its file, those that could not be compiled too. */
  readonly textKeys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly phrases: ReadonlyMap<string, PhraseBook>;
}

/** Whether a flow is there, or may be. */
export function mayHaveFlow(draft: Draft, name: string): boolean {
  return draft.flows.has(name) || draft.unclear.has(name) || !draft.allNamed;
}

/** The names of all flows that are known. */
export function flowNames(draft: Draft): readonly string[] {
  return [...new Set([...draft.flows.keys(), ...draft.unclear.keys()])];
}
