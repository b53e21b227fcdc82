import type { SecretKind } from '../model/index.js';
import type { Span } from './phrase-runs.js';

/** A secret found by its form and the words around it. */
export interface Found extends Span {
  readonly kind: SecretKind;
}

/** Every pattern is bounded, so that no text takes more than linear time. The group `secret` is what is removed. */
const PATTERNS: readonly { readonly kind: SecretKind; readonly pattern: RegExp }[] = [
  // 64 hex digits are a key only where a word says so: a transaction hash has the same form.
  {
    kind: 'key',
    pattern:
      /(?:private\s{0,3}key|priv\s{0,2}key|私钥|私鑰|密钥|密鑰)[^0-9a-z]{0,24}(?<secret>(?:0x)?[0-9a-f]{64})(?![0-9a-f])/dgiu,
  },
  // Extended private keys (BIP-32) and WIF keys carry their own prefix.
  { kind: 'key', pattern: /\b(?<secret>[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112})\b/dgu },
  {
    kind: 'key',
    pattern:
      /(?:private\s{0,3}key|priv\s{0,2}key|WIF|私钥|私鑰)[^0-9A-Za-z]{0,24}(?<secret>[5KL][1-9A-HJ-NP-Za-km-z]{50,51})\b/dgiu,
  },
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

/** Secrets by pattern, in the order of the patterns; spans may touch. */
export function findByPattern(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const { kind, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const span = match.indices?.groups?.secret;
      if (span !== undefined) found.push({ kind, start: span[0], end: span[1] });
    }
  }
  return found;
}
