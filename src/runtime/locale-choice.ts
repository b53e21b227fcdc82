import { type Locales, nearestLocale } from '../content/index.js';
import { type Script, scriptOfLocale } from '../understanding/index.js';

/** The first wish that a shipped locale meets, else the source locale. */
export function chooseLocale(locales: Locales, wishes: readonly (string | undefined)[]): string {
  return wishedLocale(locales, wishes) ?? locales.source;
}

/** The first wish that a shipped locale meets, or `null`. */
export function wishedLocale(locales: Locales, wishes: readonly (string | undefined)[]): string | null {
  for (const wish of wishes) {
    const tag = wish === undefined ? null : nearestLocale(Object.keys(locales.names), wish);
    if (tag !== null) return tag;
  }
  return null;
}

/**
 * A locale for words that do not tell more than their script: the first that is written in it, else the source locale.
 */
export function localeByScript(locales: Locales, script: Script | null): string {
  const { source, names } = locales;
  return [source, ...Object.keys(names)].find((tag) => scriptOfLocale(tag) === script) ?? source;
}

/** The locale a message is written in, unless it does not tell or is one we do not have. */
export function writtenLocale(locales: Locales, written: string | null, present: string): string {
  return written !== null && Object.hasOwn(locales.names, written) ? written : present;
}
