import { createHash } from 'node:crypto';
import type { Bundle, ContentFiles } from '../content/index.js';
import type { WordsKind } from './refuse-words.js';
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

const STAMPS_HEAD =
  '# Which source text each translation was compared with. Written by `lifeline texts --stamp`.\n';

/** Notes that new translations were compared with their source texts. */
function withStamps(
  files: ContentFiles,
  locale: string,
  source: string,
  texts: readonly (readonly [key: string, sourceText: string])[],
): ContentFiles {
  const path = `locales/${locale}/stamps.yaml`;
  const before = files.get(path) ?? `${STAMPS_HEAD}source: ${source}\ntexts:\n`;
  const at = before.indexOf('\ntexts:\n');
  // Stamps of another source are none: the next comparison writes the file anew.
  if (at < 0 || !before.includes(`\nsource: ${source}\n`)) return files;
  const head = before.slice(0, at + '\ntexts:\n'.length);
  const fresh = texts.map(
    ([key, text]) => `  ${key}: "${createHash('sha256').update(text).digest('hex').slice(0, 8)}"`,
  );
  const lines = [...before.slice(head.length).split('\n'), ...fresh].filter((line) => line !== '');
  const keyOf = (line: string): string => line.trim().split(':', 1)[0] ?? '';
  lines.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return new Map(files).set(path, `${head}${lines.join('\n')}\n`);
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
