import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PHRASES_SCHEMA, toPhraseBook } from '../../../src/content/locale-schema.js';
import type { PhraseBook } from '../../../src/model/index.js';

const LOCALES = join(import.meta.dirname, '../../../locales');

/** The phrases of every shipped locale, straight from their files. */
export function readBooks(): ReadonlyMap<string, PhraseBook> {
  const books = new Map<string, PhraseBook>();
  for (const tag of readdirSync(LOCALES).sort()) {
    const file = join(LOCALES, tag, 'phrases.yaml');
    if (!existsSync(file)) continue;
    const phrases = PHRASES_SCHEMA.parse(parse(readFileSync(file, 'utf8'), { schema: 'failsafe' }));
    books.set(tag, toPhraseBook(phrases));
  }
  return books;
}
