/*
 * Loaded before everything else (`node --import`): knows each Map and Set that is made from then on, and by which line,
 * so that what is in those that are still there can be counted.
 */

declare global {
  /** Entries of the collections that are alive, by the line that made them; an empty one counts as one. */
  var countEntries: (() => Readonly<Record<string, number>>) | undefined;
}

/** Collections of one line that are looked through for dead ones once there are so many more. */
const SWEEP_EVERY = 10_000;

type Collection = { readonly size: number };
const made = new Map<string, { alive: WeakRef<Collection>[]; sweepAt: number }>();

for (const name of ['Map', 'Set'] as const) {
  const original = globalThis[name] as new (...args: never[]) => Collection;
  Reflect.set(
    globalThis,
    name,
    new Proxy(original, {
      construct: (target, args, newTarget) => {
        const collection = Reflect.construct(target, args, newTarget) as Collection;
        keep(lineOf(stackOf()), collection);
        return collection;
      },
    }),
  );
}

function keep(line: string, collection: Collection): void {
  const known = made.get(line) ?? { alive: [], sweepAt: SWEEP_EVERY };
  known.alive.push(new WeakRef(collection));
  if (known.alive.length >= known.sweepAt) {
    known.alive = known.alive.filter((ref) => ref.deref() !== undefined);
    known.sweepAt = known.alive.length + SWEEP_EVERY;
  }
  made.set(line, known);
}

/** The last three calls; longer ones take far longer. */
function stackOf(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}

/** `src/runtime/lanes.js:9`, from a stack whose fourth line is the one that made it. */
function lineOf(stack: string): string {
  const [, line = 'elsewhere'] =
    /^.*\n.*\n.*\n.*?(?:dist-bench|node_modules)\/([^\n)]+?:\d+)/.exec(stack) ?? [];
  return line;
}

globalThis.countEntries = () => {
  const counts: Record<string, number> = {};
  for (const [line, { alive }] of made) {
    const sizes = alive.flatMap((ref) => ref.deref()?.size ?? []);
    counts[line] = sizes.reduce((sum, size) => sum + size, sizes.length);
  }
  return counts;
};
