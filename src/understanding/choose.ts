import type { Expectation } from '../model/index.js';
import type { Heard } from './hear.js';
import { isHanKey } from './hear.js';
import type { Lexicon } from './lexicon.js';
import { positionIn } from './position.js';

type Choices = Expectation['choices'];

/** A choice's label as a key (see `keyOf`). */
export type LabelKey = (label: string) => string;

/** Words that turn a label they stand beside into its opposite, or into a question about it. */
const NOT_MEANT =
  /不|没|未|别|无|非|吗|什么|怎么|哪|多少|谁|要我|为何|\b(?:no|not|nor|never|none|without|isnt|dont|didnt|doesnt|wasnt|cant|wont|havent|hasnt|cannot|what|why|how|who|where|when|which|should|does|wants?|asks?|asked)\b/u;
/** A loose match reads at most this much beside the label: words, or Chinese characters. */
const BESIDE_WORDS = 3;
const BESIDE_HAN = 5;
/** The longest label that a word of the same meaning names: words, or Chinese characters. */
const NAMING_WORDS = 3;
const NAMING_HAN = 6;
/** Words too common to point at a label. */
const COMMON = new Set(
  'the and but you are was has had did can its not why how who what this that have with there please for get got one any all out new now our your from they'.split(
    ' ',
  ),
);
/** A word or so many characters inside a label point at it. */
const HELD_LEAST = 3;
const DIGITS = /^[0-9]+$/;
/** A leading yes or no speaks for at most this many words. */
const YES_NO_WORDS = 6;

/** The choice that a text names outright: by its label, number, ordinal, or as yes or no. `null` for none. */
export function chooseExactly(
  heard: Heard,
  choices: Choices,
  lexicon: Lexicon,
  labelKey: LabelKey,
): string | null {
  if (heard.key === '') return null;
  const named = choices.find((choice) => labelKey(choice.label) === heard.key);
  if (named !== undefined) return named.value;
  const place = positionIn(heard.key) ?? lexicon.ordinals.get(heard.key);
  const placed = place === undefined ? undefined : choices[place];
  if (placed !== undefined) return placed.value;
  return yesOrNo(heard.key, choices, lexicon);
}

/**
 * The choice that a short text points at: the only label that begins with it, holds it, or stands in it with few
 * other words, of which none denies or asks; else the only one that names the same in other words ("pwd"). `null` for
 * none or several.
 */
export function chooseByLabel(
  heard: Heard,
  choices: Choices,
  lexicon: Lexicon,
  labelKey: LabelKey,
): string | null {
  const { key } = heard;
  const least = isHanKey(key) ? 2 : 3;
  if (key === '' || (key.length < least && !DIGITS.test(key)) || COMMON.has(key)) return null;
  if (lexicon.yes.has(key) || lexicon.no.has(key)) return null;
  const keyed = choices.map(({ value, label }) => ({ value, label: labelKey(label) }));
  const begun = keyed.filter(({ label }) => label.startsWith(key));
  if (begun.length > 0) return only(begun);
  const holding = key.length >= HELD_LEAST ? keyed.filter(({ label }) => holds(label, key)) : [];
  if (holding.length > 0) return only(holding);
  const held = keyed.filter(({ label }) => isBeside(key, label));
  const longest = held.reduce((most, { label }) => Math.max(most, label.length), 0);
  if (held.length > 0) return only(held.filter(({ label }) => label.length === longest));
  return choiceNaming(key, keyed, lexicon);
}

/** The only choice that names in other words what a text is, and says little more about it. */
function choiceNaming(
  key: string,
  keyed: readonly { readonly value: string; readonly label: string }[],
  lexicon: Lexicon,
): string | null {
  const labels = lexicon.synonyms().naming(
    key,
    keyed.map(({ label }) => label),
  );
  const [label = ''] = labels;
  const isShort = isHanKey(label) ? label.length <= NAMING_HAN : label.split(' ').length <= NAMING_WORDS;
  return isShort && !NOT_MEANT.test(label) ? only(keyed.filter((one) => labels.includes(one.label))) : null;
}

/** Words behind which a label names another thing. */
const OR = /^ ?(?:or\b|或|、|还是)/u;

/** Whether a text is the first of several things that a label names: "no email" of "no email or sms". */
export function isOneOfSeveral(key: string, label: string): boolean {
  return label.startsWith(key) && OR.test(label.slice(key.length));
}

/** Yes or no at the head of a short sentence ("yes, it came"). `null` when it has none or the step does not ask so. */
export function chooseByYesNo(heard: Heard, choices: Choices, lexicon: Lexicon): string | null {
  const words = heard.words.split(' ', YES_NO_WORDS + 1);
  return words.length > YES_NO_WORDS ? null : yesOrNo(words[0] ?? '', choices, lexicon);
}

function yesOrNo(word: string, choices: Choices, lexicon: Lexicon): string | null {
  const value = lexicon.yes.has(word) ? 'yes' : lexicon.no.has(word) ? 'no' : null;
  return choices.find((choice) => choice.value === value)?.value ?? null;
}

function only(matches: readonly { readonly value: string }[]): string | null {
  return matches.length === 1 ? (matches[0]?.value ?? null) : null;
}

/** Whether `part` stands in `whole`, as whole words where words have blanks between them. */
function holds(whole: string, part: string): boolean {
  return isHanKey(part) ? whole.includes(part) : ` ${whole} `.includes(` ${part} `);
}

function isBeside(key: string, label: string): boolean {
  if (label.length < (isHanKey(label) ? 2 : 4) || !holds(key, label)) return false;
  const rest = key.replace(label, ' ').trim();
  if (NOT_MEANT.test(rest)) return false;
  return isHanKey(rest) ? rest.length <= BESIDE_HAN : rest.split(' ').length <= BESIDE_WORDS;
}
