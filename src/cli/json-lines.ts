import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

/**
 * Reads lines of JSON from standard input and answers each with one line of JSON, in their order. What is no JSON, or
 * not of the form asked for, is answered with `{"id", "error"}`, and the next line comes.
 */
export async function answerJsonLines<Asked>(
  schema: z.ZodType<Asked>,
  answer: (asked: Asked) => unknown,
): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const said = JSON.stringify(answerLine(line, schema, answer));
    if (!process.stdout.write(`${said}\n`)) await once(process.stdout, 'drain');
  }
}

function answerLine<Asked>(
  line: string,
  schema: z.ZodType<Asked>,
  answer: (asked: Asked) => unknown,
): unknown {
  const value = parsed(line);
  if (value === undefined) return { id: null, error: 'is no JSON' };
  const asked = schema.safeParse(value);
  if (asked.success) return answer(asked.data);
  const issues = asked.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`);
  return { id: idOf(value), error: issues.join('; ') };
}

/** `undefined` for what is no JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}
