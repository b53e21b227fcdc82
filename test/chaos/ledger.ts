import { ECHO, NUDGE } from './chaos-content.js';

/** A message of the bot as a person got it. */
export interface Arrival {
  readonly text: string;
  /** Data of its first button: `<turn>.<index>.<MAC>`; `null` without a button. */
  readonly data: string | null;
  /** Epoch ms. */
  readonly at: number;
  /** The process that sent it, and the nonce of its row; `null` where the platform does not tell. */
  readonly worker: string | null;
  readonly nonce: string | null;
  /** The platform did it and cut the connection before the answer. */
  readonly isAnswerLost: boolean;
}

/** A message of a person. */
export interface Written {
  readonly word: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A conversation: what was written, and what arrived, both in order. */
export interface Talk {
  readonly name: string;
  /** Whether the platform takes the same message once only. */
  readonly hasNonce: boolean;
  readonly written: Written[];
  readonly arrived: Arrival[];
}

/** What was done to workers and store, and when (epoch ms). */
export interface Disturbances {
  readonly kills: readonly { readonly worker: string; readonly at: number }[];
  /** When a process first knew that the store knows of a send (epoch ms), by the nonce of the row. */
  readonly settled: ReadonlyMap<string, number>;
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
  /** From writing a message to its answer (ms). */
  readonly waitsMs: readonly number[];
  /** What must not be, in words; empty when all is well. */
  readonly wrongs: readonly string[];
}

/** Where the platform tells nothing of a send, it was under way for at most this long (ms). */
const IN_FLIGHT_MS = 2_000;

interface Reply {
  readonly what: string;
  readonly turn: number | null;
}

/** Compares all that was written with all that arrived. */
export function judge(talks: readonly Talk[], disturbances: Disturbances): Verdict {
  const doubledBy = { 'answer-lost': 0, killed: 0, 'store-away': 0, unexplained: 0 };
  const wrongs: string[] = [];
  const waitsMs: number[] = [];
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
        else if (cause === 'unexplained')
          wrongs.push(`${talk.name}: "${what}" came twice for no reason (${apart(before, arrival)})`);
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
    for (const { word, at } of talk.written) {
      const answer = first.get(word);
      if (answer !== undefined) waitsMs.push(answer.at - at);
    }
    for (const what of missing(talk, first)) {
      lost += 1;
      wrongs.unshift(`${talk.name}: "${what}" never came; the last was "${talk.arrived.at(-1)?.text}"`);
    }
  }
  const doubled = Object.values(doubledBy).reduce((sum, count) => sum + count, 0);
  return { replies, lost, outOfOrder, doubled, doubledBy, waitsMs, wrongs };
}

/** What was to come and did not: an answer to every message, and a word when nothing more is written. */
function missing(talk: Talk, heard: { has(word: string): boolean }): readonly string[] {
  const unanswered = talk.written.flatMap(({ word }) => (heard.has(word) ? [] : [word]));
  return isNudgedLast(talk) ? unanswered : [...unanswered, `the ${NUDGE} at the end`];
}

/** Whether everything has come that was to come. */
export function isOver(talk: Talk, heard: { has(word: string): boolean }): boolean {
  return isNudgedLast(talk) && talk.written.every(({ word }) => heard.has(word));
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
  const { calmFrom, kills, settled, storeFaults } = disturbances;
  if (again.at >= calmFrom) return 'unexplained';
  if (first.isAnswerLost) return 'answer-lost';
  const settledAt = first.nonce === null ? first.at + IN_FLIGHT_MS : (settled.get(first.nonce) ?? Infinity);
  if (first.nonce !== null && settledAt <= again.at) return 'unexplained';
  const until = Math.min(settledAt, again.at);
  // A process may be dead by the time its call is read from the connection.
  const isKilled = kills.some(({ worker, at }) =>
    first.worker === null
      ? at >= first.at - IN_FLIGHT_MS && at <= until
      : worker === first.worker && at <= until,
  );
  if (isKilled) return 'killed';
  return storeFaults.some(({ from, to }) => from <= until && to >= first.at) ? 'store-away' : 'unexplained';
}

function apart(first: Arrival, again: Arrival): string {
  const since = new Date(first.at).toISOString();
  return `from ${first.worker} at ${since}, from ${again.worker} ${again.at - first.at} ms later`;
}
