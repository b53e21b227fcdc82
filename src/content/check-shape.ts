import type { z } from 'zod';
import { type Finding, type NodePath, nearest } from './finding.js';
import type { FindingCode } from './finding-codes.js';
import type { YamlSource } from './yaml-source.js';

/** Checks a parsed value against a schema; each issue becomes a sentence at its place. */
export function checkShape<T>(
  source: YamlSource,
  schema: z.ZodType<T>,
  value: unknown = source.value,
  at: NodePath = [],
): { value: T } | { findings: readonly Finding[] } {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { value: parsed.data };
  const { issues } = parsed.error;
  return {
    findings: issues
      .filter((issue) => !isMisspelled(schema, issue, issues))
      .flatMap((issue) => sentences(source, schema, issue, at)),
  };
}

/** Whether what is missing is there, misspelled: that is told where it stands. */
function isMisspelled(schema: z.ZodType, issue: Issue, issues: readonly Issue[]): boolean {
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value' && issue.code !== 'invalid_union')
    return false;
  if (issue.input !== undefined) return false;
  const place = issue.path.slice(0, -1);
  return issues.some(
    (other) =>
      other.code === 'unrecognized_keys' &&
      other.path.join('/') === place.join('/') &&
      other.keys.some((key) => nearest(key, unusedWords(schema, other)) === String(issue.path.at(-1))),
  );
}

type Issue = z.core.$ZodIssue;

/** The words that an object may have and has not. */
function unusedWords(schema: z.ZodType, { path, input }: Issue): readonly string[] {
  const present = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  return wordsOf(schema, path).filter((word) => !present.includes(word));
}

/** Words whose absence has a name of its own. */
const ABSENT: Readonly<
  Record<string, { readonly code: FindingCode; readonly message: string; readonly expected: string }>
> = {
  go: {
    code: 'dead-end',
    message: 'needs "go" here: where it goes on.',
    expected: 'go: with a step of this flow, idle, menu or flow:NAME',
  },
  unclear: {
    code: 'no-unclear',
    message: 'needs "unclear" here: what happens when the answer is not understood.',
    expected: 'unclear: { say: TEXT, tries: NUMBER, go: STEP }',
  },
  otherwise: {
    code: 'no-otherwise',
    message: 'needs "otherwise" here: where to go when no condition holds.',
    expected: 'otherwise: with a step of this flow, idle, menu or flow:NAME',
  },
};

function sentences(source: YamlSource, schema: z.ZodType, issue: Issue, at: NodePath): Finding[] {
  const path: NodePath = [...at, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const name = String(path.at(-1) ?? 'this file');
  if (issue.code === 'unrecognized_keys') {
    const known = unusedWords(schema, issue);
    return issue.keys.map((key) =>
      source.finding('unknown-word', [...path, key], `does not know the word "${key}" here`, {
        onKey: true,
        wrong: key,
        known,
        safe: true,
      }),
    );
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    const absent = ABSENT[name];
    if (absent !== undefined) {
      const { code, message, expected } = absent;
      return [source.finding(code, path, message, { expected })];
    }
    const expected = `${name}: with a ${issue.expected}`;
    return [source.finding('missing-word', path, `needs "${name}" here (${issue.expected}).`, { expected })];
  }
  if (issue.code === 'invalid_type') {
    return [
      source.finding('wrong-type', path, `"${name}" must be a ${issue.expected}.`, {
        expected: issue.expected,
      }),
    ];
  }
  if (issue.code === 'invalid_value') {
    const wanted = issue.values.map(String);
    const wrong = String(issue.input ?? '');
    return [
      source.finding('wrong-value', path, `"${name}" must be one of ${wanted.join(', ')}`, {
        wrong,
        known: wanted,
        safe: true,
      }),
    ];
  }
  if (issue.code === 'invalid_union') {
    return [source.finding('wrong-value', path, `"${name}" has none of the forms that are allowed here.`)];
  }
  return [source.finding('wrong-value', path, `"${name}": ${issue.message}`)];
}

/** The words that an object of a schema may have at a path; none where that cannot be said. */
function wordsOf(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  let here: unknown = unwrapped(schema);
  for (const key of path) {
    const next = stepInto(here, key);
    if (next === undefined) return [];
    here = unwrapped(next);
  }
  const shape = shapeOf(here);
  return shape === undefined ? [] : Object.keys(shape);
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof schema !== 'object' || schema === null || !('shape' in schema)) return undefined;
  const { shape } = schema;
  return typeof shape === 'object' && shape !== null ? (shape as Record<string, unknown>) : undefined;
}

function stepInto(schema: unknown, key: PropertyKey): unknown {
  const shape = shapeOf(schema);
  if (shape !== undefined) return shape[String(key)];
  if (typeof schema !== 'object' || schema === null) return undefined;
  if ('element' in schema) return schema.element;
  return 'valueType' in schema ? schema.valueType : undefined;
}

/** Without what says "may be missing". */
function unwrapped(schema: unknown): unknown {
  let here = schema;
  while (typeof here === 'object' && here !== null && 'def' in here) {
    const { def } = here;
    if (typeof def !== 'object' || def === null || !('innerType' in def)) return here;
    here = def.innerType;
  }
  return here;
}
