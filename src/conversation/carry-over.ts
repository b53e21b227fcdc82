import { type Bundle, rests, type Step } from '../content/index.js';
import type { Frame, Snapshot } from '../model/index.js';
import { HAND_OFF, HAND_OFF_NAME, IDLE, SYSTEM } from './machine-context.js';
import { handOffShape, shapeOf } from './shape.js';

/** A snapshot brought to the present content. */
export type CarriedOver =
  /** As it was, maybe under another name. */
  | { readonly kind: 'same'; readonly snapshot: Snapshot }
  /** At the same question, which has changed: it is asked again. */
  | { readonly kind: 'ask-again'; readonly snapshot: Snapshot }
  /** The place is gone: explain and start afresh. */
  | { readonly kind: 'moved'; readonly snapshot: Snapshot };

/** The flow that explains that a place is gone. */
export const FLOW_CHANGED = 'flow-changed';

/** Maps a stored snapshot onto the live content: by name, by `was`, else to the flow that explains. Pure. */
export function carryOver(snapshot: Snapshot, bundle: Bundle): CarriedOver {
  if (snapshot.bundle === bundle.structure) return { kind: 'same', snapshot };
  const later = snapshot.later !== null && bundle.flows.has(snapshot.later) ? snapshot.later : null;
  const base: Snapshot = {
    ...snapshot,
    bundle: bundle.structure,
    stack: carryStack(snapshot.stack, bundle),
    later,
    asked: snapshot.asked.filter((intent) => bundle.triggers.has(intent)),
  };
  if (snapshot.flow === IDLE) return { kind: 'same', snapshot: base };
  if (snapshot.flow === SYSTEM) return systemPlace(base, snapshot);
  if (snapshot.flow === HAND_OFF) return handOffPlace(base, snapshot, bundle);
  const step = stepNow(bundle, snapshot.flow, snapshot.step);
  if (step === null || !rests(step) || step.verb !== snapshot.verb) return moved(base);
  const place = { ...base, step: step.name };
  return shapeOf(step, bundle) === snapshot.shape
    ? { kind: 'same', snapshot: place }
    : { kind: 'ask-again', snapshot: place };
}

function moved(base: Snapshot): CarriedOver {
  const place = { flow: IDLE, step: IDLE, stack: [], dueAt: null, verb: null, shape: null };
  return { kind: 'moved', snapshot: { ...base, ...place } };
}

/** A built-in question about a wish that is gone is dropped; the question before it is asked again. */
function systemPlace(base: Snapshot, stored: Snapshot): CarriedOver {
  if (base.step === 'which')
    return { kind: base.asked.length === stored.asked.length ? 'same' : 'ask-again', snapshot: base };
  if (base.later !== null) return { kind: 'same', snapshot: base };
  const before = base.stack.at(-1);
  if (before === undefined) return { kind: 'same', snapshot: { ...base, flow: IDLE, step: IDLE } };
  return { kind: 'ask-again', snapshot: backAt(base, before) };
}

/** Inside a verified hand-off: whoever called it must still be there, and the page still take part. */
function handOffPlace(base: Snapshot, stored: Snapshot, bundle: Bundle): CarriedOver {
  const before = stored.stack.at(-1);
  const caller = before?.kind === 'call' ? stepNow(bundle, before.flow, before.step) : null;
  const frame = base.stack.at(-1);
  if (caller?.verb !== 'hand_off' || frame === undefined) return moved(base);
  const name = stored.slots[HAND_OFF_NAME] ?? '';
  if (caller.handOff !== name || bundle.registry.hand_offs[name]?.verified !== true)
    return { kind: 'ask-again', snapshot: backAt(base, frame) };
  return handOffShape(name, bundle) === stored.shape
    ? { kind: 'same', snapshot: base }
    : { kind: 'ask-again', snapshot: base };
}

/** At the place of the topmost frame. */
function backAt(base: Snapshot, { flow, step, dueAt }: Frame): Snapshot {
  return { ...base, flow, step, dueAt, stack: base.stack.slice(0, -1) };
}

/**
 * Each place to come back to, by its present name. Where a question was interrupted that is gone, the flow that
 * explains waits instead; who called a flow and calls no more is dropped.
 */
function carryStack(stack: readonly Frame[], bundle: Bundle): readonly Frame[] {
  const explain = bundle.flows.get(FLOW_CHANGED)?.start;
  const frames = stack.flatMap((frame): readonly Frame[] => {
    const kept = carryFrame(frame, bundle);
    if (kept !== null) return [kept];
    return frame.kind === 'call' || explain === undefined
      ? []
      : [{ flow: FLOW_CHANGED, step: explain, kind: frame.kind, dueAt: null }];
  });
  // It is explained once, where the person comes back first; below that, nothing is left to come back to.
  return frames.slice(
    Math.max(
      0,
      frames.findLastIndex(({ flow }) => flow === FLOW_CHANGED),
    ),
  );
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
