import { match } from '@formatjs/intl-localematcher';

/** What the matcher answers when nothing is near: no language in particular. */
const NOTHING = 'und';
/** Tags that platforms send are few, and matching is slow. */
const MAX_KNOWN = 500;
const known = new Map<string, string | null>();

/**
 * The nearest of some locales for a BCP-47 tag as platforms send it (`zh-hant`, `en_GB`, `zh`), of the same language
 * and if possible the same script (Unicode CLDR language matching), or `null`. `wrong` tags are near to nothing.
 */
export function nearestLocale(locales: readonly string[], tag: string): string | null {
  if (locales.includes(tag)) return tag;
  const name = `${tag} ${locales.join()}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = matched(locales, tag);
  if (known.size < MAX_KNOWN) known.set(name, found);
  return found;
}

function matched(locales: readonly string[], tag: string): string | null {
  let wanted: Intl.Locale;
  try {
    wanted = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  // The matcher also offers languages that people of a region mostly read; those are for a fallback to say.
  const near = locales.filter((locale) => new Intl.Locale(locale).language === wanted.language);
  if (near.length === 0) return null;
  const best = match([wanted.toString()], near, NOTHING, { algorithm: 'best fit' });
  return near.includes(best) ? best : (near[0] ?? null);
}
