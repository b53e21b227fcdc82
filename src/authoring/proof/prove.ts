import type { Bundle, Finding } from '../../content/index.js';
import type { Sources } from '../../content/sources.js';
import { openingSteps } from '../../conversation/implementation.js';
import { type Conversation, createConversation, type TurnContext } from '../../conversation/index.js';
import { IDLE } from '../../conversation/machine-context.js';
import type { ConversationEvent } from '../../model/index.js';
import { circumstancesOf } from './circumstances.js';
import { type Events, eventsOf } from './events.js';
import { type Edge, type Explored, explore } from './explore.js';
import { findingOf } from './finding-of.js';
import { type Node, pathTo } from './node.js';
import { type Replayed, replay } from './replay.js';
import { brokenBy, type Facts, factsOf, isPrivate, leakedIn, type Rule, shownBy } from './rules.js';
import { LEAKED, readSlots } from './slots.js';
import { createStepper, type Outcome } from './stepper.js';
import { writeConversation } from './write-conversation.js';

/** What came of looking at every state. */
export interface Proof {
  readonly findings: readonly Finding[];
  readonly states: number;
  /** Events in states, each with every set of circumstances that makes a difference. */
  readonly edges: number;
  /** How often the machine was stepped; states that are alike share a step. */
  readonly steps: number;
  /** For each rule that is broken the shortest way there, as a simulated conversation where a person can go it. */
  readonly conversations: readonly { readonly rule: Rule; readonly text: string }[];
}

export interface ProofOptions {
  /** The conversation to look at, in place of the bundle's own. */
  readonly conversation?: Conversation;
  readonly maxStates?: number;
  /** Looks at no more states once a rule is broken. */
  readonly stopsAtFirst?: boolean;
  /** Looks at each state by itself instead of at one for all that are alike. */
  readonly isExhaustive?: boolean;
}

/** Six times what the shipped content has. More is mostly a mistake in the flows, and would take minutes. */
const MAX_STATES = 60_000;
/** Ways that are played again in search of one that a person can go. */
const MOST_WAYS = 40;

/** What the rules say of one outcome. */
interface Verdict {
  readonly broken: readonly Rule[];
  /** Whether the warning was shown by the end of it. */
  readonly warned: boolean;
}

interface Way {
  readonly rule: Rule;
  readonly events: readonly ConversationEvent[];
  /** In a public place, in these circumstances; `null`: in a direct chat, in any of them. */
  readonly inPublic: TurnContext | null;
}

/** Proves the rules over every state that a conversation can be in, or says how one is broken. Pure. */
export function prove(bundle: Bundle, sources: Sources, options: ProofOptions = {}): Proof {
  const conversation =
    options.conversation ??
    createConversation(bundle, (value) =>
      value === 'ours' || value === 'look-alike' || value === 'elsewhere' ? value : 'not-ours',
    );
  const facts = factsOf(bundle);
  const slots = readSlots(bundle);
  const events = eventsOf(bundle, conversation, slots, options.isExhaustive ?? false);
  const circumstances = circumstancesOf(bundle);
  const stepper = createStepper({
    ...{ conversation, events, slots, circumstances },
    openings: openingSteps(bundle),
    isExhaustive: options.isExhaustive ?? false,
  });
  const keeps = new Set([...bundle.flows.values()].flatMap((flow) => flow.keeps));
  const ways: Way[] = [];
  const note = (rule: Rule, edge: Pick<Edge, 'node' | 'event'>): void => {
    if (ways.filter((way) => way.rule === rule).length < MOST_WAYS)
      ways.push({ rule, events: [...pathTo(edge.node), edge.event], inPublic: null });
  };
  const judged = new Map<Outcome, Map<string, Verdict>>();
  /** Nothing of a state counts for the rules but what was leaked and whether the warning was shown. */
  const judgeOnce = (event: ConversationEvent, outcome: Outcome, { slots: held, warned }: Node): Verdict => {
    const leaked = leakedIn(held);
    const verdicts = judged.get(outcome) ?? new Map<string, Verdict>();
    judged.set(outcome, verdicts);
    const known = verdicts.get(`${warned} ${leaked}`);
    if (known !== undefined) return known;
    const isLost = outcome.isCleared && !keeps.has(LEAKED);
    const turn = {
      ...{ event, effects: outcome.effects, place: outcome },
      leaked: [leaked, leakedIn(outcome.writes) ?? (isLost ? undefined : leaked)] as const,
      comesBack: outcome.stack.kind === 'popped',
    };
    const verdict = {
      broken: brokenBy(turn, warned, bundle, facts),
      warned: warned || shownBy(outcome.effects, bundle, facts).includes('warning'),
    };
    verdicts.set(`${warned} ${leaked}`, verdict);
    return verdict;
  };
  const judge = ({ node, event, outcome }: Edge): boolean => {
    if (outcome === null) {
      note('proof-loop', { node, event });
      return node.warned;
    }
    const { broken, warned } = judgeOnce(event, outcome, node);
    for (const rule of broken) note(rule, { node, event });
    return warned;
  };
  const [turn] = circumstances;
  if (turn === undefined) throw new RangeError('there are no circumstances');
  const opened = shownBy(conversation.open(turn).effects, bundle, facts).includes('warning');
  const maxStates = options.maxStates ?? MAX_STATES;
  const isEnough = (): boolean => options.stopsAtFirst === true && ways.length > 0;
  const explored = explore({ events, stepper, slots, keeps, maxStates, judge, isEnough }, opened);
  // Nobody else sees a terminal; it stands for all platforms where no condition tells them apart.
  const isToldApart = circumstances.some(({ platform }) => platform !== 'console');
  const inPublic = circumstances
    .filter(({ platform }) => platform !== 'console' || !isToldApart)
    .map((here) => lookInPublic(conversation, events, facts, here));
  ways.push(...inPublic.flatMap((one) => one.ways), ...endlessWays(explored));
  const publicEdges = inPublic.reduce((sum, one) => sum + one.edges, 0);
  const told = [...new Set(ways.map(({ rule }) => rule))].map((rule) => {
    const own = ways.filter((way) => way.rule === rule).sort((a, b) => a.events.length - b.events.length);
    return shortest(own, circumstances, (way, here) => replay(conversation, bundle, facts, way.events, here));
  });
  const findings = [
    ...(explored.isCut ? [findingOf({ rule: 'proof-too-large', events: [] }, null, bundle, sources)] : []),
    ...told.map(({ way, replayed }) => findingOf(way, replayed, bundle, sources)),
  ];
  const conversations = told.flatMap(({ way, replayed }) => {
    const text = replayed === null ? null : writeConversation(way.rule, replayed, bundle);
    return text === null ? [] : [{ rule: way.rule, text }];
  });
  return {
    findings,
    conversations,
    states: explored.nodes.length + 1,
    edges: explored.edges + publicEdges,
    steps: stepper.steps() + publicEdges,
  };
}

/**
 * The shortest way that breaks its rule when it is played again, in whatever circumstances; else the shortest there is.
 */
function shortest(
  ways: readonly Way[],
  circumstances: readonly TurnContext[],
  play: (way: Way, here: TurnContext) => Replayed,
): { readonly way: Way; readonly replayed: Replayed | null } {
  const [first] = ways;
  if (first === undefined) throw new RangeError('a broken rule has a way');
  for (const way of ways) {
    for (const here of way.inPublic === null ? circumstances : [way.inPublic]) {
      const replayed = play(way, here);
      const isSeen =
        way.inPublic !== null ||
        replayed.broken.includes(way.rule) ||
        (way.rule === 'proof-endless' && replayed.turns.length > way.events.length);
      if (isSeen) return { way, replayed };
    }
  }
  return { way: first, replayed: null };
}

function endlessWays({ endless }: Explored): readonly Way[] {
  const [nearest] = endless.map((node) => pathTo(node)).sort((a, b) => a.length - b.length);
  return nearest === undefined ? [] : [{ rule: 'proof-endless', events: nearest, inPublic: null }];
}

/** Everything that can happen in a public place, where the conversation never leaves its rest. */
function lookInPublic(
  conversation: Conversation,
  events: Events,
  facts: Facts,
  turn: TurnContext,
): { readonly ways: readonly Way[]; readonly edges: number } {
  const here = { ...turn, public: true };
  const opened = conversation.open(here);
  const ways = events.all.flatMap((event): readonly Way[] => {
    const { effects, position } = conversation.advance(opened.position, event, here);
    const isFine = position.flow === IDLE && !effects.some((effect) => isPrivate(effect, facts));
    const isHelped =
      event.kind !== 'global' ||
      event.word !== 'human' ||
      effects.some(({ kind }) => kind === 'open-private');
    const way = { events: [event], inPublic: here };
    return [
      ...(isFine ? [] : [{ rule: 'proof-public', ...way } as const]),
      ...(isHelped ? [] : [{ rule: 'proof-human', ...way } as const]),
    ];
  });
  return { ways, edges: events.all.length };
}
