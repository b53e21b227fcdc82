/** Tasks in lanes: those of one lane one after another, in order, those of different lanes at once. */
export interface Lanes {
  /** Adds a task; `task` must not reject. */
  run(lane: string, task: () => Promise<void>): void;
  /** Resolves when every task that was added has ended. */
  idle(): Promise<void>;
}

/** Lanes without a limit: what comes in is bounded by whoever takes it. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run: (lane, task) => {
      const before = tails.get(lane);
      const tail = (before === undefined ? task() : before.then(task)).finally(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      tails.set(lane, tail);
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
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
