import type { Log, LogFields } from '../../src/model/index.js';

/** A log that keeps nothing but how often it was warned of what, by platform, event and code. */
export function countingLog(): { readonly log: Log; readonly warnings: ReadonlyMap<string, number> } {
  const warnings = new Map<string, number>();
  const count = ({ platform, event, code }: LogFields): void => {
    const what = [platform, event, code].filter((word) => word !== undefined).join(' ');
    warnings.set(what, (warnings.get(what) ?? 0) + 1);
  };
  const keep = (): void => undefined;
  return { log: { debug: keep, info: keep, warn: count, error: count }, warnings };
}

/** How often a worker had to warn, by platform, event and code. */
export type Warnings = Readonly<Record<string, number>>;

/** Says on standard error what a worker had to warn of, so that a figure can be doubted. */
export function printWarnings(where: string, warnings: Warnings): void {
  const lines = Object.entries(warnings).map(([what, count]) => `  ${count} x ${what}\n`);
  if (lines.length > 0) process.stderr.write(`${where}:\n${lines.join('')}`);
}
