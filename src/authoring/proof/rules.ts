import { type Bundle, rests } from '../../content/index.js';
import { HAND_OFF, IDLE, SYSTEM } from '../../conversation/machine-context.js';
import type { ConversationEvent, Effect } from '../../model/index.js';
import { LEAKED, LEAKED_KEYS } from './slots.js';

/** The rules that hold in every state, by the code of what is said when one does not. */
export const RULES = {
  'proof-human': 'the word for a person does not lead to the support team',
  'proof-warning': 'an official link is shown before the warning',
  'proof-public': 'something private is shown in a public place',
  'proof-leaked': 'somebody whose phrase or key is known to others is led to the password reset',
  'proof-loop': 'the conversation goes on and on without ever waiting for the person',
  'proof-unanswered': 'the person is left without an answer and without a question',
  'proof-endless': 'nothing the person answers ever leads to an end',
  'proof-too-large': 'there are more states than are looked at; the rest is not proved',
} as const;
export type Rule = keyof typeof RULES;

/** The texts that are the warning; both name the person (we included) and the place (only the official app or page). */
export const WARNINGS: readonly string[] = ['safety.full', 'safety.line'];

/** What a turn shows, as far as the rules ask. */
export type Shown = 'warning' | 'link' | 'reset';

/** What rules look at, of one bundle. */
export interface Facts {
  /** Links that lead to the reset, or are a part of it. */
  readonly resetLinks: ReadonlySet<string>;
  readonly privateLinks: ReadonlySet<string>;
  readonly hasSupport: boolean;
}

export function factsOf({ registry }: Bundle): Facts {
  const resetLinks = new Set(
    Object.values(registry.hand_offs).flatMap(({ link, page, start }) =>
      [link, page, start].filter((name) => name !== undefined),
    ),
  );
  const marked = [...registry.links.values()].filter((link) => link.private).map(({ name }) => name);
  return {
    resetLinks,
    privateLinks: new Set([...marked, ...resetLinks]),
    hasSupport: registry.support.some(({ none }) => none !== true),
  };
}

/**
 * What a turn's effects show, in order. A hand-off, and a link that is marked private, carry the warning themselves.
 */
export function shownBy(effects: readonly Effect[], bundle: Bundle, facts: Facts): readonly Shown[] {
  return effects.flatMap((effect): readonly Shown[] => {
    switch (effect.kind) {
      case 'say':
      case 'ask':
        return WARNINGS.includes(effect.text) ? ['warning'] : [];
      case 'hand-off':
      case 'verified-link':
        return ['warning', 'link', 'reset'];
      case 'link': {
        const own: readonly Shown[] =
          bundle.registry.links.get(effect.to)?.private === true ? ['warning'] : [];
        return [...own, 'link', ...(facts.resetLinks.has(effect.to) ? (['reset'] as const) : [])];
      }
      case 'links':
        return [
          'link',
          ...(effect.to.some((name) => facts.resetLinks.has(name)) ? (['reset'] as const) : []),
        ];
      default:
        return [];
    }
  });
}

/** Whether an effect must not be seen in a public place. */
export function isPrivate(effect: Effect, facts: Facts): boolean {
  switch (effect.kind) {
    case 'say':
    case 'ask':
      return effect.private;
    case 'link':
      return facts.privateLinks.has(effect.to);
    case 'links':
    case 'link-help':
      return (effect.kind === 'links' ? effect.to : effect.links).some((name) =>
        facts.privateLinks.has(name),
      );
    default:
      return PRIVATE.has(effect.kind);
  }
}

const PRIVATE: ReadonlySet<Effect['kind']> = new Set([
  ...(['hand-off', 'human', 'verified-link', 'link-number', 'page-opened'] as const),
  ...(['ask-pictures', 'issue-challenge'] as const),
]);

/** A turn as the rules see it. `leaked`: before and after it. */
export interface Turn {
  readonly event: ConversationEvent;
  readonly effects: readonly Effect[];
  readonly place: { readonly flow: string; readonly step: string };
  readonly leaked: readonly [string | undefined, string | undefined];
  /** Whether it comes back to something that was interrupted, and asks that again. */
  readonly comesBack: boolean;
}

/** The rules that a turn in a direct chat breaks. `warned`: before it. */
export function brokenBy(turn: Turn, warned: boolean, bundle: Bundle, facts: Facts): readonly Rule[] {
  const broken: Rule[] = [];
  const { event, effects, leaked } = turn;
  if (event.kind === 'global' && event.word === 'human') {
    const reaches = effects.some(({ kind }) => kind === 'human');
    if (!reaches || !facts.hasSupport) broken.push('proof-human');
  }
  const shown = shownBy(effects, bundle, facts);
  const warning = shown.indexOf('warning');
  const link = shown.indexOf('link');
  if (!warned && link >= 0 && (warning < 0 || warning > link)) broken.push('proof-warning');
  const wasKnown = isKey(leaked[0]);
  const isKnown = isKey(leaked[1]);
  const isTakenBack = wasKnown && !isKnown && !TAKES_BACK.has(event.kind);
  if ((shown.includes('reset') && isKnown) || isTakenBack) broken.push('proof-leaked');
  if (EXPECTS_ANSWER.has(event.kind) && !turn.comesBack && !isAnswered(turn, bundle))
    broken.push('proof-unanswered');
  return broken;
}

/** Only the person's own choice takes back that a phrase is known, or a later find that it is another. */
const TAKES_BACK: ReadonlySet<ConversationEvent['kind']> = new Set(['choice', 'secret', 'held']);
const EXPECTS_ANSWER: ReadonlySet<ConversationEvent['kind']> = new Set([
  'choice',
  'answer',
  'unclear',
  'timer',
]);

function isKey(leaked: string | undefined): boolean {
  return leaked !== undefined && LEAKED_KEYS.includes(leaked);
}

/** At rest, or at a question that was asked. */
function isAnswered({ effects, place }: Turn, bundle: Bundle): boolean {
  if (place.flow === IDLE) return true;
  if (effects.some(({ kind }) => kind === 'ask' || kind === 'ask-pictures')) return true;
  if (place.flow === SYSTEM || place.flow === HAND_OFF) return false;
  const step = bundle.flows.get(place.flow)?.steps.get(place.step);
  return step !== undefined && rests(step) && step.verb === 'wait' && step.say === null;
}

/** The slot that tells what is known to others. */
export function leakedIn(slots: Readonly<Record<string, string>>): string | undefined {
  return slots[LEAKED];
}
