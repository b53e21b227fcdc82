/** Something that waits for its time. */
export interface Waiting {
  /** Epoch ms. */
  readonly at: number;
  /** Given out once, in rising order: decides between equal times. */
  readonly order: number;
}

/** Most items of one run; inserting moves at most so many. */
const MAX_RUN = 256;

/** Waiting things in the order of their time: sorted runs, one after another, none of them empty. */
export class DueOrder<Item extends Waiting> {
  readonly #runs: Item[][] = [];

  add(item: Item): void {
    const at = Math.min(this.#runFor(item), this.#runs.length - 1);
    const run = this.#runs[at];
    if (run === undefined) {
      this.#runs.push([item]);
      return;
    }
    run.splice(indexIn(run, item), 0, item);
    if (run.length > MAX_RUN) this.#runs.splice(at + 1, 0, run.splice(MAX_RUN / 2));
  }

  /** Takes out the item with this time and order, if it is there. */
  remove(item: Waiting): void {
    const at = this.#runFor(item);
    const run = this.#runs[at];
    if (run === undefined) return;
    const index = indexIn(run, item);
    if (run[index]?.order !== item.order) return;
    run.splice(index, 1);
    if (run.length === 0) this.#runs.splice(at, 1);
  }

  /** What is due at `now`, at most `limit`, the longest waiting first; what is not `free` is passed over. */
  due(now: number, limit: number, free: (item: Item) => boolean = () => true): readonly Item[] {
    const found: Item[] = [];
    for (const run of this.#runs) {
      for (const item of run) {
        if (item.at > now || found.length >= limit) return found;
        if (free(item)) found.push(item);
      }
    }
    return found;
  }

  /**
   * When the first is due that may be late by a claim, which `until` tells (epoch ms, 0 for none); `null` when nothing
   * waits.
   */
  first(until: (item: Item) => number): number | null {
    let best: number | null = null;
    for (const run of this.#runs) {
      for (const item of run) {
        if (best !== null && item.at >= best) return best;
        const at = Math.max(item.at, until(item));
        if (best === null || at < best) best = at;
      }
    }
    return best;
  }

  /** Index of the first run that does not end before `key`; the number of runs when all do. */
  #runFor(key: Waiting): number {
    return firstIndex(this.#runs.length, (index) => {
      const last = this.#runs[index]?.at(-1);
      return last !== undefined && isBefore(last, key);
    });
  }
}

/** Index of the first item of a run that is not before `key`. */
function indexIn(run: readonly Waiting[], key: Waiting): number {
  return firstIndex(run.length, (index) => {
    const item = run[index];
    return item !== undefined && isBefore(item, key);
  });
}

/** The first index for which `isBeforeKey` no longer holds, by halving. */
function firstIndex(length: number, isBeforeKey: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeforeKey(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
