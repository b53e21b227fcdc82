import type { Draft } from './draft.js';
import type { Finding } from './finding.js';
import { type Flow, rests, type Step, type Target, waysOf } from './flow.js';
import type { DraftSources } from './sources.js';

/** Steps that lead into each other without ever waiting for the person: the conversation would never come to rest. */
export function checkLoops(draft: Draft, sources: DraftSources): readonly Finding[] {
  const done = new Set<string>();
  const findings: Finding[] = [];
  for (const { flow, source } of sources.flows) {
    for (const step of flow.steps.values()) {
      const loop = loopFrom(draft, flow, step, [], done);
      if (loop === null) continue;
      const message = `step "${step.name}" leads back to itself without ever asking anything: ${loop.join(' → ')}.`;
      findings.push(source.finding('endless', ['steps', step.name], message, { onKey: true }));
    }
  }
  return findings;
}

/** The loop that is met from a step on, as `flow.step` names; `null` for none. Each step is looked at once. */
function loopFrom(
  draft: Draft,
  flow: Flow,
  step: Step,
  path: readonly string[],
  done: Set<string>,
): readonly string[] | null {
  const name = `${flow.name}.${step.name}`;
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
  if (done.has(name) || rests(step)) return null;
  const found = nextOf(draft, flow, step)
    .map((next) => loopFrom(draft, next.flow, next.step, [...path, name], done))
    .find((loop) => loop !== null);
  done.add(name);
  return found ?? null;
}

function nextOf(draft: Draft, flow: Flow, step: Step): readonly { flow: Flow; step: Step }[] {
  // What comes after a call comes after the called flow, which may wait.
  const targets: readonly Target[] =
    step.verb === 'call' ? [{ kind: 'flow', flow: step.flow }] : waysOf(step).map(({ target }) => target);
  return targets.flatMap((target) => {
    const owner = target.kind === 'flow' ? draft.flows.get(target.flow) : flow;
    const next =
      target.kind === 'step'
        ? owner?.steps.get(target.step)
        : target.kind === 'flow'
          ? owner?.steps.get(owner.start)
          : undefined;
    return owner === undefined || next === undefined ? [] : [{ flow: owner, step: next }];
  });
}
