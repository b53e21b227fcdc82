import type { ConversationEvent, Frame } from '../../model/index.js';
import type { Slots } from './slots.js';

/** A place to come back to that only counts by its kind: whatever was interrupted. */
export type Interruption = 'digression' | 'preempted';

/**
 * What lies below a conversation's present matter. A place that was interrupted is not followed by name: all that was
 * begun above places of one kind with the same slots is one layer, and where it comes back to is told by its callers.
 */
export interface Layer {
  readonly key: string;
  /** `null`: nothing was interrupted. */
  readonly kind: Interruption | null;
  /** Slots at the interrupted places, as far as they count everywhere. */
  readonly slots: Slots;
  readonly callers: Set<Node>;
  /** The same over places that an emergency pushed aside meanwhile. */
  turned: Layer | null;
  /** Ways by which something comes back to what was interrupted. */
  readonly returns: { readonly from: Node; readonly event: ConversationEvent; readonly slots: Slots }[];
  /** Slots that were written in it beside those that count everywhere. */
  readonly written: Set<string>;
}

/** How a state was reached first. */
export type Origin =
  | { readonly kind: 'open' }
  /** By an event in the same layer, or by one that dropped what was interrupted. */
  | { readonly kind: 'event'; readonly from: Node; readonly event: ConversationEvent }
  /** By an event that interrupted a place. */
  | { readonly kind: 'interruption'; readonly from: Node; readonly event: ConversationEvent }
  /** Back at an interrupted place, when what interrupted it came back by an event. */
  | {
      readonly kind: 'return';
      readonly to: Node;
      readonly from: Node;
      readonly event: ConversationEvent;
    };

/** One state of a conversation between two turns, without what nothing depends on. */
export interface Node {
  readonly key: string;
  readonly layer: Layer;
  readonly flow: string;
  readonly step: string;
  /** Flows that called, the outermost first. */
  readonly calls: readonly Frame[];
  readonly slots: Slots;
  readonly slotNames: string;
  readonly tries: number;
  /** The flow that a built-in question is about, and the intents it offers. */
  readonly later: string | null;
  readonly asked: readonly string[];
  /** Whether the warning was shown. */
  readonly warned: boolean;
  readonly origin: Origin;
}

/** The events that lead to a state from the opening of the conversation. */
export function pathTo(node: Node): readonly ConversationEvent[] {
  return walk(node, () => false);
}

/** Follows origins back; stops at an interruption where `isEnough` says so. */
function walk(node: Node, isEnough: (origin: Origin) => boolean): readonly ConversationEvent[] {
  const { origin } = node;
  if (origin.kind === 'open') return [];
  if (isEnough(origin)) return [origin.event];
  if (origin.kind === 'return')
    return [
      ...walk(origin.to, isEnough),
      ...walk(origin.from, ({ kind }) => kind === 'interruption'),
      origin.event,
    ];
  return [...walk(origin.from, isEnough), origin.event];
}
