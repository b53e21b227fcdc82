import { isMap, isNode, isPair, isScalar, parseDocument, visit } from 'yaml';
import { didYouMean, type Finding, type Fix, isSlip, type NodePath, namesOf, nearest } from './finding.js';
import { FINDING_CODES, type FindingCode } from './finding-codes.js';

/** How a finding is told beside its sentence. */
export interface FindingOptions {
  /** Points at the key instead of its value. */
  readonly onKey?: boolean;
  /** Points at these words of the value, where they stand in it as written. */
  readonly mark?: string;
  /** A name that is not known, and those that are: "did you mean" is added, and what to write. */
  readonly wrong?: string;
  readonly known?: readonly string[];
  /** What may stand there, where it is no list of names. */
  readonly expected?: string;
  /** What to write instead of the words that are pointed at. */
  readonly instead?: string;
  /** Whether that, or the name that was meant, may be written without asking. */
  readonly safe?: boolean;
}

/** A parsed YAML file that still knows where each of its nodes stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** A finding at a node, or at the nearest parent that exists. */
  finding(code: FindingCode, path: NodePath, message: string, options?: FindingOptions): Finding;
}

/** Largest content file that is read, in UTF-16 units. */
export const MAX_FILE_CHARS = 2_000_000;
/** Findings of one file that is not valid YAML: what comes after is mostly the same mistake once more. */
const MOST_OF_ONE_FILE = 20;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Parses one YAML 1.2 file. `plain` keeps every scalar a string (texts: `007` stays text).
 * Anchors, aliases, names that stand twice, marks of a merge and several documents are findings. Never throws for bad
 * input.
 */
export function parseYaml(
  file: string,
  text: string,
  options: { plain?: boolean } = {},
): { source: YamlSource; findings: readonly Finding[] } {
  const shift = text.startsWith('\uFEFF') ? 1 : 0;
  const body = text.slice(shift);
  const placeOf = placesIn(body);
  const placed = (code: FindingCode, span: Span, message: string, more: Partial<Finding> = {}): Finding => {
    const marked = body.slice(span.start, Math.max(span.start, span.end));
    const length = (/^[^\r\n]*/.exec(marked)?.[0] ?? '').length;
    return { code, level: FINDING_CODES[code].level, file, ...placeOf(span.start), length, message, ...more };
  };
  const nothing = (findings: (source: YamlSource) => readonly Finding[]) => {
    const source = locate(file, null, body, () => ({ start: 0, end: 0 }), placed, shift);
    return { source, findings: findings(source) };
  };
  if (text.length > MAX_FILE_CHARS) {
    return nothing((source) => [
      source.finding('file-too-large', [], `is larger than ${MAX_FILE_CHARS} characters.`),
    ]);
  }
  const marker = /^(?:<{7}|>{7}|={7})(?=\s|$).*/m.exec(body);
  if (marker !== null && /^<{7}(?=\s|$)/m.test(body)) {
    const span = { start: marker.index, end: marker.index + marker[0].length };
    const said = 'holds two versions that were not joined; keep one of them and delete the marks.';
    return nothing(() => [placed('conflict-marker', span, said)]);
  }
  const document = parseDocument(body, {
    schema: options.plain === true ? 'failsafe' : 'core',
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
  });
  const findings: Finding[] = [];
  for (const { code, pos, message } of document.errors.slice(0, MOST_OF_ONE_FILE)) {
    const [start, end] = pos;
    const span = { start, end };
    const isTab = /\t/.test(body.slice(start, end)) || /^[ ]*\t/.test(lineAt(body, start));
    if (code === 'DUPLICATE_KEY') {
      const name = /^[^\s:]+/.exec(body.slice(start))?.[0] ?? '';
      findings.push(
        placed(
          'duplicate-key',
          { start, end: start + name.length },
          `has "${name}" twice; delete or rename one.`,
        ),
      );
    } else if (code === 'TAB_AS_INDENT' || isTab) {
      findings.push(placed('tab', span, 'is indented with a tab; use blanks.'));
    } else {
      findings.push(placed('yaml', span, `is not valid YAML here: ${message.split('\n')[0] ?? ''}`));
    }
  }
  visit(document, {
    Node: (_key, node) => {
      if (findings.length > MOST_OF_ONE_FILE) return visit.BREAK;
      const [start = 0, end = 0] = node.range ?? [];
      if ('anchor' in node && node.anchor !== undefined)
        findings.push(
          placed('yaml-anchor', { start, end }, 'uses an anchor (&); write the value out instead.'),
        );
      return undefined;
    },
    Alias: (_key, node) => {
      if (findings.length > MOST_OF_ONE_FILE) return visit.BREAK;
      const [start = 0, end = 0] = node.range ?? [];
      findings.push(placed('yaml-anchor', { start, end }, 'uses an alias (*); write the value out instead.'));
      return undefined;
    },
  });
  // After a tab nothing stands where it seems to.
  const tabs = findings.filter(
    ({ code, line }, index) =>
      code === 'tab' && findings.findIndex((one) => one.code === 'tab' && one.line === line) === index,
  );
  const told = tabs.length > 0 ? tabs : findings;
  const value = findings.length === 0 ? document.toJS({ maxAliasCount: 0 }) : null;
  const spanAt = (path: NodePath, onKey: boolean): Span => {
    for (let length = path.length; length >= 0; length -= 1) {
      const found = spanOf(document, path.slice(0, length), onKey || length < path.length);
      if (found !== null) return found;
    }
    return { start: 0, end: 0 };
  };
  return { source: locate(file, value, body, spanAt, placed, shift), findings: told };
}

/** Line and column of offsets, both from 1. */
function placesIn(text: string): (offset: number) => { line: number; col: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, col: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
}

function locate(
  file: string,
  value: unknown,
  text: string,
  spanAt: (path: NodePath, onKey: boolean) => Span,
  placed: (code: FindingCode, span: Span, message: string, more?: Partial<Finding>) => Finding,
  shift: number,
): YamlSource {
  return {
    file,
    value,
    finding: (code, path, message, options = {}) => {
      const { onKey = false, mark, wrong, known = [], instead, safe = false } = options;
      const whole = spanAt(path, onKey);
      const asWritten = quotedAs(text[whole.start]);
      const marked = mark === undefined ? null : placesOf(text, whole, asWritten(mark))[0];
      const span = marked ?? whole;
      const near = wrong === undefined ? null : nearest(wrong, known);
      const said = wrong === undefined ? message : message + (didYouMean(wrong, known) || '.');
      const fixAt = (at: Span | null | undefined, by: string, isSafe: boolean): Fix | undefined =>
        at == null ? undefined : { start: at.start + shift, end: at.end + shift, text: by, safe: isSafe };
      const fix =
        instead !== undefined
          ? fixAt(
              mark === undefined ? whole : marked,
              mark === undefined ? instead : asWritten(instead),
              safe,
            )
          : wrong !== undefined && near !== null
            ? fixAt(onlyName(text, span, wrong), near, safe && isSlip(wrong, near, known))
            : undefined;
      const expected = options.expected ?? namesOf(known);
      return placed(code, span, said, {
        ...(expected === undefined ? {} : { expected }),
        ...(near === null ? {} : { suggestion: near }),
        ...(fix === undefined ? {} : { fix }),
      });
    },
  };
}

/** How words are written in a scalar that begins with a sign: between quotes some signs have another form. */
function quotedAs(first: string | undefined): (words: string) => string {
  if (first === "'") return (words) => words.replaceAll("'", "''");
  if (first === '"') return (words) => words.replace(/[\\"]/g, String.raw`\$&`);
  return (words) => words;
}

/** Where words stand in a part of a text. */
function placesOf(text: string, span: Span, words: string): readonly Span[] {
  const places: Span[] = [];
  for (let at = span.start; words !== '' && at >= 0; ) {
    at = text.indexOf(words, at);
    if (at < 0 || at + words.length > span.end) break;
    places.push({ start: at, end: at + words.length });
    at += words.length;
  }
  return places;
}

/** The one place of a name, as a whole word; `null` when there are several: another one may be right as it is. */
function onlyName(text: string, span: Span, name: string): Span | null {
  const isEdge = (sign: string | undefined): boolean => sign === undefined || !/[A-Za-z0-9_.-]/.test(sign);
  const whole = placesOf(text, span, name).filter(
    ({ start, end }) =>
      (start === span.start || isEdge(text[start - 1])) && (end === span.end || isEdge(text[end])),
  );
  return whole.length === 1 ? (whole[0] ?? null) : null;
}

function spanOf(document: ReturnType<typeof parseDocument>, path: NodePath, onKey: boolean): Span | null {
  const last = path.at(-1);
  if (onKey && typeof last === 'string') {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) {
        const [start, end] = pair.key.range;
        return { start, end };
      }
    }
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isNode(node) || !node.range) return null;
  const [start, end] = node.range;
  return { start, end };
}
