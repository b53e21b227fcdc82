import { isMap, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { didYouMean, type Finding, type NodePath } from './finding.js';

/** A parsed YAML file that still knows where each of its nodes stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** A finding at a node, or at the nearest parent that exists. `onKey` points at the key instead of its value. */
  finding(
    code: string,
    path: NodePath,
    message: string,
    options?: { onKey?: boolean; level?: Finding['level'] },
  ): Finding;
}

/** Largest content file that is read, in UTF-16 units. */
export const MAX_FILE_CHARS = 2_000_000;

/**
 * Parses one YAML 1.2 file. `plain` keeps every scalar a string (texts: `007` stays text).
 * Anchors, aliases, duplicate keys and several documents are findings. Never throws for bad input.
 */
export function parseYaml(
  file: string,
  text: string,
  options: { plain?: boolean } = {},
): { source: YamlSource; findings: readonly Finding[] } {
  const lines = new LineCounter();
  const at = (offset: number): { line: number; col: number } => lines.linePos(offset);
  const findings: Finding[] = [];
  const report = (code: string, offset: number, message: string): void => {
    findings.push({ code, level: 'error', file, ...at(offset), message });
  };
  if (text.length > MAX_FILE_CHARS) {
    const source = locate(file, null, () => ({ line: 1, col: 1 }));
    return {
      source,
      findings: [source.finding('file-too-large', [], `is larger than ${MAX_FILE_CHARS} characters.`)],
    };
  }
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    schema: options.plain === true ? 'failsafe' : 'core',
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
  });
  for (const error of document.errors) {
    report('yaml', error.pos[0], `is not valid YAML here: ${error.message.split('\n')[0] ?? ''}`);
  }
  visit(document, {
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor !== undefined)
        report('yaml-anchor', node.range?.[0] ?? 0, 'uses an anchor (&); write the value out instead.');
    },
    Alias: (_key, node) =>
      report('yaml-anchor', node.range?.[0] ?? 0, 'uses an alias (*); write the value out instead.'),
  });
  const value = findings.length === 0 ? document.toJS({ maxAliasCount: 0 }) : null;
  const source = locate(file, value, (path, onKey) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const part = path.slice(0, length);
      const offset = offsetOf(document, part, onKey || length < path.length);
      if (offset !== null) return at(offset);
    }
    return { line: 1, col: 1 };
  });
  return { source, findings };
}

function locate(
  file: string,
  value: unknown,
  position: (path: NodePath, onKey: boolean) => { line: number; col: number },
): YamlSource {
  return {
    file,
    value,
    finding: (code, path, message, options = {}) => ({
      code,
      level: options.level ?? 'error',
      file,
      ...position(path, options.onKey === true),
      message,
    }),
  };
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: NodePath, onKey: boolean): number | null {
  const last = path.at(-1);
  if (onKey && typeof last === 'string') {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
      if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? null;
    }
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  const { range } = node as { range?: readonly number[] | null };
  return range?.[0] ?? null;
}

/** Checks a parsed value against a schema; each issue becomes a sentence at its place. */
export function checkShape<T>(
  source: YamlSource,
  schema: z.ZodType<T>,
  value: unknown = source.value,
  at: NodePath = [],
): { value: T } | { findings: readonly Finding[] } {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { value: parsed.data };
  return { findings: parsed.error.issues.flatMap((issue) => sentences(source, issue, at)) };
}

function sentences(source: YamlSource, issue: z.core.$ZodIssue, at: NodePath): Finding[] {
  const path: NodePath = [...at, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const name = String(path.at(-1) ?? 'this file');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      source.finding('unknown-word', [...path, key], `does not know the word "${key}" here.`, {
        onKey: true,
      }),
    );
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [source.finding('missing-word', path, `needs "${name}" here (${issue.expected}).`)];
  }
  if (issue.code === 'invalid_type') {
    return [source.finding('wrong-type', path, `"${name}" must be a ${issue.expected}.`)];
  }
  if (issue.code === 'invalid_value') {
    const wanted = issue.values.map(String);
    const wrong = String(issue.input ?? '');
    return [
      source.finding(
        'wrong-value',
        path,
        `"${name}" must be one of ${wanted.join(', ')}${didYouMean(wrong, wanted)}`,
      ),
    ];
  }
  if (issue.code === 'invalid_union') {
    return [source.finding('wrong-value', path, `"${name}" has none of the forms that are allowed here.`)];
  }
  return [source.finding('wrong-value', path, `"${name}": ${issue.message}`)];
}
