import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkTerms, GLOSSARY_FILE, GLOSSARY_SCHEMA, glossaryPage } from '../../../src/authoring/glossary.js';
import { compileFiles, LOCALES_SCHEMA } from '../../../src/content/index.js';
import { edited, smallContent, withFile } from '../../support/small-content.js';

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

describe('a word that the glossary does not want', () => {
  const path = 'locales/en/texts.yaml';
  const [line = ''] = /^answers\.fees: .*$/m.exec(smallContent().get(path) ?? '') ?? [];
  const terms = 'letter:\n  meaning: x\n  terms: { en: letter, zh-CN: 邮件 }\n  not: { en: [mail] }\n';
  const codesAs = (text: string): readonly string[] => {
    const files = withFile(
      edited(smallContent(), path, line, `answers.fees: "${text}"`),
      GLOSSARY_FILE,
      terms,
    );
    return checkTerms(files, compileFiles(files).sources)
      .filter(({ message }) => message.includes('answers.fees'))
      .map(({ code }) => code);
  };

  it('is found in a text, and not in the name of a value', () => {
    expect(codesAs('Wait for the mail.')).toEqual(['stray-term']);
    expect(codesAs('Wait {mail, duration}.')).toEqual([]);
  });
});
