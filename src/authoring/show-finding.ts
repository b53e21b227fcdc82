import widthOf from 'fast-string-width';
import { FINDING_CODES } from '../content/finding-codes.js';
import type { Finding } from '../content/index.js';

/** Longest part of a line that is shown, in UTF-16 units. */
const SHOWN_CHARS = 110;

/** The finding with what to do about its kind, where nothing nearer can be suggested. */
export function withSuggestion(finding: Finding): Finding {
  return { suggestion: FINDING_CODES[finding.code].todo, ...finding };
}

/**
 * A finding for the person who wrote the file: the place, the line as written with carets below what is meant, what may
 * stand there, what was probably meant, and whether `--fix` mends it. `text` is the file, where there is one.
 */
export function showFinding(finding: Finding, text: string | undefined): string {
  const { code, level, file, line, col, message, expected, suggestion, fix } = finding;
  const written = text?.replace(/^\uFEFF/, '').split('\n')[line - 1];
  return [
    `${level} ${code}  ${file}:${line}:${col}`,
    ...(written === undefined ? [] : lineWithCarets(written.replace(/\r$/, ''), finding)),
    `  ${message}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(suggestion === undefined ? [] : [`  suggestion: ${suggestion}`]),
    ...(fix === undefined ? [] : [`  fix: ${fixInWords(finding)}`]),
    '',
  ].join('\n');
}

function fixInWords({ fix, code }: Finding): string {
  if (fix === undefined) return '';
  const what =
    code === 'windows-lines'
      ? 'end its lines with LF'
      : fix.text === ''
        ? 'take it out'
        : `write ${fix.text}`;
  return fix.safe ? `${what} (lifeline check --fix does)` : what;
}

function lineWithCarets(written: string, { line, col, length }: Finding): readonly string[] {
  const number = String(line).padStart(5);
  // Of a long line the part around the place is shown.
  const from = col - 1 > SHOWN_CHARS / 2 && written.length > SHOWN_CHARS ? col - 1 - SHOWN_CHARS / 3 : 0;
  const start = Math.floor(from);
  const shown = written.slice(start, start + SHOWN_CHARS).replaceAll('\t', ' ');
  const before = `${start > 0 ? '…' : ''}${shown.slice(0, col - 1 - start)}`;
  const marked = shown.slice(col - 1 - start, col - 1 - start + Math.max(1, length));
  const carets = '^'.repeat(Math.max(1, widthOf(marked)));
  const rest = written.length > start + SHOWN_CHARS ? '…' : '';
  return [
    `${number} | ${start > 0 ? '…' : ''}${shown}${rest}`,
    `${' '.repeat(number.length)} | ${' '.repeat(widthOf(before))}${carets}`,
  ];
}
