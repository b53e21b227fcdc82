import { PHRASE_LENGTHS } from './checksum.js';
import { labelWord } from './label-words.js';
import { placeOf, weightOf, ZERO_WEIGHT } from './lists/word-index.js';
import { WORD_LIST_NAMES } from './lists/word-lists.js';
import type { MeasuredRun } from './measured-run.js';
import type { Token } from './tokens.js';
import type { WordRun } from './word-runs.js';

/** How far from a phrase the rest of it is looked for, in tokens. */
const REACH = 14;
/** Lengths of the shares and seeds that are no phrases of BIP-39, in words. */
const OTHER_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  slip39: [20, 33],
  monero: [13, 25],
  electrum: [12],
};
/** So near, a word at the end of a clause belongs to it, however common it is. */
const NEAR = 9;
/** How telling some words have to be, together, to go with the phrase. */
const TELLING = 2;
/** What ends a clause or line. */
const END = /[\r\n.!?:;。！？：()（）]/;

/** Words of the list of a phrase, side by side, some way from it. */
interface Group {
  readonly first: number;
  readonly last: number;
  readonly words: number;
  readonly distance: number;
}

/**
 * The first and last token of a phrase with those of its words that stand apart from it ("… and I think the last was
 * …"): so many as it lacks of a whole one, the nearest first.
 */
export function withLeftOvers(
  run: MeasuredRun,
  tokens: readonly Token[],
  lower: string,
): readonly [first: number, last: number] {
  let { first, last } = run;
  let words = run.words + run.slips;
  const lengths = OTHER_LENGTHS[WORD_LIST_NAMES[run.list] ?? ''] ?? PHRASE_LENGTHS;
  const groups = [...groupsFrom(run, tokens, lower, 1), ...groupsFrom(run, tokens, lower, -1)].sort(
    (a, b) => a.distance - b.distance,
  );
  for (const group of groups) {
    const missing = (lengths.find((length) => length >= words) ?? words) - words;
    // Common words of the sentence around may have been counted: several side by side go with it all the same.
    const isPart = group.words > 1 && group.distance <= NEAR;
    if (!isPart && (missing === 0 || group.words > missing + 1)) continue;
    words += group.words;
    first = Math.min(first, group.first);
    last = Math.max(last, group.last);
  }
  return [first, last];
}

function groupsFrom(run: WordRun, tokens: readonly Token[], lower: string, step: 1 | -1): readonly Group[] {
  const groups: Group[] = [];
  const edge = step === 1 ? run.last : run.first;
  const isWord = (at: number): boolean => {
    const id = tokens[at]?.id ?? -1;
    return id >= 0 && placeOf(id, run.list) >= 0;
  };
  let reach = REACH;
  for (let at = edge + step; tokens[at] !== undefined && Math.abs(at - edge) <= reach; at += step) {
    if (!isWord(at)) continue;
    const from = at;
    while (isWord(at + step)) at += step;
    const group = { first: Math.min(from, at), last: Math.max(from, at) };
    if (!goesWith(run.list, group, tokens, lower, Math.abs(from - edge) <= NEAR)) continue;
    groups.push({ ...group, words: group.last - group.first + 1, distance: Math.abs(from - edge) });
    // What comes behind a part of it may be one too.
    reach = Math.abs(at - edge) + REACH;
    if (groups.length > MAX_GROUPS) break;
  }
  return groups;
}

const MAX_GROUPS = 12;

/** Whether some words are told and not said in passing: rare ones, or such as end a clause near it. */
function goesWith(
  list: number,
  { first, last }: { readonly first: number; readonly last: number },
  tokens: readonly Token[],
  lower: string,
  isNear: boolean,
): boolean {
  let telling = 0;
  for (let at = first; at <= last; at += 1)
    telling += Math.max(0, weightOf(tokens[at]?.id ?? 0, list) - ZERO_WEIGHT);
  if (telling >= TELLING || (isNear && last > first && telling > 0)) return true;
  const before = lower.slice(tokens[first - 1]?.end ?? 0, tokens[first]?.start ?? 0);
  const behind = lower.slice(tokens[last]?.end ?? 0, tokens[last + 1]?.start ?? lower.length);
  const endsBehind = last + 1 >= tokens.length || END.test(behind);
  const beginsBefore = first === 0 || END.test(before);
  const said = tokens[first - 1];
  const isNamed = said !== undefined && labelWord(lower.slice(said.start, said.end))?.isCopula === true;
  return endsBehind && (beginsBefore || isNamed || isNear);
}
