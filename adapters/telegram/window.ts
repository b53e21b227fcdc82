/** An update that was taken in: its number, and the lane that keeps its order (`null`: none). */
export interface WindowItem<Content> {
  readonly number: number;
  readonly lane: string | null;
  readonly content: Content;
}

/** Updates that were taken in and are not confirmed yet. */
export interface Window<Content> {
  /** Takes in what is not here yet and begins with it; returns how many those are. */
  add(items: readonly WindowItem<Content>[]): number;
  /** Resolves when every lane has ended, but for those set aside. */
  settled(): Promise<void>;
  /** Resolves when every lane has ended. */
  ended(): Promise<void>;
  /** Nobody waits any longer for the lanes that are in hand now; returns how many those are. */
  setAside(): number;
  /** The number before which everything is done: the first open one, else one past the highest; `null` for none. */
  doneBefore(): number | null;
  /** Forgets what is below the number. */
  forget(below: number): void;
  /** Whether anything in it is not done. */
  readonly isOpen: boolean;
}

interface Entry<Content> extends WindowItem<Content> {
  isDone: boolean;
}

interface Lane<Content> {
  readonly waiting: Entry<Content>[];
  state: 'waiting' | 'in-hand' | 'aside' | 'ended';
}

/**
 * Works through updates: those of one lane one after another, in order, at most `concurrency` lanes at a time, not
 * counting those set aside. One that `work` answers with `false` is not done, and what follows it in its lane is left
 * alone. `work` must not reject.
 */
export function createWindow<Content>(
  concurrency: number,
  work: (content: Content) => Promise<boolean>,
): Window<Content> {
  const entries: Entry<Content>[] = [];
  const named = new Map<string, Lane<Content>>();
  const lanes = new Set<Lane<Content>>();
  const listeners = new Set<() => void>();

  const lanesThatAre = (state: Lane<Content>['state']): Lane<Content>[] =>
    [...lanes].filter((lane) => lane.state === state);
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };

  const run = async (lane: Lane<Content>): Promise<void> => {
    for (let entry = lane.waiting.shift(); entry !== undefined; entry = lane.waiting.shift()) {
      entry.isDone = await work(entry.content);
      if (!entry.isDone) break;
    }
    lane.state = 'ended';
    lanes.delete(lane);
    for (const [name, other] of named) if (other === lane) named.delete(name);
    begin();
    changed();
  };
  const begin = (): void => {
    const free = concurrency - lanesThatAre('in-hand').length;
    for (const lane of lanesThatAre('waiting').slice(0, Math.max(0, free))) {
      lane.state = 'in-hand';
      void run(lane);
    }
  };
  const laneOf = (name: string | null): Lane<Content> => {
    const known = name === null ? undefined : named.get(name);
    if (known !== undefined) return known;
    const lane: Lane<Content> = { waiting: [], state: 'waiting' };
    lanes.add(lane);
    if (name !== null) named.set(name, lane);
    return lane;
  };
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });

  return {
    add(items) {
      // Only what was here before: an update that comes twice in one answer is for the core to recognise.
      const known = new Set(entries.map(({ number }) => number));
      const fresh = items.filter(({ number }) => !known.has(number));
      for (const item of fresh) {
        const entry: Entry<Content> = { ...item, isDone: false };
        entries.push(entry);
        laneOf(item.lane).waiting.push(entry);
      }
      begin();
      return fresh.length;
    },
    settled: () => until(() => [...lanes].every(({ state }) => state === 'aside')),
    ended: () => until(() => lanes.size === 0),
    setAside() {
      const slow = lanesThatAre('in-hand');
      for (const lane of slow) lane.state = 'aside';
      begin();
      changed();
      return slow.length;
    },
    doneBefore() {
      if (entries.length === 0) return null;
      const open = entries.filter(({ isDone }) => !isDone).map(({ number }) => number);
      return open.length > 0 ? Math.min(...open) : Math.max(...entries.map(({ number }) => number)) + 1;
    },
    forget(below) {
      const kept = entries.filter(({ number }) => number >= below);
      entries.splice(0, entries.length, ...kept);
    },
    get isOpen() {
      return entries.some(({ isDone }) => !isDone);
    },
  };
}
