import type { Limit } from '../model/index.js';

/**
 * The times of a limited thing with one more at `now`, the oldest first; `null` when that would be too many. Times that
 * no limit looks at any more are left out.
 */
export function takeLimit(
  times: readonly number[],
  limits: readonly Limit[],
  now: number,
): readonly number[] | null {
  const isOver = limits.some(({ max, windowMs }) => times.filter((at) => at > now - windowMs).length >= max);
  if (isOver) return null;
  const longestMs = Math.max(...limits.map(({ windowMs }) => windowMs));
  return [...times.filter((at) => at > now - longestMs), now];
}
