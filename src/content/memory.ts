/** Remembers what was made from a text the last time, so that an edit of one file costs that file. */
export interface Memory {
  /** What `make` gives for `text`; the same object as before while the text of that name is the same. */
  of<Made>(name: string, text: string, make: () => Made): Made;
}

/** Remembers nothing. */
export const NO_MEMORY: Memory = { of: (_name, _text, make) => make() };

/** Remembers the last of each name, among the names of the last two rounds. */
export function createMemory(): Memory & { nextRound(): void } {
  interface Kept {
    readonly text: string;
    readonly made: unknown;
  }
  let before = new Map<string, Kept>();
  let now = new Map<string, Kept>();
  return {
    of<Made>(name: string, text: string, make: () => Made): Made {
      const known = now.get(name) ?? before.get(name);
      const kept = known?.text === text ? known : { text, made: make() };
      now.set(name, kept);
      return kept.made as Made;
    },
    nextRound() {
      before = now;
      now = new Map();
    },
  };
}
