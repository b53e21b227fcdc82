import { type AnyStateMachine, createMachine, transition } from 'xstate';
import { type Bundle, rests, type Step } from '../content/index.js';
import {
  askedIn,
  type ChallengeState,
  type Choice,
  type ConversationEvent,
  type Effect,
  type Found,
  type FreeAnswer,
  isQuestion,
  type LookUp,
  type Platform,
  type Snapshot,
} from '../model/index.js';
import { carryOver, FLOW_CHANGED } from './carry-over.js';
import { compileMachine } from './compile.js';
import { type ReturnedAction, timerEventType, toEffect } from './effects.js';
import { HAND_OFF_CHOICES } from './hand-off-choices.js';
import { type HandOffStep, STEP_CHOICES } from './hand-off-flow.js';
import { type MachineEvent, machineImplementation } from './implementation.js';
import {
  HAND_OFF,
  HAND_OFF_NAME,
  IDLE,
  type MachineContext,
  SYSTEM,
  type Verifies,
} from './machine-context.js';
import { handOffShape, shapeOf, standsIn } from './shape.js';
import { type StepTrace, TRACE } from './trace.js';

/** Circumstances of one turn. */
export interface TurnContext {
  /** Epoch ms. */
  readonly now: number;
  readonly platform: Platform;
  readonly locale: string;
  readonly public: boolean;
  /** How far the verified hand-off has come; `null`, the default, when there is none. */
  readonly challenge?: ChallengeState | null;
  /** When that ends (epoch ms); `null`, the default, when there is none. */
  readonly deadline?: number | null;
  /** Whether a hand-off may be verified now; `no` by default. */
  readonly verifies?: Verifies;
}

/** The conversation's part of a snapshot; the runtime adds turn, offers and time. */
export type Position = Pick<
  Snapshot,
  | 'bundle'
  | 'flow'
  | 'step'
  | 'verb'
  | 'shape'
  | 'stack'
  | 'slots'
  | 'tries'
  | 'dueAt'
  | 'later'
  | 'asked'
  | 'misses'
  | 'locale'
>;

export interface Advanced {
  readonly position: Position;
  readonly effects: readonly Effect[];
  /** Steps entered and ways taken; empty unless the conversation was made with `traced`. */
  readonly trace: readonly StepTrace[];
}

/** A stored conversation on the present content. */
export interface Resumed extends Advanced {
  /** Whether what the person was asked is not what is asked now: an answer to it means nothing any more. */
  readonly changed: boolean;
  /**
   * The same place with nothing asked again: for what does not depend on how the question is worded (a timer, news of
   * the official page, a choice that stands). `null` where the place is gone, and where nothing changed.
   */
  readonly still: Advanced | null;
  /** Whether a choice of the question before is the same one now. */
  stands(value: string): boolean;
}

/** What a resting step expects, by text key. */
export interface Expected {
  readonly choices: readonly (Choice & { readonly means: readonly string[] })[];
  readonly expects: readonly (FreeAnswer | Found['kind'])[];
}

/** The machine of one bundle. Every function is pure. */
export interface Conversation {
  /** A new conversation: the standing warning, then rest. */
  open(context: TurnContext): Advanced;
  /** One event. The effects may be empty when the event means nothing here. */
  advance(position: Position, event: ConversationEvent, context: TurnContext): Advanced;
  /** Brings a stored snapshot to this bundle; effects say what the person has to know. */
  resume(snapshot: Snapshot, context: TurnContext): Resumed;
  expected(position: Position): Expected;
}

const NOTHING: Expected = { choices: [], expects: [] };

/** Compiles the bundle's flows to one machine and steps it; nothing runs inside it. */
export function createConversation(
  bundle: Bundle,
  lookUp: LookUp,
  options: { traced: boolean } = { traced: false },
): Conversation {
  const config = compileMachine(bundle, options);
  const machine = createMachine(config as never).provide(
    machineImplementation(bundle, lookUp) as never,
  ) as unknown as AnyStateMachine;
  const shapes = new Map<Step, string>();
  for (const flow of bundle.flows.values())
    for (const step of flow.steps.values()) if (rests(step)) shapes.set(step, shapeOf(step, bundle));
  const handOffShapes = new Map(
    Object.keys(bundle.registry.hand_offs).map((name) => [name, handOffShape(name, bundle)]),
  );
  const titleOf = (intent: string): string => `title.${bundle.triggers.get(intent) ?? intent}`;

  const positionOf = (context: MachineContext): Position => {
    const { flow, step, stack, slots, tries, dueAt, later, asked, misses, locale } = context;
    const resting = bundle.flows.get(flow)?.steps.get(step);
    const shape =
      flow === HAND_OFF
        ? handOffShapes.get(slots[HAND_OFF_NAME] ?? '')
        : resting === undefined
          ? undefined
          : shapes.get(resting);
    return {
      bundle: bundle.structure,
      flow,
      step,
      verb: resting?.verb ?? null,
      shape: shape ?? null,
      stack,
      slots,
      tries,
      dueAt,
      later,
      asked,
      misses,
      locale,
    };
  };
  const contextOf = (position: Position, turn: TurnContext, misses: number): MachineContext => {
    const { flow, step, stack, slots, tries, dueAt, later, asked } = position;
    return {
      flow,
      step,
      stack,
      slots,
      tries,
      dueAt,
      resumeDueAt: null,
      later,
      asked,
      misses,
      now: turn.now,
      platform: turn.platform,
      locale: turn.locale,
      public: turn.public,
      challenge: turn.challenge ?? null,
      deadline: turn.deadline ?? null,
      verifies: turn.verifies ?? 'no',
    };
  };
  const step = (context: MachineContext, machineEvent: MachineEvent, event: ConversationEvent): Advanced => {
    const value = context.flow === IDLE ? IDLE : { [context.flow]: context.step };
    const [next, actions] = transition(machine, machine.resolveState({ value, context }), machineEvent);
    return result(next.context as MachineContext, actions, event);
  };
  const result = (
    context: MachineContext,
    actions: readonly ReturnedAction[],
    event: ConversationEvent,
  ): Advanced => ({
    position: positionOf(context),
    effects: lastQuestionOnly(actions.flatMap((action) => toEffect(action, context, event, titleOf))),
    trace: options.traced
      ? actions.flatMap((action) => (action.type === TRACE ? [action.params as StepTrace] : []))
      : [],
  });
  const expected = (position: Position): Expected => {
    if (position.flow === SYSTEM) return systemExpected(position, titleOf);
    if (position.flow === HAND_OFF) return handOffExpected(position);
    const resting = bundle.flows.get(position.flow)?.steps.get(position.step);
    if (resting?.verb === 'ask') return { choices: resting.buttons, expects: resting.expects };
    if (resting?.verb === 'wait') return { choices: resting.buttons, expects: [] };
    if (resting?.verb === 'hand_off') return { choices: HAND_OFF_CHOICES, expects: [] };
    return NOTHING;
  };
  /** Of two wishes in one message, the one that pushes everything aside is first. */
  const urgentFirst = (event: ConversationEvent): ConversationEvent => {
    if ((event.kind !== 'intent' && event.kind !== 'choice') || event.also === undefined) return event;
    const flow = bundle.flows.get(bundle.triggers.get(event.also) ?? '');
    if (flow?.preempts !== true) return event;
    return event.kind === 'intent'
      ? { ...event, intent: event.also, also: event.intent }
      : { kind: 'intent', intent: event.also, found: event.found ?? [] };
  };
  /** The flow of a second wish, which waits until the first one is met. */
  const secondWish = (event: ConversationEvent, position: Position, turn: TurnContext): string | null => {
    if ((event.kind !== 'intent' && event.kind !== 'choice') || event.also === undefined || turn.public)
      return null;
    const flow = bundle.triggers.get(event.also) ?? null;
    const first = event.kind === 'intent' ? bundle.triggers.get(event.intent) : position.flow;
    return flow === first ? null : flow;
  };
  const advance = (position: Position, said: ConversationEvent, turn: TurnContext): Advanced => {
    const event = urgentFirst(said);
    if (
      event.kind === 'timer' &&
      (position.dueAt !== event.due || event.timer !== `${position.flow}.${position.step}`)
    )
      return { position, effects: [], trace: [] };
    const misses =
      event.kind === 'unclear'
        ? position.misses + 1
        : event.kind === 'other' || event.kind === 'timer'
          ? position.misses
          : 0;
    const waiting = secondWish(event, position, turn) ?? position.later;
    const context = contextOf({ ...position, later: waiting }, turn, misses);
    const advanced = step(context, machineEventOf(event), event);
    const answered = answerAtOnce(advanced, event, position);
    if (answered === null) return advanced;
    const second = step(contextOf(advanced.position, turn, 0), { type: 'answer', value: answered }, event);
    return {
      position: second.position,
      effects: [...advanced.effects.filter((effect) => effect.kind !== 'ask'), ...second.effects],
      trace: [...advanced.trace, ...second.trace],
    };
  };
  /** A question that the same message has already answered ("is @name you?") is not asked. */
  const answerAtOnce = (advanced: Advanced, event: ConversationEvent, before: Position): string | null => {
    if ((event.kind !== 'intent' && event.kind !== 'choice') || event.found === undefined) return null;
    if (advanced.position.flow === before.flow && advanced.position.step === before.step) return null;
    const { expects } = expected(advanced.position);
    return askedIn(event.found, expects);
  };

  return {
    expected,
    advance,
    open: (turn) => {
      const fresh = machine.resolveState({ value: 'fresh', context: contextOf(EMPTY, turn, 0) });
      const [next, actions] = transition(machine, fresh, { type: '@open' });
      return result(next.context as MachineContext, actions, { kind: 'start', flow: null });
    },
    resume: (snapshot, turn) => {
      const carried = carryOver(snapshot, bundle);
      const { snapshot: place } = carried;
      const timers = renamedTimer(snapshot, place);
      const silent = { position: place, effects: timers, trace: [] };
      if (carried.kind === 'same') return { ...silent, changed: false, still: null, stands: () => true };
      const context = contextOf(place, turn, 0);
      if (carried.kind === 'moved') {
        const explained = step(
          context,
          { type: `@flow.${FLOW_CHANGED}` },
          { kind: 'start', flow: FLOW_CHANGED },
        );
        const effects = [...timers, ...explained.effects];
        return { ...explained, effects, changed: true, still: null, stands: () => false };
      }
      const again = step(
        { ...context, resumeDueAt: context.dueAt },
        { type: `@goto.${context.flow}.${context.step}` },
        { kind: 'start', flow: null },
      );
      const resting = bundle.flows.get(place.flow)?.steps.get(place.step);
      const shape = resting === undefined ? undefined : shapes.get(resting);
      return {
        ...again,
        effects: [...timers, ...again.effects],
        changed: true,
        // Still of the older content: what is not asked now must be asked the next time.
        still: { ...silent, position: { ...place, bundle: snapshot.bundle } },
        stands: (value) => {
          const choice = expected(place).choices.find((each) => each.value === value);
          return choice !== undefined && shape !== undefined && standsIn(choice, snapshot.shape, shape);
        },
      };
    },
  };
}

/** The timer of a place under its present name, due when it was due. */
function renamedTimer(before: Position, now: Position): readonly Effect[] {
  const [was, is] = [before, now].map(({ flow, step }) => `${flow}.${step}`);
  if (before.dueAt === null || was === undefined || is === undefined || was === is) return [];
  const cancel: Effect = { kind: 'cancel-timer', timer: was };
  return now.dueAt === null ? [cancel] : [cancel, { kind: 'set-timer', timer: is, dueAt: now.dueAt }];
}

const EMPTY: Position = {
  bundle: '',
  flow: IDLE,
  step: IDLE,
  verb: null,
  shape: null,
  stack: [],
  slots: {},
  tries: 0,
  dueAt: null,
  later: null,
  asked: [],
  misses: 0,
  locale: '',
};

function machineEventOf(event: ConversationEvent): MachineEvent {
  switch (event.kind) {
    case 'choice':
      return { type: `pick.${event.value}` };
    case 'answer':
      return { type: 'answer', value: event.value };
    case 'intent':
      return { type: `intent.${event.intent}` };
    case 'ask-back':
      return { type: 'ask-back', intents: event.intents };
    case 'unclear':
      return { type: 'unclear', intents: event.near };
    case 'global':
      return { type: `global.${event.word}` };
    case 'secret':
      return { type: 'secret', secret: event.secrets[0] ?? 'phrase' };
    case 'held':
      return { type: 'held', secret: event.secret, value: event.ref ?? '' };
    case 'start':
      if (event.flow === null) return { type: 'start' };
      return { type: event.step === undefined ? `@flow.${event.flow}` : `@goto.${event.flow}.${event.step}` };
    case 'resume':
      return { type: 'resume' };
    case 'locale':
      return { type: 'locale', value: event.locale };
    case 'returned':
      // Judged before it gets here; by itself it means nothing.
      return { type: 'resume' };
    case 'page':
      return { type: `page.${event.news}` };
    case 'wont-open':
      return { type: 'wont-open' };
    case 'timer':
      return { type: timerEventType(event.timer) };
    case 'other':
      return { type: `other.${event.input}` };
  }
}

/** A question that another one of the same turn replaced was never answered; only the last one stands. */
function lastQuestionOnly(effects: readonly Effect[]): readonly Effect[] {
  const last = effects.findLastIndex(isQuestion);
  return effects.filter((effect, index) => !isQuestion(effect) || index === last);
}

function handOffExpected({ step }: Position): Expected {
  const means = new Map(HAND_OFF_CHOICES.map((choice) => [choice.value, choice.means]));
  const choices = STEP_CHOICES[step as HandOffStep].map((choice) => ({
    ...choice,
    means: means.get(choice.value) ?? [],
  }));
  return { choices, expects: [] };
}

/** Whether the last question was which of several things was meant. */
export function asksWhichWasMeant({ flow, step }: Pick<Position, 'flow' | 'step'>): boolean {
  return flow === SYSTEM && step === 'which';
}

function systemExpected(position: Position, titleOf: (intent: string) => string): Expected {
  if (position.step === 'which') {
    const choices = position.asked.map((intent) => ({
      value: intent,
      label: titleOf(intent),
      means: [intent],
    }));
    return { choices: [...choices, { value: 'none', label: 'ask-back.none', means: [] }], expects: [] };
  }
  return {
    choices: ['yes', 'no'].map((value) => ({ value, label: `${position.step}.${value}`, means: [] })),
    expects: [],
  };
}
