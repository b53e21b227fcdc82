import { createHash } from 'node:crypto';
import { type Bundle, rests, type Step } from '../content/index.js';
import type { Frame, Snapshot } from '../model/index.js';
import { HAND_OFF, IDLE, SYSTEM } from './machine-context.js';

/** A snapshot brought to the present content. */
export type CarriedOver =
  /** As it was. */
  | { readonly kind: 'same'; readonly snapshot: Snapshot }
  /** At the same question, which has changed: it is asked again. */
  | { readonly kind: 'ask-again'; readonly snapshot: Snapshot }
  /** The place is gone: explain and start afresh. */
  | { readonly kind: 'moved'; readonly snapshot: Snapshot };

/**
 * What of a resting step a waiting person depends on: verb, slot, question and choices, and whether the
 * official page takes part; 12 hex digits.
 * A change of it means that the question must be asked again.
 */
export function shapeOf(step: Step, bundle: Pick<Bundle, 'registry'>): string {
  const parts =
    step.verb === 'ask'
      ? [step.ask, step.save, step.expects, step.buttons.map((button) => [button.value, button.label])]
      : step.verb === 'wait'
        ? [step.say, step.buttons.map((button) => [button.value, button.label])]
        : step.verb === 'hand_off'
          ? [
              step.handOff,
              ...(bundle.registry.hand_offs[step.handOff]?.verified === true ? ['verified'] : []),
            ]
          : [];
  return createHash('sha256')
    .update(JSON.stringify([step.verb, ...parts]))
    .digest('hex')
    .slice(0, 12);
}

/** Maps a stored snapshot onto the live content: by name, by `was`, else to the flow that explains. Pure. */
export function carryOver(snapshot: Snapshot, bundle: Bundle): CarriedOver {
  if (snapshot.bundle === bundle.structure) return { kind: 'same', snapshot };
  const stack = snapshot.stack.flatMap((frame) => carryFrame(frame, bundle) ?? []);
  const later = snapshot.later !== null && bundle.flows.has(snapshot.later) ? snapshot.later : null;
  const base: Snapshot = {
    ...snapshot,
    bundle: bundle.structure,
    stack,
    later,
    asked: snapshot.asked.filter((intent) => bundle.triggers.has(intent)),
  };
  if (snapshot.flow === IDLE) return { kind: 'same', snapshot: base };
  if (snapshot.flow === SYSTEM) return systemPlace(base);
  // Its words may have changed; who called it must still be there.
  if (snapshot.flow === HAND_OFF && stack.at(-1)?.kind === 'call')
    return { kind: 'ask-again', snapshot: base };
  const step = stepNow(bundle, snapshot.flow, snapshot.step);
  if (step === null || !rests(step) || step.verb !== snapshot.verb)
    return {
      kind: 'moved',
      snapshot: { ...base, flow: IDLE, step: IDLE, stack: [], dueAt: null, verb: null, shape: null },
    };
  const place = { ...base, step: step.name };
  return shapeOf(step, bundle) === snapshot.shape && step.name === snapshot.step
    ? { kind: 'same', snapshot: place }
    : { kind: 'ask-again', snapshot: place };
}

/** A built-in question about a wish that is gone is dropped; the question before it is asked again. */
function systemPlace(base: Snapshot): CarriedOver {
  if (base.step === 'which' || base.later !== null) return { kind: 'ask-again', snapshot: base };
  const before = base.stack.at(-1);
  if (before === undefined) return { kind: 'same', snapshot: { ...base, flow: IDLE, step: IDLE } };
  const { flow, step, dueAt } = before;
  return { kind: 'ask-again', snapshot: { ...base, flow, step, dueAt, stack: base.stack.slice(0, -1) } };
}

function carryFrame(frame: Frame, bundle: Bundle): Frame | null {
  if (frame.flow === SYSTEM || frame.flow === HAND_OFF) return frame;
  const step = stepNow(bundle, frame.flow, frame.step);
  if (step === null) return null;
  const calls = step.verb === 'call' || step.verb === 'hand_off';
  if (frame.kind === 'call' ? !calls : !rests(step)) return null;
  return { ...frame, step: step.name };
}

/** The step of that name, or the one that says it `was` called so. */
function stepNow(bundle: Bundle, flow: string, name: string): Step | null {
  const steps = bundle.flows.get(flow)?.steps;
  return steps?.get(name) ?? [...(steps?.values() ?? [])].find((step) => step.was === name) ?? null;
}
