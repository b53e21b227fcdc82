import { z } from 'zod';
import { checkShape } from '../content/check-shape.js';
import type { ContentFiles, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import { parseYaml } from '../content/yaml-source.js';
import { plainly } from './check-words.js';
import { rawTexts } from './translations.js';
import { withoutValues } from './without-values.js';

export const GLOSSARY_FILE = 'locales/glossary.yaml';

/**
 * `locales/glossary.yaml`: notion → what it means, its term in each language, and words that texts must not use for it.
 */
export const GLOSSARY_SCHEMA = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/),
  z.strictObject({
    meaning: z.string().min(1),
    terms: z.record(z.string(), z.string().min(1)),
    not: z.record(z.string(), z.array(z.string().min(1))).optional(),
  }),
);
export type Glossary = z.infer<typeof GLOSSARY_SCHEMA>;

/** Texts that name a thing by another word than the glossary does. Without a glossary there are none. */
export function checkTerms(files: ContentFiles, sources: Pick<Sources, 'texts'>): readonly Finding[] {
  const text = files.get(GLOSSARY_FILE);
  if (text === undefined) return [];
  const { source: glossarySource, findings } = parseYaml(GLOSSARY_FILE, text, { plain: true });
  const shape = findings.length > 0 ? { findings } : checkShape(glossarySource, GLOSSARY_SCHEMA);
  if ('findings' in shape) return shape.findings;
  return [...sources.texts].flatMap(([tag, source]) => {
    const strays = Object.values(shape.value).flatMap(({ terms, not }) =>
      (not?.[tag] ?? []).map((word) => ({ word, pattern: wordPattern(word), term: terms[tag] ?? '' })),
    );
    return [...rawTexts({ texts: sources.texts }, tag)].flatMap(([key, said]) =>
      strays.flatMap(({ word, pattern, term }) =>
        pattern.test(plainly(withoutValues(said)))
          ? [
              source.finding(
                'stray-term',
                [key],
                `"${key}" says "${word}"; the glossary has "${term}" for it.`,
              ),
            ]
          : [],
      ),
    );
  });
}

/** A word of a script that parts words by blanks is looked for with the endings it may have. */
function wordPattern(word: string): RegExp {
  const escaped = plainly(word).replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  return /^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word)
    ? new RegExp(String.raw`(?<!\p{L})${escaped}(?:e?s)?(?!\p{L})`, 'u')
    : new RegExp(escaped, 'u');
}

const HEAD = `# Glossary

One word for one thing, in each language. Written from \`locales/glossary.yaml\`, which also lists the words that texts do not use; a test
holds both together (\`npx vitest run test/unit/authoring/glossary.test.ts -u\` writes this page).

`;

/** The glossary as the page `docs/glossary.md`. */
export function glossaryPage(glossary: Glossary): string {
  const tags = [...new Set(Object.values(glossary).flatMap(({ terms }) => Object.keys(terms)))];
  const rows = Object.entries(glossary).map(
    ([notion, { meaning, terms }]) =>
      `| ${notion.replaceAll('-', ' ')}: ${meaning} | ${tags.map((tag) => terms[tag] ?? '').join(' | ')} |\n`,
  );
  return `${HEAD}| notion | ${tags.join(' | ')} |\n|${'---|'.repeat(tags.length + 1)}\n${rows.join('')}`;
}
