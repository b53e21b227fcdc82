/** Tasks in lanes: those of one lane one after another, in order, those of different lanes at once. */
export interface Lanes {
  /** Tasks that were added and have not ended. */
  readonly size: number;
  /** Adds a task; `task` must not reject. */
  run(lane: string, task: () => Promise<void>): void;
  /** Whether a task of this lane has not ended. */
  isBusy(lane: string): boolean;
  /** Resolves when no more than so many tasks are left. */
  atMost(count: number): Promise<void>;
}

/** Lanes without a limit: what comes in is bounded by whoever takes it. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  let size = 0;
  const ended = (): void => {
    size -= 1;
    for (const waiter of waiting) {
      if (size > waiter.count) continue;
      waiting.delete(waiter);
      waiter.resolve();
    }
  };
  return {
    get size() {
      return size;
    },
    run: (lane, task) => {
      const before = tails.get(lane);
      size += 1;
      const tail = (before === undefined ? task() : before.then(task)).finally(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
        ended();
      });
      tails.set(lane, tail);
    },
    isBusy: (lane) => tails.has(lane),
    atMost: (count) =>
      size <= count ? Promise.resolve() : new Promise((resolve) => waiting.add({ count, resolve })),
  };
}

/** Lets at most `places` tasks work at the same time; the others wait in order. */
export function createGate(places: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
