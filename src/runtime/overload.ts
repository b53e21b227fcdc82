import { type ConversationId, LifelineError } from '../model/index.js';

/** Messages of one conversation that may wait for their turn. */
const MAX_WAITING = 20;
/** Of those, the newest that are still read when one more comes. */
const KEPT = 10;
/** Messages of one conversation that are in hand in any way; each costs a promise and its ids. */
const MAX_OF_ONE = 200;
/** Messages in hand over all conversations, unless set otherwise. */
export const MAX_WAITING_TURNS = 2_000;
/** With a secret, or to be told that too many write, a message is still taken up to this many times the limit. */
const HARD_FACTOR = 2;
/** How often a conversation is told that too many write. */
const BUSY_EVERY_MS = 60_000;
/** Conversations that are known to have been told so. */
const REMEMBERED_BUSY = 10_000;

/** Messages that are answered together; `told` once one of them carries the reply. */
export interface Burst {
  told: boolean;
}

/** How a message is answered when its turn has come. */
export type Treatment<Content> =
  | { readonly kind: 'turn'; readonly content: Content }
  /** Newer ones took its place. */
  | { readonly kind: 'shortened'; readonly burst: Burst }
  /** There are too many people. */
  | { readonly kind: 'busy' };

/** The place of one message in the waiting room. */
export interface Place<Content> {
  /** Its turn has come: how it is answered. */
  begin(): Treatment<Content>;
  /** It was answered (`true`), or will come again. */
  leave(isAnswered: boolean): void;
}

export interface Arrival {
  readonly conversation: ConversationId;
  /** Holds a secret: it is never answered without having been read. */
  readonly hasSecret: boolean;
  readonly now: number;
}

/** Bounds what waits in this process, for each conversation and in all. */
export interface WaitingRoom<Content> {
  /** Messages in hand: waiting or being answered. */
  readonly size: number;
  /**
   * Takes a message in. Throws `overloaded` for one that cannot be taken in or told why: it is not acknowledged, and
   * comes again where the platform sends it again.
   */
  enter(content: Content, arrival: Arrival): Place<Content>;
}

interface Waiting<Content> {
  content: Content | null;
  burst: Burst | null;
  readonly hasSecret: boolean;
}

interface Talk<Content> {
  /** To be read, in order; those that have begun or were shortened are gone from it. */
  waiting: Waiting<Content>[];
  inHand: number;
  burst: Burst;
}

/**
 * A waiting room. A conversation with more than {@link MAX_WAITING} waiting messages has the oldest answered together;
 * above `maxTurns` in all, a message without a secret is told so, once a minute for each conversation.
 */
export function createWaitingRoom<Content>(maxTurns: number = MAX_WAITING_TURNS): WaitingRoom<Content> {
  const talks = new Map<ConversationId, Talk<Content>>();
  const toldBusyAt = new Map<ConversationId, number>();
  let size = 0;

  const isShed = ({ conversation, hasSecret, now }: Arrival): boolean => {
    const ofOne = talks.get(conversation)?.inHand ?? 0;
    if (ofOne >= MAX_OF_ONE || size >= maxTurns * HARD_FACTOR) throw overloaded();
    if (hasSecret || size < maxTurns) return false;
    const told = toldBusyAt.get(conversation);
    if (told !== undefined && now - told < BUSY_EVERY_MS) throw overloaded();
    toldBusyAt.delete(conversation);
    toldBusyAt.set(conversation, now);
    const oldest = toldBusyAt.keys().next().value;
    if (toldBusyAt.size > REMEMBERED_BUSY && oldest !== undefined) toldBusyAt.delete(oldest);
    return true;
  };

  return {
    get size() {
      return size;
    },
    enter: (content, arrival) => {
      const { conversation, hasSecret } = arrival;
      const isBusy = isShed(arrival);
      const talk = talks.get(conversation) ?? { waiting: [], inHand: 0, burst: { told: false } };
      talks.set(conversation, talk);
      size += 1;
      talk.inHand += 1;
      const entry: Waiting<Content> = { content: isBusy ? null : content, burst: null, hasSecret };
      if (!isBusy) {
        talk.waiting.push(entry);
        if (talk.waiting.length > MAX_WAITING) shorten(talk);
      }
      return {
        begin: () => {
          talk.waiting = talk.waiting.filter((other) => other !== entry);
          if (entry.burst !== null) return { kind: 'shortened', burst: entry.burst };
          return entry.content === null ? { kind: 'busy' } : { kind: 'turn', content: entry.content };
        },
        leave: (isAnswered) => {
          size -= 1;
          talk.inHand -= 1;
          if (talk.inHand === 0) talks.delete(conversation);
          if (isBusy && !isAnswered) toldBusyAt.delete(conversation);
        },
      };
    },
  };
}

/** Keeps the newest and those with a secret; of all others nothing is kept but that they have to be answered. */
function shorten<Content>(talk: Talk<Content>): void {
  // One reply serves all that it has not gone out for yet.
  if (talk.burst.told) talk.burst = { told: false };
  const newest = new Set(talk.waiting.slice(-KEPT));
  talk.waiting = talk.waiting.filter((entry) => {
    if (entry.hasSecret || newest.has(entry)) return true;
    entry.burst = talk.burst;
    entry.content = null;
    return false;
  });
}

function overloaded(): LifelineError {
  return new LifelineError(
    'overloaded',
    'Too many messages wait for their turn. They are taken when they come again; add a worker when this lasts.',
  );
}
