import type { SecretKind } from '../model/index.js';
import type { Span } from './phrase-runs.js';

/** A secret found by its form and the words around it. */
export interface PatternFound extends Span {
  readonly kind: SecretKind;
}

/** Every pattern is bounded, so that no text takes more than linear time. The group `secret` is what is removed. */
const PATTERNS: readonly { readonly kind: SecretKind; readonly pattern: RegExp }[] = [
  // Extended private keys (BIP-32), WIF keys and PEM blocks say by their form what they are.
  { kind: 'key', pattern: /\b(?<secret>[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112})\b/dgu },
  { kind: 'key', pattern: /\b(?<secret>5[1-9A-HJ-NP-Za-km-z]{50}|[KL][1-9A-HJ-NP-Za-km-z]{51})\b/dgu },
  {
    kind: 'key',
    pattern:
      /(?<secret>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$))/dgu,
  },
  { kind: 'code', pattern: /(?<secret>otpauth:\/\/[^\s]{1,600})/dgiu },
  {
    kind: 'code',
    pattern:
      /(?:验证码|驗證碼|动态码|動態碼|校验码|確認碼)\s{0,3}(?:是|为|為|[:：=])?\s{0,3}(?<secret>[0-9]{4,8})(?![0-9])/dgu,
  },
  {
    kind: 'code',
    pattern:
      /\b(?:verification|sms|login|security|2fa|otp|one[- ]time)\s{1,3}(?:pass)?code\s{0,3}(?:is|was|[:=])\s{0,3}(?<secret>[0-9]{4,8})\b/dgiu,
  },
  {
    kind: 'password',
    pattern:
      /(?:密码|密碼|口令)\s{0,3}(?:是|为|為|[:：=])\s{0,3}[「"'“]?(?<secret>(?=[!-~]{4,64})(?=[!-~]{0,63}[0-9A-Z!-/:-@])[!-~]{4,64})/dgu,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:password|passcode|pin)\s{0,3}(?:is|was|[:=])\s{0,3}["'“]?(?<secret>(?=[!-~]{4,64})(?=[!-~]{0,63}[0-9!#-&*+/:;=@^_])[!-~]{4,64})/dgiu,
  },
];

/** 32 bytes in hex: a private key, a transaction hash or a block hash; only the words beside it tell. */
const HEX_64 = /(?<![0-9a-f])(?:0x)?[0-9a-f]{64}(?![0-9a-f])/giu;
const KEY_WORDS = /private\s{0,3}key|priv\s{0,2}key|secret\s{0,3}key|私钥|私鑰|密钥|密鑰/giu;
const HASH_WORDS = /\btx(?:id|n)?\b|transaction|hash|block|explorer|交易|哈希|雜湊|区块|區塊/giu;
/** How far from a hex string a word still speaks for it, in UTF-16 units. */
const CONTEXT_CHARS = 80;

/** Secrets by pattern; spans may touch. */
export function findByPattern(text: string): readonly PatternFound[] {
  const found: PatternFound[] = [];
  for (const { kind, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const span = match.indices?.groups?.secret;
      if (span !== undefined) found.push({ kind, start: span[0], end: span[1] });
    }
  }
  for (const match of text.matchAll(HEX_64)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (distanceTo(KEY_WORDS, text, span) < distanceTo(HASH_WORDS, text, span))
      found.push({ kind: 'key', ...span });
  }
  return found;
}

/** Characters between a span and the nearest of some words; infinite where none is near. */
function distanceTo(words: RegExp, text: string, span: Span): number {
  const before = text.slice(Math.max(0, span.start - CONTEXT_CHARS), span.start);
  const after = text.slice(span.end, span.end + CONTEXT_CHARS);
  const left = [...before.matchAll(words)].map((match) => before.length - match.index - match[0].length);
  const right = [...after.matchAll(words)].map((match) => match.index);
  return Math.min(Number.POSITIVE_INFINITY, ...left, ...right);
}
