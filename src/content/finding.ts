import { closest, distance } from 'fastest-levenshtein';
import { FINDING_CODES, type FindingCode } from './finding-codes.js';

/** A problem in a content file, said to the person who wrote it. */
export interface Finding {
  readonly code: FindingCode;
  readonly level: 'error' | 'warning';
  /** Path relative to the content folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly col: number;
  /** How much of the line is meant, in UTF-16 units; 0 when nothing of it can be pointed at. */
  readonly length: number;
  readonly message: string;
  /** What may stand there. */
  readonly expected?: string;
  /** What was probably meant. */
  readonly suggestion?: string;
  readonly fix?: Fix;
}

/** A finding about a file as a whole, at its beginning, unless something nearer is given. */
export function aboutFile(
  code: FindingCode,
  file: string,
  message: string,
  more: Partial<Finding> = {},
): Finding {
  const { level } = FINDING_CODES[code];
  return { code, level, file, line: 1, col: 1, length: 0, message, ...more };
}

/** What to write instead, in the file of its finding. */
export interface Fix {
  /** First unit that is replaced, counted from the beginning of the file. */
  readonly start: number;
  /** The unit after the last. */
  readonly end: number;
  readonly text: string;
  /** It cannot change what was meant, so `--fix` may write it. */
  readonly safe: boolean;
}

/** A place inside a YAML file: keys and indexes from the top. */
export type NodePath = readonly (string | number)[];

/** `file:line:col sentence`, the one form in which findings are printed in a line. */
export function formatFinding(
  finding: Pick<Finding, 'file' | 'line' | 'col' | 'message'> & { readonly code: string },
): string {
  return `${finding.file}:${finding.line}:${finding.col} ${finding.message} [${finding.code}]`;
}

/** Names that are told in full. */
const MOST_NAMED = 8;

/** `; did you mean "x"?` when one of the known names is near, else what is known (at most eight names). */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const near = nearest(wrong, known);
  if (near !== null) return `; did you mean "${near}"?`;
  return known.length > 0 && known.length <= MOST_NAMED ? `; known: ${known.join(', ')}` : '';
}

/** The known name that is near a wrong one, or `null`. */
export function nearest(wrong: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const near = closest(wrong, [...known]);
  return distance(wrong, near) <= Math.max(2, Math.ceil(wrong.length / 3)) ? near : null;
}

/** Whether a wrong name is surely a slip for the one that is near: one letter, no digit, no other name as near. */
export function isSlip(wrong: string, near: string, known: readonly string[]): boolean {
  const far = (name: string): number => distance(wrong, name);
  const isSwap = [...wrong].sort().join('') === [...near].sort().join('') && far(near) === 2;
  if (near.length < 4 || /\d/.test(wrong + near) || (far(near) > 1 && !isSwap)) return false;
  return known.every((name) => name === near || far(name) > 2);
}

/** What may stand somewhere, in words; nothing where that is too much to name. */
export function namesOf(known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const named = known.slice(0, MOST_NAMED).join(', ');
  return known.length <= MOST_NAMED ? named : `${named} and ${known.length - MOST_NAMED} more`;
}
