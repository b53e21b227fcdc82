import type { Span } from './finding.js';
import type { Meter } from './meter.js';
import { distanceTo } from './nearby.js';
import { foldedPattern, type PlainText } from './plain-text.js';

/** Key URIs of authenticator apps, to the end of their parameters; labels may hold blanks. */
const KEY_URI =
  /otpauth(?:-migration)?:\/\/(?:[^\s<>"'`]|[ \u00a0]{1,6}(?=[^\n]{0,200}(?:secret|data)=)){1,2000}/gi;
const HAS_SEED = /(?:secret=[a-z2-7%=]{6}|data=[\w%+/=-]{10})/i;

/** Base32 seeds, in one piece or in groups of four, as setup pages show them. */
const BASE32 =
  /(?<![A-Za-z0-9+/=_-])(?:[A-Z2-7]{16,64}={0,6}|(?:[A-Za-z2-7]{4}[ -]){3,15}[A-Za-z2-7]{4})(?![A-Za-z0-9+/_-])/g;
const AUTHENTICATOR = foldedPattern(
  String.raw`authenticator|authy|2fa|mfa|totp|otp|two.?factor|2.?step|setup.?key|set.?up.?key|secret.?key|secret|seed|manual.?entry|google auth|密钥|密鑰|谷歌验证|验证器|驗證器|二步|两步|兩步|二次验证|二段階|2段階|認証システム|認証アプリ|シークレット|セットアップキー|2단계|인증기|설정 ?키|비밀 ?키|otp|autenticador|clave secreta|clave de configuracion|doble factor|dos pasos|аутентификатор|двухфактор|секретный ключ|ключ настройки|2фа|xac thuc|dogrulayici`,
  'gu',
);
/** How near the word has to be. */
const NEAR = 60;

/** Seeds from which an authenticator makes its codes. */
export function authenticatorSeedsIn(text: PlainText, meter: Meter): readonly Span[] {
  const found: Span[] = [];
  if (text.lower.includes('otpauth'))
    for (const match of text.cased.matchAll(KEY_URI)) {
      meter.steps += match[0].length;
      if (HAS_SEED.test(match[0])) found.push({ start: match.index, end: match.index + match[0].length });
    }
  for (const match of text.cased.matchAll(BASE32)) {
    meter.steps += match[0].length;
    const [start, end] = [match.index, match.index + match[0].length];
    if (looksRandom(match[0]) && distanceTo(AUTHENTICATOR, text.lower, start, end) <= NEAR)
      found.push({ start, end });
  }
  return found;
}

/** Whether letters are no words: digits among them, or too few vowels for their number. */
function looksRandom(seed: string): boolean {
  if (/[2-7]/.test(seed)) return /[A-Za-z]/.test(seed);
  const vowels = seed.match(/[AEIOU]/gi)?.length ?? 0;
  return !/[ -]/.test(seed) && vowels / seed.length < 0.3;
}
