import type { ContentFiles } from '../content/index.js';

/** Everything that models are made from: the phrases, and the order of their locales. */
export function phraseText(files: ContentFiles): string {
  const names = [...files.keys()].filter((name) => /^locales\/(locales|.*\/phrases)\.yaml$/.test(name));
  return names
    .sort()
    .map((name) => `${name}\n${files.get(name)}`)
    .join('\n');
}
