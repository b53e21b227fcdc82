import { type Bundle, waysOf } from '../content/index.js';
import type { Conversation, StepTrace } from '../conversation/index.js';

/** Which steps and ways of the content conversations have taken. */
export interface Coverage {
  /** The same conversation, with what it passes through noted. */
  watch(conversation: Conversation): Conversation;
  report(): CoverageReport;
}

export interface CoverageReport {
  readonly steps: { readonly reached: number; readonly all: number; readonly missing: readonly string[] };
  readonly edges: { readonly reached: number; readonly all: number; readonly missing: readonly string[] };
}

/** Counts over every flow of the bundle; a step is `flow.step`, an edge `flow.step --way-->`. */
export function createCoverage(bundle: Bundle): Coverage {
  const seen = new Set<string>();
  const note = (trace: readonly StepTrace[]): void => {
    for (const { flow, step, way } of trace)
      seen.add(way === null ? `${flow}.${step}` : `${flow}.${step} --${way}-->`);
  };
  const noting = <T extends { readonly trace: readonly StepTrace[] }>(advanced: T): T => {
    note(advanced.trace);
    return advanced;
  };
  const steps = [...bundle.flows.values()].flatMap((flow) =>
    [...flow.steps.values()].map((step) => ({ name: `${flow.name}.${step.name}`, step })),
  );
  const edges = steps.flatMap(({ name, step }) => waysOf(step).map(({ way }) => `${name} --${way}-->`));
  const part = (all: readonly string[]): CoverageReport['steps'] => {
    const missing = all.filter((name) => !seen.has(name));
    return { reached: all.length - missing.length, all: all.length, missing };
  };
  return {
    watch: (conversation) => ({
      expected: conversation.expected,
      open: (turn) => noting(conversation.open(turn)),
      advance: (position, event, turn) => noting(conversation.advance(position, event, turn)),
      resume: (snapshot, turn) => noting(conversation.resume(snapshot, turn)),
    }),
    report: () => ({ steps: part(steps.map(({ name }) => name)), edges: part(edges) }),
  };
}
