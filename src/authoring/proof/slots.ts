import {
  type Bundle,
  comparisonsOf,
  type Flow,
  type Step,
  type Target,
  waysOf,
} from '../../content/index.js';

/** Slot with what is known to others, and its values after which a new password helps nobody. */
export const LEAKED = 'leaked';
export const LEAKED_KEYS: readonly string[] = ['phrase', 'key'];

export type Slots = Readonly<Record<string, string>>;

/** What the ways through the flows read of the slots. */
export interface SlotFacts {
  /** Slots that may be read after a step was entered, before they are written again. */
  liveAt(flow: string, step: string): ReadonlySet<string>;
  /** Slots that may be read when a flow is opened. */
  liveAtStart(flow: string): ReadonlySet<string>;
  /** Slots that may be read after a call came back. */
  liveAfter(flow: string, step: string): ReadonlySet<string>;
  /** Slots that a flow which words open reads at once: they count everywhere. */
  readonly everywhere: ReadonlySet<string>;
  /** The values that a slot can have as far as anything tells them apart; `null` stands for none of them. */
  valuesOf(slot: string): readonly (string | null)[];
  /** Of values that nothing tells apart always the same one; `null` for those that count as unset. */
  canonical(slot: string, value: string): string | null;
}

const NONE: ReadonlySet<string> = new Set();

/** Slots and their values in one order: the same slots have the same name. */
export function nameOfSlots(slots: Slots): string {
  return Object.entries(slots)
    .map(([slot, value]) => `${slot}=${value}`)
    .sort()
    .join();
}

export function pick(slots: Slots, wanted: ReadonlySet<string>): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([slot]) => wanted.has(slot)));
}

/** Follows reads and writes of slots through all flows, to a fixed point. Pure. */
export function readSlots(bundle: Bundle): SlotFacts {
  const live = new Map<string, ReadonlySet<string>>();
  const at = (flow: string, step: string): ReadonlySet<string> => live.get(`${flow}.${step}`) ?? NONE;
  const start = (name: string): ReadonlySet<string> => at(name, bundle.flows.get(name)?.start ?? '');
  const behind = (flow: Flow, target: Target): ReadonlySet<string> =>
    target.kind === 'step' ? at(flow.name, target.step) : target.kind === 'flow' ? start(target.flow) : NONE;
  const after = (flow: Flow, step: Step): Set<string> => {
    const found = new Set<string>();
    for (const { way, target } of waysOf(step))
      for (const slot of behind(flow, target)) if (!writes(step, way).includes(slot)) found.add(slot);
    return found;
  };
  const steps = [...bundle.flows.values()].flatMap((flow) =>
    [...flow.steps.values()].map((step) => ({ flow, step })),
  );
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const { flow, step } of steps) {
      const now = new Set([...reads(step), ...after(flow, step)]);
      if (step.verb === 'call') for (const slot of start(step.flow)) now.add(slot);
      if (now.size === at(flow.name, step.name).size) continue;
      live.set(`${flow.name}.${step.name}`, now);
      isChanged = true;
    }
  }
  const compared = comparedValues(steps.map(({ step }) => step));
  const lookedUp = new Set(
    steps.flatMap(({ step }) => (step.verb === 'do' && step.action === 'look-up' ? [step.of ?? ''] : [])),
  );
  const signature = (slot: string, value: string): string =>
    (compared.get(slot) ?? []).map((values) => (values.includes(value) ? 'x' : '-')).join('');
  const representatives = (slot: string): ReadonlyMap<string, string> => {
    const firsts = new Map<string, string>();
    for (const value of (compared.get(slot) ?? []).flat())
      if (!firsts.has(signature(slot, value))) firsts.set(signature(slot, value), value);
    return firsts;
  };
  const firsts = new Map([...compared.keys()].map((slot) => [slot, representatives(slot)]));
  const liveAfter = new Map(steps.map(({ flow, step }) => [`${flow.name}.${step.name}`, after(flow, step)]));
  return {
    liveAt: at,
    liveAtStart: start,
    liveAfter: (flow, step) => liveAfter.get(`${flow}.${step}`) ?? NONE,
    everywhere: new Set([LEAKED, ...[...openedByWords(bundle)].flatMap((name) => [...start(name)])]),
    valuesOf: (slot) => [null, ...(firsts.get(slot)?.values() ?? [])],
    canonical: (slot, value) =>
      lookedUp.has(slot) ? value : (firsts.get(slot)?.get(signature(slot, value)) ?? null),
  };
}

/** Others are opened by a deep link only, or by an event that writes what they read. */
function openedByWords(bundle: Bundle): ReadonlySet<string> {
  const globals = Object.values(bundle.globals).flatMap((action) =>
    action.kind === 'flow'
      ? action.flow
      : action.kind === 'go' && action.go.kind === 'flow'
        ? action.go.flow
        : [],
  );
  return new Set([...bundle.triggers.values(), ...globals, 'welcome', 'menu', 'flow-changed']);
}

function reads(step: Step): readonly string[] {
  if (step.verb === 'branch')
    return step.branch.flatMap(({ when }) => comparisonsOf(when).map(({ name }) => name));
  if (step.verb !== 'do') return [];
  if (step.action === 'look-up') return [step.of ?? ''];
  return step.action === 'treat-as-secret' ? ['held-kind'] : [];
}

function writes(step: Step, way: string): readonly string[] {
  if (step.verb === 'set') return Object.keys(step.set);
  const isAnswer = way !== 'unclear' && way !== 'timeout';
  return step.verb === 'ask' && step.save !== null && isAnswer ? [step.save] : [];
}

/** Slot → the lists of values that some condition, or a rule of the proof, compares it to. */
function comparedValues(steps: readonly Step[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const compared = new Map<string, (readonly string[])[]>([[LEAKED, [LEAKED_KEYS]]]);
  for (const step of steps) {
    if (step.verb !== 'branch') continue;
    for (const { name, values } of step.branch.flatMap(({ when }) => comparisonsOf(when)))
      compared.set(name, [...(compared.get(name) ?? []), values]);
  }
  return compared;
}
