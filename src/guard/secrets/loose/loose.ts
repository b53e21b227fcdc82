import type { Confidence, FoundSecretKind, Span } from '../finding.js';
import type { Meter } from '../meter.js';
import type { PlainText } from '../plain-text.js';
import type { Noun } from '../sayings/nouns.js';
import { trimmed } from '../sayings/values.js';
import { CUE_NAMES } from './cue-names.js';
import { cueSetsOf, cuesIn } from './cues.js';
import { type LooseValue, looseValuesIn, SHAPES } from './loose-values.js';
import { type Class, FEATURES, oddsOf, type Seen } from './odds.js';
import { spokenNumbersIn } from './spoken-numbers.js';

/** A password, PIN or code that stands beside no word for it, by its place in the plain text. */
export interface LooseFinding extends Span {
  readonly kind: Extract<FoundSecretKind, 'password' | 'code'>;
  readonly confidence: Confidence;
}

/** The longest text that is looked at, in units of the plain text: what people write in one message of a chat. */
const MAX_LENGTH = 420;
/** How far around a value words count. */
const AROUND = 64;
/** From which odds on a value is held, and taken out. */
const MAYBE = { number: 0.5, word: 0.5, plain: -0.6 };
const HARD = { number: 1.1, word: 1, plain: 9 };

/** What is secret by its form and by what is said around it, though nothing calls it so. Linear: long texts are not looked at. */
export function looseSayingsIn(
  text: PlainText,
  nouns: readonly Noun[],
  meter: Meter,
): readonly LooseFinding[] {
  if (text.lower.length > MAX_LENGTH) return [];
  meter.steps += text.lower.length;
  const all = judged(text, nouns, meter);
  const found = all.flatMap((each) => toFinding(each, all, text.lower));
  return [...spoken(text, nouns), ...found, ...variantsOf(found, text.cased)];
}

/** A value with what is seen of it. */
export interface Judged {
  readonly value: LooseValue;
  readonly seen: Seen;
}

/** Every value that is looked at, with its features: also for the fitting of the weights. */
export function judged(text: PlainText, nouns: readonly Noun[], meter: Meter): readonly Judged[] {
  const values = looseValuesIn(text.cased, text.lower).filter(
    ({ isPlain, start, end }) => !isPlain || !nouns.some((noun) => noun.start < end && noun.end > start),
  );
  if (values.length === 0) return [];
  const sets = cueSetsOf(text.lower);
  // A syllable says as much as several letters.
  const size = [...text.lower].reduce((sum, letter) => sum + (letter > '\u2fff' ? 2.5 : 1), 0);
  const isSentence = /^\s{0,4}[\p{Lu}]/u.test(text.cased);
  const endsWithStop = /[.:。：]\s{0,3}$|다[.]?$/.test(text.cased);
  const isWide = /^\s{2}|\s{3}/.test(text.cased);
  const isTechnical = TECHNICAL.test(text.cased);
  return values.map((value) => {
    meter.steps += 2 * AROUND;
    const { start, end, shape } = value;
    const before = text.lower.slice(Math.max(0, start - AROUND), start);
    const after = text.lower.slice(end, end + AROUND);
    const rest = size - (end - start);
    const cues = cuesIn(`${before}¤${after}`, sets);
    const speaking = cues.slice(0, SPEAKING).filter(Boolean).length;
    const seen = [
      ...SHAPES.map((each) => each === shape),
      ...cues,
      nouns.length > 0,
      /["'“«「『(]$/.test(before) && /^["'”»」』)]/.test(after),
      /(?:^|\n)\s{0,3}$/.test(text.lower.slice(0, start).slice(-4)) && /^\s{0,3}(?:\n|$)/.test(after),
      /^\W{0,2}$/.test(text.lower.slice(0, start).slice(-3)) && start < 3,
      /^[\s\p{P}]{0,3}$/u.test(after),
      values.some((other) => other !== value && areTwins(text.lower, value, other)),
      PATTERN.test(text.lower.slice(start, end)),
      YEAR.test(text.lower.slice(start, end)),
      /^[A-Z][a-z]/.test(text.cased.slice(start, end)) && before !== '',
      values.length > 3,
      rest < 14,
      rest < 34,
      rest < 70,
      rest > 130,
      rest > 230,
      isTechnical,
      isSentence && start > 2,
      endsWithStop,
      isWide,
      speaking === 0 && rest > 4,
      speaking > 3,
    ];
    return { value, seen };
  });
}

/** What manuals and logs have: there more is asked for, and nothing is sure. */
const STRANGE = [FEATURES.indexOf('technical'), FEATURES.indexOf('isTechnical')];
/** Forms that names of programs and files have too: they count among people only. */
const IMPERSONAL: ReadonlySet<string> = new Set([
  'foreign',
  'camel',
  'plain',
  'wordAndDigit',
  'mixed',
  'signs',
  'year',
  'digits',
]);
/** Forms that hardly anything else has where people talk of themselves: there less is asked for. */
const TELLING: ReadonlySet<string> = new Set(['strong', 'wordAndNumber', 'caps', 'six', 'grouped', 'four']);
const LESS = 1;
const OWN_THING = FEATURES.indexOf('ownThing');
const CHAT = FEATURES.indexOf('chat');
const VERY_LONG = FEATURES.indexOf('isVeryLong');
const MORE = 1;
/** What a word needs more that nothing leads to. */
const BARE = 0.5;
const NO_CUE = FEATURES.indexOf('hasNoCue');
const NOT_SECRET = FEATURES.indexOf('notSecret');
/** The first of {@link CUE_NAMES} speak for a secret. */
const SPEAKING = CUE_NAMES.indexOf('ownThing');

/** Two of the same length and form, or that begin alike. */
function areTwins(lower: string, one: LooseValue, other: LooseValue): boolean {
  if (one.isNumber !== other.isNumber || (one.shape === 'year' && other.shape === 'year')) return false;
  if (one.isNumber) return one.end - one.start === other.end - other.start;
  return lower.slice(one.start, one.start + 3) === lower.slice(other.start, other.start + 3);
}

/** A word with a year behind it. */
const YEAR = /[^\d](?:19[3-9]|20[0-3])\d[^\d]?$/;
/** Digits that are easily kept in mind. */
const PATTERN =
  /^(?:(\d)\1+|(\d\d)\2+|(\d\d\d)\3|012345|12345?|4321|654321|2580|147258|258369|1470|0852|159753|753159)$/;

/** Signs of source code, paths and logs. */
const TECHNICAL =
  /^\s{0,8}(?:[$'=<>#*]|-\s)|^\s{4}|\s{6}|^\s{0,8}\d{1,6}\s\p{L}|^\d+\.\d|[{}\\|]|=>|[=!]=|\w\(\)|%[sd\d]|--\w|::|\w\/\w+\/|<\w|\w_\w+_\w|;$|\$[{(]|\[\w+\]|\[\d*m|= ?\d|\d;|\w > \w|^<\w+>|\b0x|(?:^| )\*\w|_[A-Z]+_|\bREG\b/u;

function toFinding(one: Judged, all: readonly Judged[], lower: string): readonly LooseFinding[] {
  const { value, seen } = one;
  const isPersonal = seen[CHAT] === true || seen[OWN_THING] === true;
  // Plain words are looked at where people talk only.
  if (seen[NOT_SECRET] === true || (value.isPlain && !isPersonal)) return [];
  const of = classOf(value);
  const own = oddsOf(seen, of);
  // Of two that go together, what speaks for one speaks for the other.
  const twins = all.filter((each) => each !== one && areTwins(lower, value, each.value));
  const best = Math.max(own, ...twins.map((twin) => oddsOf(twin.seen, classOf(twin.value))));
  const odds = own > MAYBE[of] - TWIN ? best : own;
  const isStrange = STRANGE.some((at) => seen[at] === true) || (!isPersonal && IMPERSONAL.has(value.shape));
  const isBare = value.shape === 'foreign' || value.shape === 'camel';
  const isTelling = isPersonal && !isStrange && TELLING.has(value.shape);
  const enough = MAYBE[of] + (isStrange ? MORE : 0) + (isBare ? BARE : 0) - (isTelling ? LESS : 0);
  if (odds < enough) return [];
  const isSure =
    odds >= HARD[of] &&
    !isStrange &&
    seen[NO_CUE] !== true &&
    seen[VERY_LONG] !== true &&
    value.shape !== 'wordAndDigit';
  const confidence = isSure ? 'hard' : 'maybe';
  return [{ kind: value.isNumber ? 'code' : 'password', start: value.start, end: value.end, confidence }];
}

/** With which weights a value is judged. */
export function classOf({ isNumber, isPlain }: LooseValue): Class {
  return isNumber ? 'number' : isPlain ? 'plain' : 'word';
}

/** By how much less one of two may be likely, to be taken for what the other is. */
const TWIN = 1.5;

/** Other ways of writing a password that was found: "ramen_soup or ramensoup". */
function variantsOf(found: readonly LooseFinding[], cased: string): readonly LooseFinding[] {
  const variants: LooseFinding[] = [];
  for (const { kind, start, end, confidence } of found) {
    const stem = /^[a-z]{5}/i.exec(cased.slice(start, end))?.[0];
    if (kind !== 'password' || stem === undefined || variants.length > MAX_VARIANTS) continue;
    for (const match of cased.matchAll(new RegExp(`(?<![A-Za-z])${stem}[!-~]{0,24}`, 'gi'))) {
      const last = match.index + trimmed(match[0]).length;
      if (match.index !== start) variants.push({ kind, start: match.index, end: last, confidence });
    }
  }
  return variants;
}

const MAX_VARIANTS = 12;

/** The longest text in which digits in words are a code, though nothing is called one. */
const MAX_SPOKEN = 100;

function spoken(text: PlainText, nouns: readonly Noun[]): readonly LooseFinding[] {
  const numbers = spokenNumbersIn(text.lower);
  if (numbers.length === 0) return [];
  const isCalled = nouns.some(({ announces, isVague }) => !isVague && announces !== 'password');
  return numbers
    .filter(({ digits }) => nouns.length > 0 || (digits > 4 && text.lower.length < MAX_SPOKEN))
    .map(({ start, end }) => ({ start, end, kind: 'code', confidence: isCalled ? 'hard' : 'maybe' }));
}
