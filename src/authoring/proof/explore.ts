import { HAND_OFF_STEPS } from '../../conversation/hand-off-flow.js';
import { HAND_OFF, HAND_OFF_NAME, IDLE, SYSTEM } from '../../conversation/machine-context.js';
import type { ConversationEvent } from '../../model/index.js';
import { type Events, isLocal } from './events.js';
import type { Interruption, Layer, Node, Origin } from './node.js';
import { nameOfSlots, pick, type SlotFacts, type Slots } from './slots.js';
import type { Outcome, Stepper } from './stepper.js';

/** One event in one state with what it brings about; `null` when it never comes to rest. */
export interface Edge {
  readonly node: Node;
  readonly event: ConversationEvent;
  readonly outcome: Outcome | null;
}

export interface Explored {
  readonly nodes: readonly Node[];
  readonly edges: number;
  /** States from which no answer, no silence and no time ever leads to an end, or back to what was interrupted. */
  readonly endless: readonly Node[];
  /** Whether there were more states than are looked at. */
  readonly isCut: boolean;
}

export interface Exploring {
  readonly events: Events;
  readonly stepper: Stepper;
  readonly slots: SlotFacts;
  /** Slots that survive a clearing. */
  readonly keeps: ReadonlySet<string>;
  readonly maxStates: number;
  /** Whether enough was seen. */
  isEnough(): boolean;
  /** Judges each event in each state; whether the warning was shown by the end of it. */
  judge(edge: Edge): boolean;
}

/** Looks at every state that a direct chat can be in, the nearest first. `start`: as the opening leaves it. */
export function explore(exploring: Exploring, warned: boolean): Explored {
  const search = new Search(exploring);
  search.open(warned);
  return search.run();
}

class Search {
  readonly #with: Exploring;
  readonly #nodes = new Map<string, Node>();
  readonly #layers = new Map<string, Layer>();
  readonly #queue: Node[] = [];
  readonly #known = new Map<Outcome, Map<string, Node>>();
  readonly #atPlace = new Map<string, readonly ConversationEvent[]>();
  /** State → states that lead to it by what belongs to the open question. */
  readonly #before = new Map<Node, Node[]>();
  readonly #ends = new Set<Node>();
  #edges = 0;

  constructor(exploring: Exploring) {
    this.#with = exploring;
  }

  open(warned: boolean): void {
    const place = { flow: IDLE, step: IDLE, tries: 0, later: null, asked: [], calls: [], slots: {} };
    this.#add(this.#layer(null, {}), { ...place, warned, origin: { kind: 'open' } });
  }

  run(): Explored {
    const { maxStates, isEnough } = this.#with;
    for (const node of this.#queue) {
      if (this.#nodes.size > maxStates || isEnough()) break;
      for (const event of this.#eventsAt(node)) this.#follow(node, event);
    }
    const nodes = [...this.#nodes.values()];
    const isCut = nodes.length > maxStates;
    const endless = isCut || isEnough() ? [] : this.#endless(nodes);
    return { nodes, edges: this.#edges, endless, isCut };
  }

  #eventsAt(node: Node): readonly ConversationEvent[] {
    const { events } = this.#with;
    const { flow, step, asked } = node;
    // Nothing but a further miss depends on how many there were.
    if (node.tries > 0) return MISSED;
    if (flow === IDLE && node.layer.kind === null && node.calls.length === 0)
      return [...events.all, { kind: 'unclear', near: [] }, ...wontOpen];
    const place = `${flow}.${step} ${asked}`;
    const found = this.#atPlace.get(place);
    if (found !== undefined) return found;
    const position = { flow, step, asked } as Parameters<Events['atPlace']>[0];
    const all = [...events.atPlace(position), ...(flow === SYSTEM ? events.inBuiltIn : events.anywhere)];
    this.#atPlace.set(place, all);
    return all;
  }

  #follow(node: Node, event: ConversationEvent): void {
    const outcomes = this.#possible(node, event).flatMap((slots) =>
      this.#with.stepper.outcomes(slots === node.slots ? node : { ...node, slots }, event),
    );
    for (const outcome of outcomes) {
      this.#edges += 1;
      const warned = this.#with.judge({ node, event, outcome });
      if (outcome === null) continue;
      for (const next of this.#successors(node, event, outcome, warned)) {
        if (!isLocal(event)) continue;
        if (next === null) this.#ends.add(node);
        else this.#leadsTo(next, node);
      }
    }
  }

  #leadsTo(next: Node, node: Node): void {
    const before = this.#before.get(next);
    if (before === undefined) this.#before.set(next, [node]);
    else before.push(node);
  }

  /** The slots before an event: what a flow reads that only a deep link opens may have any value. */
  #possible(node: Node, event: ConversationEvent): readonly Slots[] {
    const { events, slots } = this.#with;
    if (event.kind !== 'start' || event.flow === null) return [node.slots];
    const unknown = [...slots.liveAtStart(events.opens(event) ?? '')].filter(
      (slot) => !slots.everywhere.has(slot),
    );
    return this.#variants(node.slots, unknown);
  }

  #variants(slots: Slots, unknown: readonly string[]): readonly Slots[] {
    return unknown.reduce<readonly Slots[]>(
      (all, slot) =>
        all.flatMap((one) =>
          this.#with.slots.valuesOf(slot).map((value) => (value === null ? one : { ...one, [slot]: value })),
        ),
      [slots],
    );
  }

  /** The states an outcome leads to; `null` for whatever was interrupted. */
  #successors(
    node: Node,
    event: ConversationEvent,
    outcome: Outcome,
    warned: boolean,
  ): readonly (Node | null)[] {
    const { stack, flow, step, tries, later, asked, writes, isCleared } = outcome;
    if (isSame(node, outcome, warned)) return [node];
    const known =
      stack.kind === 'kept' ? undefined : this.#knownTo(outcome).get(`${node.slotNames} ${warned}`);
    if (known !== undefined) {
      if (stack.kind === 'pushed') this.#interrupts(known.layer, this.#below(node, stack));
      return [known];
    }
    const left = isCleared ? pick(node.slots, this.#with.keeps) : node.slots;
    const slots = { ...left, ...writes };
    const place = { flow, step, tries, later, asked, slots, warned };
    switch (stack.kind) {
      case 'popped':
        this.#return(node, event, slots);
        return [null];
      case 'pushed': {
        const layer = this.#layer(stack.by, node.slots);
        this.#interrupts(layer, this.#below(node, stack));
        const origin: Origin = { kind: 'interruption', from: node, event };
        return [this.#know(node, outcome, this.#add(layer, { ...place, calls: stack.calls, origin }))];
      }
      case 'kept':
      case 'dropped': {
        const isOver = stack.kind === 'dropped' || (flow === IDLE && stack.calls.length === 0);
        const isTurned = stack.kind === 'kept' && stack.isTurned;
        const own = isTurned ? this.#turnedLayer(node.layer) : node.layer;
        const layer = isOver ? this.#layer(null, {}) : own;
        const origin: Origin = { kind: 'event', from: node, event };
        const next = this.#add(layer, { ...place, calls: stack.calls, origin });
        return [stack.kind === 'kept' ? next : this.#know(node, outcome, next)];
      }
    }
  }

  #knownTo(outcome: Outcome): Map<string, Node> {
    const known = this.#known.get(outcome) ?? new Map<string, Node>();
    this.#known.set(outcome, known);
    return known;
  }

  /** What is not above the same interrupted place leads to the same state from all that have the same slots. */
  #know({ slotNames }: Node, outcome: Outcome, next: Node): Node {
    this.#knownTo(outcome).set(`${slotNames} ${next.warned}`, next);
    return next;
  }

  #interrupts(layer: Layer, node: Node): void {
    if (layer.callers.has(node)) return;
    layer.callers.add(node);
    for (const back of layer.returns) this.#comeBack(layer, node, back);
    if (layer.turned !== null) this.#interrupts(layer.turned, this.#turn(node));
  }

  /** A place that is interrupted, over what an emergency has pushed aside where it did so. */
  #below(node: Node, stack: { readonly isTurned: boolean }): Node {
    return stack.isTurned ? this.#turn(node) : node;
  }

  #turn(node: Node): Node {
    return node.layer.kind === 'digression' ? this.#add(this.#turnedLayer(node.layer), node) : node;
  }

  #turnedLayer(layer: Layer): Layer {
    if (layer.turned !== null) return layer.turned;
    const turned = this.#layer('preempted', layer.slots);
    layer.turned = turned;
    for (const caller of layer.callers) this.#interrupts(turned, this.#turn(caller));
    return turned;
  }

  #return(from: Node, event: ConversationEvent, slots: Slots): void {
    const { layer } = from;
    const back = { from, event, slots: pick(slots, this.#with.slots.everywhere) };
    const isKnown = layer.returns.some(
      (other) =>
        JSON.stringify(other.slots) === JSON.stringify(back.slots) && other.from.warned === from.warned,
    );
    if (isKnown) return;
    layer.returns.push(back);
    for (const caller of layer.callers) this.#comeBack(layer, caller, back);
  }

  /** An interrupted place goes on; what was written meanwhile may have any value. */
  #comeBack(layer: Layer, to: Node, { from, event, slots }: Layer['returns'][number]): void {
    const origin: Origin = { kind: 'return', to, from, event };
    const warned = to.warned || from.warned;
    const others = Object.keys(to.slots).filter((slot) => layer.written.has(slot));
    const kept = Object.fromEntries(
      Object.entries(to.slots).filter(([slot]) => !this.#with.slots.everywhere.has(slot)),
    );
    const variants = this.#variants({ ...kept, ...slots }, others);
    const { flow, calls, later, asked } = to;
    // A hand-off goes on where the official page has come to meanwhile.
    const steps = flow === HAND_OFF ? HAND_OFF_STEPS : [to.step];
    for (const step of steps)
      for (const values of variants)
        this.#add(to.layer, { flow, step, calls, later, asked, tries: 0, slots: values, warned, origin });
  }

  #layer(kind: Interruption | null, slots: Slots): Layer {
    const key = `${kind} ${nameOfSlots(pick(slots, this.#with.slots.everywhere))}`;
    const found = this.#layers.get(key);
    if (found !== undefined) return found;
    const layer: Layer = {
      key,
      kind,
      slots,
      callers: new Set(),
      turned: null,
      returns: [],
      written: new Set(),
    };
    this.#layers.set(key, layer);
    return layer;
  }

  #add(layer: Layer, state: Omit<Node, 'key' | 'layer' | 'slotNames'>): Node {
    const { flow, step, calls, tries, warned } = state;
    const later = flow === SYSTEM ? state.later : null;
    const asked = flow === SYSTEM && step === 'which' ? state.asked : [];
    const slots = this.#project(layer, state);
    const slotNames = nameOfSlots(slots);
    const above = calls.map((call) => `${call.flow}.${call.step}`).join('>');
    const key = `${layer.key}|${flow}.${step}|${above}|${slotNames}|${tries}|${later}|${asked}|${warned}`;
    const found = this.#nodes.get(key);
    if (found !== undefined) return found;
    const node: Node = { ...state, key, layer, later, asked, slots, slotNames };
    this.#nodes.set(key, node);
    this.#queue.push(node);
    return node;
  }

  /** The slots that may still be read, each with one value of those that nothing tells apart. */
  #project(
    layer: Layer,
    { flow, step, calls, slots }: Pick<Node, 'flow' | 'step' | 'calls' | 'slots'>,
  ): Slots {
    const { slots: facts } = this.#with;
    const live = new Set([...facts.everywhere, ...facts.liveAt(flow, step), HAND_OFF_NAME]);
    for (const call of calls) for (const slot of facts.liveAfter(call.flow, call.step)) live.add(slot);
    const entries: [string, string][] = [];
    for (const [slot, value] of Object.entries(slots)) {
      if (layer.kind !== null && !facts.everywhere.has(slot)) layer.written.add(slot);
      const one = slot === HAND_OFF_NAME ? value : facts.canonical(slot, value);
      const isLive = live.has(slot) && (slot !== HAND_OFF_NAME || flow === HAND_OFF);
      if (one !== null && isLive) entries.push([slot, one]);
    }
    return Object.fromEntries(entries);
  }

  #endless(nodes: readonly Node[]): readonly Node[] {
    const good = new Set<Node>([...this.#ends, ...nodes.filter(({ flow }) => flow === IDLE)]);
    // A set may grow while it is walked through.
    for (const node of good) for (const before of this.#before.get(node) ?? []) good.add(before);
    return nodes.filter((node) => !good.has(node));
  }
}

const MISSED: readonly ConversationEvent[] = [
  { kind: 'unclear', near: [] },
  { kind: 'global', word: 'human' },
];

/** Whether an outcome leaves everything as it was. */
function isSame(
  node: Node,
  { stack, flow, step, tries, later, writes, isCleared }: Outcome,
  warned: boolean,
): boolean {
  if (flow !== node.flow || step !== node.step || tries !== node.tries || warned !== node.warned)
    return false;
  if (flow === SYSTEM || isCleared || later !== node.later) return false;
  for (const slot in writes) if (writes[slot] !== node.slots[slot]) return false;
  return (
    stack.kind === 'kept' && stack.isWhole && !stack.isTurned && stack.calls.length === node.calls.length
  );
}

/** A link that was shown before is said not to open; it is none of a recovery here. */
const wontOpen: readonly ConversationEvent[] = [{ kind: 'wont-open', links: [] }];
