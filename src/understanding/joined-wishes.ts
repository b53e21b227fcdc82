import type { Ranking } from './classify.js';

/** Where a sentence may go on to something else: a comma or full stop, "and", or both. */
const JOINT =
  /(?:[,、;]|--)? ?(?:\b(?:and also|and|also|plus)\b|还有|還有|另外|以及|而且|和)|[,、;；。]|\.(?= )|--/giu;
/** A part that speaks of what stands before it is no wish of its own. */
const SPEAKS_OF_IT =
  /\b(?:it|its|they|them|their|he|him|she|her|this|that|these|those|there|either|both|one|still)\b|[它他她这這那]/iu;
/** So many joints are tried, in texts of no more characters. */
const MOST_JOINTS = 4;
const MOST_CHARS = 200;
/**
 * How sure each part must be alone: more than a question with a mark of its own (see "Thresholds" in
 * docs/benchmarks.md).
 */
const SURE = { ours: 0.9, clear: 0.92 };
/** A part that is also this much about what the other one is about is the same matter told in two ways. */
const RELATED = 0.03;

/**
 * The two intents of a text that joins two wishes by "and" or a comma, without a question mark between them: only where
 * each part alone surely is one, neither is near the other, and the whole is most about one of them. `null` for any
 * other text. `whole` is the ranking of the whole text.
 */
export function joinedWishes(
  masked: string,
  whole: Ranking,
  rank: (part: string) => Ranking,
): readonly [string, string] | null {
  if (masked.length > MOST_CHARS) return null;
  const most = whole.intents[0]?.intent;
  let tried = 0;
  for (const joint of masked.matchAll(JOINT)) {
    const before = masked.slice(0, joint.index).trim();
    const after = masked.slice(joint.index + joint[0].length).trim();
    if (before === '' || after === '') continue;
    tried += 1;
    if (tried > MOST_JOINTS) break;
    if (SPEAKS_OF_IT.test(after)) continue;
    const first = rank(before);
    const one = surely(first);
    if (one === null) continue;
    const second = rank(after);
    const other = surely(second);
    if (other === null || one === other || isNear(first, other) || isNear(second, one)) continue;
    if (most !== undefined && most !== one && most !== other) continue;
    return [one, other];
  }
  return null;
}

function surely({ intents: [best], clear }: Ranking): string | null {
  return best === undefined || best.score < SURE.ours || clear < SURE.clear ? null : best.intent;
}

function isNear({ intents }: Ranking, other: string): boolean {
  return intents.some(({ intent, score }) => intent === other && score > RELATED);
}
