import type { Bundle, ContentFiles } from '../content/index.js';
import { hashOfText } from './approvals.js';
import type { WordsKind } from './refuse-words.js';
import { readStamps, stampsFile, writeStamps } from './stamps.js';
import { insertEntry, listEntry, textEntry } from './yaml-insert.js';

/** Phrases that a new intent begins with. */
export const MIN_PHRASES = 5;

/** One text of something new, in every locale. */
export interface Part {
  readonly id: string;
  readonly kind: WordsKind;
  readonly ask: string;
  /** What it is for, in a line. */
  readonly explain: string;
}

/** A new answer or flow. */
export interface NewEntry {
  readonly name: string;
  /** Locale → part → text; the source first. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Locale → phrases. */
  readonly phrases: Readonly<Record<string, readonly string[]>>;
  /** Names of links of the registry; answers only. */
  readonly links: readonly string[];
  /** Answered in a direct chat only. */
  readonly private: boolean;
}

/** How the texts of a part are named, in the order in which they are written. */
export type KeyOf = (part: string) => string;

/** The locales that something new needs words in: the source first. */
export function localesFor({ locales }: Pick<Bundle, 'locales'>): readonly string[] {
  return [...new Set([locales.source, ...locales.required, ...Object.keys(locales.names)])];
}

/** Notes that new translations were compared with their source texts. */
function withStamps(
  files: ContentFiles,
  locale: string,
  source: string,
  texts: readonly (readonly [key: string, sourceText: string])[],
): ContentFiles {
  const { stamps, findings } = readStamps(files, locale);
  // Stamps of another source are none: the next comparison writes the file anew.
  if (findings.length > 0 || (stamps !== null && stamps.source !== source)) return files;
  const fresh = texts.map(([key, text]) => [key, hashOfText(text)] as const);
  const after = { source, texts: new Map([...(stamps?.texts ?? []), ...fresh]) };
  return new Map(files).set(stampsFile(locale), writeStamps(after));
}

/** The files with the texts and phrases of something new; everything that stands there stays as it is. */
export function withWords(
  files: ContentFiles,
  parts: readonly Part[],
  entry: NewEntry,
  keyOf: KeyOf,
): ContentFiles {
  let after = new Map(files);
  const [source = '', original = {}] = Object.entries(entry.words)[0] ?? [];
  for (const [locale, words] of Object.entries(entry.words)) {
    const path = `locales/${locale}/texts.yaml`;
    const lines = parts.map(({ id }) => textEntry(keyOf(id), words[id] ?? ''));
    after.set(path, insertEntry(after.get(path) ?? '', [], lines.join('\n')));
    const compared = parts.map(({ id }) => [keyOf(id), original[id] ?? ''] as const);
    if (locale !== source) after = new Map(withStamps(after, locale, source, compared));
  }
  for (const [locale, phrases] of Object.entries(entry.phrases)) {
    const path = `locales/${locale}/phrases.yaml`;
    const lines = listEntry(entry.name, phrases);
    after.set(path, insertEntry(after.get(path) ?? '', ['intents'], lines));
  }
  return after;
}
