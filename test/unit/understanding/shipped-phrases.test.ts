import { describe, expect, it } from 'vitest';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { readBooks } from './shipped-books.js';
import { NOTHING } from './small-books.js';

describe('the shipped phrases', () => {
  const books = readBooks();

  it('are understood as their own intent, nearly all of them', () => {
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
  it('that are outside our matters are never answered with certainty', () => {
    const { understand } = createUnderstanding({ locales: books });
    for (const [tag, book] of books) {
      for (const phrase of book.outside)
        expect(understand(phrase, tag, NOTHING).event.kind, phrase).not.toBe('intent');
    }
  });
  it('are enough: thirty an intent and two hundred outside in zh-CN and en, fifteen in zh-TW, twenty and a hundred elsewhere', () => {
    for (const [tag, book] of books) {
      const least = { 'zh-CN': 30, en: 30, 'zh-TW': 15 }[tag] ?? 20;
      for (const [intent, phrases] of book.intents)
        expect(phrases.length, `${tag} ${intent}`).toBeGreaterThanOrEqual(least);
      expect(book.outside.length, tag).toBeGreaterThanOrEqual(/^(zh|en)/.test(tag) ? 200 : 100);
    }
  });
  it('tell their language', () => {
    const { languageOf } = createUnderstanding({ locales: books });
    for (const [tag, book] of books) {
      const { language } = new Intl.Locale(tag);
      const other = { 'zh-TW': 'zh-Hans', 'zh-CN': 'zh-Hant' }[tag];
      const sentences = [...book.intents.values()]
        .flat()
        .filter((text) => SENTENCES[language]?.test(text) ?? text.split(' ').length > 2);
      const wrong = sentences.filter((text) => {
        const told = languageOf(text);
        return told === null || told.split('-')[0] !== language || told === other;
      });
      expect(wrong.length / sentences.length, `${tag}\n${wrong.join('\n')}`).toBeLessThan(
        MOST_WRONG[tag] ?? 0.005,
      );
    }
  });
});

/** More than a word or two, in languages without blanks. */
const SENTENCES: Readonly<Record<string, RegExp>> = { zh: /\p{Script=Han}{3}/u, ja: /^.{6,}$/u };
/** Where people leave out marks or write English words, and where words are shared, more is left open. */
const MOST_WRONG: Readonly<Record<string, number>> = { es: 0.03, id: 0.02, tr: 0.01, ja: 0.02 };
