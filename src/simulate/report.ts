import type { CoverageReport } from './coverage.js';
import type { Played } from './play.js';

/** What came of simulations. */
export interface SimulationReport {
  readonly played: readonly Played[];
  /** The same over a wire. */
  readonly overWire: readonly Played[];
  readonly coverage: CoverageReport;
}

export interface ReportOptions {
  /** With every word that was said. */
  readonly transcript: boolean;
  /** Without what was not reached. */
  readonly quiet: boolean;
  /** Whether everything there is was played, so that what was not reached is a mistake. */
  readonly isWhole: boolean;
}

const MARKS = { user: '▷', bot: '◆', clock: '⏱' } as const;

/** A report to be read; `isGood` when nothing failed. */
export function describeReport(
  report: SimulationReport,
  options: ReportOptions,
): { readonly text: string; readonly isGood: boolean } {
  const { played, overWire, coverage } = report;
  const isOverWire = overWire.length > 0;
  // A person reads what people see: over the wire, where there is one.
  const shown = isOverWire ? overWire : played;
  const failed = [...(isOverWire ? played : []), ...shown].filter(({ failure }) => failure !== null);
  const { steps, edges } = coverage;
  const isMissing = options.isWhole && !isOverWire && steps.missing.length > 0;
  const lines = [
    ...(options.transcript ? shown.map((one) => transcriptOf(one, isOverWire)) : []),
    ...failed.map((one) => `FAILED ${nameOf(one, overWire.includes(one))}\n  ${one.failure}`),
    ...(options.isWhole && !options.quiet && !isOverWire
      ? [...steps.missing, ...edges.missing].map((missing) => `not reached: ${missing}`)
      : []),
    countsOf(report, failed.length),
    ...(isOverWire ? [] : [`steps ${steps.reached}/${steps.all}, edges ${edges.reached}/${edges.all}`]),
  ];
  return { text: `${lines.join('\n')}\n`, isGood: failed.length === 0 && played.length > 0 && !isMissing };
}

function countsOf({ played, overWire }: SimulationReport, failed: number): string {
  const all = played.length + overWire.length;
  if (all === 0) return 'nothing was played: no conversation names this locale and platform';
  const over = overWire.length === 0 ? '' : `, ${overWire.length} of them over the wire`;
  return `${all - failed} passed, ${failed} failed${over}`;
}

function transcriptOf(played: Played, isOverWire: boolean): string {
  const lines = played.lines.map(({ who, text }) => `${MARKS[who]} ${text.replaceAll('\n', '\n  ')}`);
  return `\n=== ${nameOf(played, isOverWire)}\n${lines.join('\n\n')}`;
}

function nameOf({ conversation, locale, platform, isVerified, seed }: Played, isOverWire: boolean): string {
  const how = isOverWire ? ' over the wire' : isVerified ? ', verified hand-off' : '';
  return `${conversation} (${locale}, ${platform}${how}, seed ${seed})`;
}
