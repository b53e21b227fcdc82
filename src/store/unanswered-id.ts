import type { UnansweredEntry } from '../model/index.js';

/** The partition in the id of a question that nobody answered. */
export function partitionIn(id: string): number {
  return Number.parseInt(id, 10);
}

/** The newest day first; within a day by the random part of the id, so that the order tells nothing. */
export function byDay(a: UnansweredEntry, b: UnansweredEntry): number {
  const [one, other] = [randomIn(a.id), randomIn(b.id)];
  return b.day - a.day || (one < other ? 1 : one > other ? -1 : 0);
}

/** The random part of the id. */
export function randomIn(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}
