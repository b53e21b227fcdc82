import type { Locales } from '../content/index.js';
import { type Script, scriptOfLocale } from '../understanding/index.js';

/** The first wish that a shipped locale meets, else the source locale. */
export function chooseLocale(locales: Locales, wishes: readonly (string | undefined)[]): string {
  return wishedLocale(locales, wishes) ?? locales.source;
}

/** The first wish that a shipped locale meets, or `null`. */
export function wishedLocale(locales: Locales, wishes: readonly (string | undefined)[]): string | null {
  for (const wish of wishes) {
    const tag = wish === undefined ? null : nearestLocale(locales, wish);
    if (tag !== null) return tag;
  }
  return null;
}

/** A locale for words that do not tell more than their script: the first that is written in it, else the source locale. */
export function localeByScript(locales: Locales, script: Script | null): string {
  const { source, names } = locales;
  return [source, ...Object.keys(names)].find((tag) => scriptOfLocale(tag) === script) ?? source;
}

/** The locale a message is written in, unless it does not tell or is one we do not have. */
export function writtenLocale(locales: Locales, written: string | null, present: string): string {
  return written !== null && Object.hasOwn(locales.names, written) ? written : present;
}

/**
 * The shipped locale for a BCP-47 tag as platforms send it (`zh-hant`, `en-GB`, `zh`), or `null`.
 * Likely subtags decide between scripts (Unicode CLDR, through `Intl.Locale`).
 */
function nearestLocale(locales: Locales, tag: string): string | null {
  if (Object.hasOwn(locales.names, tag)) return tag;
  const shipped = Object.keys(locales.names);
  const wanted = maximized(tag);
  if (wanted === null) return null;
  const near = shipped
    .map((candidate) => ({ candidate, locale: maximized(candidate) }))
    .filter(({ locale }) => locale?.language === wanted.language);
  return (near.find(({ locale }) => locale?.script === wanted.script) ?? near[0])?.candidate ?? null;
}

/** Tags that platforms send are few, and `maximize` is slow. */
const KNOWN_TAGS = new Map<string, Intl.Locale | null>();
const MAX_KNOWN_TAGS = 500;

function maximized(tag: string): Intl.Locale | null {
  const known = KNOWN_TAGS.get(tag);
  if (known !== undefined) return known;
  const locale = parseTag(tag)?.maximize() ?? null;
  if (KNOWN_TAGS.size < MAX_KNOWN_TAGS) KNOWN_TAGS.set(tag, locale);
  return locale;
}

function parseTag(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
