import { checkShape } from '../content/check-shape.js';
import {
  type Bundle,
  type ContentFiles,
  LOCALES_SCHEMA,
  type Locales,
  TEXTS_SCHEMA,
} from '../content/index.js';
import { PHRASES_SCHEMA } from '../content/locale-schema.js';
import { parseFlow } from '../content/parse-flow.js';
import { parseYaml } from '../content/yaml-source.js';
import { inlineScalar, insertAfter, insertEntry, listEntry, removeInline, textEntry } from './yaml-insert.js';

const LOCALES = 'locales/locales.yaml';
const LANGUAGE = 'flows/language.yaml';

/** A language that is being translated: nobody is answered in it yet. */
export interface NewLocale {
  readonly tag: string;
  /** The language in its own name. */
  readonly name: string;
  /** The locale whose texts and phrases it begins with, and falls back to. */
  readonly from: string;
}

/** What is left to translate. */
export interface DraftState {
  /** Text keys that are as in a locale that is served. */
  readonly texts: readonly string[];
  /** Text keys that are not there at all. */
  readonly missing: readonly string[];
  /** Intents, and words such as `yes`, whose phrases are as in one. */
  readonly phrases: readonly string[];
}

/** A language tag in its one form, or why there is no such language here. */
export function readTag(
  bundle: Bundle,
  typed: string,
): { readonly tag: string } | { readonly problem: string } {
  const written = typed.trim().replaceAll('_', '-');
  const wrong = { problem: 'A language tag is needed, such as fr, pt-BR or zh-HK.' };
  if (written === '') return wrong;
  let tag: string;
  try {
    tag = new Intl.Locale(written).toString();
  } catch (error) {
    if (error instanceof RangeError) return wrong;
    throw error;
  }
  const { language, region } = new Intl.Locale(tag);
  const known = (type: 'language' | 'region', code: string): boolean =>
    new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code) !== undefined;
  if (!/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?$/.test(tag)) return wrong;
  if (!known('language', language))
    return { problem: `There is no language "${language}". Its tag is such as fr, pt-BR or zh-HK.` };
  if (region !== undefined && !known('region', region))
    return { problem: `There is no country or region "${region}".` };
  if (Object.hasOwn(bundle.locales.names, tag))
    return { problem: `${tag} (${bundle.locales.names[tag]}) is served already.` };
  return { tag };
}

/** What a language calls itself, such as "Français". */
export function ownName(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return name.slice(0, 1).toLocaleUpperCase(tag) + name.slice(1);
}

/** The content with a draft of a language: everything of another one, to be translated. */
export function addLocale(files: ContentFiles, locale: NewLocale): ContentFiles {
  const { tag, name, from } = locale;
  const head = `# ${name}: a draft, which nobody is answered in. What reads as in ${from} is to be translated.\n`;
  const listed = insertEntry(files.get(LOCALES) ?? '', ['fallbacks'], `${tag}: ${from}`);
  const isFirst = Object.keys(draftsOf(files)).length === 0;
  const entry = `${tag}: ${inlineScalar(name)}`;
  return new Map(files)
    .set(
      LOCALES,
      isFirst ? insertAfter(listed, 'names', `drafts: { ${entry} }`) : insertEntry(listed, ['drafts'], entry),
    )
    .set(`locales/${tag}/texts.yaml`, head + (files.get(`locales/${from}/texts.yaml`) ?? ''))
    .set(`locales/${tag}/phrases.yaml`, head + (files.get(`locales/${from}/phrases.yaml`) ?? ''));
}

/**
 * What is left to translate in a draft: what reads as in a language that is served. What reads the same in all of them,
 * such as "✓" or the names of languages, is not.
 */
export function draftState(files: ContentFiles, tag: string): DraftState {
  const { fallbacks, source, names } = localesOf(files);
  const served = Object.keys(names);
  const theirs = textsOf(files, fallbacks[tag] ?? source);
  const others = served.map((name) => textsOf(files, name));
  const mine = textsOf(files, tag);
  const isEverywhere = (key: string): boolean =>
    others.length > 1 && others.every((texts) => texts[key] === theirs[key]);
  const isAsElsewhere = (key: string): boolean => others.some((texts) => texts[key] === mine[key]);
  const saidElsewhere = served.map((name) => phrasesOf(files, name));
  const said = phrasesOf(files, tag);
  return {
    texts: Object.keys(theirs).filter(
      (key) => /\p{L}/u.test(mine[key] ?? '') && isAsElsewhere(key) && !isEverywhere(key),
    ),
    missing: Object.keys(theirs).filter((key) => mine[key] === undefined),
    phrases: Object.keys(phrasesOf(files, fallbacks[tag] ?? source)).filter(
      (name) => said[name] === undefined || saidElsewhere.some((phrases) => phrases[name] === said[name]),
    ),
  };
}

/** The content with what came into the other locale since added to a draft, to be translated. */
export function updateDraft(files: ContentFiles, tag: string): ContentFiles {
  const from = localesOf(files).fallbacks[tag] ?? localesOf(files).source;
  const [mine, theirs] = [textsOf(files, tag), textsOf(files, from)];
  const lines = Object.entries(theirs).flatMap(([key, text]) =>
    mine[key] === undefined ? [textEntry(key, text)] : [],
  );
  const [said, saidThere] = [phrasesOf(files, tag), phrasesOf(files, from)];
  const intents = Object.entries(saidThere).flatMap(([name, phrases]) =>
    said[name] === undefined ? [listEntry(name, phrases.split('\n'))] : [],
  );
  const after = new Map(files);
  const [texts, phrases] = [`locales/${tag}/texts.yaml`, `locales/${tag}/phrases.yaml`];
  if (lines.length > 0) after.set(texts, insertEntry(files.get(texts) ?? '', [], lines.join('\n')));
  if (intents.length > 0)
    after.set(phrases, insertEntry(files.get(phrases) ?? '', ['intents'], intents.join('\n')));
  return after;
}

/** The content as if a draft were served: for trying it out. */
export function withDraftServed(files: ContentFiles, tag: string): ContentFiles {
  const name = draftsOf(files)[tag];
  if (name === undefined) return files;
  const served = insertEntry(
    removeInline(files.get(LOCALES) ?? '', 'drafts', tag),
    ['names'],
    `${tag}: ${inlineScalar(name)}`,
  );
  return new Map(files).set(LOCALES, served);
}

/** The content with a draft finished: it is served, and must have every text; people can choose it. */
export function finishLocale(files: ContentFiles, tag: string): ContentFiles {
  const { names } = localesOf(files);
  const drafts = draftsOf(files);
  const served = withDraftServed(files, tag);
  const after = new Map(served).set(LOCALES, insertEntry(served.get(LOCALES) ?? '', ['required'], tag));
  const flow = files.get(LANGUAGE) ?? '';
  const go = languageTarget(flow, tag);
  if (go === null) return after;
  const key = `language.btn-${tag.toLowerCase()}`;
  const button = `- { label: ${key}, value: ${tag}, go: ${go} }`;
  after.set(LANGUAGE, insertEntry(flow, ['steps', 'which', 'buttons'], button));
  for (const locale of [...Object.keys(names), tag]) {
    const path = `locales/${locale}/texts.yaml`;
    const texts = after.get(path) ?? '';
    if (textsOf(after, locale)[key] === undefined)
      after.set(path, insertEntry(texts, [], textEntry(key, drafts[tag] ?? tag)));
  }
  return after;
}

/** Where the buttons of the flow `language` lead; `null` for a flow of another make, or one that has the language. */
function languageTarget(flow: string, tag: string): string | null {
  const step = parseFlow(parseYaml(LANGUAGE, flow).source).flow?.flow.steps.get('which');
  if (step?.verb !== 'ask' || step.buttons.some(({ value }) => value === tag)) return null;
  const go = step.buttons.at(-1)?.go;
  return go?.kind === 'step' ? go.step : null;
}

function localesOf(files: ContentFiles): Locales {
  const shape = checkShape(parseYaml(LOCALES, files.get(LOCALES) ?? '').source, LOCALES_SCHEMA);
  return 'value' in shape
    ? shape.value
    : { source: '', required: [], fallbacks: {}, names: {}, must_say: [] };
}

/** Languages that are being translated, in their own names. */
export function draftsOf(files: ContentFiles): Readonly<Record<string, string>> {
  return localesOf(files).drafts ?? {};
}

function textsOf(files: ContentFiles, tag: string): Readonly<Record<string, string>> {
  const path = `locales/${tag}/texts.yaml`;
  const shape = checkShape(parseYaml(path, files.get(path) ?? '', { plain: true }).source, TEXTS_SCHEMA);
  return 'value' in shape ? shape.value : {};
}

/** Everything that is said in a locale, each list as one text. */
function phrasesOf(files: ContentFiles, tag: string): Readonly<Record<string, string>> {
  const path = `locales/${tag}/phrases.yaml`;
  const shape = checkShape(parseYaml(path, files.get(path) ?? '', { plain: true }).source, PHRASES_SCHEMA);
  if (!('value' in shape)) return {};
  const { global, intents, yes, no, ordinals, outside } = shape.value;
  const lists = { ...global, ...intents, yes, no, ordinals: ordinals.flat(), outside };
  return Object.fromEntries(Object.entries(lists).map(([name, phrases]) => [name, phrases.join('\n')]));
}
