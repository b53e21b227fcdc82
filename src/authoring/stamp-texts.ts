import type { Bundle, ContentFiles } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import { hashOfText } from './approvals.js';
import { readStamps, stampsFile, writeStamps } from './stamps.js';
import { rawTexts } from './translations.js';

/**
 * The stamp files after translations were compared with their source: those of `keys`, or of all texts. Stamps of texts
 * that are gone go too. Only files that change are given.
 */
export function stampTexts(
  files: ContentFiles,
  bundle: Pick<Bundle, 'locales'>,
  sources: Pick<Sources, 'texts'>,
  tags: readonly string[],
  keys: readonly string[] | 'all',
): ReadonlyMap<string, string> {
  const { source } = bundle.locales;
  const originals = rawTexts(sources, source);
  const changed = new Map<string, string>();
  for (const tag of tags) {
    if (tag === source) continue;
    const texts = rawTexts(sources, tag);
    const { stamps } = readStamps(files, tag);
    const kept = stamps?.source === source ? [...stamps.texts] : [];
    const wanted = keys === 'all' ? [...originals.keys()] : keys;
    const stamped = wanted.flatMap((key): [string, string][] => {
      const original = originals.get(key);
      return original === undefined || !texts.has(key) ? [] : [[key, hashOfText(original)]];
    });
    const all = new Map([...kept, ...stamped].filter(([key]) => originals.has(key) && texts.has(key)));
    const written = writeStamps({ source, texts: all });
    if (written !== files.get(stampsFile(tag))) changed.set(stampsFile(tag), written);
  }
  return changed;
}
