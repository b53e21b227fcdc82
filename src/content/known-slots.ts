import { PLATFORMS } from '../model/index.js';
import { CIRCUMSTANCES } from './condition.js';
import type { Draft } from './draft.js';

/** Slots that the program itself sets. */
const OWN_SLOTS = ['secret-kind', 'held-kind', 'held-in'] as const;

/** Whether every slot is known: nothing that may save one could not be understood. */
export function knowsSlots(draft: Draft): boolean {
  return draft.allNamed && draft.unclear.size === 0;
}

/** The names of slots, without the circumstances that only conditions read. */
export function slotNames(draft: Draft): readonly string[] {
  return [...slotsOf(draft).keys()].filter((name) => !CIRCUMSTANCES.some((one) => one === name));
}

/** Every slot with the values it can have. */
export function slotsOf(draft: Draft): ReadonlyMap<string, ReadonlySet<string> | 'any'> {
  const slots = new Map<string, Set<string> | 'any'>(OWN_SLOTS.map((name) => [name, 'any']));
  const circumstances: Readonly<Record<(typeof CIRCUMSTANCES)[number], readonly string[]>> = {
    platform: PLATFORMS,
    locale: Object.keys(draft.locales?.names ?? {}),
    hours: ['open', 'closed'],
  };
  for (const name of CIRCUMSTANCES) {
    const isOpen = name === 'locale' && draft.locales === null;
    slots.set(name, isOpen ? 'any' : new Set(circumstances[name]));
  }
  const add = (slot: string, values: readonly string[] | 'any'): void => {
    const before = slots.get(slot);
    if (values === 'any' || before === 'any') slots.set(slot, 'any');
    else slots.set(slot, new Set([...(before ?? []), ...values]));
  };
  for (const flow of draft.flows.values()) {
    for (const step of flow.steps.values()) {
      if (step.verb === 'ask' && step.save !== null)
        add(step.save, step.expects.length > 0 ? 'any' : step.buttons.map(({ value }) => value));
      if (step.verb === 'set') for (const [slot, value] of Object.entries(step.set)) add(slot, [value]);
    }
  }
  return slots;
}
