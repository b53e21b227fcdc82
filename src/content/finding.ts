import { closest, distance } from 'fastest-levenshtein';

/** A problem in a content file, said to the person who wrote it. */
export interface Finding {
  readonly code: string;
  readonly level: 'error' | 'warning';
  /** Path relative to the content folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly col: number;
  readonly message: string;
}

/** A place inside a YAML file: keys and indexes from the top. */
export type NodePath = readonly (string | number)[];

/** `file:line:col sentence`, the one form in which findings are printed. */
export function formatFinding(finding: Finding): string {
  return `${finding.file}:${finding.line}:${finding.col} ${finding.message} [${finding.code}]`;
}

/** `; did you mean "x"?` when one of the known names is near, else what is known (at most eight names). */
export function didYouMean(wrong: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(wrong, [...known]);
  if (distance(wrong, near) <= Math.max(2, Math.ceil(wrong.length / 3))) return `; did you mean "${near}"?`;
  return known.length <= 8 ? `; known: ${known.join(', ')}` : '';
}
