import { ECHO, NUDGE } from './chaos-content.js';

/** A message of the bot as a person got it. */
export interface Arrival {
  readonly text: string;
  /** Data of its first button: `<turn>.<index>.<MAC>`; `null` without a button. */
  readonly data: string | null;
  /** Epoch ms. */
  readonly at: number;
  /** The process that sent it; `null` where the platform does not tell. */
  readonly worker: string | null;
  /** The platform did it and cut the connection before the answer. */
  readonly isAnswerLost: boolean;
}

/** A conversation: what was written, and what arrived, both in order. */
export interface Talk {
  readonly name: string;
  /** Whether the platform takes the same message once only. */
  readonly hasNonce: boolean;
  readonly written: string[];
  readonly arrived: Arrival[];
}

/** What was done to workers and store, and when (epoch ms). */
export interface Disturbances {
  readonly kills: readonly { readonly worker: string; readonly at: number }[];
  /** The store was away, slow or lost what it had not given to a replica yet. */
  readonly storeFaults: readonly { readonly from: number; readonly to: number }[];
  /** From here on nothing was disturbed, and workers were only asked to end. */
  readonly calmFrom: number;
}

/** Why a message came twice: only the first three have an excuse, and only where there is no nonce. */
export type DoubleCause = 'answer-lost' | 'killed' | 'store-away' | 'unexplained';

/** What a run came to. */
export interface Verdict {
  /** Messages that arrived, each counted once. */
  readonly replies: number;
  readonly lost: number;
  readonly outOfOrder: number;
  readonly doubled: number;
  readonly doubledBy: Readonly<Record<DoubleCause, number>>;
  /** What must not be, in words; empty when all is well. */
  readonly wrongs: readonly string[];
}

/** A send that was under way when its process died had been made at most this long before (ms). */
const IN_FLIGHT_MS = 1_000;
/** What a process did while the store was away is known to the store, or done again, within this (ms). */
const STORE_BACK_MS = 10_000;

interface Reply {
  readonly what: string;
  readonly turn: number | null;
}

/** Compares all that was written with all that arrived. */
export function judge(talks: readonly Talk[], disturbances: Disturbances): Verdict {
  const doubledBy = { 'answer-lost': 0, killed: 0, 'store-away': 0, unexplained: 0 };
  const wrongs: string[] = [];
  let [replies, lost, outOfOrder] = [0, 0, 0];
  for (const talk of talks) {
    const first = new Map<string, Arrival>();
    let lastTurn = 0;
    for (const arrival of talk.arrived) {
      const { what, turn } = readReply(arrival);
      const before = first.get(what);
      if (before !== undefined) {
        const cause = causeOf(before, arrival, disturbances);
        doubledBy[cause] += 1;
        if (talk.hasNonce) wrongs.push(`${talk.name}: "${what}" came twice in spite of its nonce (${cause})`);
        else if (cause === 'unexplained') wrongs.push(`${talk.name}: "${what}" came twice for no reason`);
        continue;
      }
      first.set(what, arrival);
      replies += 1;
      if (turn === null) continue;
      if (turn <= lastTurn) {
        outOfOrder += 1;
        wrongs.push(`${talk.name}: "${what}" is turn ${turn}, after turn ${lastTurn}`);
      }
      lastTurn = Math.max(lastTurn, turn);
    }
    for (const what of missing(talk, first)) {
      lost += 1;
      wrongs.push(`${talk.name}: "${what}" never came; the last was "${talk.arrived.at(-1)?.text}"`);
    }
  }
  const doubled = Object.values(doubledBy).reduce((sum, count) => sum + count, 0);
  return { replies, lost, outOfOrder, doubled, doubledBy, wrongs };
}

/** What was to come and did not: an answer to every message, and a word when nothing more is written. */
function missing(talk: Talk, heard: { has(word: string): boolean }): readonly string[] {
  const unanswered = talk.written.filter((word) => !heard.has(word));
  return isNudgedLast(talk) ? unanswered : [...unanswered, `the ${NUDGE} at the end`];
}

/** Whether everything has come that was to come. */
export function isOver(talk: Talk, heard: { has(word: string): boolean }): boolean {
  return isNudgedLast(talk) && talk.written.every((word) => heard.has(word));
}

function isNudgedLast({ written, arrived }: Talk): boolean {
  return written.length === 0 || arrived.at(-1)?.text.includes(NUDGE) === true;
}

/** The words a reply answers or, for what answers none, what it is; the same for the same reply alone. */
export function readReply({ text, data }: Pick<Arrival, 'text' | 'data'>): Reply {
  const turn = data === null ? null : Number.parseInt(data, 10);
  if (text.includes(NUDGE)) return { what: `${NUDGE} of turn ${turn}`, turn };
  const echoed = new RegExp(`\\b${ECHO} (\\S+)`).exec(text)?.[1];
  return { what: echoed ?? (turn === null ? 'opening' : 'hello'), turn };
}

function causeOf(first: Arrival, again: Arrival, disturbances: Disturbances): DoubleCause {
  if (again.at >= disturbances.calmFrom) return 'unexplained';
  if (first.isAnswerLost) return 'answer-lost';
  const during = (from: number, to: number): boolean =>
    disturbances.storeFaults.some((fault) => fault.from <= to && fault.to >= from);
  const killed = disturbances.kills.find(
    ({ worker, at }) =>
      (first.worker === null || worker === first.worker) &&
      at >= first.at &&
      at <= again.at &&
      (at - first.at <= IN_FLIGHT_MS || during(first.at, at)),
  );
  if (killed !== undefined) return 'killed';
  return during(first.at, first.at + STORE_BACK_MS) ? 'store-away' : 'unexplained';
}
