import { finish, hashText, mix } from './hash.js';

const SEEN = 0.8;
const OFTEN = 0.35;

/** Who stands beside whom in a language's phrases: words, or Chinese characters. */
export interface Neighbours {
  /** How well one goes before another: 0 when they were never seen so, and more the oftener they were. */
  affinity(one: string, other: string): number;
}

/** Neighbours by phrases that are split into words or characters. */
export function createNeighbours(phrases: Iterable<readonly string[]>): Neighbours {
  const counts = new Map<number, number>();
  for (const parts of phrases)
    for (let i = 1; i < parts.length; i += 1) {
      const pair = pairHash(parts[i - 1] ?? '', parts[i] ?? '');
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  return {
    affinity(one, other) {
      const count = counts.get(pairHash(one, other));
      return count === undefined ? 0 : SEEN + OFTEN * Math.log(count);
    },
  };
}

function pairHash(one: string, other: string): number {
  return finish(hashText(other, mix(hashText(one), 0x20)));
}
