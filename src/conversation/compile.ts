import type { Bundle, Flow, FlowButton, Step, StepOf, Target } from '../content/index.js';
import type { Choice } from '../model/index.js';
import { HAND_OFF_CHOICES } from './hand-off-choices.js';
import { handOffFlow } from './hand-off-flow.js';
import {
  DROP,
  HAND_OFF,
  HAND_OFF_NAME,
  IDLE,
  LEAVE,
  MACHINE_ID,
  SYSTEM,
  type Verifies,
} from './machine-context.js';
import { type ActionJson, type StateJson, stateId, type TransitionJson } from './machine-json.js';
import { rootTransitions } from './root-transitions.js';
import { systemFlow } from './system-flow.js';
import { traced } from './trace.js';

/** Most instant steps in one turn; more is a loop, and the machine throws. */
const MAX_ITERATIONS = 1000;

/**
 * The whole content as one XState v5 machine config: pure JSON, every guard, action and delay by name. `traced` reports
 * steps and ways, for coverage.
 */
export function compileMachine(bundle: Bundle, options: { traced: boolean }): StateJson {
  const states: Record<string, StateJson> = {
    fresh: {
      always: [
        { guard: { type: 'isPublic' }, target: `#${stateId(IDLE)}`, actions: [say('public.not-us', false)] },
        { target: `#${stateId(IDLE)}`, actions: [say('safety.full', false)] },
      ],
    },
    [IDLE]: {
      entry: [{ type: 'goIdle' }],
      always: [{ guard: { type: 'wishWaits' }, target: `#${stateId(SYSTEM, 'later')}` }],
    },
    [SYSTEM]: systemFlow(),
    [HAND_OFF]: handOffFlow(),
  };
  for (const flow of bundle.flows.values()) {
    states[flow.name] = {
      initial: flow.start,
      // However an emergency begins: what lies below it is not come back to by an end.
      ...(flow.preempts ? { entry: [{ type: 'pushAside' }] } : {}),
      states: Object.fromEntries(
        [...flow.steps.values()].map((step) => [
          step.name,
          options.traced ? traced(stepState(bundle, flow, step), flow, step) : stepState(bundle, flow, step),
        ]),
      ),
    };
  }
  return {
    id: MACHINE_ID,
    initial: 'fresh',
    options: { maxIterations: MAX_ITERATIONS },
    on: rootTransitions(bundle, options),
    states,
  };
}

function stepState(bundle: Bundle, flow: Flow, step: Step): StateJson {
  switch (step.verb) {
    case 'say':
      return instant([say(step.say, step.private)], to(flow, step.go));
    case 'link':
      return instant(
        [{ type: 'link', params: { text: step.text, label: step.label, to: step.to } }],
        to(flow, step.go),
      );
    case 'human':
      return instant([{ type: 'human', params: { topic: step.topic, text: step.say } }], to(flow, step.go));
    case 'set':
      return instant([{ type: 'setSlots', params: { slots: step.set } }], to(flow, step.go));
    case 'branch':
      return {
        always: [
          ...step.branch.map((arm) => ({
            guard: { type: 'when', params: { condition: arm.when } },
            ...to(flow, arm.go),
          })),
          to(flow, step.otherwise),
        ],
      };
    case 'do':
      return doState(flow, step);
    case 'call':
      return {
        entry: [{ type: 'pushCall', params: { flow: flow.name, step: step.name } }],
        always: [{ target: `#${stateId(step.flow)}` }],
      };
    case 'ask':
      return askState(flow, step);
    case 'wait':
      return waitState(flow, step);
    case 'hand_off':
      return bundle.registry.hand_offs[step.handOff]?.verified === true
        ? verifiedState(flow, step)
        : handOffState(flow, step);
    case 'return':
      return { entry: [{ type: 'finish', params: { outcome: step.outcome, drops: false } }] };
    case 'end':
      return {
        entry: [
          say(step.say, step.private),
          { type: 'finish', params: { outcome: null, drops: flow.preempts } },
        ],
      };
    case 'answer':
      return {
        entry: [
          step.links.length === 0
            ? say(step.say, step.private)
            : { type: 'links', params: { text: step.say, to: step.links } },
          { type: 'finish', params: { outcome: null, drops: false } },
        ],
      };
  }
}

function instant(entry: readonly ActionJson[], transition: TransitionJson): StateJson {
  return { entry, always: [transition] };
}

function doState(flow: Flow, step: StepOf<'do'>): StateJson {
  const outcome = (name: string): TransitionJson => {
    const target = step.outcomes[name];
    return target === undefined ? { target: `#${stateId(IDLE)}` } : to(flow, target);
  };
  if (step.action === 'look-up') {
    const is = (verdict: string): TransitionJson => ({
      guard: { type: 'lookUp', params: { of: step.of, is: verdict } },
      ...outcome(verdict),
    });
    // Not handled on its own, `elsewhere` is not ours.
    const elsewhere = step.outcomes.elsewhere === undefined ? [] : [is('elsewhere')];
    return { always: [is('ours'), is('look-alike'), ...elsewhere, outcome('not-ours')] };
  }
  if (step.action === 'session-code') {
    const shown = { guard: { type: 'siteKnowsChats', params: { is: 'shown' } }, ...outcome('shown') };
    return { always: [{ ...shown, actions: [{ type: 'showSessionCode' }] }, outcome('none')] };
  }
  const params = step.action === 'open-private' ? { flow: flow.name } : { of: step.of };
  const names = {
    'set-locale': 'setLocale',
    'forget-me': 'forgetMe',
    report: 'report',
    'open-private': 'openPrivate',
    'treat-as-secret': 'treatAsSecret',
  } as const;
  const first = {
    'set-locale': [{ type: 'adoptLocale', params }],
    'treat-as-secret': [{ type: 'takeHeld' }],
    'forget-me': [],
    report: [],
    'open-private': [],
  };
  return instant([...first[step.action], { type: names[step.action], params }], outcome('done'));
}

function askState(flow: Flow, step: StepOf<'ask'>): StateJson {
  const ask: ActionJson = {
    type: 'ask',
    params: { text: step.ask, choices: choices(step.buttons), private: step.private },
  };
  return {
    entry: [rest(flow, step, step.timeout?.after ?? null), ask],
    on: {
      ...picks(flow, step.buttons, step.save),
      ...(step.go === null
        ? {}
        : {
            answer: [to(flow, step.go, [{ type: 'saveAnswer', params: { slot: step.save } }])],
          }),
      unclear: unclear(flow, step.unclear, ask),
    },
    ...(step.timeout === null
      ? {}
      : after(
          flow,
          step,
          to(flow, step.timeout.go, step.timeout.say === null ? [] : [say(step.timeout.say, step.private)]),
        )),
  };
}

function waitState(flow: Flow, step: StepOf<'wait'>): StateJson {
  const shown: readonly ActionJson[] =
    step.say === null
      ? []
      : [{ type: 'ask', params: { text: step.say, choices: choices(step.buttons), private: step.private } }];
  return {
    entry: [rest(flow, step, step.time), ...shown],
    on: { ...picks(flow, step.buttons, null), unclear: [{ actions: shown }] },
    ...after(flow, step, to(flow, step.go)),
  };
}

function handOffState(flow: Flow, step: StepOf<'hand_off'>): StateJson {
  const ask: ActionJson = {
    type: 'ask',
    params: {
      text: 'hand-off.how',
      choices: HAND_OFF_CHOICES.map(({ value, label }) => ({ value, label })),
      private: true,
    },
  };
  const on: Record<string, readonly TransitionJson[]> = {
    unclear: unclear(flow, { say: 'hand-off.pick-one', tries: 2, go: step.outcomes.failed }, ask),
  };
  for (const choice of HAND_OFF_CHOICES) {
    const said = choice.says === null ? [] : [say(choice.says, true)];
    on[`pick.${choice.value}`] = [to(flow, step.outcomes[choice.outcome], said)];
  }
  return { entry: [rest(flow, step, null), { type: 'handOff', params: { name: step.handOff } }, ask], on };
}

/** A verified hand-off is a call of the built-in flow, which may also go on plainly. */
function verifiedState(flow: Flow, step: StepOf<'hand_off'>): StateJson {
  const target = (name: string): TransitionJson => ({ target: `#${stateId(HAND_OFF, name)}` });
  const verifies = (is: Verifies): ActionJson => ({ type: 'verifies', params: { is } });
  return {
    entry: [
      { type: 'pushCall', params: { flow: flow.name, step: step.name } },
      { type: 'setSlots', params: { slots: { [HAND_OFF_NAME]: step.handOff } } },
    ],
    always: [
      { guard: verifies('yes'), ...target('start') },
      { guard: verifies('limit'), ...target('plain'), actions: [say('hand-off.limit', true)] },
      target('plain'),
    ],
  };
}

function unclear(flow: Flow, rule: StepOf<'ask'>['unclear'], ask: ActionJson): readonly TransitionJson[] {
  return [
    {
      guard: { type: 'triesLeft', params: { tries: rule.tries } },
      actions: [{ type: 'countTry' }, say(rule.say, false), ask],
    },
    to(flow, rule.go, [{ type: 'clearTries' }]),
  ];
}

function picks(
  flow: Flow,
  buttons: readonly FlowButton[],
  slot: string | null,
): Record<string, readonly TransitionJson[]> {
  const on: Record<string, readonly TransitionJson[]> = {};
  for (const button of buttons) {
    const actions = slot === null ? [] : [{ type: 'setSlots', params: { slots: { [slot]: button.value } } }];
    on[`pick.${button.value}`] = [to(flow, button.go, actions)];
  }
  return on;
}

function after(flow: Flow, step: Step, transition: TransitionJson): StateJson {
  return { after: { [`${flow.name}.${step.name}`]: [transition] } };
}

function rest(flow: Flow, step: Step, time: string | null): ActionJson {
  return { type: 'rest', params: { flow: flow.name, step: step.name, time } };
}

function say(text: string, isPrivate: boolean): ActionJson {
  return { type: 'say', params: { text, private: isPrivate } };
}

function choices(buttons: readonly FlowButton[]): readonly Choice[] {
  return buttons.map(({ value, label }) => ({ value, label }));
}

function to(flow: Flow, target: Target, actions: readonly ActionJson[] = []): TransitionJson {
  switch (target.kind) {
    case 'step':
      return { target: `#${stateId(flow.name, target.step)}`, reenter: true, actions };
    case 'idle':
      return { target: `#${stateId(SYSTEM, flow.preempts ? DROP : LEAVE)}`, actions };
    case 'flow':
      // For good: whoever called this flow is not come back to.
      return {
        target: `#${stateId(target.flow)}`,
        reenter: true,
        actions: [...actions, { type: 'dropCalls' }],
      };
  }
}
