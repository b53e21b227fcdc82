/**
 * What a secret is: a recovery phrase or share of one, a private key or wallet file, a password or PIN, a code that
 * proves who somebody is (or the seed that makes such codes), and a token of a bot or service.
 */
export type FoundSecretKind = 'phrase' | 'key' | 'password' | 'code' | 'token';

/**
 * `hard`: remove it and say what to do. `maybe`: it has the shape of a secret and nothing tells (64 hex characters may
 * be a private key or a transaction); keep nothing of it and ask.
 */
export type Confidence = 'hard' | 'maybe';

/** A stretch of a text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A secret in a text. */
export interface Finding extends Span {
  readonly kind: FoundSecretKind;
  readonly confidence: Confidence;
}

/**
 * Findings in the order of the text, those that overlap made one, with the kind and confidence of the one that says
 * more.
 */
export function merged(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Finding[] = [];
  for (const finding of sorted) {
    const last = result.at(-1);
    if (last === undefined || finding.start >= last.end) {
      result.push(finding);
      continue;
    }
    const lead = leads(finding, last) ? finding : last;
    result[result.length - 1] = {
      kind: lead.kind,
      confidence: lead.confidence,
      start: last.start,
      end: Math.max(last.end, finding.end),
    };
  }
  return result;
}

/** The gravest kinds first: what is lost with each. */
const GRAVITY: readonly FoundSecretKind[] = ['phrase', 'key', 'token', 'password', 'code'];

/** Whether a finding says more than the one that it overlaps: it is surer, holds that one, or is graver. */
function leads(finding: Finding, last: Finding): boolean {
  if (finding.confidence !== last.confidence) return finding.confidence === 'hard';
  if (finding.start === last.start && finding.end === last.end)
    return GRAVITY.indexOf(finding.kind) < GRAVITY.indexOf(last.kind);
  // In order: this one begins where the other does, or behind it.
  return finding.end > last.end && GRAVITY.indexOf(finding.kind) < GRAVITY.indexOf(last.kind);
}
