import { createInterface } from 'node:readline';
import { text as textOf } from 'node:stream/consumers';
import { z } from 'zod';
import { detect, type Finding } from '../guard/secrets/index.js';

/** One line of `--jsonl`: a message, with the same person's messages before it. */
const Line = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  previous: z.array(z.string()).optional(),
});

/**
 * `lifeline inspect "text"`: the secrets in a text, by kind and place, never by content. Without a text it is read from
 * standard input.
 */
export async function inspect(
  given: string | undefined,
  options: { readonly jsonl?: boolean },
): Promise<void> {
  if (options.jsonl === true) return inspectLines();
  const text = given ?? (await textOf(process.stdin));
  const findings = detect(text);
  if (findings.length === 0) {
    process.stdout.write('no secret found\n');
    return;
  }
  process.stdout.write(`${findings.map(described).join('\n')}\n`);
}

function described({ kind, confidence, start, end }: Finding): string {
  return `${confidence.padEnd(5)} ${kind.padEnd(8)} characters ${start} to ${end}`;
}

/**
 * Each line of standard input to one of standard output, in order; what is no message is named and ends with code 1.
 */
async function inspectLines(): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    const read = Line.safeParse(jsonOf(line));
    if (!read.success) {
      process.stderr.write(`line ${number} is no {"id", "text", "previous"?: […]}\n`);
      process.exitCode = 1;
      continue;
    }
    const { id, text, previous } = read.data;
    const findings = detect(text, previous === undefined ? {} : { previous });
    process.stdout.write(
      `${JSON.stringify({
        id,
        findings: findings.map(({ kind, start, end, confidence }) => ({ kind, start, end, confidence })),
      })}\n`,
    );
  }
}

/** The value of a line; `undefined` where it is no JSON. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
