import type { Bundle, Flow } from '../../content/index.js';
import { TIMED_STEPS } from '../../conversation/hand-off-flow.js';
import type { Conversation, Position } from '../../conversation/index.js';
import { HAND_OFF } from '../../conversation/machine-context.js';
import { type ConversationEvent, GLOBAL_WORDS, SECRET_KINDS } from '../../model/index.js';
import type { SlotFacts } from './slots.js';

/** Most intents that one question back offers. */
const MOST_ASKED = 3;
/** What the official page can tell of a hand-off. */
const NEWS = [
  ...(['opened', 'pictures', 'matched', 'mismatch', 'mail-sent'] as const),
  ...(['completed', 'abandoned', 'stopped', 'expired', 'too-many'] as const),
];
const LOCAL: ReadonlySet<ConversationEvent['kind']> = new Set([
  'choice',
  'answer',
  'unclear',
  'timer',
  'page',
]);

/** What a person and the world can do. */
export interface Events {
  /** What belongs to the question that is open. */
  atPlace(position: Position): readonly ConversationEvent[];
  /** What can happen anywhere in a direct chat. */
  readonly anywhere: readonly ConversationEvent[];
  /** The same in a built-in question, whose subject stays when a deep link is opened. */
  readonly inBuiltIn: readonly ConversationEvent[];
  /** The same with every answer of the content by itself: answers of one shape differ in their words only. */
  readonly all: readonly ConversationEvent[];
  /** A flow that an event opens; `null` for none. */
  opens(event: ConversationEvent): string | null;
}

/** Whether an event belongs to the question that is open. */
export function isLocal(event: ConversationEvent): boolean {
  return LOCAL.has(event.kind);
}

/** The events to look at, over a conversation of the bundle. */
export function eventsOf(
  bundle: Bundle,
  conversation: Conversation,
  slots: SlotFacts,
  isExhaustive: boolean,
): Events {
  const firsts = new Map([...bundle.triggers].toReversed().map(([intent, flow]) => [flow, intent]));
  const reached = [...bundle.flows.values()].filter(({ name }) => firsts.has(name));
  const shapes = new Map(reached.toReversed().map((flow) => [shapeOf(bundle, flow), flow]));
  const intent = (flow: Flow): ConversationEvent => ({
    kind: 'intent',
    intent: firsts.get(flow.name) ?? '',
    found: [],
  });
  const asked = [...firsts.values()].slice(0, MOST_ASKED);
  const second = reached.find((flow) => ![...flow.steps.values()].every(({ verb }) => verb === 'answer'));
  const first = [...shapes.values()].find((flow) => flow !== second);
  const also = second === undefined ? undefined : firsts.get(second.name);
  const others: readonly ConversationEvent[] = [
    ...GLOBAL_WORDS.map((word): ConversationEvent => ({ kind: 'global', word })),
    ...SECRET_KINDS.map(
      (secret): ConversationEvent => ({ kind: 'secret', secrets: [secret], removed: true }),
    ),
    { kind: 'held', secret: 'phrase', ref: null },
    { kind: 'held', secret: 'key', ref: null },
    { kind: 'start', flow: null },
    ...[...bundle.flows.values()]
      .filter((flow) => shapes.get(shapeOf(bundle, flow)) === flow || !firsts.has(flow.name))
      .map((flow): ConversationEvent => ({ kind: 'start', flow: flow.name })),
    { kind: 'resume' },
    { kind: 'locale', locale: bundle.locales.source },
    { kind: 'ask-back', intents: asked },
    { kind: 'other', input: 'photo' },
    { kind: 'other', input: 'old-button' },
    ...(also === undefined || first === undefined ? [] : [{ ...intent(first), also } as ConversationEvent]),
  ];
  // A deep link looks at nothing of the place where it is opened, and by "cancel" everybody can be at rest first.
  const { cancel } = bundle.globals;
  const isLeft = cancel.kind === 'go' && cancel.go.kind === 'idle' && !cancel.clears;
  const fewer =
    isLeft && !isExhaustive ? others.filter((one) => one.kind !== 'start' || one.flow === null) : others;
  return {
    anywhere: [...[...shapes.values()].map(intent), ...fewer],
    inBuiltIn: [...[...shapes.values()].map(intent), ...others],
    all: [...reached.map(intent), ...others],
    atPlace: (position) => atPlace(bundle, conversation, slots, position),
    opens: (event) => {
      switch (event.kind) {
        case 'intent':
          return bundle.triggers.get(event.intent) ?? null;
        case 'start':
          return event.flow ?? 'welcome';
        case 'secret':
          return 'leaked-secret';
        case 'held':
          return 'held-text';
        case 'global': {
          const action = bundle.globals[event.word];
          if (action.kind === 'flow') return action.flow;
          return action.kind === 'go' && action.go.kind === 'flow' ? action.go.flow : null;
        }
        default:
          return null;
      }
    },
  };
}

function atPlace(
  bundle: Bundle,
  conversation: Conversation,
  slots: SlotFacts,
  position: Position,
): readonly ConversationEvent[] {
  const { choices, expects } = conversation.expected(position);
  const step = bundle.flows.get(position.flow)?.steps.get(position.step);
  const isHandOff = position.flow === HAND_OFF;
  const timed = isHandOff
    ? TIMED_STEPS.includes(position.step)
    : step?.verb === 'wait' || (step?.verb === 'ask' && step.timeout !== null);
  const timer = `${position.flow}.${position.step}`;
  return [
    // To stop is judged outside, and comes back as news.
    ...choices
      .filter(({ value }) => !isHandOff || value !== 'stop')
      .map(({ value }): ConversationEvent => ({ kind: 'choice', value })),
    ...(expects.length === 0 ? [] : answers(bundle, slots, step?.verb === 'ask' ? step.save : null)),
    { kind: 'unclear', near: [] },
    ...(isHandOff ? NEWS.map((news): ConversationEvent => ({ kind: 'page', news })) : []),
    ...(timed ? [{ kind: 'timer', timer, due: 0 } as ConversationEvent] : []),
  ];
}

/** Free answers, as far as a look-up or a condition tells them apart. */
function answers(bundle: Bundle, slots: SlotFacts, slot: string | null): readonly ConversationEvent[] {
  const isLookedUp = [...bundle.flows.values()].some((flow) =>
    [...flow.steps.values()].some(
      (step) => step.verb === 'do' && step.action === 'look-up' && step.of === slot,
    ),
  );
  const values = isLookedUp ? ['not-ours', 'ours', 'look-alike', 'elsewhere'] : slots.valuesOf(slot ?? '');
  return values.map((value) => ({ kind: 'answer', value: value ?? 'something' }));
}

/** What of a flow decides where it leads: answers of one shape are alike but for their words. */
function shapeOf(bundle: Bundle, flow: Flow): string {
  const [step] = flow.steps.values();
  if (flow.steps.size !== 1 || step?.verb !== 'answer') return flow.name;
  const isPrivate = step.links.some((link) => bundle.registry.links.get(link)?.private === true);
  return `answer ${step.private} ${step.links.length > 0} ${isPrivate}`;
}
