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
  it('are enough: thirty an intent in zh-CN and en, fifteen in zh-TW, two hundred outside', () => {
    for (const [tag, book] of books) {
      const least = tag === 'zh-TW' ? 15 : 30;
      for (const [intent, phrases] of book.intents)
        expect(phrases.length, `${tag} ${intent}`).toBeGreaterThanOrEqual(least);
      expect(book.outside.length, tag).toBeGreaterThanOrEqual(200);
    }
  });
  it('tell their language', () => {
    const { languageOf } = createUnderstanding({ locales: books });
    for (const [tag, book] of books) {
      const language = tag === 'en' ? /^en$/ : tag === 'zh-TW' ? /^zh(-Hant)?$/ : /^zh(-Hans)?$/;
      const sentences = [...book.intents.values()]
        .flat()
        .filter((text) => (tag === 'en' ? text.split(' ').length > 2 : /\p{Script=Han}{3}/u.test(text)));
      const wrong = sentences.filter((text) => !language.test(languageOf(text) ?? ''));
      expect(wrong.length / sentences.length, wrong.join('\n')).toBeLessThan(0.005);
    }
  });
});
