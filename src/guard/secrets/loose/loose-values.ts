import type { Span } from '../finding.js';
import { foldedPattern } from '../plain-text.js';
import { isStopWord } from '../sayings/stop-words.js';
import { isAmountBehind, isCodeShaped, isOtherThing, trimmed } from '../sayings/values.js';
import { plainValuesIn } from './plain-values.js';

/** What something looks like that may be secret without a word for it. */
export type Shape = (typeof SHAPES)[number];
export const SHAPES = [
  'strong',
  'wordAndNumber',
  'wordAndDigit',
  'mixed',
  'signs',
  'foreign',
  'spaced',
  'plain',
  'camel',
  'caps',
  'grouped',
  'six',
  'four',
  'digits',
  'year',
  'spoken',
] as const;

/** Something in a plain text that may be a password, a PIN or a code by its form. */
export interface LooseValue extends Span {
  readonly shape: Shape;
  readonly isNumber: boolean;
  /** Words, and nothing else. */
  readonly isPlain: boolean;
}

/** Values looked at in one text: what has more is a list or a log. */
const MAX_VALUES = 12;

/** Grouped digits, a run of printable ASCII, a word of another script with digits. Bounded. */
const RUNS =
  /(?<![\w.,:/@#$+%-])(?<![\d+)][ -])(?:\d{3}[ -]\d{3}|\d(?: \d){3,7}|\d{2} \d{2} \d{2})(?![\w%]|[.,:/-]\d| ?\d)|[!-~]{4,64}|\p{Script=Cyrillic}{3,20}\d{2,8}/gu;

/** Makers and models of devices, systems, networks and apps, with a number behind them. */
const NAMED =
  /^(?:iphone|ipad|ipod|imac|galaxy|samsung|pixel|nexus|xperia|sony|aquos|redmi|xiaomi|poco|oppo|vivo|reno|find|realme|oneplus|nova|mate|honor|huawei|moto|motorola|nokia|note|tab|macbook|thinkpad|surface|asus|zenfone|infinix|tecno|itel|lg|htc|ios|ipados|android|windows|win|macos|mac|miui|emui|harmony|hyperos|oneui|chrome|firefox|safari|edge|opera|trc|erc|bep|brc|nft|web|bip|eip|slip|sha|md|utf|ascii|imtoken|metamask|trust|ledger|trezor|nano|tron|eth|btc|usdt|usdc|layer|stage|phase|tier|level|lvl|wifi|office|gpt|chatgpt|gpt-|gemini|claude|covid|python|java|php|node|vue|react|gtk|qt|libre|mp|h|x|win|ver|version|v|step|page|chapter|room|gate|seat|line|block|part|item|no|nr|order|ticket|case|user|guest|admin|test|step)[-_ .]?\d{1,4}[a-z+]{0,5}$/i;
/** The same right before a model. */
const NAMED_BEFORE = foldedPattern(
  '(?:iphone|ipad|galaxy|samsung|pixel|xperia|sony|redmi|xiaomi|poco|oppo|vivo|realme|oneplus|nova|mate|honor|huawei|moto(?:rola)?|nokia|note|ios|android|windows|chrome|firefox|айфон|самсунг.?|редми|нот|ксиоми|сяоми|хуавей|хонор|пиксель|андроид|华为|小米|三星|红米|荣耀|苹果|安卓|鸿蒙|アンドロイド|ギャラクシー|エクスペリア|アイフォン|갤럭시|아이폰|노트|샤오미|픽셀|안드로이드)[ -]?(?:\\p{L}{1,7} ?)?$',
  'u',
);
/** A letter or two and a number, and capitals with one: models, cases, places. */
const REFERENCE = /^(?:[a-z]{1,2}-?\d{1,4}[a-z]{0,2}|[A-Z]{1,10}[-_#]?\d{1,12}|[A-Z]{2,6}-\d+(?:-\d+)*)$/i;

const ALONE = /^\s{0,20}(?:[\d -]{0,20}|[!-~]{0,64})\s{0,20}$/;
/** What no text of plain words has: digits, signs and capitals inside words, Latin words among others. */
const MIXED =
  /\d|[A-Za-z][_!#$%&*][A-Za-z]|[a-z][A-Z]|[\u0400-\u9fff][^A-Za-z]{0,80}[A-Za-z]{5}|[A-Za-z]{5}[^A-Za-z]{0,80}[\u0400-\u9fff]|([a-z]{4,8})\1/;
/** Three lines or more. */
const LINES = /\n[^\n]{0,120}\n/;
const OTHER_SCRIPT = /[\u0400-\u04ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff]/;
/** The longest text in which such a word may be a password, in units of the plain text. */
const MAX_FOREIGN = 90;
const LATIN_WORD = /(?<![a-z])[a-z]{4,}(?![a-z])/g;

/** What stands before a value without a blank: signs, and a word with a colon. */
const LEAD = /^(?:["'`([{<*~|_:=,;.?!-]|[a-z]{1,12}[:=](?=[!-~]))+/i;

/** What may be secret in a text, in its order. `lower` is the same text in lower case. */
export function looseValuesIn(cased: string, lower: string): readonly LooseValue[] {
  // A number, a word and nothing else may be anything.
  if (ALONE.test(lower)) return [];
  const values = MIXED.test(cased) ? runsIn(cased, lower) : [];
  if (values.length > MAX_VALUES) return [];
  for (const { start, end, isSpaced } of plainValuesIn(lower))
    if (
      !NAMED.test(lower.slice(start, end)) &&
      !values.some((value) => start < value.end && end > value.start)
    )
      values.push({ shape: isSpaced ? 'spaced' : 'plain', start, end, isNumber: false, isPlain: true });
  return values;
}

/** Runs of characters that are no words of the text. */
function runsIn(cased: string, lower: string): LooseValue[] {
  const values: LooseValue[] = [];
  // The only word of Latin letters among others.
  const isForeign =
    OTHER_SCRIPT.test(lower) &&
    lower.length < MAX_FOREIGN &&
    !LINES.test(lower) &&
    (lower.match(LATIN_WORD)?.length ?? 0) < 2;
  for (const match of cased.matchAll(RUNS)) {
    const lead = LEAD.exec(match[0])?.[0].length ?? 0;
    const whole = trimmed(match[0].slice(lead));
    const body = /^\d+[!?]+$/.test(whole) ? whole.replace(/[!?]+$/, '') : whole;
    const start = match.index + lead;
    const shape = shapeOf(body, isForeign);
    if (shape === null) continue;
    const end = start + body.length;
    if (shape === 'foreign' && /[(`'<[]$/.test(cased.slice(0, start).slice(-1))) continue;
    const before = lower.slice(Math.max(0, start - 16), start);
    if (NAMED_BEFORE.test(before) && (body.length < 6 || /^\d+$/.test(body))) continue;
    if (NUMBERS.has(shape) && isPartOrAmount(lower, start, end)) continue;
    values.push({ shape, start, end, isNumber: NUMBERS.has(shape), isPlain: PLAIN_SHAPES.has(shape) });
    if (values.length > MAX_VALUES) break;
  }
  return values;
}

/** Whether a number goes on before or behind, or is an amount of something. */
function isPartOrAmount(lower: string, start: number, end: number): boolean {
  return (
    /[\d+)] ?[ ./-]$|[\d.,:/@#$€£¥₿+%-]$/.test(lower.slice(Math.max(0, start - 3), start)) ||
    // What everybody names as the worst of passwords.
    RISING.test(lower.slice(start, end)) ||
    /(?:iso|rfc|jis x|spec|max|ttl|timeout|size|port)\W{1,3}$/.test(
      lower.slice(Math.max(0, start - 10), start),
    ) ||
    /^(?:[.,:/-]\d| \d{2,4}(?!\d)|[\p{L}\p{M}](?<=[a-z])|[%€$£])/u.test(lower.slice(end, end + 6)) ||
    isAmountBehind(lower.slice(end, end + 16))
  );
}

/** What is named as a bad example. */
const RISING = /^1234567?8?9?$/;
const PLAIN_SHAPES: ReadonlySet<Shape> = new Set<Shape>(['foreign', 'camel', 'plain', 'spaced']);
const NUMBERS: ReadonlySet<Shape> = new Set<Shape>(['caps', 'grouped', 'six', 'four', 'digits', 'year']);
/** Names that are written with a capital inside. */
const BRAND =
  /^(?:Meta|Whats|You|Pay|Trust|Token|Safe|Coin|Face|Linked|Team|Any|Tele|We|Tik|Git|Mac|Java|Type|Post|My|Open|Libre|Touch|One|Blue|Air|Wi|Power|Snap|Bit|Block|Ether|Bsc|Tron|Uni|Pancake|Sushi|Wallet|Master|Google|Apple|Samsung|Micro|Fire|Win|Last|Dash|Key|Pass|Proton|Out|Hot|Drop|Drive|Log|Sign|Sub|Mc|De|La|Le|Van|Von)(?:[A-Z]|$)|(?:Wallet|Pay|Mask|Pocket|App|Chat|Book|Tube|Swap|Scan|Key|Pass|Id|Drive|Cloud|Phone|Net|Coin|Chain|Fi|Cash|Bank|Store)$/;
/** Colours and checksums. */
const HEX = /^(?:[0-9A-F]{6}|[0-9A-F]{8})$/;
/** What passwords are made of, as far as names of files and keys on a keyboard are not. */
const PASSWORD_LIKE = /^[A-Za-z0-9][\w!@#$%^&*~.?'-]*$/;
const SIGN = /[!@#$%^&*~]/;
/** "GPLv3+", "8-bit", "ext3-dev", "4.2BSD", "kernel-2.6". */
const TECHNICAL_NAME =
  /^\d+[-.*~]|^[A-Z][a-z]+[-']\d{1,3}$|(.)\1{4}|^(?:[a-z]+|[A-Z]+)(?:-[a-z]+)*-?\d(?:-[a-z]+)*$|\d\.\d|[-_.](?:dev|dbg|bin|doc|data|bit|amd64|i386|src|lib|common)|\.\.|^(?:lib|iso|rfc|utf|cp|ip|sha|base|x|posix|libc|gcc|http|ssl|tls|ISO|RFC|UTF|POSIX|SHA)[-_.v]?\d/;
/** Processors, encodings, drivers, keys on a keyboard. */
const TECHNICAL_WORD =
  /^(?:(?:.*(?:alt|ctrl|super|shift|command|option))?f\d{1,2}|(?:amd|arm|sparc|ppc|mips|x|i|s|m|lib|fat|ext|int|uint|float|base|latin|iso|ogg|mpg|lba|sse|avx|win|linux|utf|ntlmv|socks)\d{1,5}\w{0,3})$/i;

/** The longest password that people tell; hashes and keys are longer. */
const MAX_WORD = 30;

function shapeOf(body: string, isForeign: boolean): Shape | null {
  if (/^\d[\d -]*$/.test(body)) return numberShape(body);
  if (
    body.length < 5 ||
    body.length > MAX_WORD ||
    isOtherThing(body) ||
    NAMED.test(body.replace(/[?!.]+$/, ''))
  )
    return null;
  if (isCodeShaped(body))
    return HEX.test(body) || /^[A-Z]{3,}\d+$/.test(body) || (body.includes('-') && !/[A-Z]/.test(body))
      ? null
      : 'caps';
  if (REFERENCE.test(body) && body === body.toUpperCase()) return null;
  if (/^[a-z]{1,2}-?\d{1,4}[a-z]{0,2}$/i.test(body) || TECHNICAL_WORD.test(body)) return null;
  if (/\d/.test(body)) return mixedShape(body);
  // Two words that a sign joins, and a word twice.
  if (
    /^(?:[A-Z]?[a-z]{2,14}[!#$%&*][A-Z]?[a-z]{2,14}|[A-Z][a-z]{2,14}(?:_[a-z]{2,14}){2,3}|[A-Z]?[a-z]{3,14}_[A-Z]?[a-z]{3,14}|[A-Za-z]{4,}[@#$%&*])$/.test(
      body,
    )
  )
    return 'signs';
  if (/^(?:[A-Z][a-z]{1,11}){2,4}$/.test(body) && !isStopWord(body.toLowerCase()) && !BRAND.test(body))
    return 'camel';
  if (/^([A-Za-z]{4,12})\1$/i.test(body)) return 'signs';
  // Typed on a keyboard that was set to another script.
  if (isForeign && /^[a-z]{5,24}$/.test(body) && /[bcdfghjklmnpqrstvwxz]{4}/.test(body)) return 'foreign';
  if (isForeign && /^[a-z]{6,24}$/.test(body) && !isStopWord(body)) return 'foreign';
  return null;
}

function mixedShape(body: string): Shape | null {
  if (/^\p{L}{3,24}\d{2,8}$/u.test(body)) return 'wordAndNumber';
  if (!PASSWORD_LIKE.test(body) || !/[a-z]{2}/i.test(body)) return null;
  if (
    /^(?:non|Form|Label|Button|Dialog|Sheet|Style|Module|Perl|glibc|bzip|archivo|file|fichero|soubor|track)[a-z]*\d/.test(
      body,
    )
  )
    return null;
  if (/^[A-Za-z]{4,24}_?\d$/.test(body)) return 'wordAndDigit';
  if (/^[A-Za-z]{4,24}\d{1,4}!{1,2}$/.test(body)) return 'strong';
  const plain = body.replace(/[?!.]+$/, '');
  if (TECHNICAL_NAME.test(plain) || /^[A-Z_\d-]+$/.test(plain)) return null;
  if (SIGN.test(body)) return 'strong';
  if (/[_.-]/.test(body))
    return /\d.*\d|[a-z][_.-][A-Z]/.test(body) && /[a-z]{3}/i.test(body) ? 'strong' : null;
  return body.length >= 6 ? 'mixed' : null;
}

const GROUPED = /^(?:\d{3}[ -]\d{3}|\d(?: \d){3,7}|\d{2} \d{2} \d{2})$/;

function numberShape(body: string): Shape | null {
  if (GROUPED.test(body)) return /^000|000$/.test(body) ? null : 'grouped';
  if (!/^\d{4,8}$/.test(body)) return null;
  if (/^(?:19[3-9]|20[0-3])\d$/.test(body)) return 'year';
  // Processors, and sets of characters.
  if (/^(?:80[1-4]?8[68]|680[0-6]0|8859\d{1,2}|640[0-9])$/.test(body)) return null;
  // A power of two, hours in seconds, a day written without signs, a round sum.
  const number = Number(body);
  if (Number.isInteger(Math.log2(number)) || (number > 0 && number % 3600 === 0)) return null;
  if (/^20[012]\d[01]\d[0-3]\d$|^[1-9]\d*000$/.test(body)) return null;
  return body.length === 6 ? 'six' : body.length === 4 ? 'four' : 'digits';
}
