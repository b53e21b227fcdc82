import type { Bundle } from './bundle.js';
import { CIRCUMSTANCES, comparisonsOf } from './condition.js';
import { didYouMean, type Finding, type NodePath } from './finding.js';
import { type Flow, type Step, type Target, waysOf } from './flow.js';
import type { YamlSource } from './yaml-source.js';

/** Names in one step that lead nowhere: targets, links, times, hand-offs, outcomes, intents, slots. */
export function checkStep(bundle: Bundle, flow: Flow, step: Step, source: YamlSource): Finding[] {
  const at: NodePath = ['steps', step.name];
  const findings: Finding[] = [];
  const report = (code: string, path: NodePath, message: string): void => {
    findings.push(source.finding(code, [...at, ...path], message));
  };
  const told = new Set<string>();
  for (const { way, target } of waysOf(step)) {
    const problem = targetProblem(bundle, flow, target);
    // Outcomes that fall back to another one lead to the same place; it is wrong once.
    const fallsBack = step.verb === 'hand_off' && told.has(problem?.message ?? '');
    told.add(problem?.message ?? '');
    if (problem !== null && !fallsBack)
      report(problem.code, wayPath(step, way), `step "${step.name}" (${way}) leads to ${problem.message}`);
  }
  const link = step.verb === 'link' ? step.to : null;
  if (link !== null && !bundle.registry.links.has(link)) {
    report(
      'unknown-link',
      ['link', 'to'],
      `the registry has no link "${link}"${didYouMean(link, [...bundle.registry.links.keys()])}`,
    );
  }
  const time = step.verb === 'wait' ? step.time : step.verb === 'ask' ? (step.timeout?.after ?? null) : null;
  if (time !== null && !bundle.timesMs.has(time)) {
    report(
      'unknown-time',
      step.verb === 'wait' ? ['wait'] : ['timeout', 'after'],
      `_times.yaml has no time "${time}"${didYouMean(time, [...bundle.timesMs.keys()])}`,
    );
  }
  if (step.verb === 'hand_off' && !Object.hasOwn(bundle.registry.hand_offs, step.handOff)) {
    report(
      'unknown-hand-off',
      ['hand_off'],
      `the registry has no hand-off "${step.handOff}"${didYouMean(step.handOff, Object.keys(bundle.registry.hand_offs))}`,
    );
  }
  if (step.verb === 'call') findings.push(...checkCall(bundle, step, source, at));
  if (step.verb === 'ask' || step.verb === 'wait') {
    step.buttons.forEach((button, index) => {
      for (const intent of button.means) {
        if (!bundle.triggers.has(intent))
          report(
            'unknown-intent',
            ['buttons', index, 'means'],
            `nothing is triggered by "${intent}"${didYouMean(intent, [...bundle.triggers.keys()])}`,
          );
      }
    });
  }
  if (step.verb === 'branch') {
    const slots = slotsOf(bundle);
    step.branch.forEach((arm, index) => {
      for (const { name } of comparisonsOf(arm.when)) {
        if (!slots.has(name))
          report(
            'unknown-slot',
            ['branch', index, 'when'],
            `no step saves "${name}"${didYouMean(name, [...slots])}`,
          );
      }
    });
  }
  return findings;
}

function checkCall(
  bundle: Bundle,
  step: Extract<Step, { verb: 'call' }>,
  source: YamlSource,
  at: NodePath,
): Finding[] {
  const called = bundle.flows.get(step.flow);
  if (called === undefined) {
    return [
      source.finding(
        'unknown-flow',
        [...at, 'call'],
        `there is no flow "${step.flow}"${didYouMean(step.flow, [...bundle.flows.keys()])}`,
      ),
    ];
  }
  const returned = new Set(
    [...called.steps.values()].flatMap((other) => (other.verb === 'return' ? [other.outcome] : [])),
  );
  const missing = [...returned].filter((outcome) => !Object.hasOwn(step.outcomes, outcome));
  const never = Object.keys(step.outcomes).filter((outcome) => !returned.has(outcome));
  return [
    ...missing.map((outcome) =>
      source.finding(
        'missing-outcome',
        [...at, 'then'],
        `"${step.flow}" can return "${outcome}"; say where that goes.`,
      ),
    ),
    ...never.map((outcome) =>
      source.finding(
        'unknown-outcome',
        [...at, 'then', outcome],
        `"${step.flow}" never returns "${outcome}"${didYouMean(outcome, [...returned])}`,
      ),
    ),
  ];
}

function targetProblem(bundle: Bundle, flow: Flow, target: Target): { code: string; message: string } | null {
  if (target.kind === 'step' && !flow.steps.has(target.step)) {
    return {
      code: 'unknown-step',
      message: `"${target.step}", which is no step of this flow${didYouMean(target.step, [...flow.steps.keys(), 'idle', 'menu'])}`,
    };
  }
  if (target.kind === 'flow' && !bundle.flows.has(target.flow)) {
    return {
      code: 'unknown-flow',
      message: `the flow "${target.flow}", which does not exist${didYouMean(target.flow, [...bundle.flows.keys()])}`,
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

function slotsOf(bundle: Bundle): ReadonlySet<string> {
  const slots = new Set<string>([...CIRCUMSTANCES, 'secret-kind', 'held-kind', 'held-in']);
  for (const flow of bundle.flows.values()) {
    for (const step of flow.steps.values()) {
      if (step.verb === 'ask' && step.save !== null) slots.add(step.save);
      if (step.verb === 'set') for (const slot of Object.keys(step.set)) slots.add(slot);
    }
  }
  return slots;
}
