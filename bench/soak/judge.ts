import type { Memory } from './memory.js';
import { trendOf } from './trend.js';
import type { Outcome } from './turnover.js';

/** One look at the process. */
export interface Reading {
  /** Seconds since the first one. */
  readonly at: number;
  /** Written and tapped so far. */
  readonly messages: number;
  readonly memory: Memory;
}

/** A line within this is flat (bytes a message): one entry of a map that is kept of every message is steeper. */
const FLAT_BYTES = 32;
/** What the process as a whole may have grown by, as a share: its allocator gives pages back when it likes. */
const FLAT_SHARE = 0.05;
/** Handles that may be there beside those of before: connections that are kept for the next call. */
const SPARE_HANDLES = 8;

/** How some kind of memory went. */
interface Line {
  /** Megabytes: the least, the median, the most. */
  readonly megabytes: readonly [number, number, number];
  /** Slope, with the ends of its interval of 95 %. */
  readonly bytesAMessage: readonly [number, number, number];
}

export interface SoakVerdict {
  readonly messages: number;
  readonly perSecond: number;
  /** Heap and buffers after garbage collection. */
  readonly kept: Line;
  /** Memory of the process that is no file. */
  readonly anonymous: Line;
  readonly rss: Line;
  readonly handles: { readonly before: Memory['handles']; readonly after: Memory['handles'] };
  /** What must not be, in words; empty when all is well. */
  readonly wrongs: readonly string[];
}

/** What a soak came to: memory, what people got, and what was left open. */
export function judge(
  readings: readonly Reading[],
  outcomes: readonly (Outcome & { readonly line: string | undefined })[],
  before: Memory['handles'],
  after: Memory['handles'],
): SoakVerdict {
  const [first, last] = [readings[0], readings.at(-1)];
  const seconds = (last?.at ?? 0) - (first?.at ?? 0);
  const messages = (last?.messages ?? 0) - (first?.messages ?? 0);
  const perSecond = messages / seconds;
  const lineOf = (bytesOf: (memory: Memory) => number): Line => {
    const values = readings.map(({ memory }) => bytesOf(memory)).sort((a, b) => a - b);
    const { slope, low, high } = trendOf(readings.map(({ at, memory }) => ({ at, value: bytesOf(memory) })));
    const at = (share: number): number => round((values[Math.floor((values.length - 1) * share)] ?? 0) / 1e6);
    return {
      megabytes: [at(0), at(0.5), at(1)],
      bytesAMessage: [round(slope / perSecond), round(low / perSecond), round(high / perSecond)],
    };
  };
  const kept = lineOf((memory) => memory.heap + memory.external);
  const anonymous = lineOf((memory) => memory.anonymous);
  const grown = (anonymous.bytesAMessage[0] * messages) / 1e6;
  const wrongs = [
    ...(kept.bytesAMessage[2] <= FLAT_BYTES
      ? []
      : [`memory is not flat: ${kept.bytesAMessage.join(', ')} bytes a message (slope, from, to)`]),
    ...(grown <= anonymous.megabytes[1] * FLAT_SHARE ? [] : [`the process grew by ${round(grown)} MB`]),
    ...outcomes.flatMap(({ line, lost, doubled, outOfOrder, taps, tapsAnswered }) => [
      ...(lost === 0 ? [] : [`${line}: ${lost} lost`]),
      ...(doubled === 0 ? [] : [`${line}: ${doubled} doubled`]),
      ...(outOfOrder === 0 ? [] : [`${line}: ${outOfOrder} out of order`]),
      ...(taps === tapsAnswered ? [] : [`${line}: ${taps} taps, ${tapsAnswered} answers`]),
    ]),
    ...Object.entries(after).flatMap(([kind, count]) =>
      count <= (before[kind] ?? 0) + SPARE_HANDLES ? [] : [`${kind}: ${count}, ${before[kind] ?? 0} before`],
    ),
  ];
  const handles = { before, after };
  return {
    messages,
    perSecond: round(perSecond),
    kept,
    anonymous,
    rss: lineOf(({ rss }) => rss),
    handles,
    wrongs,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
