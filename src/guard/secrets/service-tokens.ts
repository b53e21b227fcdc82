import type { Span } from './finding.js';
import type { Meter } from './meter.js';
import type { PlainText } from './plain-text.js';

/** A quick look whether any pattern can match at all. */
const HINTS =
  /gh[pousr]_|github_pat_|glpat-|xox[a-z]|xapp-|hooks\.slack|webhooks\/\d|A(?:KIA|SIA|GPA)|sk[-_]|rk_|whsec_|AIza|ya29\.|GOCSPX|npm_|pypi-|hf_|SG\.|eyJ|:AA|dop_v1|shp[a-z]{2}_|dckr_pat|key-[0-9a-f]|AC[0-9a-f]{8}|SK[0-9a-f]{8}|:\/\/[^\s/@]{1,80}:[^\s/@]{1,80}@|[MNO][A-Za-z\d_-]{23,27}\.|mfa\.|EAAC|xai-|gsk_|r8_|pat[A-Z]|sq0|ATATT|lin_api|figd_|sntrys_|tskey-|AGE-SECRET|hvs\.|NRAK|dapi[0-9a-f]|PMAK|phc_|rnd_|vercel_|nvapi-|Bearer /;

/** Tokens of bots and services, by the forms that their makers document. Each is bounded. */
const TOKENS: readonly RegExp[] = [
  // Telegram, Discord (bot, user with second factor, webhook), Slack (tokens, app level, webhook).
  /(?<!\w)\d{6,12}:AA[A-Za-z0-9_-]{32,36}(?![\w-])/g,
  /(?<![\w.-])[MNO][A-Za-z\d_-]{22,29}\.[\w-]{6}\.[\w-]{25,45}(?![\w-])/g,
  /(?<![\w.-])mfa\.[\w-]{80,100}/g,
  /(?:https?:\/\/)?(?:\w{1,12}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{16,22}\/[\w-]{50,90}/g,
  /(?<![\w-])xox[abeoprs]-(?:\d{1,2}-)?[A-Za-z0-9-]{10,250}/g,
  /(?<![\w-])xoxe\.xox[bp]-\d-[A-Za-z0-9]{50,250}/g,
  /(?<![\w-])xapp-\d-[A-Z0-9]{6,16}-\d{8,16}-[a-z0-9]{40,80}/g,
  /(?:https?:\/\/)?hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{8,14}\/[A-Z0-9]{8,14}\/[A-Za-z0-9]{16,40}/g,
  // Source code, packages, containers.
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,255}/g,
  /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,255}/g,
  /(?<![\w-])glpat-[\w-]{18,60}(?:\.[\w.]{8,30})?/g,
  /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g,
  /(?<![\w-])pypi-AgE[\w-]{50,300}/g,
  /(?<![\w-])dckr_pat_[\w-]{20,40}/g,
  // Clouds.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
  /(?<![\w-])AIza[\w-]{35}(?![\w-])/g,
  /(?<![\w.-])ya29\.[\w-]{30,300}/g,
  /(?<![\w-])GOCSPX-[\w-]{24,40}/g,
  /(?<![\w-])dop_v1_[0-9a-f]{64}/g,
  /(?<![\w.-])hvs\.[\w-]{24,120}/g,
  /(?<![\w-])dapi[0-9a-f]{32}(?![0-9a-f])/g,
  /(?<![\w-])NRAK-[A-Z0-9]{27}/g,
  /(?<![\w-])tskey-[a-z]{2,10}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{16,40}/g,
  // Models.
  /(?<![\w-])sk-(?:proj-|svcacct-|admin-|ant-(?:api|admin)\d\d-|or-v1-|None-)?[A-Za-z0-9_-]{20,200}(?![\w-])/g,
  /(?<![\w-])(?:hf_|gsk_|r8_|xai-|nvapi-)[A-Za-z0-9_-]{30,100}(?![\w-])/g,
  // Payments, shops, messages.
  /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,250}/g,
  /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{24,80}/g,
  /(?<![\w-])sq0(?:atp|csp|idp)-[\w-]{22,43}/g,
  /(?<![\w-])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/g,
  /(?<![\w.-])SG\.[\w-]{16,32}\.[\w-]{30,60}/g,
  /(?<![\w-])key-[0-9a-f]{32}(?![0-9a-f])/g,
  /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g,
  /(?<![\w-])EAAC[A-Za-z0-9]{60,300}/g,
  // Work.
  /(?<![\w-])ATATT3[\w-]{60,250}(?:=[0-9A-F]{8})?/g,
  /(?<![\w-])lin_api_[A-Za-z0-9]{32,48}/g,
  /(?<![\w-])(?:figd_|sntrys_|PMAK-|phc_|vercel_)[\w-]{30,120}/g,
  /(?<![\w.-])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/g,
  // JSON Web Tokens (RFC 7519): three parts, the first two beginning with `{"`.
  /(?<![\w.-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,1500}/g,
  // Logins in addresses: databases, queues, pages.
  /(?<![\w.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'<>]{1,80}:(?![*x•.]{3}|[<$%{[])[^\s/@:"'<>]{3,80}@(?=[\w.-]{2})/gi,
];
/** Logins that every manual has. */
const EXAMPLE_LOGIN =
  /\/\/(?:user(?:name)?|usr|name|login|root|admin|postgres|guest|me|foo|bar|test|example|\w{0,12}user):(?:p(?:ass)?(?:word|wd|w)?|pw|secret|guest|bar|foo|test|example|postgres|admin|root|\w{0,12}pass(?:word)?|\w{0,12}contrase\w{1,3}|\w{0,12}senha|x{3,}|\*+)@|\/\/(\w{2,12}):\1pass\w*@/i;
const PLACEHOLDER = /(?:example|x{6}|placeholder|your[-_]|0{8}|1{8}|12345678|abcdef|\.\.\.)/i;

/** Tokens of bots and services in a plain text. */
export function serviceTokensIn(text: PlainText, meter: Meter): readonly Span[] {
  if (!HINTS.test(text.cased)) return [];
  const found: Span[] = [];
  meter.steps += text.cased.length;
  for (const pattern of TOKENS)
    for (const match of text.cased.matchAll(pattern)) {
      meter.steps += 1;
      if (EXAMPLE_LOGIN.test(match[0]) || isPlaceholder(match[0])) continue;
      found.push({ start: match.index, end: match.index + match[0].length });
    }
  return found;
}

/** What stands in manuals in the place of a token: words, or one character again and again. */
function isPlaceholder(token: string): boolean {
  if (token.startsWith('eyJ') || token.includes('://')) return false;
  const tail = token.slice(-24);
  const isWordy = !/\d/.test(token) && /[a-z]{2,}[-_][a-z]{2,}[-_]/.test(token.slice(8));
  // The ids in front may be any number; only the secret part is random.
  const secret = token.replace(
    /^\d{6,12}:AA|^xox[a-z](?:-\d{1,14}){1,4}-|^xapp-\d-[A-Z0-9]{6,16}-\d{8,16}-/,
    '',
  );
  return PLACEHOLDER.test(secret) || new Set(tail).size < 8 || isWordy;
}
