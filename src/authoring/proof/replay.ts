import type { Bundle } from '../../content/index.js';
import type { Advanced, Conversation, TurnContext } from '../../conversation/index.js';
import type { ConversationEvent } from '../../model/index.js';
import { brokenBy, type Facts, leakedIn, type Rule, shownBy } from './rules.js';

/** One turn of a conversation that was played again without any abstraction. */
export interface ReplayedTurn {
  readonly event: ConversationEvent | null;
  /** `null` for the last one, when the machine gave up on it. */
  readonly advanced: Advanced | null;
}

export interface Replayed {
  /** The circumstances it was played in. */
  readonly here: TurnContext;
  readonly turns: readonly ReplayedTurn[];
  /** The rules that its last turn breaks. */
  readonly broken: readonly Rule[];
}

/**
 * Plays events through the real machine, from the opening on, until the last one or one that the machine gives up on.
 */
export function replay(
  conversation: Conversation,
  bundle: Bundle,
  facts: Facts,
  events: readonly ConversationEvent[],
  turn: TurnContext,
): Replayed {
  const opened = conversation.open(turn);
  const turns: ReplayedTurn[] = [{ event: null, advanced: opened }];
  let before = opened.position;
  let warned = shownBy(opened.effects, bundle, facts).includes('warning');
  let broken: readonly Rule[] = [];
  for (const event of events) {
    const said = event.kind === 'timer' ? { ...event, due: before.dueAt ?? turn.now } : event;
    let advanced: Advanced;
    try {
      advanced = conversation.advance(before, said, turn);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { here: turn, turns: [...turns, { event: said, advanced: null }], broken: ['proof-loop'] };
    }
    const { position, effects } = advanced;
    const comesBack = position.stack.length < before.stack.length;
    const leaked = [leakedIn(before.slots), leakedIn(position.slots)] as const;
    broken = brokenBy({ event: said, effects, place: position, leaked, comesBack }, warned, bundle, facts);
    warned ||= shownBy(effects, bundle, facts).includes('warning');
    turns.push({ event: said, advanced });
    before = position;
  }
  return { here: turn, turns, broken };
}
