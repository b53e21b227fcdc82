import type { Bundle, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import type { FindingOptions, YamlSource } from '../content/yaml-source.js';
import { CONFUSABLES } from '../guard/links/confusables.js';
import { holdsContact } from '../guard/outbound/contacts.js';
import { holdsMarkup } from '../guard/outbound/markup.js';
import type { Approvals } from './approvals.js';
import { asksSecret, promisesContact, writtenDurations } from './asks-secret.js';
import { type CheckWords, plainly } from './check-words.js';
import { rawTexts } from './translations.js';

/** What texts say: secrets that are asked for, promises, addresses, written lengths of time, false letters, plurals. */
export function checkWording(
  bundle: Bundle,
  sources: Sources,
  words: ReadonlyMap<string, CheckWords>,
  approvals: Approvals,
): readonly Finding[] {
  return [...sources.texts].flatMap(([tag, source]) =>
    [...rawTexts(sources, tag)].flatMap(([key, text]): readonly Finding[] => {
      const judged = words.get(tag);
      const isApproved = approvals.allows('look-alike', tag, key, text);
      const letters = isApproved ? [] : falseLetters(source, tag, key, text);
      return [
        ...letters,
        ...checkPlurals(bundle, source, tag, key),
        ...checkAddress(source, key, text),
        // Of a word with false letters nobody can tell what it is.
        ...(judged === undefined || letters.length > 0
          ? []
          : checkSafety(source, tag, key, text, judged, approvals)),
      ];
    }),
  );
}

function checkSafety(
  source: YamlSource,
  tag: string,
  key: string,
  text: string,
  words: CheckWords,
  approvals: Approvals,
): readonly Finding[] {
  const found: Finding[] = [];
  const [secret] = asksSecret(text, words);
  if (secret !== undefined && !approvals.allows('asks-secret', tag, key, text)) {
    const said = `"${key}" names a secret without a plain "never" in: ${shortened(secret)}`;
    found.push(source.finding('asks-secret', [key], said, marked(text, secret)));
  }
  const [promise] = promisesContact(text, words);
  if (promise !== undefined && !approvals.allows('promises-contact', tag, key, text)) {
    const said = `"${key}" promises that someone will come: "${promise}".`;
    found.push(source.finding('promises-contact', [key], said, marked(text, promise)));
  }
  const [duration] = writtenDurations(text, words);
  if (duration !== undefined && !approvals.allows('written-duration', tag, key, text)) {
    const said = `"${key}" writes a length of time out: "${duration}".`;
    const options = { ...marked(text, duration), expected: '{NAME, duration} with a time of _times.yaml' };
    found.push(source.finding('written-duration', [key], said, options));
  }
  return found;
}

const SHOWN_CHARS = 80;

function shortened(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}

/** The words as they stand in the text, of which `plain` is the form in small letters. */
function marked(text: string, plain: string): FindingOptions {
  const beginning = plain.slice(0, 12);
  const at = plainly(text).indexOf(beginning);
  // Only where small letters are as long as the others do the places agree.
  return at >= 0 && plainly(text).length === text.length
    ? { mark: text.slice(at, at + plain.length).split('\n', 1)[0] ?? '' }
    : {};
}

function checkAddress(source: YamlSource, key: string, text: string): readonly Finding[] {
  const plain = text.replace(/\{[^{}]*\}/g, ' ');
  if (!holdsContact(plain) && !holdsMarkup(plain)) return [];
  const [word] = plain.split(/\s+/).filter((part) => holdsContact(part) || holdsMarkup(part));
  const said = `"${key}" holds an address, a handle, a number or markup${word === undefined ? '' : `: "${word}"`}.`;
  return [source.finding('address-in-text', [key], said, word === undefined ? {} : { mark: word })];
}

/** Scripts that each script's languages write beside Latin. */
const SCRIPTS: Readonly<Record<string, string>> = {
  Hans: String.raw`\p{Script=Han}`,
  Hant: String.raw`\p{Script=Han}\p{Script=Bopomofo}`,
  Jpan: String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`,
  Kore: String.raw`\p{Script=Han}\p{Script=Hangul}`,
};
/** A letter of Latin in a form of its own: full-width, mathematical, superscript. */
const DRESSED = /[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u2460-\u24ff]/u;
/** Not seen, or turning the order around; the joiner of emoji is left alone. */
const UNSEEN = /(?!\u200d)[\p{Cf}]|(?![\n\r\t])\p{Cc}/gu;

function falseLetters(source: YamlSource, tag: string, key: string, text: string): readonly Finding[] {
  const unseen = text.match(UNSEEN)?.[0];
  if (unseen !== undefined) {
    const name = `U+${unseen.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
    const options = { mark: unseen, instead: '', safe: true };
    return [
      source.finding('look-alike', [key], `"${key}" holds a character that nobody sees (${name}).`, options),
    ];
  }
  const script = new Intl.Locale(tag).maximize().script ?? 'Latn';
  const own = SCRIPTS[script] ?? String.raw`\p{Script=${script}}`;
  const foreign = new RegExp(
    String.raw`(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}${own}])\p{L}`,
    'u',
  );
  const looksLatin = (letter: string): boolean =>
    DRESSED.test(letter) ||
    (foreign.test(letter) && (CONFUSABLES.has(letter) || CONFUSABLES.has(letter.toLowerCase())));
  const [word] = text.match(/[\p{L}\p{M}\p{N}]+/gu)?.filter((one) => [...one].some(looksLatin)) ?? [];
  if (word === undefined) return [];
  const plain = [...word].map((letter) => plainLetter(letter)).join('');
  const said = `"${key}" has letters of another script in "${word}".`;
  const fix = plain === word ? {} : { instead: plain, expected: plain, safe: true };
  return [source.finding('look-alike', [key], said, { mark: word, ...fix })];
}

function plainLetter(letter: string): string {
  const folded = letter.normalize('NFKC');
  if (folded !== letter) return folded;
  const small = letter.toLowerCase();
  const plain = CONFUSABLES.get(small) ?? CONFUSABLES.get(letter);
  if (plain === undefined || /\p{Script=Latin}|\p{Script=Han}/u.test(letter)) return letter;
  return small === letter ? plain : plain.toUpperCase();
}

/** Numbers by which it is tried which forms a language needs. */
const TRIED = Array.from({ length: 201 }, (_, number) => number);

function checkPlurals(bundle: Bundle, source: YamlSource, tag: string, key: string): readonly Finding[] {
  return (bundle.texts.get(tag)?.get(key)?.plurals ?? []).flatMap(({ name, type, forms }) => {
    const rules = new Intl.PluralRules(tag, { type });
    const needed = [...new Set(TRIED.map((number) => rules.select(number)))];
    const missing = needed.filter((form) => !forms.includes(form));
    const never = forms.filter(
      (form) => !/^=\d+$/.test(form) && form !== 'other' && !needed.some((one) => one === form),
    );
    if (missing.length + never.length === 0) return [];
    const parts = [
      ...(missing.length === 0 ? [] : [`lacks ${missing.join(', ')}`]),
      ...(never.length === 0 ? [] : [`has ${never.join(', ')}, which ${tag} never uses`]),
    ];
    const said = `the plural of {${name}} in "${key}" ${parts.join(' and ')}.`;
    return [source.finding('plural-arms', [key], said, { expected: needed.join(', ') })];
  });
}
