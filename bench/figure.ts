import { cpus } from 'node:os';

/** One measured figure: the raw runs with their median and spread. */
export interface Figure {
  readonly area: string;
  readonly figure: string;
  readonly unit: string;
  readonly runs: readonly number[];
  /** What must hold, in words; absent where the figure is for comparison only. */
  readonly aim?: string;
  readonly met?: boolean;
}

/** Prints a figure as one JSON line, with machine, median and spread. */
export function printFigure(figure: Figure): void {
  const sorted = [...figure.runs].sort((a, b) => a - b);
  const round = (value: number): number => Number(value.toPrecision(4));
  const line = {
    ...figure,
    runs: figure.runs.map(round),
    median: round(median(sorted)),
    min: round(sorted[0] ?? 0),
    max: round(sorted.at(-1) ?? 0),
    machine: machine(),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What it was measured on. */
export function machine(): string {
  return `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, node ${process.version}`;
}

/** The median of a list of numbers; 0 for an empty one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Microseconds for one call of `work`, over `count` calls. */
export async function microsecondsEach(count: number, work: (index: number) => unknown): Promise<number> {
  const from = process.hrtime.bigint();
  for (let index = 0; index < count; index += 1) {
    const result = work(index);
    if (result instanceof Promise) await result;
  }
  return Number(process.hrtime.bigint() - from) / 1000 / count;
}
