import type { Challenge, PageAnswer, PageNews, PageRequest } from '../model/index.js';
import { PICTURES } from '../model/index.js';
import { decoyHandles } from './decoys.js';
import { isLinkNumber, LINK_NUMBER_TRIES } from './link-number.js';
import { bytesFor, draw } from './random.js';

/** How long a challenge, its link and its number are taken. */
const CHALLENGE_MS = 15 * 60_000;
/** So much the clocks of two workers may differ. */
const CLOCK_SKEW_MS = 60_000;
/** Handles to choose one's own among. */
const HANDLES = 4;
/** Pictures on the buttons. */
const SHOWN_PICTURES = 9;

/**
 * What a request or a tap came to: the challenge as it is then, what the chat is told (`null`: nothing new), and the
 * answer.
 */
export interface Judged {
  readonly challenge: Challenge;
  readonly news: PageNews | null;
  readonly answer: PageAnswer;
}

const UNKNOWN: PageAnswer = { kind: 'refused', why: 'unknown' };
const STOPPED: PageAnswer = { kind: 'refused', why: 'stopped' };

/**
 * A new challenge. `handle`: the person's own, where the way back is to choose it; `null` where the platform itself
 * proves who returns.
 */
export function issueChallenge(parts: {
  readonly handOff: string;
  readonly handle: string | null;
  readonly entropy: Uint8Array;
  readonly now: number;
}): Challenge {
  const { handOff, handle, entropy, now } = parts;
  const decoys = handle === null ? [] : decoyHandles(handle, HANDLES - 1, entropy);
  const [ownHandle = 0] = draw(entropy, 'own-handle', 1, HANDLES);
  const pictures = draw(entropy, 'pictures', SHOWN_PICTURES, PICTURES.length);
  const [shown = 0] = draw(entropy, 'picture', 1, SHOWN_PICTURES);
  return {
    id: bytesFor(entropy, 'id').subarray(0, 16).toString('base64url'),
    handOff,
    state: 'issued',
    issuedAt: now,
    deadline: now + CHALLENGE_MS,
    secret: bytesFor(entropy, 'secret').subarray(0, 20).toString('base64url'),
    counter: 0,
    tries: 0,
    browser: null,
    openedAt: null,
    nonce: bytesFor(entropy, 'nonce').subarray(0, 16).toString('base64url'),
    handles: handle === null ? [] : decoys.toSpliced(ownHandle, 0, handle),
    ownHandle,
    pictures,
    picture: pictures[shown] ?? 0,
  };
}

/** Whether anything of a challenge is still taken; before it was issued, too, nothing is: a clock went back. */
export function isLive(challenge: Challenge | null, now: number): challenge is Challenge {
  return (
    challenge !== null &&
    now < challenge.deadline &&
    now >= challenge.issuedAt - CLOCK_SKEW_MS &&
    challenge.state !== 'completed' &&
    challenge.state !== 'stopped'
  );
}

/** The challenge as it is at `now`: one that has run out stays so, however clocks are set. */
export function asOf(challenge: Challenge, now: number): Challenge {
  const isOver = challenge.state === 'completed' || challenge.state === 'stopped';
  const isTaken: boolean = isLive(challenge, now);
  return isOver || isTaken ? challenge : { ...challenge, deadline: 0 };
}

/** Judges a request of the official page. What is asked twice is answered twice, and told once. */
export function judgePage(challenge: Challenge, request: PageRequest, now: number): Judged {
  const refused = (answer: PageAnswer = UNKNOWN): Judged => ({ challenge, news: null, answer });
  if (challenge.state === 'stopped') return refused(afterStop(challenge, request));
  if (request.kind === 'result') return judgeResult(challenge, request);
  if (request.kind === 'progress') return judgeProgress(challenge, request);
  if (!isLive(challenge, now)) return refused();
  switch (request.kind) {
    case 'open':
      return request.id === challenge.id ? opened(challenge, request.browser, now) : refused();
    case 'open-by-number':
      return openedByNumber(challenge, request, now);
    case 'choose-handle':
      return request.id === challenge.id && request.browser === challenge.browser
        ? chosen(challenge, request.index)
        : refused();
    case 'returned-elsewhere':
      return request.nonce === challenge.nonce ? stop(challenge, 'mismatch') : refused();
  }
}

/**
 * What a request is answered that was done before, after a lost answer. It changes nothing: what was never done is
 * refused.
 */
export function answerAgain(challenge: Challenge, request: PageRequest, now: number): PageAnswer {
  const { state, browser, counter } = challenge;
  if (state === 'stopped') return afterStop(challenge, request);
  const goesOn = state === 'matched' || state === 'completed';
  switch (request.kind) {
    case 'open':
      return request.id === challenge.id && request.browser === browser && isLive(challenge, now)
        ? openedAnswer(challenge)
        : UNKNOWN;
    case 'open-by-number': {
      const used = { ...challenge, counter: counter - 1 };
      const isSame = request.browser === browser && isLive(challenge, now) && counter > 0;
      return isSame && isLinkNumber(used, request.number) ? openedAnswer(challenge) : UNKNOWN;
    }
    case 'choose-handle': {
      const isSame = request.id === challenge.id && request.browser === browser;
      const isChosen = request.index === challenge.ownHandle && (state === 'pictures' || goesOn);
      return isSame && isChosen ? { kind: 'picture', picture: challenge.picture } : UNKNOWN;
    }
    case 'returned-elsewhere':
      return UNKNOWN;
    case 'progress':
    case 'result':
      return request.id === challenge.id && goesOn ? { kind: 'noted' } : UNKNOWN;
  }
}

/** Only the browser that opened it is told that it was stopped; for every other one there never was anything. */
function afterStop({ id, browser }: Challenge, request: PageRequest): PageAnswer {
  const isSame = !('id' in request) || request.id === id;
  const isOpener = 'browser' in request ? request.browser === browser : 'id' in request;
  return isSame && isOpener ? STOPPED : UNKNOWN;
}

/** A single use for one browser: it may go on as often as it likes, and no other one may. */
function opened(challenge: Challenge, browser: string, now: number): Judged {
  const answer = openedAnswer(challenge);
  if (challenge.state === 'issued') {
    return { challenge: { ...challenge, state: 'opened', browser, openedAt: now }, news: 'opened', answer };
  }
  return { challenge, news: null, answer: challenge.browser === browser ? answer : UNKNOWN };
}

function openedAnswer({ id, deadline, nonce, handles }: Challenge): PageAnswer {
  const match =
    handles.length === 0 ? ({ kind: 'return', nonce } as const) : ({ kind: 'handles', handles } as const);
  return { kind: 'opened', id, deadline, match };
}

/** Counted before it is compared; a number that was used is worth nothing afterwards. */
function openedByNumber(
  challenge: Challenge,
  { number, browser }: PageRequest & { readonly kind: 'open-by-number' },
  now: number,
): Judged {
  if (challenge.tries >= LINK_NUMBER_TRIES || challenge.state !== 'issued')
    return { challenge, news: null, answer: UNKNOWN };
  const counted = { ...challenge, tries: challenge.tries + 1 };
  if (!isLinkNumber(counted, number)) {
    const news = counted.tries === LINK_NUMBER_TRIES ? 'too-many' : null;
    return { challenge: counted, news, answer: UNKNOWN };
  }
  return opened({ ...counted, counter: counted.counter + 1 }, browser, now);
}

function chosen(challenge: Challenge, index: number | null): Judged {
  const picture: PageAnswer = { kind: 'picture', picture: challenge.picture };
  switch (challenge.state) {
    case 'opened':
      return index === challenge.ownHandle
        ? { challenge: { ...challenge, state: 'pictures' }, news: 'pictures', answer: picture }
        : stop(challenge, 'mismatch');
    case 'pictures':
    case 'matched':
      return { challenge, news: null, answer: index === challenge.ownHandle ? picture : UNKNOWN };
    default:
      return { challenge, news: null, answer: UNKNOWN };
  }
}

/** How far a reset is comes when it comes: the deadline is for the two ends to meet. */
function judgeProgress(
  challenge: Challenge,
  { id, step }: PageRequest & { readonly kind: 'progress' },
): Judged {
  if (id !== challenge.id || challenge.state !== 'matched') return { challenge, news: null, answer: UNKNOWN };
  return { challenge, news: step, answer: { kind: 'noted' } };
}

/** The result may come late: what was done on the page was done. */
function judgeResult(
  challenge: Challenge,
  { id, outcome }: PageRequest & { readonly kind: 'result' },
): Judged {
  if (id !== challenge.id) return { challenge, news: null, answer: UNKNOWN };
  if (challenge.state === 'completed') return { challenge, news: null, answer: { kind: 'noted' } };
  if (challenge.state !== 'matched') return { challenge, news: null, answer: UNKNOWN };
  const state = outcome === 'completed' ? 'completed' : challenge.state;
  return { challenge: { ...challenge, state }, news: outcome, answer: { kind: 'noted' } };
}

/** The person came back from the page with its nonce, by their own account: the platform says so. */
export function returned(challenge: Challenge, nonce: string, now: number): Judged {
  const isBack = isLive(challenge, now) && challenge.nonce === nonce && challenge.handles.length === 0;
  if (!isBack || challenge.state === 'issued') return { challenge, news: null, answer: UNKNOWN };
  if (challenge.state === 'matched') return { challenge, news: null, answer: { kind: 'noted' } };
  return { challenge: { ...challenge, state: 'matched' }, news: 'matched', answer: { kind: 'noted' } };
}

/** The person tapped a picture; `null`: none of them is on the page. */
export function picked(challenge: Challenge, picture: number | null, now: number): Judged {
  if (!isLive(challenge, now) || challenge.state !== 'pictures')
    return { challenge, news: null, answer: UNKNOWN };
  return picture === challenge.picture
    ? { challenge: { ...challenge, state: 'matched' }, news: 'matched', answer: { kind: 'noted' } }
    : stop(challenge, 'mismatch');
}

/** Ends a challenge: nothing of it is taken any more. */
export function stop(challenge: Challenge, news: 'mismatch' | 'stopped'): Judged {
  return { challenge: { ...challenge, state: 'stopped' }, news, answer: STOPPED };
}

/** A new link number in place of the present one. */
export function renewNumber(challenge: Challenge): Challenge {
  return { ...challenge, counter: challenge.counter + 1, tries: 0 };
}
