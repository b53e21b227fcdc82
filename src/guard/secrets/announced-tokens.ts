import type { Span } from './finding.js';
import type { Meter } from './meter.js';
import { foldedPattern, type PlainText } from './plain-text.js';

/** A word for a token or key of a service, a sign or verb of being, and the token. */
const ANNOUNCED = foldedPattern(
  String.raw`(?:api|bot|access|auth|bearer|client|app|secret|session|refresh|webhook|aws|binance|okx|bybit|infura|alchemy|signing|encryption|consumer)[\s_-]{0,2}(?:access)?[\s_-]?(?:key|token|secret)s?(?:[\s_-]?(?:id|key|value))?|\btoken\b|令牌|密钥|密鑰|トークン|apiキー|토큰|api ?키|токен[а-я]{0,2}|api.?ключ|clave api|llave api`,
  'gu',
);
const TOKEN =
  /^(?:["'“”「:=\s-]|は|を|是|为|為|는|은|이|가|is\b|was\b|es\b|here\b|it's\b|->|=>){0,12}(?<token>[A-Za-z0-9_\-+/=.]{20,200})/u;

/** Tokens that are announced and have no form of their own, such as the API secrets of exchanges. */
export function announcedTokensIn(text: PlainText, meter: Meter): readonly Span[] {
  const found: Span[] = [];
  meter.steps += text.lower.length;
  for (const match of text.lower.matchAll(ANNOUNCED)) {
    const from = match.index + match[0].length;
    const behind = TOKEN.exec(text.cased.slice(from, from + 230));
    const token = behind?.groups?.token;
    if (behind === null || token === undefined || !isRandom(token)) continue;
    const end = from + behind[0].length;
    found.push({ start: end - token.length, end });
  }
  return found;
}

/** Digits among letters, and hardly a character twice in a row: no path, name or sentence. */
function isRandom(token: string): boolean {
  const digits = token.match(/\d/g)?.length ?? 0;
  const letters = token.match(/[A-Za-z]/g)?.length ?? 0;
  const isNamed = /^[a-z]+(?:[-_./][a-z]+)+|example|xxxx|your|\.(?:com|js|ts|io|json)\b/i.test(token);
  return digits >= 3 && letters >= 5 && !isNamed && new Set(token).size >= 10;
}
