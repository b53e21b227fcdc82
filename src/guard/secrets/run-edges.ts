import { PHRASE_LENGTHS } from './checksum.js';
import { COST, isUnspaced } from './gap-costs.js';
import { isNear, placeOf, weightOf, wordId } from './lists/word-index.js';
import { LETTERS, STOP, type Token } from './tokens.js';

/** The best part of a run, before it is drawn out. */
export interface Core {
  readonly first: number;
  readonly last: number;
  /** The last token of the run of this list before it: what belongs to that is not looked at again. */
  readonly taken: number;
}

/** Lengths of phrases (BIP-39), shares (SLIP-39) and seeds of Monero. */
const WORD_COUNTS: ReadonlySet<number> = new Set([...PHRASE_LENGTHS, 20, 25, 33]);
/** Words of the sentence around that may be taken for words of the phrase at either end of it. */
const MAX_STRANGERS = 3;
/** More ends of clauses than this are how the words are set apart. */
const MAX_BREAKS = 2;
/** The end of a line or clause, where a phrase may begin or end. */
const CLAUSE_BREAK = /[\r\n.!?:;。！？：]/;

/**
 * The outermost tokens of a run: drawn out over every neighbour that is a word of the list; then, where that is not as
 * long as a phrase, cut back to a clause's end that makes it so, or drawn out over one slip of the hand.
 */
export function edgesOf(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  list: number,
  core: Core,
  slips: boolean,
): readonly [number, number] {
  const first = Math.max(core.taken + 1, drawnOut(tokens, lower, costs, list, core, -1));
  const last = drawnOut(tokens, lower, costs, list, core, 1);
  const members: number[] = [];
  for (let at = first; at <= last; at += 1) if (isWordOf(tokens[at], list)) members.push(at);
  if (isPhraseLength(members.length)) return [first, last];
  const isBroken = (at: number): boolean =>
    CLAUSE_BREAK.test(
      lower.slice(tokens[members[at - 1] ?? 0]?.end ?? 0, tokens[members[at] ?? 0]?.start ?? 0),
    );
  let breaks = 0;
  for (let at = 1; at < members.length && breaks <= MAX_BREAKS; at += 1) if (isBroken(at)) breaks += 1;
  for (let cut = breaks > MAX_BREAKS ? Number.POSITIVE_INFINITY : 1; cut <= MAX_STRANGERS * 2; cut += 1)
    for (let front = Math.max(0, cut - MAX_STRANGERS); front <= Math.min(cut, MAX_STRANGERS); front += 1) {
      const end = members.length - (cut - front);
      if (!isPhraseLength(end - front)) continue;
      if ((front === 0 || isBroken(front)) && (end === members.length || isBroken(end)))
        return [members[front] ?? first, members[end - 1] ?? last];
    }
  const isSlip = (at: number): boolean => {
    const token = tokens[at];
    return token?.type === LETTERS && token.id < 0 && isNear(lower.slice(token.start, token.end), list);
  };
  if (!slips) return [first, last];
  return [
    first > core.taken + 1 && isSlip(first - 1) ? first - 1 : first,
    isSlip(last + 1) ? last + 1 : last,
  ];
}

function isWordOf(token: Token | undefined, list: number): boolean {
  return token !== undefined && token.id >= 0 && weightOf(token.id, list) > 0;
}

function isPhraseLength(words: number): boolean {
  return WORD_COUNTS.has(words);
}

/** Numbers and signs that may stand between two words at the edge of a run. */
const MAX_SIGNS = 4;
const NEW_LINE = /[\r\n]/;

/**
 * The outermost token of a run in one direction: words of the list and slips, with nothing but numbering between. The
 * end of a line or sentence ends it, unless such ends stand between the words of the run too.
 */
function drawnOut(
  tokens: readonly Token[],
  lower: string,
  costs: Float32Array,
  list: number,
  { first, last }: Core,
  step: 1 | -1,
): number {
  let hasStops = false;
  for (let at = first; at <= last && !hasStops; at += 1) hasStops = tokens[at]?.type === STOP;
  const hasLines = NEW_LINE.test(lower.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0));
  let edge = step === 1 ? last : first;
  let signs = 0;
  for (let at = edge + step; at >= 0 && at < tokens.length; at += step) {
    const token = tokens[at];
    const inner = tokens[at - step];
    if (token === undefined || inner === undefined) break;
    const between = step === 1 ? lower.slice(inner.end, token.start) : lower.slice(token.end, inner.start);
    if ((token.type === STOP && !hasStops) || (!hasLines && NEW_LINE.test(between))) break;
    if (token.id >= 0 && weightOf(token.id, list) > 0) {
      edge = at;
      signs = 0;
      continue;
    }
    if ((costs[at] ?? 0) >= COST.sign) {
      signs += 1;
      if (signs > MAX_SIGNS) break;
      continue;
    }
    if (isUnspaced(token) && holdsWordAt(lower.slice(token.start, token.end), list, step)) edge = at;
    break;
  }
  return edge;
}

/** Letters of the shortest and longest words of the lists whose scripts let other words touch them. */
const MIN_TOUCHING = 3;
const MAX_TOUCHING = 15;

/** Whether a word of a list begins (step 1) or ends (−1) a word to which a particle is attached ("…가격입니다"). */
function holdsWordAt(word: string, list: number, step: 1 | -1): boolean {
  for (let length = MIN_TOUCHING; length <= Math.min(MAX_TOUCHING, word.length - 1); length += 1) {
    const id = wordId(step === 1 ? word.slice(0, length) : word.slice(-length));
    if (id >= 0 && placeOf(id, list) >= 0) return true;
  }
  return false;
}
