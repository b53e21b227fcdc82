import type { Locales } from './locale-schema.js';
import { nearestLocale } from './nearest-locale.js';

const chains = new WeakMap<Locales, Map<string, readonly string[]>>();

/**
 * Where a text is looked for that a locale does not have, the nearest first: the fallback that `locales.yaml` names,
 * else the nearest other locale of the same language, and so on; the source locale at last.
 */
export function fallbackChain(locales: Locales, locale: string): readonly string[] {
  const known = chains.get(locales) ?? new Map<string, readonly string[]>();
  chains.set(locales, known);
  const before = known.get(locale);
  if (before !== undefined) return before;
  const chain: string[] = [];
  for (let tag: string | null = locale; tag !== null && chain.length <= 8; ) {
    const seen = [locale, ...chain];
    const others = Object.keys(locales.names).filter((name) => !seen.includes(name));
    const next: string | null = locales.fallbacks[tag] ?? nearestLocale(others, tag);
    tag = next === null || seen.includes(next) ? null : next;
    if (tag !== null) chain.push(tag);
  }
  const whole = chain.includes(locales.source) ? chain : [...chain, locales.source];
  // Locales that nobody ships are not remembered: there is no end to them.
  if (Object.hasOwn(locales.names, locale)) known.set(locale, whole);
  return whole;
}
