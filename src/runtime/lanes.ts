/** Runs tasks of one key one after another, tasks of different keys side by side. */
export interface Lanes {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is running. */
  idle(): Promise<void>;
  readonly size: number;
}

/** In-process queues by key; a key costs nothing once its queue is empty. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    get size() {
      return tails.size;
    },
    run: (key, task) => {
      const before = tails.get(key);
      const result = before === undefined ? task() : before.then(task, task);
      const tail = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
