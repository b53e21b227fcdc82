import { z } from 'zod';
import type { Proof } from '../authoring/proof/prove.js';
import { RULES, type Rule } from '../authoring/proof/rules.js';
import { FINDING_CODES, type FindingCode } from '../content/finding-codes.js';
import type { Finding } from '../content/index.js';

/** What a check came to, as it is remembered. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** What was checked, in words; `null` when it could not be compiled. */
  readonly about: string | null;
  /** What the proof saw, `null` when there are errors before it. */
  readonly proof: Pick<Proof, 'states' | 'edges' | 'steps' | 'conversations'> | null;
}

const CODES = Object.keys(FINDING_CODES) as [FindingCode, ...FindingCode[]];

const FINDING = z.strictObject({
  code: z.enum(CODES),
  level: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.int(),
  col: z.int(),
  length: z.int(),
  message: z.string(),
  expected: z.string().exactOptional(),
  suggestion: z.string().exactOptional(),
  fix: z.strictObject({ start: z.int(), end: z.int(), text: z.string(), safe: z.boolean() }).exactOptional(),
});

const RULE_NAMES = Object.keys(RULES) as [Rule, ...Rule[]];

const OUTCOME = z.strictObject({
  findings: z.array(FINDING),
  about: z.string().nullable(),
  proof: z
    .strictObject({
      states: z.int(),
      edges: z.int(),
      steps: z.int(),
      conversations: z.array(z.strictObject({ rule: z.enum(RULE_NAMES), text: z.string() })),
    })
    .nullable(),
});

/** A remembered outcome; `null` for one that is damaged. */
export function parseOutcome(text: string): Outcome | null {
  try {
    const parsed = OUTCOME.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
