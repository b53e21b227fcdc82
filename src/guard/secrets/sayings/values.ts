import { foldedPattern } from '../plain-text.js';
import type { Announced } from './nouns.js';
import { isStopWord } from './stop-words.js';

/** Something that may be the value that a noun announces. */
export interface Value {
  readonly start: number;
  readonly end: number;
  /** How much its form alone speaks for a secret: 3 for letters with digits or signs, 1 for a plain word. */
  readonly shape: number;
  readonly isPlainWord: boolean;
  readonly isQuoted: boolean;
}

/** Quoted, grouped digits, a run of printable ASCII, or a word of another script. Bounded. */
const VALUES =
  /["“”„«『「]([^"“”„«»『』「」`\n[\]{}();=]{2,64})["“”»』」]|(?<![\w'])['‘]([^'’\n]{2,48})['’](?!\w)|(?:[a-z]-)?\d{3}[ -]\d{3}(?![\w-])|\d{2} \d{2} \d{2}(?![\w ]?\d)|[!-~]{2,100}|(?<=[:=] ?)(?:(?![!-~])[\p{L}\p{M}]){2,24}\d{2,8}|(?:(?![!-~])[\p{L}\p{M}\p{Script=Cyrillic}]){2,40}(?:(?<=\p{Script=Cyrillic})\d{2,8})?/giu;

/** What Japanese and Korean attach to a noun, and to the end of a sentence. */
const PARTICLE = foldedPattern('^(?:は|が|って|는|은|이|가)(?=[\\p{L}])', 'u');
const ENDING = foldedPattern('(?<=.)(?:です|でした|だよ|なんです|이에요|예요|입니다|이야|인데요?|임)$', 'u');

/** Every candidate in a stretch of the plain text. `offset` is where the stretch begins in the text. */
export function valuesIn(part: string, offset: number, announces: Announced): readonly Value[] {
  const values: Value[] = [];
  for (const match of part.matchAll(VALUES)) {
    const quoted = match[1] ?? match[2];
    const whole = quoted ?? match[0];
    const from = match.index + (quoted === undefined ? 0 : 1);
    const lead = quoted === undefined ? (/^["'`([{<*~|_:=，,;-]+/.exec(whole)?.[0].length ?? 0) : 0;
    const ahead = match.index === 0 && quoted === undefined ? (PARTICLE.exec(whole)?.[0].length ?? 0) : 0;
    const body = quoted === undefined ? trimmed(whole.slice(lead + ahead)).replace(ENDING, '') : whole;
    if (body.length < 2 || (quoted !== undefined && /^[\s.,;:)、。！？]|\s$/.test(quoted))) continue;
    if (part[match.index - 1] === '(' && /^[\p{L}\p{M}]+$/u.test(body)) continue;
    // A part of a longer number: a telephone's, a card's.
    if (/^[\d -]+$/.test(body) && /[\d+][ -]$/.test(part.slice(0, match.index))) continue;
    if (/^\d{3}[ -]\d{3}$/.test(body) && /^[ -]\d/.test(part.slice(match.index + match[0].length))) continue;
    const shape = shapeOf(body, announces, quoted !== undefined, part.slice(match.index + match[0].length));
    if (shape <= 0) continue;
    const start = offset + from + lead + ahead;
    values.push({
      start,
      end: start + body.length,
      shape,
      isPlainWord: /^[\p{L}\p{M}'’._-]+$/u.test(body),
      isQuoted: quoted !== undefined,
    });
  }
  return values;
}

/** Several plain words behind a sign, to the end of the message: a pass phrase. */
const SEVERAL =
  /^((?:\s{0,2}[:=]|\s(?:[a-z]{1,8}\s){0,3}(?:is|was|es|era))\s{1,2})((?:[\p{L}\p{M}']{2,20}\s){1,4}[\p{L}\p{M}']{2,20}\d{0,4})\s{0,3}$/u;

/** A pass phrase of several words; `null` where the words say something. */
export function severalWords(part: string, offset: number): Value | null {
  const match = SEVERAL.exec(part);
  const [, sign = '', body = ''] = match ?? [];
  if (match === null || hasStopWord(body)) return null;
  const start = offset + sign.length;
  return { start, end: start + body.length, shape: 1.5, isPlainWord: false, isQuoted: false };
}

/** Without the punctuation of the sentence around it; a mark at the end may belong to a password. */
export function trimmed(run: string): string {
  const body = run.replace(/(?:["'`)\]}>*~|,;:]|\.(?=["'`)\]}>*~|,;:]*$)|[…]|<[-/].*)+$/u, '');
  return /[!?]$/.test(body) && !/\d/.test(body) ? body.replace(/[!?]+$/, '') : body;
}

/** Addresses, files, times, amounts, versions, sizes and names of things: never a secret by their form. */
const OTHER_THINGS =
  /^(?:[a-z][a-z0-9+.-]{1,12}:\/\/.*|\.\w.*|\*.*\*|\w+@\w+'s|[-+]@\w+|[a-z](?:\.\d+)+|(?:1\d|20)\d\d-(?:1\d|20)\d\d|[a-z]+\.\d|\w*\d\/\d\w*|www\..*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w.*|#\d+|\/\w.*|0x[0-9a-f]{6,}.*|[13][1-9a-km-z]{25,34}|bc1\w{20,}|t[1-9a-km-z]{33}|\d{1,2}[:h]\d{2}(?::\d{2})?(?:am|pm)?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[$€£¥₿]\d[\d.,]*\w{0,4}|\+?\d[\d.,]*(?:%|\$|€|usdt?|btc|eth|cny|rmb|eur|trx|bnb|sol|doge|u|usdc|rub|mxn|ars|cop|k|w|[kmgt]b?|px|ms|mins?|minutes?|secs?|seconds?|s|h|hrs?|hours?|d|days?|weeks?|months?|years?|yrs?|st|nd|rd|th|x|am|pm|digits?|chars?|bits?|bytes?|words?|fa|er|fps|mah|hz|mhz|ghz|mm|cm|km|kg|g|v|w|e|p|ft|in)|v?\d+(?:\.\d+){1,4}[a-z]?\d{0,2}|(?:trc|erc|bep|bip|eip|slip|sha|md|rfc|iso|utf|ipv|mp|aes|rsa|x|i|h|usb|usb-c|web|html|css|ios|android|windows|win|iphone|ipad|galaxy|pixel|mate|note|nova|redmi|mi|poco|honor|oppo|vivo|reno|realme|oneplus|xperia|moto|miui|emui|mac|macos|chrome|firefox|version|ver|v|build|step|page|level|layer|l|p|b|q|no|nr|n|id|android-|iphone-|ubuntu|debian|python|node|php|mysql|http|tls|ssl|wpa|wifi|g|covid|k|f)-?\d{1,4}(?:pro|plus|max|mini|s|u|c|x|xs|e)?|\d{1,2}(?:fa|b2b|p2p)|\d+x\d+|24\/7|[b-p]2[b-p]|2fa|mfa|[\w-]+\.(?:com|net|org|io|app|dat|json|txt|pdf|png|jpe?g|exe|apk|zip|js|ts|py|md|html?|xyz|dev|co|me|cn|ru|de|test|example|yaml|yml|conf|cfg|ini|log|csv|db|key|pem)(?:[/:?].*)?)$/i;
/** Calls, assignments, globs and algorithms: what manuals and logs have beside the word "password". */
const NAMES_OF_CODE =
  /[()[\]{}<>"\\`]|^\/\/|\w=|=\w|[?&]\w+=|\w::|(?<![a-z])(?:md5|sha-?\d{1,3}|base64|utf-?8|pbkdf2|scrypt|bcrypt|argon2\w?|x509|pkcs\d*|rsa\d+|aes\d+|ed25519|oauth\d?|socks\d?|wpa\d?|ipv\d)(?![a-z\d])|\.so\b|^--?[a-z]|^[a-z]+(?:-[a-z]+){2,}$|^[a-z]+(?:\.[a-z]+)+$|^[a-z]+\d+(?:\.\d+)+$|;|^[a-z]+:\d+$/i;
/** What manuals put for a password. */
const EXAMPLE = /^(?:secret|hackme|changeme|example|sample|test|foo|bar)\d{0,3}$|passw(?:or)?d|mot_de_passe/i;
/** Covered or left out on purpose. */
const MASKED =
  /^(?:[*•●x#_.\-?？。·]{2,}|\.{2,}|[a-z]?[*•●]{2,}.*|(?:xx+|yy+|zz+)\d{0,3}|\[.*\]|<.*>|\{.*\}|\$\{?.*|%\w+%?|n\/a|<?(?:your|my|the|some)[-_ ]?(?:new[-_ ]?)?(?:pass(?:word|phrase|code)?|pw|pin|code|secret|key)[-_ ]?(?:here)?>?)$/i;
/** What stands right behind a number that is an amount of something. */
const UNIT_BEHIND = foldedPattern(
  String.raw`^[-\s]{0,2}(?:digits?|characters?|chars?|letters?|numbers?|words?|symbols?|times?|minutes?|mins?|seconds?|hours?|days?|weeks?|months?|years?|people|users?|usdt?|usd|btc|eth|bucks|dollars?|euros?|yuan|rubles?|points?|percent|sats?|satoshis?|coins?|tokens?|sol|bnb|trx|usdc|pounds?|won|yen|lira|rupees?|reais|tries|attempts?|bps|baud|hz|percent|%|位|个|個|字|次|分|秒|时|小时|天|年|月|日|元|块|塊|枚|万|萬|人|聪|刀|u(?![a-z])|桁|文字|回|時|日間|円|人|件|ドル|サトシ|ウォン|자리|글자|번째|분|초|시간|일|년|원|만원|만 원|개|명|건|사토시|호|цифр|символ|раз|минут|час|дн|год|руб|р\\b|тыс|долл|евро|человек|сатоши|монет|digitos|caracteres|veces|minutos|horas|dias|pesos|euros|dolares|soles|personas|satoshis?|intentos|ky tu|so|karakter|hane|dakika|kali|menit)`,
  'u',
);

/** Recovery codes of digits alone. */
const GROUPED = /^\d{4}(?:[ -]\d{4}){1,3}$/;

/** How much the form of a value speaks for a secret of this kind; 0 where it cannot be one. */
function shapeOf(body: string, announces: Announced, isQuoted: boolean, behind: string): number {
  const lower = body.toLowerCase();
  if (OTHER_THINGS.test(lower) || MASKED.test(lower)) return 0;
  const digits = body.replace(/[ -]/g, '');
  const bonus = isQuoted ? 1 : 0;
  if (/^\d+$/.test(digits)) {
    if (UNIT_BEHIND.test(behind.toLowerCase())) return 0;
    if (digits.length < 4 || digits.length > 16) return 0;
    if (announces === 'password') return /^(?:19|20)\d\d$/.test(digits) ? 1 : digits.length > 10 ? 1.5 : 2.5;
    if (announces === 'code' && GROUPED.test(body)) return 3;
    if (digits.length > (announces === 'pin' ? 12 : 8)) return 0;
    return 3;
  }
  if (announces === 'code') return codeShape(body);
  if ((body.length < 4 && !isQuoted) || NAMES_OF_CODE.test(body)) return 0;
  if (announces === 'pin' && !/\d/.test(body)) return 0;
  if (EXAMPLE.test(body)) return 1;
  if (/\s/.test(body)) {
    if (body.split(/\s+/).length > 6 || hasStopWord(body)) return 0;
    return /^[!-~\s]+$/.test(body) ? 1.5 + bonus : 1;
  }
  const hasDigit = /\d/.test(body);
  const hasLetter = /\p{L}/u.test(body);
  if (/^[!-~]+$/.test(body)) {
    if (!hasDigit && !hasLetter) return 0;
    // "SOCKS5", "OAuth2": names end like that.
    if (/^[A-Z][A-Za-z]{0,3}[A-Z]{1,7}v?\d{1,2}$/.test(body)) return 1 + bonus;
    if (hasDigit && hasLetter) return (body.length > 4 ? 3 : 2) + bonus;
    if (/[!@#$%^&*+~]/.test(body.slice(1))) return 3 + bonus;
    if (/[^A-Za-z]/.test(body))
      return isStopWord(lower) ? 0 : (/^[a-z]+(?:_[a-z]+)+$/i.test(body) ? 1.5 : 0.5) + bonus;
    if (isStopWord(lower)) return 0;
    return (/[a-z][A-Z]/.test(body) ? 1.2 : 1) + bonus;
  }
  if (hasDigit && hasLetter) return body.length <= 14 ? 2 : 0;
  return isStopWord(lower) ? 0 : 0.7 + bonus;
}

/** Whether something is by its form the name, place or amount of something, covered, or a part of source code. */
export function isOtherThing(body: string): boolean {
  const lower = body.toLowerCase();
  return OTHER_THINGS.test(lower) || MASKED.test(lower) || NAMES_OF_CODE.test(body) || EXAMPLE.test(body);
}

/** Whether what stands right behind a number makes it an amount. */
export function isAmountBehind(behind: string): boolean {
  return UNIT_BEHIND.test(behind);
}

/** Whether letters and digits are put together as in a code that is sent or kept. */
export function isCodeShaped(body: string): boolean {
  return codeShape(body) > 0;
}

function codeShape(body: string): number {
  if (/^[a-z]-\d{4,8}$/i.test(body)) return 3;
  if (/^[A-Z0-9]{3,5}-[A-Z0-9]{3,5}$/.test(body) && /\d.*\d/.test(body) && /[A-Z]/.test(body)) return 2.5;
  if (
    /^[A-Z0-9]{6,10}$/.test(body) &&
    /\d.*\d/.test(body) &&
    /[A-Z]/.test(body) &&
    !/^[A-Z]+0*\d{1,3}$/.test(body)
  )
    return 2.5;
  if (/^[a-z0-9]{4,6}(?:-[a-z0-9]{3,6}){1,5}$/i.test(body) && /\d.*\d.*\d/.test(body)) return 3;
  return 0;
}

function hasStopWord(body: string): boolean {
  return body
    .toLowerCase()
    .split(/\s+/)
    .some((word) => isStopWord(word));
}
