import {
  type Bundle,
  type Flow,
  type GlobalAction,
  rests,
  type Step,
  type Target,
  waysOf,
} from '../content/index.js';
import { backToHandOff, HAND_OFF_STEPS, pageNewsElsewhere } from './hand-off-flow.js';
import { DROP, HAND_OFF, IDLE, LEAVE, SYSTEM } from './machine-context.js';
import { type ActionJson, stateId, type TransitionJson } from './machine-json.js';
import { SYSTEM_STEPS } from './system-flow.js';
import { traceAction } from './trace.js';

/** A flow that never waits for the person: it may be opened anywhere, and the question before it is asked again. */
function neverWaits(flow: Flow): boolean {
  return [...flow.steps.values()].every((step) => !rests(step) && step.verb !== 'call' && !leaves(step));
}

/** Whether a step leads into another flow for good. */
function leaves(step: Step): boolean {
  return waysOf(step).some(({ target }) => target.kind === 'flow');
}

/** A flow that never waits and says nothing private: it may be answered in public too. */
function isHarmless(bundle: Bundle, flow: Flow): boolean {
  if (!neverWaits(flow)) return false;
  return [...flow.steps.values()].every((step) => {
    if (step.private) return false;
    if (step.verb === 'link') return bundle.registry.links.get(step.to)?.private !== true;
    if (step.verb === 'answer')
      return step.links.every((link) => bundle.registry.links.get(link)?.private !== true);
    return true;
  });
}

/** What works in every state: intents, global words, secrets, arrivals, and the ways back into flows. */
export function rootTransitions(
  bundle: Bundle,
  options: { traced: boolean },
): Readonly<Record<string, readonly TransitionJson[]>> {
  const on: Record<string, readonly TransitionJson[]> = {};
  for (const [intent, name] of bundle.triggers) {
    const flow = bundle.flows.get(name);
    if (flow !== undefined) on[`intent.${intent}`] = [inSystem(), ...open(bundle, flow, 'ask')];
  }
  for (const flow of bundle.flows.values()) {
    on[`@flow.${flow.name}`] = [
      ...guardPublic(bundle, flow),
      { target: `#${stateId(flow.name)}`, reenter: true, actions: [{ type: 'clearStack' }] },
    ];
    for (const step of flow.steps.values()) {
      on[`@goto.${flow.name}.${step.name}`] = [goTo(flow.name, step.name)];
      if (step.verb === 'call' || step.verb === 'hand_off') {
        for (const [outcome, target] of Object.entries(step.outcomes)) {
          const leaves = target.kind === 'flow' ? [{ type: 'dropCalls' }] : [];
          const actions = options.traced ? [traceAction(flow.name, step.name, outcome), ...leaves] : leaves;
          on[`@return.${flow.name}.${step.name}.${outcome}`] = [{ ...afterCall(flow, target), actions }];
        }
      }
    }
  }
  for (const step of HAND_OFF_STEPS) on[`@goto.${HAND_OFF}.${step}`] = backToHandOff(step);
  Object.assign(on, pageNewsElsewhere());
  for (const step of SYSTEM_STEPS) on[`@goto.${SYSTEM}.${step}`] = [goTo(SYSTEM, step)];
  on['@idle'] = [{ target: `#${stateId(IDLE)}`, reenter: true }];
  on.start = [
    { guard: { type: 'isPublic' }, actions: [openPrivate('menu')] },
    { target: `#${stateId('welcome')}`, reenter: true, actions: [{ type: 'clearStack' }] },
  ];
  const welcome: TransitionJson = { target: `#${stateId('welcome')}`, reenter: true };
  on.resume = [
    { guard: { type: 'isPublic' }, actions: [openPrivate('menu')] },
    { guard: { type: 'isBusy' }, actions: [{ type: 'askAgain' }] },
    welcome,
  ];
  const locale = [{ type: 'takeLocale' }, { type: 'setLocale' }];
  on.locale = [
    { guard: { type: 'isPublic' }, actions: locale },
    { guard: { type: 'isBusy' }, actions: [...locale, { type: 'askAgain' }] },
    { ...welcome, actions: locale },
  ];
  for (const [word, action] of Object.entries(bundle.globals))
    on[`global.${word}`] = globalWord(bundle, action);
  on.secret = [
    { guard: { type: 'isPublic' }, actions: [{ type: 'secretSeen' }, openPrivate('leaked-secret')] },
    {
      guard: inFlow('leaked-secret'),
      target: `#${stateId('leaked-secret')}`,
      reenter: true,
      actions: [{ type: 'secretSeen' }, { type: 'noteSecret' }],
    },
    {
      target: `#${stateId('leaked-secret')}`,
      reenter: true,
      actions: [{ type: 'secretSeen' }, { type: 'noteSecret' }, push('preempted')],
    },
  ];
  // In public nothing is asked: who posted it is told what to do in case.
  on.held = [
    { guard: { type: 'isPublic' }, actions: [say('held.in-public'), openPrivate('leaked-secret')] },
    {
      guard: inFlow('held-text'),
      target: `#${stateId('held-text')}`,
      reenter: true,
      actions: [{ type: 'noteHeld', params: { again: true } }],
    },
    {
      target: `#${stateId('held-text')}`,
      reenter: true,
      actions: [{ type: 'noteHeld', params: { again: false } }, push('digression')],
    },
  ];
  on['wont-open'] = [{ actions: [{ type: 'linkHelp' }, { type: 'askAgain' }] }];
  on.unclear = [{ guard: { type: 'isPublic' }, actions: [openPrivate('menu')] }, which('unclear')];
  on['ask-back'] = [
    { guard: { type: 'isPublic' }, actions: [openPrivate('menu')] },
    inSystem(),
    which('ask-back'),
  ];
  const unread: readonly TransitionJson[] = [{ actions: [{ type: 'sayOther' }, { type: 'askAgain' }] }];
  on['other.old-button'] = [
    { guard: { type: 'isBusy' }, actions: [say('common.old-button'), { type: 'askAgain' }] },
    { guard: { type: 'isPublic' }, actions: [openPrivate('menu')] },
    { actions: [say('common.old-button'), { type: 'raiseFlow', params: { flow: 'menu' } }] },
  ];
  on['other.empty'] = [{ guard: { type: 'isPublic' }, actions: [openPrivate('menu')] }, ...unread];
  on['other.*'] = unread;
  return on;
}

/** Ways to open a flow from anywhere, first that holds. `ask`: a flow that waits asks before it replaces another. */
function open(bundle: Bundle, flow: Flow, manner: 'ask' | 'at-once'): readonly TransitionJson[] {
  const target = `#${stateId(flow.name)}`;
  const fresh: TransitionJson = { target, reenter: true, actions: [{ type: 'clearTries' }] };
  const harmless = isHarmless(bundle, flow);
  const digress: TransitionJson = {
    guard: { type: 'isBusy' },
    target,
    reenter: true,
    actions: [push('digression')],
  };
  const again: TransitionJson = { guard: inFlow(flow.name), actions: [{ type: 'askAgain' }] };
  if (flow.preempts)
    return [...guardPublic(bundle, flow), again, { ...digress, actions: [push('preempted')] }, fresh];
  if (neverWaits(flow) || flow.interrupts || manner === 'at-once') {
    return [...guardPublic(bundle, flow), ...(harmless ? [] : [again]), digress, fresh];
  }
  const waits: TransitionJson = {
    guard: { type: 'inEmergency' },
    actions: [{ type: 'setLater', params: { flow: flow.name } }, { type: 'askAgain' }],
  };
  return [
    ...guardPublic(bundle, flow),
    again,
    waits,
    { guard: { type: 'isFree' }, ...fresh, actions: [{ type: 'clearStack' }] },
    {
      target: `#${stateId(SYSTEM, 'switch')}`,
      actions: [push('digression'), { type: 'setLater', params: { flow: flow.name } }],
    },
  ];
}

function globalWord(bundle: Bundle, action: GlobalAction): readonly TransitionJson[] {
  if (action.kind === 'human') {
    return [
      { guard: { type: 'isPublic' }, actions: [openPrivate('contact-support')] },
      {
        actions: [{ type: 'human', params: { topic: action.topic, text: action.say } }, { type: 'askAgain' }],
      },
    ];
  }
  if (action.kind === 'flow') {
    const flow = bundle.flows.get(action.flow);
    return flow === undefined ? [] : open(bundle, flow, 'at-once');
  }
  const actions = [
    ...(action.clears ? [{ type: 'clearSlots' }] : []),
    { type: 'dropLater' },
    ...(action.say === null ? [] : [say(action.say)]),
  ];
  const shown = action.go.kind === 'flow' ? bundle.flows.get(action.go.flow) : undefined;
  return [
    ...(shown === undefined ? [] : guardPublic(bundle, shown)),
    { ...toTarget('', action.go), actions: [...actions, { type: 'clearStack' }] },
  ];
}

function which(event: 'unclear' | 'ask-back'): TransitionJson {
  const pushes = event === 'ask-back' ? [push('digression')] : [];
  return {
    target: `#${stateId(SYSTEM, 'which')}`,
    reenter: true,
    actions: [...pushes, { type: 'setAsked' }],
  };
}

/** In a built-in question a new wish counts as if it had been said where the person was before it. */
function inSystem(): TransitionJson {
  return { guard: inFlow(SYSTEM), actions: [{ type: 'leaveSystem' }] };
}

function guardPublic(bundle: Bundle, flow: Flow): readonly TransitionJson[] {
  return isHarmless(bundle, flow) ? [] : [{ guard: { type: 'isPublic' }, actions: [openPrivate(flow.name)] }];
}

function inFlow(flow: string): ActionJson {
  return { type: 'inFlow', params: { flow } };
}

function openPrivate(flow: string): ActionJson {
  return { type: 'openPrivate', params: { flow } };
}

function push(kind: 'digression' | 'preempted'): ActionJson {
  return { type: 'pushHere', params: { kind } };
}

function say(text: string): ActionJson {
  return { type: 'say', params: { text, private: false } };
}

function goTo(flow: string, step: string): TransitionJson {
  return { target: `#${stateId(flow, step)}`, reenter: true };
}

/** Where a caller goes on; `idle` ends it like any of its steps. */
function afterCall(flow: Flow, target: Target): TransitionJson {
  if (target.kind === 'idle') return { target: `#${stateId(SYSTEM, flow.preempts ? DROP : LEAVE)}` };
  return toTarget(flow.name, target);
}

function toTarget(flow: string, target: Target): TransitionJson {
  if (target.kind === 'idle') return { target: `#${stateId(IDLE)}` };
  return target.kind === 'step'
    ? goTo(flow, target.step)
    : { target: `#${stateId(target.flow)}`, reenter: true };
}
