import type { PersonId } from '../model/index.js';

interface Filed<Value> {
  readonly value: Value;
  readonly person: PersonId;
  /** Epoch ms. */
  readonly at: number;
  readonly order: number;
}

/** Numbered things of people, listed by time: cases, dead letters, the quarantine. */
export class Shelf<Id extends string, Value> {
  readonly #filed = new Map<Id, Filed<Value>>();

  has(id: Id): boolean {
    return this.#filed.has(id);
  }

  get(id: Id): Value | null {
    return this.#filed.get(id)?.value ?? null;
  }

  put(id: Id, filed: Filed<Value>): void {
    this.#filed.set(id, filed);
  }

  /** Puts another value in the same place; `false` when there is nothing of that id. */
  change(id: Id, value: Value): boolean {
    const filed = this.#filed.get(id);
    if (filed === undefined) return false;
    this.#filed.set(id, { ...filed, value });
    return true;
  }

  remove(id: Id): boolean {
    return this.#filed.delete(id);
  }

  /** Removes all of a person; how many went. */
  removeOf(person: PersonId): number {
    return this.#removeWhere((filed) => filed.person === person);
  }

  /** Removes what was filed at `at` or before; how many went. */
  removeUpTo(at: number): number {
    return this.#removeWhere((filed) => filed.at <= at);
  }

  /** The newest first. */
  newest(limit: number): readonly Value[] {
    return [...this.#filed.values()]
      .sort((a, b) => b.at - a.at || b.order - a.order)
      .slice(0, limit)
      .map((filed) => filed.value);
  }

  /** Everything, the oldest first. */
  all(): readonly Filed<Value>[] {
    return [...this.#filed.values()].sort((a, b) => a.at - b.at || a.order - b.order);
  }

  #removeWhere(goes: (filed: Filed<Value>) => boolean): number {
    let removed = 0;
    for (const [id, filed] of this.#filed) if (goes(filed) && this.#filed.delete(id)) removed += 1;
    return removed;
  }
}
