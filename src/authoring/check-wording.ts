import type { Bundle, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import type { FindingOptions, YamlSource } from '../content/yaml-source.js';
import { holdsContact } from '../guard/outbound/contacts.js';
import { holdsMarkup } from '../guard/outbound/markup.js';
import { APPROVABLE, type Approvals } from './approvals.js';
import { type CheckWords, plainly } from './check-words.js';
import { rawTexts } from './translations.js';
import { withoutValues } from './without-values.js';
import { type Wording, wordingOf } from './wording-of.js';

/** What texts say: secrets that are asked for, promises, addresses, written lengths of time, false letters, plurals. */
export function checkWording(
  bundle: Bundle,
  sources: Pick<Sources, 'texts'>,
  words: ReadonlyMap<string, CheckWords>,
  approvals: Approvals,
): readonly Finding[] {
  return [...sources.texts].flatMap(([tag, source]) =>
    [...rawTexts(sources, tag)].flatMap(([key, text]): readonly Finding[] => {
      const wording = wordingOf(text, tag, words.get(tag));
      const mayLookAlike = approvals.allows('look-alike', tag, key, text);
      const letters = mayLookAlike ? [] : checkLetters(source, key, wording);
      // Of a word with false letters nobody can tell what it is, nor whether its text needs its approval.
      if (letters.length > 0) for (const rule of APPROVABLE) approvals.allows(rule, tag, key, text);
      return [
        ...letters,
        ...checkPlurals(bundle, source, tag, key),
        ...(wording.holdsAddress ? checkAddress(source, key, text) : []),
        ...(letters.length > 0 ? [] : checkSafety(source, tag, key, text, wording, approvals)),
      ];
    }),
  );
}

function checkSafety(
  source: YamlSource,
  tag: string,
  key: string,
  text: string,
  { secret, promise, duration }: Wording,
  approvals: Approvals,
): readonly Finding[] {
  const found: Finding[] = [];
  if (secret !== undefined && !approvals.allows('asks-secret', tag, key, text)) {
    const said = `"${key}" names a secret without a plain "never" in: ${shortened(secret)}`;
    found.push(source.finding('asks-secret', [key], said, marked(text, secret)));
  }
  if (promise !== undefined && !approvals.allows('promises-contact', tag, key, text)) {
    const said = `"${key}" promises that someone will come: "${promise}".`;
    found.push(source.finding('promises-contact', [key], said, marked(text, promise)));
  }
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
  const plain = withoutValues(text);
  const [word] = plain.split(/\s+/).filter((part) => holdsContact(part) || holdsMarkup(part));
  const said = `"${key}" holds an address, a handle, a number or markup${word === undefined ? '' : `: "${word}"`}.`;
  return [source.finding('address-in-text', [key], said, word === undefined ? {} : { mark: word })];
}

function checkLetters(
  source: YamlSource,
  key: string,
  { letters: found }: Pick<Wording, 'letters'>,
): readonly Finding[] {
  if (found === null) return [];
  if (found.kind === 'unseen') {
    const { sign } = found;
    const name = `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
    const options = { mark: sign, instead: '', safe: true };
    return [
      source.finding('look-alike', [key], `"${key}" holds a character that nobody sees (${name}).`, options),
    ];
  }
  const { word, plain } = found;
  const said = `"${key}" has letters of another script in "${word}".`;
  const fix = plain === word ? {} : { instead: plain, expected: plain, safe: true };
  return [source.finding('look-alike', [key], said, { mark: word, ...fix })];
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
