import { parse, stringify } from 'yaml';
import type { ContentFiles } from '../../src/content/index.js';

/** English with accents (CLDR): whoever reads it sees at once what is no text of a file, and what is cut off. */
export const PSEUDO_LOCALE = 'en-XA';

const ACCENTED: Readonly<Record<string, string>> = {
  ...{ a: 'á', c: 'ç', e: 'é', i: 'í', n: 'ñ', o: 'ó', s: 'š', u: 'ú', y: 'ý', z: 'ž' },
  ...{ A: 'Á', C: 'Ç', E: 'É', I: 'Í', N: 'Ñ', O: 'Ó', S: 'Š', U: 'Ú', Y: 'Ý', Z: 'Ž' },
};

/** A text in brackets, accented and a third longer, its values as they were. */
export function pseudo(text: string): string {
  const accented = text
    .split(/(\{[^{}]*\})/)
    .map((part) =>
      part.startsWith('{') ? part : part.replace(/[A-Za-z]/g, (letter) => ACCENTED[letter] ?? letter),
    )
    .join('');
  return `⟦${accented}${'·'.repeat(Math.ceil(text.length / 3))}⟧`;
}

/** The content with a language more, made of the English one. */
export function withPseudoLocale(files: ContentFiles): ContentFiles {
  const texts: Readonly<Record<string, string>> = parse(files.get('locales/en/texts.yaml') ?? '', {
    schema: 'failsafe',
  });
  const locales = parse(files.get('locales/locales.yaml') ?? '');
  const changed = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]));
  return new Map([
    ...files,
    [`locales/${PSEUDO_LOCALE}/texts.yaml`, stringify(changed)],
    [`locales/${PSEUDO_LOCALE}/phrases.yaml`, files.get('locales/en/phrases.yaml') ?? ''],
    ['locales/locales.yaml', stringify({ ...locales, names: { ...locales.names, [PSEUDO_LOCALE]: 'Ñéš' } })],
  ]);
}
