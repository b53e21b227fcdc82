import { isBip39, PHRASE_LENGTHS } from './checksum.js';
import { pairScore, placeOfCharacter, rarityOf } from './chinese-model.js';
import { isHanNumber } from './gap-costs.js';
import type { Meter } from './meter.js';
import { BREAK, DIGITS, HAN, LETTERS, STOP, type Token } from './tokens.js';

/** A stretch of Chinese characters that reads like no sentence. */
export interface CharacterRun {
  readonly first: number;
  readonly last: number;
  readonly characters: number;
  readonly distinct: number;
  /** Whether the characters stand apart, as in a list, in groups of equal length, or side by side, as in writing. */
  readonly form: 'apart' | 'groups' | 'side by side';
  /** Mean of how unlike writing each step from one character to the next is. */
  readonly unlikeness: number;
  readonly hasChecksum: boolean;
}

/** Fewest characters looked at. */
const MIN_CHARACTERS = 4;
/** Mean unlikeness of a stretch without blanks: with a right checksum, and without one. 99.9 % of phrases have 0.7. */
const UNLIKE_WITH_CHECKSUM = 0.4;
/** The same without a checksum: no line of prose and one of 100,000 of verse. */
export const UNLIKE = 1;
const MAX_CHECKSUMS = 200;
/** Characters left over at an end of a stretch that are taken with it. */
const MAX_EDGE = 2;

/** Every run of list characters that stand apart, and every stretch without blanks that is unlike writing. Linear. */
export function characterRuns(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  meter: Meter,
): readonly CharacterRun[] {
  if (!tokens.some((token) => token.type === HAN)) return [];
  const places = tokens.map((token) =>
    token.type === HAN ? placeOfCharacter(lower.slice(token.start, token.end)) : -1,
  );
  meter.steps += tokens.length;
  return [
    ...apartRuns(tokens, lower, costs, places),
    ...sideBySideRuns(tokens, places, meter),
    ...groupedRuns(tokens, lower, places, meter),
  ];
}

/** What a character that stands alone speaks for a list, against the costs of what is between. */
const APART = 3;
const MAX_DROP = 17;
/** What a word of letters costs at most between characters: a remark in another language. */
const OTHER_SCRIPT = -1.5;

/** Runs of single characters with something between each two. */
function apartRuns(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  places: readonly number[],
): readonly CharacterRun[] {
  const runs: CharacterRun[] = [];
  let members: number[] = [];
  let sum = 0;
  let best = 0;
  const close = (): void => {
    if (members.length >= MIN_CHARACTERS) {
      const ofMembers = members.map((at) => places[at] ?? -1);
      const run = characterRun(members, ofMembers, 'apart', checksumSomewhere(ofMembers));
      // The first and last character may be written together with the words around ("输入纲 燥 …").
      const reach = (at: number): number => (members.length >= 6 && (places[at] ?? -1) >= 0 ? 1 : 0);
      const [before, behind] = [reach(run.first - 1), reach(run.last + 1)];
      const characters = run.characters + before + behind;
      runs.push({
        ...run,
        first: run.first - before,
        last: run.last + behind,
        characters,
        distinct: run.distinct + before + behind,
      });
    }
    members = [];
    sum = 0;
    best = 0;
  };
  for (const [at, token] of tokens.entries()) {
    if (token.type === HAN && isHanNumber(tokens, at, lower) && counts(tokens, at, lower)) continue;
    const isSingle =
      token.type === HAN &&
      (places[at] ?? -1) >= 0 &&
      !adjoins(tokens[at - 1], token) &&
      !adjoins(token, tokens[at + 1]);
    if (isSingle) {
      members.push(at);
      sum += APART;
      best = Math.max(best, sum);
    } else if (members.length > 0) {
      sum += token.type === LETTERS ? Math.max(OTHER_SCRIPT, costs[at] ?? 0) : (costs[at] ?? 0);
      if (sum < 0 || sum < best - MAX_DROP) close();
    }
  }
  close();
  return runs;
}

/** Whether a numeral is numbering and no word: another character that stands alone follows it at once ("一、的"). */
function counts(tokens: readonly Token[], at: number, lower: string): boolean {
  const after = tokens[at + 1];
  return after !== undefined && !/[、,]/.test(lower[after.end] ?? '') && after.type === HAN;
}

/** Whether a character is written together with what stands before or behind it, in whatever script. */
function adjoins(left: Token | undefined, right: Token | undefined): boolean {
  const isNumber = left?.type === DIGITS || right?.type === DIGITS;
  const isSign = (token: Token | undefined): boolean => token?.type === STOP || token?.type === BREAK;
  return left?.end === right?.start && !isNumber && !isSign(left) && !isSign(right);
}

function touches(left: Token | undefined, right: Token | undefined): boolean {
  return left?.type === HAN && right?.type === HAN && left.end === right.start;
}

/** Most characters of a group that is one of several of equal length ("的一是在 不了有和 …"). */
const MAX_GROUP = 8;

/**
 * Groups of equal length that together are about as long as a phrase. A shorter one may be the last, behind two others:
 * two short sentences, one after another, are no groups.
 */
function groupedRuns(
  tokens: readonly Token[],
  lower: string,
  places: readonly number[],
  meter: Meter,
): readonly CharacterRun[] {
  const runs: CharacterRun[] = [];
  let members: number[] = [];
  let size = 0;
  const close = (): void => {
    const ofMembers = members.map((at) => places[at] ?? -1);
    const fits = PHRASE_LENGTHS.some((length) => length === members.length);
    // Two of one length at least: one message and the beginning of the next are no groups.
    if (members.length >= 10 && members.length >= size * 2)
      runs.push(characterRun(members, ofMembers, 'groups', fits && isBip39(ofMembers)));
    members = [];
    size = 0;
  };
  for (let at = 0; at < tokens.length; ) {
    meter.steps += 1;
    const token = tokens[at];
    let end = at;
    while ((places[end] ?? -1) >= 0 && (places[end + 1] ?? -1) >= 0 && touches(tokens[end], tokens[end + 1]))
      end += 1;
    const length = end - at + 1;
    const isGroup =
      token?.type === HAN &&
      (places[at] ?? -1) >= 0 &&
      length >= 2 &&
      length <= MAX_GROUP &&
      !touches(tokens[at - 1], token) &&
      !touches(tokens[end], tokens[end + 1]);
    const last = tokens[members.at(-1) ?? -1];
    const isNext =
      isGroup &&
      (length === size || (length < size && members.length % size === 0 && members.length >= size * 2)) &&
      last !== undefined &&
      /^[\s,、，;|/-]{1,4}$/.test(lower.slice(last.end, Math.min(token.start, last.end + 5)));
    if (!isNext) close();
    if (isGroup && members.length < 24) {
      size = Math.max(size, length);
      for (let member = at; member <= end; member += 1) members.push(member);
    }
    at = end + 1;
  }
  close();
  return runs;
}

/** Stretches of characters side by side, by the best-scoring stretch of each unbroken segment. */
function sideBySideRuns(
  tokens: readonly Token[],
  places: readonly number[],
  meter: Meter,
): readonly CharacterRun[] {
  const runs: CharacterRun[] = [];
  let checksums = 0;
  let from = 0;
  const segmentEnd = (start: number): number => {
    let end = start;
    while (end + 1 < tokens.length && touches(tokens[end], tokens[end + 1]) && (places[end + 1] ?? -1) >= 0)
      end += 1;
    return end;
  };
  while (from < tokens.length) {
    if ((places[from] ?? -1) < 0) {
      from += 1;
      continue;
    }
    const to = segmentEnd(from);
    meter.steps += to - from + 1;
    const length = to - from + 1;
    if (length >= MIN_CHARACTERS) {
      const scores = stepScores(places, from, to);
      const best = bestStretch(scores, from);
      const found = isUnlike(scores, best, from)
        ? null
        : checksumWindow(places, scores, from, to, () => {
            checksums += 1;
            meter.steps += 1;
            return checksums <= MAX_CHECKSUMS;
          });
      // A chance checksum inside a longer phrase must not leave the rest of it standing.
      const overlaps = found !== null && found[0] <= best[1] && best[0] <= found[1];
      let start = found === null ? best[0] : Math.min(found[0], overlaps ? best[0] : found[0]);
      let end = found === null ? best[1] : Math.max(found[1], overlaps ? best[1] : found[1]);
      // A common character at either end looks like writing and may be a word all the same.
      if (start - from <= MAX_EDGE) start = from;
      if (to - end <= MAX_EDGE) end = to;
      const characters = end - start + 1;
      if (characters >= MIN_CHARACTERS)
        runs.push({
          first: start,
          last: end,
          characters,
          form: 'side by side',
          distinct: new Set(places.slice(start, end + 1)).size,
          unlikeness: sumOf(scores, start - from + 1, end - from) / (characters - 1),
          hasChecksum: found !== null,
        });
    }
    from = to + 1;
  }
  return runs;
}

/** Whether a stretch needs no checksum: as long as a phrase, and like no sentence. */
function isUnlike(scores: Float64Array, [start, end]: readonly [number, number], from: number): boolean {
  if (end - start < 11) return false;
  return sumOf(scores, start - from + 1, end - from) / (end - start) >= UNLIKE;
}

function sumOf(scores: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let at = first; at <= last; at += 1) sum += scores[at] ?? 0;
  return sum;
}

/** How unlike writing each character is behind the one before it. */
function stepScores(places: readonly number[], from: number, to: number): Float64Array {
  const scores = new Float64Array(to - from + 1);
  scores[0] = rarityOf(places[from] ?? 0);
  for (let at = 1; at < scores.length; at += 1)
    scores[at] = pairScore(places[from + at - 1] ?? 0, places[from + at] ?? 0);
  return scores;
}

/** The stretch with the highest sum of scores. */
function bestStretch(scores: Float64Array, offset: number): readonly [number, number] {
  let best = Number.NEGATIVE_INFINITY;
  let first = 0;
  let last = 0;
  let sum = 0;
  let start = 0;
  for (let at = 0; at < scores.length; at += 1) {
    if (sum <= 0) {
      sum = 0;
      start = at;
    }
    sum += scores[at] ?? 0;
    if (sum > best) {
      best = sum;
      first = start;
      last = at;
    }
  }
  return [offset + first, offset + last];
}

/** The longest stretch as long as a phrase with a right checksum that reads like no sentence. */
function checksumWindow(
  places: readonly number[],
  scores: Float64Array,
  from: number,
  to: number,
  maySpend: () => boolean,
): readonly [number, number] | null {
  const sums = new Float64Array(scores.length + 1);
  for (let at = 0; at < scores.length; at += 1) sums[at + 1] = (sums[at] ?? 0) + (scores[at] ?? 0);
  for (const length of [...PHRASE_LENGTHS].reverse())
    for (let start = from; start + length - 1 <= to; start += 1) {
      const at = start - from;
      // The first character is judged by the step to it only where there is one before it in the phrase.
      const inner = (sums[at + length] ?? 0) - (sums[at + 1] ?? 0);
      if (inner / (length - 1) < UNLIKE_WITH_CHECKSUM) continue;
      if (!maySpend()) return null;
      if (isBip39(places.slice(start, start + length))) return [start, start + length - 1];
    }
  return null;
}

function checksumSomewhere(places: readonly number[]): boolean {
  return PHRASE_LENGTHS.some((length) => {
    for (let from = 0; from + length <= Math.min(places.length, 48); from += 1)
      if (isBip39(places.slice(from, from + length))) return true;
    return false;
  });
}

function characterRun(
  members: readonly number[],
  places: readonly number[],
  form: CharacterRun['form'],
  hasChecksum: boolean,
): CharacterRun {
  return {
    first: members[0] ?? 0,
    last: members.at(-1) ?? 0,
    characters: members.length,
    distinct: new Set(places).size,
    form,
    unlikeness: unlikenessOf(places),
    hasChecksum,
  };
}

/** Mean of how unlike writing each step from one character to the next is. */
export function unlikenessOf(places: readonly number[]): number {
  let sum = 0;
  for (let at = 1; at < places.length; at += 1) sum += pairScore(places[at - 1] ?? 0, places[at] ?? 0);
  return sum / Math.max(1, places.length - 1);
}
