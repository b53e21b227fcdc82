import { CHARACTER_RARITY, PAIRS } from './lists/chinese-pairs.js';
import { CHARACTER_LISTS } from './lists/word-lists.js';

/** Number of a character in the Chinese lists: simplified and traditional forms of one word have the same. */
const PLACES = new Map<string, number>();
for (const list of [CHARACTER_LISTS.chineseSimplified, CHARACTER_LISTS.chineseTraditional])
  for (const [place, character] of list.entries()) PLACES.set(character, place);

const SIZE = 2048;
/** How natural each tier of pairs is: ln(chance in a phrase / chance in writing) where one follows the other. */
const TIER_SCORES = [-6, -3.5, -1.5] as const;
/** What a pair of no tier gives on top of its second character's rarity. */
const UNKNOWN_PAIR = 1.2;

const pairScores = new Map<number, number>();
for (const [tier, groups] of PAIRS.entries())
  for (const group of groups.replaceAll('\n', '').split('/')) {
    const [first, ...followers] = [...group].map(placeOfCharacter);
    for (const follower of followers)
      if (first !== undefined) pairScores.set(first * SIZE + follower, TIER_SCORES[tier] ?? 0);
  }

/** The place of a character in the Chinese lists; −1 where they do not have it. */
export function placeOfCharacter(character: string): number {
  return PLACES.get(character) ?? -1;
}

const RAREST = (9 - 5) / 1.2;
const RARITIES = Float64Array.from(CHARACTER_RARITY, (digit) => (Number(digit) - 5) / 1.2);

/** How common a character is by itself: negative for common ones. */
export function rarityOf(place: number): number {
  return RARITIES[place] ?? RAREST;
}

/** How much likelier one character behind another is in a phrase than in writing, as a logarithm. */
export function pairScore(before: number, place: number): number {
  return pairScores.get(before * SIZE + place) ?? rarityOf(place) + UNKNOWN_PAIR;
}
