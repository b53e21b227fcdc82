import { UNANSWERED_KEPT, type UnansweredEntry } from '../model/index.js';
import { byDay, partitionIn } from './unanswered-id.js';

/** The questions that nobody answered, in memory. */
export class Unanswered {
  readonly #entries = new Map<string, UnansweredEntry>();

  /** `false`, and nothing changed, when there is one of its id. */
  put(entry: UnansweredEntry): boolean {
    if (this.#entries.has(entry.id)) return false;
    this.#entries.set(entry.id, entry);
    const partition = partitionIn(entry.id);
    const beside = this.newest().filter(({ id }) => partitionIn(id) === partition);
    for (const { id } of beside.slice(UNANSWERED_KEPT)) this.#entries.delete(id);
    return true;
  }

  close(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#entries.set(id, { ...entry, done: true });
    return true;
  }

  /** The newest day first. */
  newest(): readonly UnansweredEntry[] {
    return [...this.#entries.values()].sort(byDay);
  }

  /** Removes those of this day or before; how many went. */
  removeUpTo(day: number): number {
    let removed = 0;
    for (const entry of this.#entries.values())
      if (entry.day <= day && this.#entries.delete(entry.id)) removed += 1;
    return removed;
  }
}
