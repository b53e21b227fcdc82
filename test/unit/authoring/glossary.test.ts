import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GLOSSARY_FILE, GLOSSARY_SCHEMA, glossaryPage } from '../../../src/authoring/glossary.js';
import { LOCALES_SCHEMA } from '../../../src/content/index.js';

const glossary = GLOSSARY_SCHEMA.parse(parse(readFileSync(GLOSSARY_FILE, 'utf8'), { schema: 'failsafe' }));
const locales = LOCALES_SCHEMA.parse(
  parse(readFileSync('locales/locales.yaml', 'utf8'), { schema: 'failsafe' }),
);

describe('the glossary', () => {
  it.each(Object.entries(glossary))('has a term for %s in every language', (_notion, { terms }) => {
    expect(Object.keys(terms)).toEqual(expect.arrayContaining([...locales.required]));
  });

  it.each(Object.entries(glossary))(
    'says of %s no word that its own term holds',
    (_notion, { terms, not = {} }) => {
      for (const [tag, words] of Object.entries(not))
        for (const word of words) expect(terms[tag]?.toLowerCase()).not.toBe(word.toLowerCase());
    },
  );

  it('is what docs/glossary.md shows', async () => {
    await expect(glossaryPage(glossary)).toMatchFileSnapshot('../../../docs/glossary.md');
  });
});
