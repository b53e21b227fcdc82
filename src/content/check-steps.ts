import { comparisonsOf } from './condition.js';
import { type Draft, flowNames, mayHaveFlow } from './draft.js';
import type { Finding, NodePath } from './finding.js';
import type { FindingCode } from './finding-codes.js';
import { type Step, type StepOf, type Target, waysOf } from './flow.js';
import { knowsSlots, slotNames, slotsOf } from './known-slots.js';
import type { ParsedFlow } from './parse-flow.js';
import type { FindingOptions, YamlSource } from './yaml-source.js';

/** Names in one step that lead nowhere: targets, links, times, hand-offs, outcomes, intents, slots. */
export function checkStep(draft: Draft, parsed: ParsedFlow, step: Step): Finding[] {
  const { source } = parsed;
  const at: NodePath = ['steps', step.name];
  const findings: Finding[] = [];
  const report = (code: FindingCode, path: NodePath, message: string, options?: FindingOptions): void => {
    findings.push(source.finding(code, [...at, ...path], message, options));
  };
  const told = new Set<string>();
  for (const { way, target } of waysOf(step)) {
    const problem = targetProblem(draft, parsed, target);
    // Outcomes that fall back to another one lead to the same place; it is wrong once.
    const fallsBack = step.verb === 'hand_off' && told.has(problem?.message ?? '');
    told.add(problem?.message ?? '');
    if (problem !== null && !fallsBack) {
      const said = `step "${step.name}" (${way}) leads to ${problem.message}`;
      report(problem.code, wayPath(step, way), said, { ...problem, safe: true });
    }
  }
  const { registry, timesMs } = draft;
  if (step.verb === 'link' && registry !== null && !registry.links.has(step.to)) {
    report('unknown-link', ['link', 'to'], `the registry has no link "${step.to}"`, {
      wrong: step.to,
      known: [...registry.links.keys()],
    });
  }
  const time = step.verb === 'wait' ? step.time : step.verb === 'ask' ? (step.timeout?.after ?? null) : null;
  if (time !== null && timesMs !== null && !timesMs.has(time)) {
    const path = step.verb === 'wait' ? ['wait'] : ['timeout', 'after'];
    const options = { wrong: time, known: [...timesMs.keys()], safe: true };
    report('unknown-time', path, `_times.yaml has no time "${time}"`, options);
  }
  if (step.verb === 'hand_off' && registry !== null && !Object.hasOwn(registry.hand_offs, step.handOff)) {
    report('unknown-hand-off', ['hand_off'], `the registry has no hand-off "${step.handOff}"`, {
      wrong: step.handOff,
      known: Object.keys(registry.hand_offs),
    });
  }
  if (step.verb === 'call') findings.push(...checkCall(draft, step, source, at));
  if (step.verb === 'ask' || step.verb === 'wait') {
    step.buttons.forEach((button, index) => {
      for (const [place, intent] of button.means.entries()) {
        if (draft.allTriggers && !draft.triggers.has(intent))
          report(
            'unknown-intent',
            ['buttons', index, 'means', place],
            `nothing is triggered by "${intent}"`,
            {
              wrong: intent,
              known: [...draft.triggers.keys()],
              safe: true,
            },
          );
      }
    });
  }
  if (step.verb === 'do' && step.of !== null && knowsSlots(draft)) {
    const known = slotNames(draft);
    const options = { wrong: step.of, known, safe: true };
    if (!known.includes(step.of)) report('unknown-slot', ['of'], `no step saves "${step.of}"`, options);
  }
  if (step.verb === 'branch' && knowsSlots(draft)) findings.push(...checkConditions(draft, step, source, at));
  return findings;
}

function checkConditions(
  draft: Draft,
  step: StepOf<'branch'>,
  source: YamlSource,
  at: NodePath,
): readonly Finding[] {
  const slots = slotsOf(draft);
  return step.branch.flatMap((arm, index) =>
    comparisonsOf(arm.when).flatMap(({ name, values }) => {
      const path = [...at, 'branch', index, 'when'];
      const known = slots.get(name);
      if (known === undefined) {
        const options = { wrong: name, known: [...slots.keys()], safe: true };
        return [source.finding('unknown-slot', path, `no step saves "${name}"`, options)];
      }
      return values.flatMap((value) => {
        if (known === 'any' || known.has(value)) return [];
        const options = { wrong: value, known: [...known], safe: true };
        return [source.finding('unknown-value', path, `"${name}" is never "${value}"`, options)];
      });
    }),
  );
}

function checkCall(draft: Draft, step: StepOf<'call'>, source: YamlSource, at: NodePath): readonly Finding[] {
  const called = draft.flows.get(step.flow);
  if (called === undefined || draft.unclear.has(step.flow)) {
    if (mayHaveFlow(draft, step.flow)) return [];
    const options = { wrong: step.flow, known: flowNames(draft), safe: true };
    return [source.finding('unknown-flow', [...at, 'call'], `there is no flow "${step.flow}"`, options)];
  }
  const returned = new Set(
    [...called.steps.values()].flatMap((other) => (other.verb === 'return' ? [other.outcome] : [])),
  );
  const missing = [...returned].filter((outcome) => !Object.hasOwn(step.outcomes, outcome));
  const never = Object.keys(step.outcomes).filter((outcome) => !returned.has(outcome));
  // A misspelled outcome is one that is missing and one that never happens: it is said once.
  const meant = missing.length === 1 && never.length === 1 ? missing : [];
  return [
    ...missing
      .filter((outcome) => !meant.includes(outcome))
      .map((outcome) =>
        source.finding(
          'missing-outcome',
          [...at, 'then'],
          `"${step.flow}" can return "${outcome}"; say where that goes.`,
          { expected: [...returned].join(', ') },
        ),
      ),
    ...never.map((outcome) =>
      source.finding(
        'unknown-outcome',
        [...at, 'then', outcome],
        `"${step.flow}" never returns "${outcome}"`,
        {
          wrong: outcome,
          known: [...returned],
        },
      ),
    ),
  ];
}

interface TargetProblem extends FindingOptions {
  readonly code: FindingCode;
  readonly message: string;
}

function targetProblem(draft: Draft, { flow, unclear }: ParsedFlow, target: Target): TargetProblem | null {
  if (target.kind === 'step' && !flow.steps.has(target.step) && !unclear.has(target.step)) {
    return {
      code: 'unknown-step',
      message: `"${target.step}", which is no step of this flow`,
      wrong: target.step,
      known: [...flow.steps.keys(), ...unclear, 'idle', 'menu'],
    };
  }
  if (target.kind === 'flow' && !mayHaveFlow(draft, target.flow)) {
    return {
      code: 'unknown-flow',
      message: `the flow "${target.flow}", which does not exist`,
      wrong: target.flow,
      known: flowNames(draft),
    };
  }
  return null;
}

/** Where a way of a step stands in the file. */
function wayPath(step: Step, way: string): NodePath {
  switch (step.verb) {
    case 'ask':
    case 'wait': {
      const index = step.buttons.findIndex((button) => button.value === way);
      if (index >= 0) return ['buttons', index, 'go'];
      return way === 'unclear' || way === 'timeout' ? [way, 'go'] : ['go'];
    }
    case 'branch':
      return way === 'otherwise' ? ['otherwise'] : ['branch', Number(way.slice('when-'.length)) - 1, 'go'];
    case 'hand_off':
    case 'call':
    case 'do':
      return ['then', way];
    default:
      return ['go'];
  }
}
