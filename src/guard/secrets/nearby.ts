/** How far from a candidate a word still speaks for or against it, in units of the plain text. */
const NEARBY = 110;

/**
 * Units between a stretch and the nearest of some words; infinite where none is near. `words` needs the flag `g`. Words
 * behind it count as a little farther: people announce.
 */
export function distanceTo(words: RegExp, lower: string, start: number, end: number): number {
  const before = lower.slice(Math.max(0, start - NEARBY), start);
  const after = lower.slice(end, end + NEARBY);
  let nearest = Number.POSITIVE_INFINITY;
  for (const match of before.matchAll(words))
    nearest = Math.min(nearest, before.length - match.index - match[0].length);
  for (const match of after.matchAll(words)) nearest = Math.min(nearest, match.index + 8);
  return nearest;
}
