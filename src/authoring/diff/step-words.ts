import type { Condition } from '../../content/condition.js';
import type { Flow, FlowButton, Step } from '../../content/index.js';
import type { Change, StepChange } from './changes.js';

/** The steps of two versions of a flow that do something else, or are called otherwise; ways are told apart. */
export function stepChanges(before: Flow | null, after: Flow | null): readonly StepChange[] {
  const names = new Set([...(before?.steps.keys() ?? []), ...(after?.steps.keys() ?? [])]);
  return [...names].flatMap((name): readonly StepChange[] => {
    const [old, now] = [before?.steps.get(name), after?.steps.get(name)];
    const says = old === undefined || now === undefined ? [] : differences(old, now);
    if (old !== undefined && now !== undefined && says.length === 0) return [];
    return [{ name, before: stepInWords(old), after: stepInWords(now), says }];
  });
}

/** What a step does, by a few words each: `asks` → `mail.looked`. */
type Traits = ReadonlyMap<string, string>;

function differences(old: Step, now: Step): readonly string[] {
  const found: string[] = [];
  if (old.private !== now.private) found.push(now.private ? 'is private now' : 'is not private any more');
  if (old.was !== now.was && now.was !== null) found.push(`was called ${now.was} before`);
  const [were, are] = [traitsOf(old), traitsOf(now)];
  for (const trait of new Set([...were.keys(), ...are.keys()])) {
    const [was, is] = [were.get(trait), are.get(trait)];
    if (was === is) continue;
    if (was === undefined) found.push(`now ${trait} ${is}`);
    else found.push(is === undefined ? `no longer ${trait} ${was}` : `${trait} ${is} instead of ${was}`);
  }
  return found;
}

function stepInWords(step: Step | undefined): string | null {
  if (step === undefined) return null;
  const traits = [...traitsOf(step)].map(([trait, value]) => `${trait} ${value}`);
  return [...traits, ...(step.private ? ['is private'] : [])].join(', ');
}

function traitsOf(step: Step): Traits {
  const { verb } = step;
  switch (verb) {
    case 'say':
    case 'answer':
      return traits(['says', step.say], ...(verb === 'answer' ? [list('links to', step.links)] : []));
    case 'ask':
      return traits(
        ['asks', step.ask],
        list('takes as a free answer', step.expects),
        ['keeps the answer as', step.save],
        ...buttonTraits(step.buttons),
        ['to what it does not understand says', step.unclear.say],
        ['gives as many tries as', String(step.unclear.tries)],
        ['waits for an answer for the time', step.timeout?.after ?? null],
        ['to silence says', step.timeout?.say ?? null],
      );
    case 'branch':
      return traits(
        ...step.branch.map(
          ({ when }, index) =>
            [`by condition ${index + 1} goes on`, `when ${conditionInWords(when)}`] as const,
        ),
      );
    case 'link':
      return traits(['shows the link', step.to], ['with the text', step.text], ['on a button', step.label]);
    case 'hand_off':
      return traits(['hands off to', step.handOff]);
    case 'wait':
      return traits(['waits for the time', step.time], ['says', step.say], ...buttonTraits(step.buttons));
    case 'call':
      return traits(['runs the flow', step.flow]);
    case 'do':
      return traits(['does', step.action], ['with the slot', step.of]);
    case 'set':
      return traits(...Object.entries(step.set).map(([slot, value]) => [`notes ${slot} =`, value] as const));
    case 'human':
      return traits(['leads to the support team for', step.topic], ['says', step.say]);
    case 'return':
      return traits(['goes back to its caller with', step.outcome]);
    case 'end':
      return traits(['ends with', step.say]);
  }
}

function traits(...found: readonly (readonly [string, string | null])[]): Traits {
  return new Map(found.flatMap(([trait, value]) => (value === null ? [] : [[trait, value] as const])));
}

function list(trait: string, values: readonly string[]): readonly [string, string | null] {
  return [trait, values.length === 0 ? null : values.join(', ')];
}

function buttonTraits(buttons: readonly FlowButton[]): readonly (readonly [string, string | null])[] {
  return [
    list(
      'offers',
      buttons.map(({ value }) => value),
    ),
    ...buttons.map(({ value, label }) => [`has on the button ${value} the text`, label] as const),
    ...buttons.map(({ value, means }) => list(`for ${value} also understands`, means)),
  ];
}

function conditionInWords(condition: Condition): string {
  switch (condition.kind) {
    case 'is': {
      const { name, values, negated } = condition;
      return `${name} is ${negated ? 'not ' : ''}${values.join(' or ')}`;
    }
    case 'not':
      return `not (${conditionInWords(condition.of)})`;
    case 'and':
    case 'or':
      return `(${conditionInWords(condition.left)} ${condition.kind} ${conditionInWords(condition.right)})`;
  }
}

/** Names of ways that are no value of a button or outcome. */
const WAYS: Readonly<Record<string, string>> = {
  go: 'afterwards',
  answer: 'after a free answer',
  unclear: 'when it does not understand',
  timeout: 'after silence',
  time: 'when the time is over',
  otherwise: 'when no condition holds',
};

/** A way that changed, in words. Its name is `step --way-->`. */
export function wayInWords({ name, before, after }: Change): string {
  const [, step = name, way = ''] = /^(.*) --(.*)-->$/.exec(name) ?? [];
  const when = /^when-(\d+)$/.exec(way);
  const how = when === null ? (WAYS[way] ?? `after "${way}"`) : `by condition ${when[1]}`;
  const place = (target: string | null): string =>
    target === 'idle' ? 'rest' : (target ?? '').replace(/^flow:/, 'the flow ');
  if (before === null) return `step ${step}, ${how}: goes to ${place(after)}`;
  if (after === null) return `step ${step}, ${how}: goes nowhere any more; it went to ${place(before)}`;
  return `step ${step}, ${how}: goes to ${place(after)} instead of ${place(before)}`;
}
