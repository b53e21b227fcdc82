import { isCertain } from './decide.js';
import type { Outcome } from './evaluate.js';

/** The share of outside texts that may be taken for ours where `rightAtFalseAccepts` is read off. */
const FALSE_ACCEPTS = 0.1;

/** How well texts were understood; shares are 0 to 1. */
export interface Figures {
  readonly inScope: number;
  readonly outside: number;
  /** Of the texts about an intent: the best was right; the right one was among three. */
  readonly top1: number;
  readonly top3: number;
  /** How surely a text about an intent scores above one that is about none; `null` without both. */
  readonly auroc: number | null;
  /** Right and accepted, where one in ten outside texts would be accepted too; `null` without both. */
  readonly rightAtFalseAccepts: number | null;
  /** Of the texts about an intent: answered at once, and rightly; `null` without any. */
  readonly answeredRight: number | null;
  /** Of the outside texts: answered at once, as if they were ours; `null` without any. */
  readonly answeredOutside: number | null;
}

/** One intent, measured. */
export interface IntentFigures {
  readonly intent: string;
  readonly phrases: number;
  /** Of the texts taken for it, how many were; of its texts, how many were taken for it. */
  readonly precision: number;
  readonly recall: number;
}

/** Texts of one intent that were taken for another. */
export interface Confusion {
  readonly from: string;
  readonly to: string;
  readonly texts: readonly string[];
}

/** Sums up outcomes. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const inside = outcomes.filter(({ intent }) => intent !== null);
  const others = outcomes.filter(({ intent }) => intent === null);
  const outside = others.map(scoreOf);
  const right = inside.filter(isRight);
  const both = inside.length > 0 && outside.length > 0;
  const sorted = Float64Array.from(outside).sort();
  const limit = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * (1 - FALSE_ACCEPTS)))] ?? 0;
  return {
    inScope: inside.length,
    outside: outside.length,
    top1: share(right.length, inside.length),
    top3: share(inside.filter(isAmong).length, inside.length),
    auroc: both ? auroc(inside.map(scoreOf), sorted) : null,
    rightAtFalseAccepts: both
      ? share(right.filter((one) => scoreOf(one) > limit).length, inside.length)
      : null,
    answeredRight: inside.length === 0 ? null : share(answered(right), inside.length),
    answeredOutside: others.length === 0 ? null : share(answered(others), others.length),
  };
}

/** What would be answered at once if a text counted as one of ours from this score on; shares are 0 to 1. */
export interface Threshold {
  readonly answer: number;
  /** Of the texts about an intent. */
  readonly right: number;
  readonly wrong: number;
  /** Of the texts that are about none. */
  readonly outside: number;
}

const STEPS = [0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/** What other thresholds would do, the lowest first. */
export function thresholdsOf(outcomes: readonly Outcome[]): readonly Threshold[] {
  const inside = outcomes.filter(({ intent }) => intent !== null);
  const outside = outcomes.filter(({ intent }) => intent === null);
  const right = inside.filter(isRight);
  return STEPS.map((answer) => ({
    answer,
    right: share(answered(right, answer), inside.length),
    wrong: share(answered(inside, answer) - answered(right, answer), inside.length),
    outside: share(answered(outside, answer), outside.length),
  }));
}

function answered(outcomes: readonly Outcome[], answer?: number): number {
  return outcomes.filter(({ ranking }) => isCertain(ranking, answer)).length;
}

/** Every intent with precision and recall, the worst recall first. */
export function figuresByIntent(outcomes: readonly Outcome[]): readonly IntentFigures[] {
  const intents = [...new Set(outcomes.flatMap(({ intent }) => intent ?? []))];
  return intents
    .map((intent) => {
      const own = outcomes.filter((one) => one.intent === intent);
      const taken = outcomes.filter((one) => one.intent !== null && bestOf(one) === intent);
      return {
        intent,
        phrases: own.length,
        precision: share(taken.filter(isRight).length, taken.length),
        recall: share(own.filter(isRight).length, own.length),
      };
    })
    .sort((a, b) => a.recall - b.recall || a.intent.localeCompare(b.intent));
}

/** What was taken for what, the commonest first. */
export function confusionsOf(outcomes: readonly Outcome[]): readonly Confusion[] {
  const texts = new Map<string, { from: string; to: string; texts: string[] }>();
  for (const one of outcomes) {
    const to = bestOf(one);
    if (one.intent === null || to === null || to === one.intent) continue;
    const key = `${one.intent} ${to}`;
    const entry = texts.get(key) ?? { from: one.intent, to, texts: [] };
    entry.texts.push(one.text);
    texts.set(key, entry);
  }
  return [...texts.values()].sort((a, b) => b.texts.length - a.texts.length || a.from.localeCompare(b.from));
}

/** The score of the best intent, which is the probability that a text is about any. */
export function scoreOf({ ranking }: Outcome): number {
  return ranking.intents[0]?.score ?? 0;
}

/** The best intent, if any. */
export function bestOf({ ranking }: Outcome): string | null {
  return ranking.intents[0]?.intent ?? null;
}

function isRight(one: Outcome): boolean {
  return bestOf(one) === one.intent;
}

function isAmong({ intent, ranking }: Outcome): boolean {
  return ranking.intents.some((ranked) => ranked.intent === intent);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** The chance that a score of the first list is above one of the second, which is sorted; equal ones count half. */
function auroc(above: readonly number[], sorted: Float64Array): number {
  let sum = 0;
  for (const score of above) sum += (rank(sorted, score, false) + rank(sorted, score, true)) / 2;
  return sum / (above.length * sorted.length);
}

/** How many are below a score, or below and equal. */
function rank(sorted: Float64Array, score: number, equal: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value < score || (equal && value === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}
