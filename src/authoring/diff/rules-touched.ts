import { comparisonsOf, type Step } from '../../content/index.js';
import { WARNINGS } from '../proof/rules.js';
import { LEAKED } from '../proof/slots.js';
import {
  type Change,
  type ContentDiff,
  type FlowChange,
  TOUCHABLE,
  type Touchable,
  type TouchedRule,
} from './changes.js';

const RULES = Object.keys(TOUCHABLE) as readonly Touchable[];
/** A rule and what touches it. */
type Touch = readonly [Touchable, string];

/** A flow before and after; `null` where there is none. */
export interface FlowPair {
  readonly change: FlowChange;
  readonly before: ReadonlyMap<string, Step> | null;
  readonly after: ReadonlyMap<string, Step> | null;
}

/**
 * The rules that a change touches, each with what touches it: whether they still hold, only the check can tell.
 * `mustSay`: keys of texts that must be said, before or after.
 */
export function touchedRules(
  diff: Omit<ContentDiff, 'touched'>,
  flows: readonly FlowPair[],
  mustSay: readonly string[],
): readonly TouchedRule[] {
  const found: Touch[] = [
    ...flows.flatMap(byFlow),
    ...diff.answers.flatMap(byPrivateName('the answer')),
    ...diff.registry.flatMap(byRegistry),
    ...diff.globals.flatMap((change): readonly Touch[] =>
      change.name.startsWith('human') ? [['proof-human', `the global word human: ${told(change)}`]] : [],
    ),
    ...Object.entries(diff.texts).flatMap(([tag, changes]) =>
      changes.flatMap(({ name }): readonly Touch[] =>
        WARNINGS.includes(name) || mustSay.includes(name)
          ? [['proof-warning', `the text ${name} in ${tag}, which must be said`]]
          : [],
      ),
    ),
    ...diff.locales.flatMap((change): readonly Touch[] =>
      change.name === 'must_say' ? [['proof-warning', `what must be said: ${told(change)}`]] : [],
    ),
    ...Object.entries(diff.files).flatMap(([file, changes]): readonly Touch[] => {
      if (file === 'locales/approved.yaml')
        return [
          ['asks-secret', `what is approved although a rule speaks against it (${changes.length} lines)`],
        ];
      if (file.endsWith('/checks.yaml'))
        return [
          ['asks-secret', `the words by which ${file.split('/')[1]} is judged (${changes.length} lines)`],
        ];
      return [];
    }),
  ];
  return RULES.flatMap((rule) => {
    const by = [...new Set(found.flatMap(([one, what]) => (one === rule ? [what] : [])))];
    return by.length === 0 ? [] : [{ rule, by }];
  });
}

function byFlow({ change, before, after }: FlowPair): readonly Touch[] {
  const { flow, kind, rules, steps, ways } = change;
  const leading = new Set(
    [...(before?.values() ?? []), ...(after?.values() ?? [])].filter(minds).map(({ name }) => name),
  );
  return [
    ...rules.flatMap((one): readonly Touch[] =>
      kind === 'changed' && (one.name === 'preempts' || one.name === 'keeps')
        ? [['proof-leaked', `the flow ${flow}: ${one.name} ${told(one)}`]]
        : [],
    ),
    ...steps.flatMap(({ name, says }): readonly Touch[] => {
      const [old, now] = [before?.get(name), after?.get(name)];
      const place = `step ${flow}.${name}`;
      const how = old === undefined ? 'is new' : now === undefined ? 'is gone' : says.join('; ');
      const has = (test: (step: Step) => boolean): boolean =>
        (old !== undefined && test(old)) || (now !== undefined && test(now));
      const isTouched: Readonly<Partial<Record<Touchable, boolean>>> = {
        'proof-warning': has((one) => one.verb === 'link' || one.verb === 'hand_off' || warns(one)),
        'proof-public': old?.private !== now?.private && has((one) => one.private),
        'proof-leaked': has((one) => one.verb === 'hand_off' || minds(one)),
        'proof-human': has((one) => one.verb === 'human'),
      };
      return RULES.flatMap((rule): readonly Touch[] =>
        isTouched[rule] === true ? [[rule, `${place} ${how}`]] : [],
      );
    }),
    ...ways.flatMap(({ name }): readonly Touch[] => {
      const step = name.split(' --', 1)[0] ?? '';
      const isTold = steps.some((one) => one.name === step);
      return leading.has(step) && !isTold ? [['proof-leaked', `step ${flow}.${step} leads elsewhere`]] : [];
    }),
  ];
}

/** Whether a step says the warning. */
function warns(step: Step): boolean {
  return (step.verb === 'say' || step.verb === 'end') && WARNINGS.includes(step.say);
}

/** Whether a step notes what is known to others, or asks for it. */
function minds(step: Step): boolean {
  if (step.verb === 'set') return Object.hasOwn(step.set, LEAKED);
  return (
    step.verb === 'branch' &&
    step.branch.some(({ when }) => comparisonsOf(when).some(({ name }) => name === LEAKED))
  );
}

function byRegistry(change: Change): readonly Touch[] {
  const { name } = change;
  if (name.startsWith('support'))
    return [['proof-human', `the ways to reach support: ${name} ${told(change)}`]];
  if (name.startsWith('hand_offs'))
    return [['proof-warning', `the hand-off ${name.slice('hand_offs.'.length)}: ${told(change)}`]];
  return byPrivateName('the registry')(change);
}

/** What is marked private, or is not any more. */
function byPrivateName(what: string): (change: Change) => readonly Touch[] {
  return (change) =>
    change.name.endsWith('.private') ? [['proof-public', `${what}: ${change.name} ${told(change)}`]] : [];
}

function told({ before, after }: Change): string {
  if (before === null) return `is new: ${after}`;
  return after === null ? `is gone; it was ${before}` : `is ${after} instead of ${before}`;
}
