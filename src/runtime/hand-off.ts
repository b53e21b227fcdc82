import type { Bundle } from '../content/index.js';
import type { Position } from '../conversation/index.js';
import {
  type Challenge,
  type ChallengeState,
  type Commit,
  type ConversationEvent,
  type Effect,
  type InboundMessage,
  PAGE_BUTTONS,
  type PageAnswer,
  type PageNews,
  type PageRequest,
  type Platform,
} from '../model/index.js';
import {
  answerAgain,
  asOf,
  isLive,
  issueChallenge,
  type Judged,
  judgePage,
  linkNumberOf,
  picked,
  renewNumber,
  returned,
  sessionCode,
  stop,
} from '../recovery/index.js';
import type { PageInput, ReturnPlace, TurnRequest } from './turn-request.js';

/** The built-in flow of a verified hand-off. */
const HAND_OFF = 'hand-off';
/** News with which the chat goes on at the page, whatever came between but an emergency. */
const LEADS_ON: ReadonlySet<string> = new Set<PageNews>([
  ...(['opened', 'pictures', 'matched', 'too-many'] as const),
]);
/** States in which both ends are still to be compared. */
const UNMATCHED: ReadonlySet<ChallengeState> = new Set(['issued', 'opened', 'pictures']);
/** How often a person may be handed over with verification; plainly, as often as they like. */
const HAND_OFF_LIMITS = [
  { max: 3, windowMs: 3_600_000 },
  { max: 6, windowMs: 86_400_000 },
];

/** A challenge while a turn is computed, and the event that the machine gets in place of the one that came in. */
export interface Compared {
  readonly challenge: Challenge | null;
  readonly event: ConversationEvent | null;
}

/** What the official page asks, judged: the machine is told what is new, if anything is. */
export function comparePage(
  challenge: Challenge | null,
  { request }: PageInput,
  now: number,
): Compared & { readonly answer: PageAnswer } {
  if (challenge === null) return { challenge, event: null, answer: { kind: 'refused', why: 'unknown' } };
  const judged = judgePage(challenge, request, now);
  return { ...compared(judged), answer: judged.answer };
}

/** What the official page is answered when it asks again after a lost answer. Changes nothing. */
export function repeatedAnswer(
  challenge: Challenge | undefined,
  request: PageRequest,
  now: number,
): PageAnswer {
  if (challenge === undefined) return { kind: 'refused', why: 'unknown' };
  return answerAgain(asOf(challenge, now), request, now);
}

/** What the person did, where it answers the challenge: came back from the page, tapped a picture, said stop. */
export function compareEvent(
  challenge: Challenge | null,
  event: ConversationEvent,
  position: Pick<Position, 'flow' | 'step'>,
  turn: { readonly now: number; readonly returns: ReturnPlace | null },
): Compared {
  if (event.kind === 'returned') {
    const judged = challenge === null ? null : returned(challenge, event.nonce, turn.now);
    if (judged?.answer.kind === 'noted') return compared(judged, { kind: 'resume' });
    // Said in a group or another thread: it goes on where it belongs.
    if (turn.returns === 'elsewhere') return { challenge, event: { kind: 'resume' } };
    return { challenge, event: { kind: 'page', news: turn.returns ?? 'late' } };
  }
  if (event.kind === 'choice' && event.value === PAGE_BUTTONS.stop) {
    const isOpen = challenge !== null && isLive(challenge, turn.now);
    return isOpen ? compared(stop(challenge, 'stopped')) : { challenge, event: { kind: 'resume' } };
  }
  if (challenge === null || event.kind !== 'choice' || position.flow !== HAND_OFF)
    return { challenge, event };
  const { step } = position;
  const isOpen = step === 'opened' || step === 'pictures';
  if (isOpen && event.value === 'stop') return compared(stop(challenge, 'stopped'));
  if (step !== 'pictures' || !event.value.startsWith(PAGE_BUTTONS.picture)) return { challenge, event };
  // Nobody is alarmed by a link that has run out.
  if (!isLive(challenge, turn.now)) return { challenge, event: { kind: 'page', news: 'expired' } };
  const { picture: shown, noPicture } = PAGE_BUTTONS;
  const picture = event.value === noPicture ? null : Number(event.value.slice(shown.length));
  return compared(picked(challenge, picture, turn.now), { kind: 'resume' });
}

function compared({ challenge, news }: Judged, otherwise: ConversationEvent | null = null): Compared {
  return { challenge, event: news === null ? otherwise : { kind: 'page', news } };
}

/**
 * Where an event is taken: news that lead on at the page end what came between and was asked above it. An emergency
 * goes first, and stays.
 */
export function placeFor(position: Position, event: ConversationEvent): Position {
  if (event.kind !== 'page' || !LEADS_ON.has(event.news) || position.flow === HAND_OFF) return position;
  const index = position.stack.findLastIndex(({ flow }) => flow === HAND_OFF);
  const frame = position.stack[index];
  const above = position.stack.slice(index);
  if (frame === undefined || above.some(({ kind }) => kind === 'preempted')) return position;
  const { flow, step, dueAt } = frame;
  const stack = position.stack.slice(0, index);
  return { ...position, flow, step, dueAt, stack, tries: 0, later: null, asked: [] };
}

/** A challenge whose hand-off was left before both ends were compared is over: nobody would hear of its page. */
export function whileUnderWay(
  challenge: Challenge | null,
  { flow, stack }: Pick<Position, 'flow' | 'stack'>,
): Challenge | null {
  if (challenge === null || !UNMATCHED.has(challenge.state)) return challenge;
  const isUnderWay = flow === HAND_OFF || stack.some((frame) => frame.flow === HAND_OFF);
  return isUnderWay ? challenge : { ...challenge, deadline: 0 };
}

/** The challenge after the effects of a turn, and the link number and session code that are shown, if they are. */
export function afterEffects(
  challenge: Challenge | null,
  effects: readonly Effect[],
  request: Pick<TurnRequest, 'entropy' | 'now' | 'input'>,
): { readonly challenge: Challenge | null; readonly number: string | null; readonly session: string | null } {
  const { entropy, now, input } = request;
  let after = challenge;
  let number: string | null = null;
  let session: string | null = null;
  for (const effect of effects) {
    if (effect.kind === 'issue-challenge') {
      const handle = input.kind === 'message' ? ownHandle(input.message) : null;
      after = issueChallenge({ handOff: effect.name, handle, entropy, now });
      session = sessionCode(entropy);
    } else if (effect.kind === 'session-code') {
      session = sessionCode(entropy);
    } else if (effect.kind === 'link-number' && isLive(after, now)) {
      after = renewNumber(after);
      number = linkNumberOf(after);
    }
  }
  return { challenge: after, number, session };
}

/** Where the platform itself proves who comes back by a deep link, nobody has to choose their own name. */
export function provesReturn(platform: Platform): boolean {
  return platform === 'telegram' || platform === 'console';
}

function ownHandle({ platform, handle }: Pick<InboundMessage, 'platform' | 'handle'>): string | null {
  return provesReturn(platform) ? null : (handle ?? null);
}

/** What stands for the token in a link until it is signed. */
export function tokenMark({ id }: Pick<Challenge, 'id'>): string {
  return `token-${id}`;
}

/** The address of the official page with what stands for the token. */
export function verifiedUrl(bundle: Bundle, challenge: Challenge): string {
  const { page } = verifiedLinks(bundle, challenge.handOff);
  return `${page}#${tokenMark(challenge)}`;
}

/** The pages of a verified hand-off: where its link leads, and where a link number is typed. */
export function verifiedLinks(
  bundle: Bundle,
  handOff: string,
): { readonly page: string; readonly start: string } {
  const { registry } = bundle;
  const named = registry.hand_offs[handOff];
  const plain = registry.links.get(named?.link ?? '')?.url ?? '';
  const urlOf = (name: string | undefined): string => registry.links.get(name ?? '')?.url ?? plain;
  return { page: urlOf(named?.page), start: urlOf(named?.start) };
}

/** The record that counts a verified hand-off before it begins. */
export function limitRecords(effects: readonly Effect[], person: Commit['person']): Commit['records'] {
  return effects.some((effect) => effect.kind === 'issue-challenge')
    ? [{ kind: 'take-limit', person, name: 'hand-off', limits: HAND_OFF_LIMITS }]
    : [];
}
