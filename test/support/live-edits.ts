import type { Bundle, Flow, FlowButton, Step, Target } from '../../src/content/index.js';
import { rests, SYSTEM_FLOWS } from '../../src/content/index.js';

/** What becomes of the place of somebody who waits there. */
export type Fate =
  /** Nothing changes for them. */
  | 'goes-on'
  /** An answer to the old question is not taken; the present one is asked. */
  | 'asked-again'
  /** A choice that is still the same counts; for any other the question is asked. */
  | 'choice-counts'
  /** It is explained, and the menu comes. */
  | 'explained';

/** An edit of the content, made at many places at once. */
export interface Edit {
  readonly name: string;
  readonly bundle: Bundle;
  /** What is expected for somebody who waits at a step; `null` where this edit leaves the step alone. */
  fate(flow: Flow, step: Step): Fate | null;
  /** The present name of a step. */
  now(step: string): string;
}

const MENU: Target = { kind: 'flow', flow: 'menu' };

/** Every kind of edit, at every resting step of a bundle. */
export function everyEdit(bundle: Bundle): readonly Edit[] {
  const always =
    (fate: Fate): Edit['fate'] =>
    () =>
      fate;
  const asks =
    (fate: Fate): Edit['fate'] =>
    (_flow, step) =>
      step.verb === 'ask' ? fate : null;
  const edit = (
    name: string,
    fate: Edit['fate'],
    of: (flow: Flow) => Flow,
    now: Edit['now'] = (step) => step,
  ): Edit => ({ name, fate, now, bundle: withFlows(bundle, name, of) });
  const eachStep = (change: (step: Step) => Step) => (flow: Flow) =>
    withSteps(flow, (step) => [rests(step) ? change(step) : step]);
  // What is explained ends in the menu, which therefore always asks.
  const elsewhere =
    (fate: Fate): Edit['fate'] =>
    (flow) =>
      flow.name === 'menu' ? null : fate;
  const isOdd = (flow: Flow, step: Step): boolean => restingOf(flow).indexOf(step) % 2 === 1;
  const renamed = (was: boolean) => (flow: Flow) => rename(flow, was);
  const removing = (wanted: (flow: Flow, step: Step) => boolean) => (flow: Flow) =>
    remove(flow, (step) => rests(step) && wanted(flow, step));
  const [first, last] = [0, -1].map(
    (at) => (buttons: readonly FlowButton[]) =>
      buttons.length < 2 ? buttons : buttons.filter((button) => button !== buttons.at(at)),
  );
  if (first === undefined || last === undefined) throw new Error('two ways to remove a button');
  const buttons = (change: (all: readonly FlowButton[]) => readonly FlowButton[]) =>
    eachStep((step) => (step.verb === 'ask' || step.verb === 'wait' ? withButtons(step, change) : step));
  const hasButtons: Edit['fate'] = (_flow, step) =>
    (step.verb === 'ask' || step.verb === 'wait') && step.buttons.length > 1 ? 'choice-counts' : null;
  return [
    { ...edit('changed text', always('goes-on'), (flow) => flow), bundle: withOtherTexts(bundle) },
    edit('renamed with was', always('goes-on'), renamed(true), (step) => `${step}-now`),
    edit('renamed without was', always('explained'), renamed(false)),
    edit('removed step, odd', (flow, step) => (isOdd(flow, step) ? 'explained' : null), removing(isOdd)),
    edit(
      'removed step, even',
      (flow, step) => (isOdd(flow, step) || flow.name === 'menu' ? null : 'explained'),
      removing((flow, step) => !isOdd(flow, step) && flow.name !== 'menu'),
    ),
    edit('first button removed', hasButtons, buttons(first)),
    edit('last button removed', hasButtons, buttons(last)),
    edit(
      'button added',
      asks('choice-counts'),
      eachStep((step) => (step.verb === 'ask' ? withButtons(step, (all) => [added(MENU), ...all]) : step)),
    ),
    edit('new question before', always('goes-on'), questionBefore),
    edit(
      'another question',
      asks('asked-again'),
      eachStep((step) => (step.verb === 'ask' ? { ...step, ask: 'common.pick-one' } : step)),
    ),
    edit(
      'another slot',
      (_flow, step) => (step.verb === 'ask' && step.save !== null ? 'asked-again' : null),
      eachStep((step) =>
        step.verb === 'ask' && step.save !== null ? { ...step, save: `${step.save}-now` } : step,
      ),
    ),
    edit('asks no more', elsewhere('explained'), (flow) =>
      withSteps(flow, (step) => [
        rests(step) && flow.name !== 'menu'
          ? { ...said(step), verb: 'say', say: 'common.pick-one', go: { kind: 'idle' } }
          : step,
      ]),
    ),
    {
      ...edit('other times', always('goes-on'), (flow) => flow),
      bundle: {
        ...withFlows(bundle, 'other times', (flow) => flow),
        timesMs: new Map([...bundle.timesMs].map(([time, ms]) => [time, ms * 3])),
      },
    },
    {
      ...edit('removed flow', always('explained'), (flow) => flow),
      fate: (flow) => (isNeeded(bundle, flow.name) ? null : 'explained'),
      bundle: withoutFlows(bundle),
    },
  ];
}

/** The steps of a flow where a conversation rests. */
export function restingOf(flow: Flow): readonly Step[] {
  return [...flow.steps.values()].filter(rests);
}

/** Flows without which no content is valid. */
function isNeeded({ globals }: Bundle, name: string): boolean {
  const named = Object.values(globals).map((action) => (action.kind === 'flow' ? action.flow : ''));
  return [...SYSTEM_FLOWS, ...named].some((flow) => flow === name);
}

function withFlows(bundle: Bundle, name: string, change: (flow: Flow) => Flow): Bundle {
  const flows = new Map([...bundle.flows].map(([flow, each]) => [flow, change(each)]));
  return { ...bundle, hash: name, structure: name, flows };
}

function withOtherTexts(bundle: Bundle): Bundle {
  const texts = new Map(
    [...bundle.texts].map(([tag, messages]) => [
      tag,
      new Map(
        [...messages].map(([key, message]) => [
          key,
          {
            ...message,
            format: (valueFor: Parameters<typeof message.format>[0]) => `${message.format(valueFor)} .`,
          },
        ]),
      ),
    ]),
  );
  return { ...bundle, hash: 'changed text', texts };
}

function withoutFlows(bundle: Bundle): Bundle {
  const gone = new Set([...bundle.flows.keys()].filter((name) => !isNeeded(bundle, name)));
  for (const [name, flow] of bundle.flows) if (restingOf(flow).length === 0) gone.delete(name);
  const elsewhere = (target: Target): Target =>
    target.kind === 'flow' && gone.has(target.flow) ? MENU : target;
  const flows = new Map(
    [...bundle.flows].flatMap(([name, flow]): [string, Flow][] =>
      gone.has(name)
        ? []
        : [
            [
              name,
              withSteps(flow, (step) => [
                step.verb === 'call' && gone.has(step.flow)
                  ? { ...said(step), verb: 'say', say: 'common.pick-one', go: MENU }
                  : redirected(step, elsewhere),
              ]),
            ],
          ],
    ),
  );
  const triggers = new Map([...bundle.triggers].filter(([, flow]) => !gone.has(flow)));
  return { ...bundle, hash: 'removed flow', structure: 'removed flow', flows, triggers };
}

function said({ name, private: isPrivate, was }: Step) {
  return { name, private: isPrivate, was };
}

function withSteps(flow: Flow, change: (step: Step) => readonly Step[]): Flow {
  const steps = [...flow.steps.values()].flatMap(change);
  return { ...flow, steps: new Map(steps.map((step) => [step.name, step])) };
}

function rename(flow: Flow, saysWas: boolean): Flow {
  const resting = new Set(restingOf(flow).map(({ name }) => name));
  const now = (name: string): string => (resting.has(name) ? `${name}-now` : name);
  const there = (target: Target): Target =>
    target.kind === 'step' ? { kind: 'step', step: now(target.step) } : target;
  const changed = withSteps(flow, (step) => [
    {
      ...redirected(step, there),
      name: now(step.name),
      was: saysWas && resting.has(step.name) ? step.name : step.was,
    },
  ]);
  return { ...changed, start: now(flow.start) };
}

function remove(flow: Flow, gone: (step: Step) => boolean): Flow {
  const names = new Set([...flow.steps.values()].filter(gone).map(({ name }) => name));
  const there = (target: Target): Target =>
    target.kind === 'step' && names.has(target.step) ? MENU : target;
  const begin: Step = {
    ...{ verb: 'say', say: 'common.pick-one', go: MENU },
    ...{ name: 'begin-now', private: false, was: null },
  };
  const rest = withSteps(flow, (step) => (gone(step) ? [] : [redirected(step, there)]));
  if (!names.has(flow.start)) return rest;
  return { ...rest, start: begin.name, steps: new Map([...rest.steps, [begin.name, begin]]) };
}

function questionBefore(flow: Flow): Flow {
  const resting = new Set(restingOf(flow).map(({ name }) => name));
  const before = (name: string): string => `before-${name}`;
  const there = (target: Target): Target =>
    target.kind === 'step' && resting.has(target.step) ? { kind: 'step', step: before(target.step) } : target;
  const changed = withSteps(flow, (step) => {
    const moved = redirected(step, there);
    if (!resting.has(step.name)) return [moved];
    const go: Target = { kind: 'step', step: step.name };
    const question: Step = {
      ...{ verb: 'ask', ask: 'common.pick-one', save: null, expects: [], go: null, timeout: null },
      buttons: [added(go)],
      unclear: { say: 'common.pick-one', tries: 2, go },
      ...{ name: before(step.name), private: false, was: null },
    };
    return [question, moved];
  });
  return { ...changed, start: resting.has(flow.start) ? before(flow.start) : flow.start };
}

function added(go: Target): FlowButton {
  return { label: 'common.pick-one', value: 'added-now', go, means: [] };
}

function withButtons(
  step: Extract<Step, { verb: 'ask' | 'wait' }>,
  change: (buttons: readonly FlowButton[]) => readonly FlowButton[],
): Step {
  return { ...step, buttons: change(step.buttons) };
}

/** A step with all its ways changed. */
function redirected(step: Step, there: (target: Target) => Target): Step {
  switch (step.verb) {
    case 'say':
    case 'link':
    case 'set':
    case 'human':
      return { ...step, go: there(step.go) };
    case 'ask':
      return {
        ...step,
        buttons: step.buttons.map((button) => ({ ...button, go: there(button.go) })),
        go: step.go === null ? null : there(step.go),
        unclear: { ...step.unclear, go: there(step.unclear.go) },
        timeout: step.timeout === null ? null : { ...step.timeout, go: there(step.timeout.go) },
      };
    case 'wait':
      return {
        ...step,
        go: there(step.go),
        buttons: step.buttons.map((button) => ({ ...button, go: there(button.go) })),
      };
    case 'branch':
      return {
        ...step,
        branch: step.branch.map((arm) => ({ ...arm, go: there(arm.go) })),
        otherwise: there(step.otherwise),
      };
    case 'hand_off':
      return { ...step, outcomes: mapped(step.outcomes, there) };
    case 'call':
    case 'do':
      return { ...step, outcomes: mapped(step.outcomes, there) };
    default:
      return step;
  }
}

function mapped<Name extends string>(
  outcomes: Readonly<Record<Name, Target>>,
  there: (target: Target) => Target,
): Readonly<Record<Name, Target>> {
  const entries = Object.entries<Target>(outcomes).map(([name, target]) => [name, there(target)]);
  return Object.fromEntries(entries) as Readonly<Record<Name, Target>>;
}
