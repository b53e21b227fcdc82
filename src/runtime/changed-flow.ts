import type { Advanced, Position, Resumed } from '../conversation/index.js';
import type { ConversationEvent, Effect, Snapshot } from '../model/index.js';
import type { TurnInput } from './turn-request.js';

/** A timer that belongs to nothing any more: of a step that was left, renamed or taken out. */
export function isOrphan(input: TurnInput, { flow, step, dueAt }: Snapshot): boolean {
  return input.kind === 'timer' && (input.timer !== `${flow}.${step}` || input.dueAt !== dueAt);
}

/** A due timer acts under the present name of its step; where that is gone, there is nothing to do but to explain. */
export function timerEvents(
  input: TurnInput,
  resumed: Resumed | null,
  { flow, step }: Position,
): readonly ConversationEvent[] {
  const isGone = resumed?.changed === true && resumed.still === null;
  return input.kind !== 'timer' || isGone
    ? []
    : [{ kind: 'timer', timer: `${flow}.${step}`, due: input.dueAt }];
}

/** What answers a question, and means nothing once that has changed. */
const ANSWERS: ReadonlySet<ConversationEvent['kind']> = new Set(['choice', 'answer', 'unclear']);

/**
 * Where a turn begins, and what was said that still has a meaning there. An answer to a question that has changed under
 * the person is never taken for one to the new question, which is asked instead; a tapped choice that is still the same
 * counts.
 */
export function stillMeant(
  input: TurnInput,
  resumed: Resumed | null,
  opened: Advanced,
  events: readonly ConversationEvent[],
): { readonly start: Advanced; readonly said: readonly ConversationEvent[] } {
  if (input.kind !== 'message' || resumed?.changed !== true) return { start: opened, said: events };
  const [first] = events;
  const isTap = input.inspection.content.kind === 'tap';
  if (isTap && first?.kind === 'choice' && resumed.still !== null && resumed.stands(first.value))
    return { start: resumed.still, said: events };
  const said = events.filter(({ kind }) => !ANSWERS.has(kind));
  if (said.length === events.length || resumed.still === null) return { start: opened, said };
  const why: Effect = { kind: 'say', text: 'flow-changed.again', private: false };
  return { start: { ...opened, effects: [why, ...opened.effects] }, said };
}

/** What does not end a wait: it is met where the wait leads, once that is over. */
const ASIDE: ReadonlySet<ConversationEvent['kind']> = new Set(['intent', 'ask-back', 'wont-open', 'other']);

/**
 * What happens to somebody whose wait is over while its timer has not come: it was taken away when they blocked us, or
 * we were not there. It ends before their words are met, so that nobody is told to wait for what is past; words that
 * mean nothing are answered by that alone.
 */
export function overdueFirst(
  input: TurnInput,
  { flow, step, verb, dueAt }: Position,
  said: readonly ConversationEvent[],
  now: number,
): readonly ConversationEvent[] {
  if (input.kind !== 'message' || verb !== 'wait' || dueAt === null || dueAt > now) return said;
  const met = said.filter(({ kind }) => kind !== 'unclear');
  if (said.length === 0 || !met.every(({ kind }) => ASIDE.has(kind))) return said;
  return [{ kind: 'timer', timer: `${flow}.${step}`, due: dueAt }, ...met];
}
