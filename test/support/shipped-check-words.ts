import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type CheckWords, readCheckWords } from '../../src/authoring/check-words.js';
import { LOCALES_SCHEMA } from '../../src/content/index.js';

/** The words by which the texts of the shipped languages are judged. */
export function shippedCheckWords(): ReadonlyMap<string, CheckWords> {
  const locales = LOCALES_SCHEMA.parse(parse(readFileSync('locales/locales.yaml', 'utf8')));
  const files = new Map(
    readdirSync('locales', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `locales/${name}/checks.yaml`)
      .map((file) => [file, readFileSync(file, 'utf8')] as const),
  );
  const { words, findings } = readCheckWords(files, locales, { texts: new Map() });
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return words;
}
