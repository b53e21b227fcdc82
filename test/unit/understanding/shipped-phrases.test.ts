import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PHRASES_SCHEMA } from '../../../src/content/locale-schema.js';
import type { PhraseBook } from '../../../src/model/index.js';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { NOTHING } from './small-books.js';

const LOCALES = join(import.meta.dirname, '../../../locales');

function readBooks(): ReadonlyMap<string, PhraseBook> {
  const books = new Map<string, PhraseBook>();
  for (const tag of readdirSync(LOCALES).sort()) {
    const file = join(LOCALES, tag, 'phrases.yaml');
    if (!existsSync(file)) continue;
    const book = PHRASES_SCHEMA.parse(parse(readFileSync(file, 'utf8'), { schema: 'failsafe' }));
    books.set(tag, { ...book, intents: new Map(Object.entries(book.intents)) });
  }
  return books;
}

describe('the shipped phrases', () => {
  const books = readBooks();

  it.skipIf(books.size === 0)('are understood as their own intent, nearly all of them', () => {
    const { understand } = createUnderstanding({ locales: books });
    for (const [tag, book] of books) {
      const missed: string[] = [];
      let phrases = 0;
      for (const [intent, examples] of book.intents) {
        for (const phrase of examples) {
          phrases += 1;
          const { event } = understand(phrase, tag, NOTHING);
          if (event.kind !== 'intent' || event.intent !== intent) missed.push(`${tag} ${intent}: ${phrase}`);
        }
      }
      expect(missed.length / phrases, missed.join('\n')).toBeLessThan(0.01);
    }
  });
  it.skipIf(books.size === 0)('that are outside our matters are never answered with certainty', () => {
    const { understand } = createUnderstanding({ locales: books });
    for (const [tag, book] of books) {
      for (const phrase of book.outside)
        expect(understand(phrase, tag, NOTHING).event.kind, phrase).not.toBe('intent');
    }
  });
});
