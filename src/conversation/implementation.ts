import { assign, enqueueActions } from 'xstate';
import {
  type Bundle,
  type Condition,
  checkLinkOf,
  holds,
  rests,
  supportHours,
  waysOf,
} from '../content/index.js';
import type { Frame, LookUp } from '../model/index.js';
import { FLOW_CHANGED } from './carry-over.js';
import { HAND_OFF_STEPS } from './hand-off-flow.js';
import {
  HAND_OFF,
  HELD_IN,
  HELD_KIND,
  HELD_REF,
  IDLE,
  MAX_STACK,
  type MachineContext,
  SYSTEM,
} from './machine-context.js';

/** What enters the machine: the type names the event, the rest are its values. */
export interface MachineEvent {
  readonly type: string;
  readonly value?: string;
  readonly intents?: readonly string[];
  readonly secret?: string;
}

/** Intents offered when nothing was understood, behind those that are near. */
const USUAL_WISHES = ['forgot-password', 'is-it-official', 'contact-support'] as const;

type Args = { readonly context: MachineContext; readonly event: MachineEvent };
type Change = Partial<MachineContext>;

/** Where to rest and, as a named time, in ms or until the challenge ends, for how long. */
interface Rest {
  readonly flow: string;
  readonly step: string;
  readonly time: string | null;
  readonly ms?: number | null;
  readonly until?: 'deadline';
}

/**
 * Every guard, action and delay that the compiled config names. Actions that only change the context are here;
 * actions without an implementation come back from the transition and become effects.
 */
export function machineImplementation(
  bundle: Bundle,
  lookUp: LookUp,
): Record<'actions' | 'guards' | 'delays', Record<string, unknown>> {
  const lobbies = new Set([...bundle.flows.values()].filter((flow) => flow.lobby).map((flow) => flow.name));
  const emergencies = new Set(
    [...bundle.flows.values()].filter((flow) => flow.preempts).map((flow) => flow.name),
  );
  const openings = openingSteps(bundle);
  const kept = new Set([...bundle.flows.values()].flatMap((flow) => flow.keeps));
  const busy = (context: MachineContext): boolean => context.flow !== IDLE && !lobbies.has(context.flow);
  const here = (context: MachineContext, kind: Frame['kind']): Frame => ({
    flow: context.flow,
    step: context.step,
    kind,
    dueAt: context.dueAt,
  });
  const valueFor =
    (context: MachineContext) =>
    (name: string): string | undefined => {
      if (name === 'platform') return context.platform;
      if (name === 'locale') return context.locale;
      if (name === 'hours') return supportHours(bundle.registry, context.now);
      return context.slots[name];
    };

  return {
    guards: {
      isPublic: ({ context }: Args) => context.public,
      isBusy: ({ context }: Args) => busy(context),
      isFree: ({ context }: Args) =>
        !busy(context) || (context.stack.length === 0 && openings.has(`${context.flow}.${context.step}`)),
      inFlow: ({ context }: Args, { flow }: { flow: string }) => context.flow === flow,
      inEmergency: ({ context }: Args) => emergencies.has(context.flow),
      wasOffered: ({ context, event }: Args) => context.asked.includes(event.type.slice('pick.'.length)),
      hasFrame: ({ context }: Args) => context.stack.length > 0,
      wishWaits: ({ context }: Args) => context.later !== null,
      triesLeft: ({ context }: Args, { tries }: { tries: number }) => context.tries + 1 < tries,
      challengeIs: ({ context }: Args, { state }: { state: string }) => context.challenge === state,
      verifies: ({ context }: Args, { is }: { is: string }) => context.verifies === is,
      siteKnowsChats: ({ context }: Args) =>
        context.verifies !== 'no' && checkLinkOf(bundle.registry) !== null,
      when: ({ context }: Args, { condition }: { condition: Condition }) =>
        holds(condition, valueFor(context)),
      lookUp: ({ context }: Args, { of, is }: { of: string; is: string }) =>
        lookUp(context.slots[of] ?? '', context.platform) === is,
    },
    delays: Object.fromEntries(
      [
        ...[...bundle.flows.values()].flatMap((flow) =>
          [...flow.steps.keys()].map((step) => `${flow.name}.${step}`),
        ),
        ...HAND_OFF_STEPS.map((step) => `${HAND_OFF}.${step}`),
      ].map((timer) => [
        timer,
        ({ context }: Args) => Math.max(0, (context.dueAt ?? context.now) - context.now),
      ]),
    ),
    actions: {
      rest: change((context, { flow, step, time, ms: given, until }: Rest) => {
        const ms = (time === null ? undefined : bundle.timesMs.get(time)) ?? given ?? undefined;
        const end = until === 'deadline' ? context.deadline : null;
        const same = context.flow === flow && context.step === step;
        const { now, resumeDueAt } = context;
        // What is over already is over now, and its timer must fit that; a question that is asked anew has its time
        // anew.
        const isAsked = bundle.flows.get(flow)?.steps.get(step)?.verb === 'ask';
        const carried =
          resumeDueAt === null || (isAsked && resumeDueAt <= now) ? null : Math.max(now, resumeDueAt);
        return {
          flow,
          step,
          tries: same ? context.tries : 0,
          dueAt: ms === undefined ? null : (carried ?? end ?? now + ms),
          resumeDueAt: null,
        };
      }),
      goIdle: change(() => ({ flow: IDLE, step: IDLE, stack: [], tries: 0, dueAt: null, resumeDueAt: null })),
      countTry: change((context) => ({ tries: context.tries + 1 })),
      clearTries: change(() => ({ tries: 0 })),
      clearStack: change(() => ({ stack: [], tries: 0 })),
      clearSlots: change((context) => ({
        slots: Object.fromEntries(Object.entries(context.slots).filter(([slot]) => kept.has(slot))),
      })),
      setSlots: change((context, { slots }: { slots: Readonly<Record<string, string>> }) => ({
        slots: { ...context.slots, ...slots },
      })),
      saveAnswer: change((context, { slot }: { slot: string | null }, event) =>
        slot === null ? {} : { slots: { ...context.slots, [slot]: event.value ?? '' } },
      ),
      noteSecret: change((context, _params, event) => ({
        slots: { ...context.slots, 'secret-kind': event.secret ?? '' },
      })),
      noteHeld: change((context, { again }: { again: boolean }, event) => ({
        slots: {
          ...context.slots,
          [HELD_KIND]: event.secret ?? '',
          ...(again ? {} : { [HELD_IN]: busy(context) ? 'flow' : 'rest' }),
          [HELD_REF]: event.value ?? '',
        },
      })),
      takeHeld: change((context) => ({
        slots: { ...context.slots, 'secret-kind': context.slots[HELD_KIND] ?? '' },
      })),
      adoptLocale: change((context, { of }: { of: string }) => ({
        locale: context.slots[of] ?? context.locale,
      })),
      takeLocale: change((context, _params, event) => ({ locale: event.value ?? context.locale })),
      setLater: change((_context, { flow }: { flow: string }) => ({ later: flow })),
      dropLater: change(() => ({ later: null })),
      setAsked: change((_context, _params, event) => {
        const intents = event.intents ?? [];
        // A miss is filled up with the usual wishes: three things that can be helped with.
        return {
          asked: distinct(bundle, event.type === 'unclear' ? [...intents, ...USUAL_WISHES] : intents).slice(
            0,
            3,
          ),
        };
      }),
      dropCalls: change((context) => ({ stack: withoutCalls(context.stack) })),
      pushAside: change((context) => ({ stack: context.stack.map((frame) => preempted(frame)) })),
      pushHere: change((context, { kind }: { kind: Frame['kind'] }) =>
        busy(context) && context.flow !== SYSTEM ? { stack: pushed(context.stack, here(context, kind)) } : {},
      ),
      pushCall: change((context, { flow, step }: { flow: string; step: string }) => ({
        stack: pushed(context.stack, { flow, step, kind: 'call', dueAt: null }),
      })),
      raiseFlow: raising((_context, { flow }: { flow: string }) => ({ raise: `@flow.${flow}` })),
      askAgain: raising((context) =>
        context.flow === IDLE
          ? {}
          : { change: { resumeDueAt: context.dueAt }, raise: `@goto.${context.flow}.${context.step}` },
      ),
      followLater: raising((context) => ({
        change: { later: null, stack: [] },
        raise: context.later === null ? '@idle' : `@flow.${context.later}`,
      })),
      resume: raising((context) => backTo(context.stack)),
      finish: raising((context, params: { outcome: string | null; drops: boolean }) =>
        finished(context, params, (frame, outcome) => hasWay(bundle, frame, outcome)),
      ),
      leaveSystem: enqueueActions((args: unknown) => {
        const { context, event, enqueue } = args as Args & Enqueue;
        const top = context.stack.at(-1);
        const back = top?.kind === 'call' ? undefined : top;
        enqueue.assign({
          flow: back?.flow ?? IDLE,
          step: back?.step ?? IDLE,
          dueAt: back?.dueAt ?? null,
          stack: back === undefined ? context.stack : context.stack.slice(0, -1),
          later: null,
        });
        enqueue.raise(
          event.type.startsWith('pick.') ? { type: `intent.${event.type.slice('pick.'.length)}` } : event,
        );
      }),
    },
  };
}

/** Of intents that start something, the first of each flow: two choices that lead to the same place are one. */
function distinct(bundle: Bundle, intents: readonly string[]): readonly string[] {
  const known = intents.filter((intent) => bundle.triggers.has(intent));
  const first = new Map(known.toReversed().map((intent) => [bundle.triggers.get(intent), intent]));
  return known.filter((intent) => first.get(bundle.triggers.get(intent)) === intent);
}

interface Enqueue {
  readonly enqueue: { assign(change: Change): void; raise(event: MachineEvent): void };
}

interface Raised {
  readonly change?: Change;
  readonly raise?: string;
}

function change<P>(compute: (context: MachineContext, params: P, event: MachineEvent) => Change): unknown {
  return assign((args: unknown, params: unknown) => {
    const { context, event } = args as Args;
    return compute(context, params as P, event);
  });
}

function raising<P>(compute: (context: MachineContext, params: P) => Raised): unknown {
  return enqueueActions((args: unknown, params: unknown) => {
    const { context, enqueue } = args as Args & Enqueue;
    const { change: changed, raise } = compute(context, params as P);
    if (changed !== undefined) enqueue.assign(changed);
    if (raise !== undefined) enqueue.raise({ type: raise });
  });
}

function pushed(stack: readonly Frame[], frame: Frame): readonly Frame[] {
  return [...stack, frame].slice(-MAX_STACK);
}

/** The stack without the flows on top that wait for the outcome of the one they called. */
function withoutCalls(stack: readonly Frame[]): readonly Frame[] {
  return stack.slice(0, stack.findLastIndex((frame) => frame.kind !== 'call') + 1);
}

function preempted(frame: Frame): Frame {
  return frame.kind === 'digression' ? { ...frame, kind: 'preempted' } : frame;
}

/** Back to the frame on top, or to rest. */
function backTo(stack: readonly Frame[]): Raised {
  const top = stack.at(-1);
  if (top === undefined) return { raise: '@idle' };
  return {
    change: { stack: stack.slice(0, -1), resumeDueAt: top.dueAt },
    raise: `@goto.${top.flow}.${top.step}`,
  };
}

/**
 * A flow is over. With an outcome, the flow that called it goes on, or the interrupted question is asked again.
 * Without one, everything that called is over too, and what was pushed aside by an emergency is dropped.
 */
function finished(
  context: MachineContext,
  { outcome, drops }: { outcome: string | null; drops: boolean },
  leadsOn: (caller: Frame, outcome: string) => boolean,
): Raised {
  const top = context.stack.at(-1);
  if (top === undefined || drops) return { change: { stack: [] }, raise: '@idle' };
  if (outcome !== null) {
    if (top.kind !== 'call') return backTo(context.stack);
    // Who called was edited meanwhile, and has no way for what this flow ends with.
    if (!leadsOn(top, outcome)) return { change: { stack: [] }, raise: `@flow.${FLOW_CHANGED}` };
    return {
      change: { stack: context.stack.slice(0, -1) },
      raise: `@return.${top.flow}.${top.step}.${outcome}`,
    };
  }
  const left = withoutCalls(context.stack);
  return left.at(-1)?.kind === 'digression' ? backTo(left) : { change: { stack: [] }, raise: '@idle' };
}

/** Whether the step of a caller says where an outcome leads. */
function hasWay(bundle: Bundle, { flow, step }: Frame, outcome: string): boolean {
  const caller = bundle.flows.get(flow)?.steps.get(step);
  return caller !== undefined && waysOf(caller).some(({ way }) => way === outcome);
}

/** The first questions of all flows, as `flow.step`: leaving a flow there loses nothing. */
export function openingSteps(bundle: Bundle): ReadonlySet<string> {
  const openings = new Set<string>();
  for (const flow of bundle.flows.values()) {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      const step = flow.steps.get(name);
      if (step === undefined || seen.has(name)) return;
      seen.add(name);
      if (rests(step)) openings.add(`${flow.name}.${name}`);
      else for (const { target } of waysOf(step)) if (target.kind === 'step') visit(target.step);
    };
    visit(flow.start);
  }
  return openings;
}
