import { type Bundle, type Finding, type Flow, type Step, SYSTEM_FLOWS, waysOf } from '../content/index.js';
import type { DraftSources } from '../content/sources.js';
import type { Parts } from './parts.js';

type FlowSources = Pick<DraftSources, 'flows'>;

/** What only shows when ways are followed: nothing leads there, nothing leads out, flows call each other for ever. */
export function checkWays({ bundle, sources, sound, mayBeMeant }: Parts): readonly Finding[] {
  const isSound = ({ flow }: FlowSources['flows'][number]): boolean => sound.has(flow.name);
  return [
    ...unusedFlows(bundle, sources, mayBeMeant),
    ...sources.flows.filter(isSound).flatMap(({ flow, source }) => [
      ...unreachable(flow).map((step) =>
        source.finding('unreachable', ['steps', step.name], `no way leads to the step "${step.name}".`, {
          onKey: true,
        }),
      ),
      ...traps(flow).map((loop) => {
        const said = `"${loop[0]}" leads into a loop that nothing leads out of: ${loop.join(' → ')}.`;
        return source.finding('trap', ['steps', loop[0] ?? ''], said, { onKey: true });
      }),
    ]),
    ...recursions(bundle, sources),
  ];
}

/** Flows that no intent, no step and no global word opens. */
function unusedFlows(
  bundle: Bundle,
  sources: FlowSources,
  mayBeMeant: (name: string) => boolean,
): readonly Finding[] {
  const opened = new Set<string>(SYSTEM_FLOWS);
  for (const action of Object.values(bundle.globals)) {
    if (action.kind === 'flow') opened.add(action.flow);
    if (action.kind === 'go' && action.go.kind === 'flow') opened.add(action.go.flow);
  }
  for (const flow of bundle.flows.values()) {
    for (const step of flow.steps.values()) {
      if (step.verb === 'call') opened.add(step.flow);
      for (const { target } of waysOf(step))
        if (target.kind === 'flow' && target.flow !== flow.name) opened.add(target.flow);
    }
  }
  return sources.flows.flatMap(({ flow, source }) =>
    flow.triggers.length > 0 || opened.has(flow.name) || mayBeMeant(flow.name)
      ? []
      : [source.finding('unreachable', ['flow'], `nothing ever starts the flow "${flow.name}".`)],
  );
}

function nextIn(flow: Flow, step: Step): readonly Step[] {
  return waysOf(step).flatMap(({ target }) => {
    const next = target.kind === 'step' ? flow.steps.get(target.step) : undefined;
    return next === undefined ? [] : [next];
  });
}

/** Steps that nothing leads to, without those that only follow them. */
function unreachable(flow: Flow): readonly Step[] {
  const reached = new Set<Step>();
  const visit = (step: Step | undefined): void => {
    if (step === undefined || reached.has(step)) return;
    reached.add(step);
    for (const next of nextIn(flow, step)) visit(next);
  };
  visit(flow.steps.get(flow.start));
  const heads: Step[] = [];
  // First those that nothing at all leads to; a circle of steps is told by its first.
  const lost = [...flow.steps.values()].filter((step) => !reached.has(step));
  const followed = new Set(lost.flatMap((step) => nextIn(flow, step).filter((next) => next !== step)));
  for (const step of [...lost.filter((one) => !followed.has(one)), ...lost]) {
    if (reached.has(step)) continue;
    heads.push(step);
    visit(step);
  }
  return heads;
}

/** Loops of steps from which no way leads out of the flow, each once, by the names of its steps. */
function traps(flow: Flow): readonly (readonly string[])[] {
  const leads = new Set<Step>();
  const leaves = (step: Step): boolean => {
    const ways = waysOf(step);
    return ways.length === 0 || ways.some(({ target }) => target.kind !== 'step');
  };
  const steps = [...flow.steps.values()];
  for (let before = -1; before !== leads.size; ) {
    before = leads.size;
    for (const step of steps)
      if (leaves(step) || nextIn(flow, step).some((next) => leads.has(next))) leads.add(step);
  }
  const told = new Set<Step>();
  const loops: (readonly string[])[] = [];
  for (const step of steps) {
    if (leads.has(step) || told.has(step)) continue;
    const path: Step[] = [];
    for (let here: Step | undefined = step; here !== undefined && !path.includes(here); ) {
      path.push(here);
      here = nextIn(flow, here)[0];
    }
    const last = path.at(-1);
    const back = last === undefined ? undefined : nextIn(flow, last)[0];
    const visit = (one: Step): void => {
      if (told.has(one)) return;
      told.add(one);
      for (const next of nextIn(flow, one)) visit(next);
    };
    visit(step);
    // A loop of instant steps is told as endless.
    if (path.some((one) => one.verb === 'ask' || one.verb === 'wait' || one.verb === 'hand_off'))
      loops.push([...path, ...(back === undefined ? [] : [back])].map(({ name }) => name));
  }
  return loops;
}

/** Calls that come back to the flow that calls, each circle once. */
function recursions(bundle: Bundle, sources: FlowSources): readonly Finding[] {
  const findings: Finding[] = [];
  const done = new Set<string>();
  const calls = (name: string): readonly (readonly [string, string])[] =>
    [...(bundle.flows.get(name)?.steps.values() ?? [])].flatMap((step) =>
      step.verb === 'call' ? [[step.name, step.flow] as const] : [],
    );
  const visit = (name: string, path: readonly string[]): void => {
    if (done.has(name)) return;
    for (const [step, called] of calls(name)) {
      const at = [...path, name].indexOf(called);
      if (at < 0) {
        visit(called, [...path, name]);
        continue;
      }
      const source = sources.flows.find(({ flow }) => flow.name === name)?.source;
      const circle = [...[...path, name].slice(at), called].join(' → ');
      const said = `"${name}" and what it calls come back to themselves: ${circle}.`;
      if (source !== undefined) findings.push(source.finding('recursion', ['steps', step, 'call'], said));
    }
    done.add(name);
  };
  for (const { flow } of sources.flows) visit(flow.name, []);
  return findings;
}
