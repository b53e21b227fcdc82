import type { Advanced, Conversation, Position, TurnContext } from '../../conversation/index.js';
import { HAND_OFF, HAND_OFF_NAME, SYSTEM } from '../../conversation/machine-context.js';
import type { ChallengeState, ConversationEvent, Effect, Frame } from '../../model/index.js';
import { type Events, isLocal } from './events.js';
import type { Interruption, Node } from './node.js';
import { nameOfSlots, pick, type SlotFacts, type Slots } from './slots.js';

/** What one event brings about, told apart from what lies below the present matter. */
export interface Outcome {
  readonly flow: string;
  readonly step: string;
  readonly tries: number;
  readonly later: string | null;
  readonly asked: readonly string[];
  readonly effects: readonly Effect[];
  /** Slots that were set; `isCleared`: all others but the kept ones are gone. */
  readonly writes: Slots;
  readonly isCleared: boolean;
  readonly stack: StackChange;
  /** Whether it asks again where it came from. */
  readonly stays?: true;
  /** Whether a built-in question stays about what it is about. */
  readonly staysLater?: true;
}

export type StackChange =
  /** Goes on above the same interrupted place. */
  | {
      readonly kind: 'kept';
      readonly calls: readonly Frame[];
      readonly isWhole: boolean;
      readonly isTurned: boolean;
    }
  /** Interrupts the place where the event came. */
  | {
      readonly kind: 'pushed';
      readonly by: Interruption;
      readonly calls: readonly Frame[];
      readonly isWhole: boolean;
      readonly isTurned: boolean;
    }
  /** Comes back to the interrupted place. */
  | { readonly kind: 'popped' }
  /** Nothing is left to come back to. */
  | { readonly kind: 'dropped'; readonly calls: readonly Frame[] };

/** Steps the real machine, once for everything that makes a difference. */
export interface Stepper {
  /** One outcome for each set of circumstances; `null` for one that never came to rest. */
  outcomes(node: Node, event: ConversationEvent): Outcomes;
  /** How often the machine was stepped. */
  steps(): number;
}

/** Stands for an interrupted place: a built-in step that nothing else leads to without a flow that called it. */
const INTERRUPTIONS: readonly Interruption[] = ['digression', 'preempted'];
const PLACE = { flow: HAND_OFF, step: 'how', dueAt: null } as const;
/** Is gone when the slots were cleared. */
const PROBE = '(probe)';
/** Judged states of a hand-off whose built-in step is asked again. */
const CHALLENGES: Readonly<Record<string, ChallengeState>> = {
  issued: 'issued',
  opened: 'opened',
  pictures: 'pictures',
  resetting: 'matched',
  mail: 'matched',
  'mail-due': 'matched',
};

/**
 * What the machine looks at, besides the slots that `slots` tells of: for an event of the open question, that question
 * and what called it; for any other, the flow, whether this is its first question, and whether anything lies below.
 * What lies below is held by stand-ins: what the machine leaves alone of them, it leaves alone whatever stands there.
 */
export function createStepper(parts: {
  readonly conversation: Conversation;
  readonly events: Events;
  readonly slots: SlotFacts;
  readonly circumstances: readonly TurnContext[];
  /** First questions, as `flow.step`. */
  readonly openings: ReadonlySet<string>;
  /** Looks at each state by itself instead of at one for all that are alike. */
  readonly isExhaustive: boolean;
}): Stepper {
  const { conversation, events, slots, circumstances, openings, isExhaustive } = parts;
  const known = new Map<string, Outcomes>();
  const names = new WeakMap<ConversationEvent, string>();
  let count = 0;
  const run = (node: Node, event: ConversationEvent, base: readonly Frame[], read: Slots): Outcomes =>
    circumstances.map((turn): Outcome | null => {
      count += 1;
      const position = positionOf(node, base, read, turn);
      const said = event.kind === 'timer' ? { ...event, due: turn.now } : event;
      const challenge = node.flow === HAND_OFF ? (CHALLENGES[node.step] ?? null) : null;
      const advanced = rested(() => conversation.advance(position, said, { ...turn, challenge }));
      return advanced === null ? null : outcomeOf(advanced, position);
    });
  const byPlace = new Map<string, Map<ConversationEvent, Outcomes>>();
  const byNode = new WeakMap<Node, Map<ConversationEvent, Outcomes>>();
  /** What is known of a state, and of all that differ in nothing but what they were begun above of and the warning. */
  const outcomesAt = (node: Node): Map<ConversationEvent, Outcomes> => {
    const own = byNode.get(node);
    if (own !== undefined) return own;
    const { flow, step, tries, later, asked, layer, calls } = node;
    const above = `${layer.kind} ${frameNames(calls)} ${nameOfSlots(node.slots)}`;
    const place = `${flow}.${step} ${tries} ${later} ${asked} ${above}`;
    const shared = byPlace.get(place) ?? new Map<ConversationEvent, Outcomes>();
    byPlace.set(place, shared);
    byNode.set(node, shared);
    return shared;
  };
  const cached = (key: string, make: () => Outcomes): Outcomes => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  const nameOf = (event: ConversationEvent): string => {
    const name = names.get(event) ?? JSON.stringify(event);
    names.set(event, name);
    return name;
  };
  /** A deep link looks at nothing of the place where it is opened. */
  const opened = (node: Node, event: ConversationEvent): Outcomes | null => {
    const read = readOf(node.slots, slots.liveAtStart(events.opens(event) ?? ''));
    const [onDigression, onEmergency] = INTERRUPTIONS.map((kind) =>
      cached(`${kind} ${nameOfSlots(read)} ${nameOf(event)}`, () => run(node, event, [frameOf(kind)], read)),
    );
    const isAlike = [onDigression, onEmergency].every((outcomes) =>
      outcomes?.every((outcome) => outcome === null || isCleared(outcome)),
    );
    return isAlike ? (onDigression ?? null) : null;
  };
  /** What is done whatever lies below, besides the calls on top; `null` when that counts. */
  const alike = (node: Node, event: ConversationEvent): Outcomes | null => {
    const isHere = isLocal(event) || event.kind === 'resume';
    const isFirst = openings.has(`${node.flow}.${node.step}`);
    const place = isHere || isFirst ? `${node.step} ${node.tries}` : '';
    const read = readOf(
      node.slots,
      isHere ? slots.liveAt(node.flow, node.step) : slots.liveAtStart(events.opens(event) ?? ''),
    );
    const top = node.calls.slice(-1);
    const isEmpty = node.layer.kind === null && top.length === 0;
    const key = `${node.flow} ${place} ${frameNames(top)} ${nameOfSlots(read)} ${nameOf(event)}`;
    if (isEmpty)
      return moved(
        cached(`${key} alone`, () => marked(run(node, event, [], read), node)),
        node,
      );
    const onDigression = cached(`${key} d`, () =>
      marked(run(node, event, [frameOf('digression'), ...top], read), node),
    );
    const fitted = (outcomes: Outcomes): Outcomes =>
      moved(outcomes, node).map((outcome) => withCalls(outcome, node.calls, top.length));
    const { kind } = node.layer;
    const isUsable = onDigression.every(
      (outcome) =>
        outcome === null || (isUntouched(outcome) && (kind === 'digression' || !isTurned(outcome))),
    );
    if (isUsable) return fitted(onDigression);
    const onEmergency = cached(`${key} p`, () =>
      marked(run(node, event, [frameOf('preempted'), ...top], read), node),
    );
    if (kind === 'preempted' && onEmergency.every((outcome) => outcome === null || isUntouched(outcome)))
      return fitted(onEmergency);
    const isAlike = [...onDigression, ...onEmergency].every(
      (outcome) => outcome === null || isCleared(outcome),
    );
    return isAlike ? onDigression : null;
  };
  const stepped = (node: Node, event: ConversationEvent): Outcomes => {
    if (!isExhaustive) {
      const isDeepLink = event.kind === 'start' && event.flow !== null;
      const found = node.flow === SYSTEM ? null : isDeepLink ? opened(node, event) : alike(node, event);
      if (found !== null) return found;
    }
    const read =
      isExhaustive || node.flow === SYSTEM ? node.slots : readable(node, slots, events.opens(event));
    const { flow, step, tries, later, asked, layer, calls } = node;
    // A built-in question's own subject only counts for its answers, and for the wish it is about.
    const isWished = later !== null && events.opens(event) === later;
    const subject = isExhaustive || isLocal(event) || event.kind === 'resume' ? later : isWished;
    const place = `${flow}.${step} ${tries} ${subject} ${asked} ${layer.kind} ${frameNames(calls)}`;
    const outcomes = cached(`${place} ${nameOfSlots(read)} ${nameOf(event)} whole`, () =>
      run(node, event, baseOf(node), read).map((outcome) =>
        outcome !== null && subject === false && outcome.later === later
          ? { ...outcome, staysLater: true }
          : outcome,
      ),
    );
    return outcomes.map((outcome) => (outcome?.staysLater === true ? { ...outcome, later } : outcome));
  };
  return {
    steps: () => count,
    outcomes: (node, event) => {
      const known = outcomesAt(node);
      const found = known.get(event) ?? stepped(node, event);
      known.set(event, found);
      return found;
    },
  };
}

type Outcomes = readonly (Outcome | null)[];

/** Notes which outcomes stay at the place they come from: they do so wherever that is. */
function marked(outcomes: Outcomes, { flow, step }: Node): Outcomes {
  return outcomes.map((outcome) =>
    outcome !== null && outcome.flow === flow && outcome.step === step
      ? { ...outcome, stays: true }
      : outcome,
  );
}

function moved(outcomes: Outcomes, { step, tries }: Node): Outcomes {
  return outcomes.map((outcome) =>
    outcome?.stays === true && outcome.step !== step ? { ...outcome, step, tries } : outcome,
  );
}

/** Slots that this turn may read. */
function readable(node: Node, slots: SlotFacts, opened: string | null): Slots {
  const live = new Set([...slots.liveAt(node.flow, node.step), ...slots.liveAtStart(opened ?? '')]);
  for (const call of node.calls) for (const slot of slots.liveAfter(call.flow, call.step)) live.add(slot);
  return readOf(node.slots, live);
}

function frameNames(frames: readonly Frame[]): string {
  return frames.map((frame) => `${frame.flow}.${frame.step}`).join('>');
}

/** `null` when the machine gave up, because it went on and on. */
function rested(advance: () => Advanced): Advanced | null {
  try {
    return advance();
  } catch (error) {
    if (error instanceof Error && /infinite loop|Maximum call stack/i.test(error.message)) return null;
    throw error;
  }
}

function isTurned({ stack }: Outcome): boolean {
  return 'isTurned' in stack && stack.isTurned;
}

/** Nothing is left of the stack, and nothing was come back to. */
function isCleared({ stack }: Outcome): boolean {
  return stack.kind === 'dropped';
}

function isUntouched({ stack }: Outcome): boolean {
  return (stack.kind === 'pushed' || stack.kind === 'kept') && stack.isWhole;
}

/** The same above all calls of a state, of which only `known` stood in. */
function withCalls(outcome: Outcome | null, calls: readonly Frame[], known: number): Outcome | null {
  if (outcome?.stack.kind !== 'kept' || calls.length === known) return outcome;
  const fresh = outcome.stack.calls.slice(known);
  return { ...outcome, stack: { ...outcome.stack, calls: [...calls, ...fresh] } };
}

function frameOf(kind: Interruption): Frame {
  return { ...PLACE, kind };
}

function baseOf({ layer, calls }: Node): readonly Frame[] {
  return layer.kind === null ? calls : [frameOf(layer.kind), ...calls];
}

/** The slots that are wanted, and the hand-off it is about. */
function readOf(slots: Slots, wanted: ReadonlySet<string>): Slots {
  return pick(slots, new Set([...wanted, HAND_OFF_NAME]));
}

function positionOf(node: Node, stack: readonly Frame[], slots: Slots, turn: TurnContext): Position {
  const { flow, step, tries, later, asked } = node;
  return {
    ...{ bundle: '', verb: null, shape: null, misses: 0 },
    ...{ flow, step, stack, tries, later, asked, locale: turn.locale },
    slots: { ...slots, [PROBE]: '' },
    dueAt: turn.now,
  };
}

function outcomeOf({ position, effects }: Advanced, before: Position): Outcome {
  const { flow, step, tries, later, asked } = position;
  const { [PROBE]: probe, ...slots } = position.slots;
  const writes = Object.fromEntries(
    Object.entries(slots).filter(([slot, value]) => before.slots[slot] !== value),
  );
  const stack = stackChange(before.stack, position);
  return { flow, step, tries, later, asked, effects, writes, isCleared: probe === undefined, stack };
}

function stackChange(before: readonly Frame[], { stack, flow, step }: Position): StackChange {
  const [bottom] = before;
  const hasPlace = bottom !== undefined && isPlace(bottom);
  if (hasPlace && stack.length === 0 && flow === PLACE.flow && step === PLACE.step) return { kind: 'popped' };
  // An emergency turns what was interrupted into what its end does not come back to.
  const isTurned =
    hasPlace && bottom.kind === 'digression' && isPlace(stack[0]) && stack[0]?.kind === 'preempted';
  const differs = stack.findIndex(
    (frame, index) => !isSame(frame, before[index]) && !(isTurned && index === 0),
  );
  const common = differs < 0 ? stack.length : differs;
  const isWhole = common === before.length;
  const fresh = stack.slice(common);
  const pushed = fresh.findLastIndex(({ kind }) => kind !== 'call');
  const by = fresh[pushed]?.kind;
  if (by === 'digression' || by === 'preempted')
    return { kind: 'pushed', by, calls: fresh.slice(pushed + 1), isWhole, isTurned };
  if (hasPlace && common === 0) return { kind: 'dropped', calls: stack };
  return { kind: 'kept', calls: hasPlace ? stack.slice(1) : stack, isWhole, isTurned };
}

function isPlace(frame: Frame | undefined): boolean {
  return frame?.flow === PLACE.flow && frame.step === PLACE.step && frame.kind !== 'call';
}

function isSame(frame: Frame, other: Frame | undefined): boolean {
  return frame.flow === other?.flow && frame.step === other.step && frame.kind === other.kind;
}
