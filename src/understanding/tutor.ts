import type { ModelShelf, PhraseBook } from '../model/index.js';
import { scriptOfLocale } from './language.js';
import { type Taught, teach } from './lesson.js';
import { phrasesOf } from './phrases.js';

/** What a text that is an author's own phrase means. */
type Exact = { readonly intent: string } | 'outside' | 'several';

/** Teaches languages when first asked for. */
export interface Tutor {
  taught(locale: string): Taught;
  /** Key of a phrase → its intent. The locale's own phrases count before those of its sisters. */
  exactOf(locale: string): ReadonlyMap<string, Exact>;
}

/** A tutor for these books. An unknown locale has no phrases and understands nothing. */
export function createTutor(
  locales: ReadonlyMap<string, PhraseBook>,
  shelf: ModelShelf | null,
  isTaughtElsewhere: () => boolean = () => false,
): Tutor {
  const languages = new Map<string, Taught>();
  const exacts = new Map<string, ReadonlyMap<string, Exact>>();

  return {
    taught(locale) {
      const language = languageOf(locale);
      const known = languages.get(language);
      if (known !== undefined) return known;
      const taught = teach(
        language,
        booksOf(language, locales),
        companionsOf(language, locales),
        shelf,
        isTaughtElsewhere,
      );
      languages.set(language, taught);
      return taught;
    },
    exactOf(locale) {
      const known = exacts.get(locale);
      if (known !== undefined) return known;
      const exact = new Map<string, Exact>();
      const own = locales.get(locale);
      const sisters = booksOf(languageOf(locale), locales).filter((book) => book !== own);
      for (const book of own === undefined ? sisters : [own, ...sisters]) {
        for (const [key, meaning] of exactIn(book)) if (!exact.has(key)) exact.set(key, meaning);
      }
      exacts.set(locale, exact);
      return exact;
    },
  };
}

/** The language of a locale: `zh` of `zh-TW`. */
export function languageOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}

/** The books of a language's locales. */
export function booksOf(language: string, locales: ReadonlyMap<string, PhraseBook>): readonly PhraseBook[] {
  return [...locales].filter(([tag]) => languageOf(tag) === language).map(([, book]) => book);
}

/**
 * The books of the first language of each other script: its words stand in texts of this one ("我的 2FA 丢了 help").
 * Languages of one script have words in common that mean something else.
 */
export function companionsOf(
  language: string,
  locales: ReadonlyMap<string, PhraseBook>,
): readonly PhraseBook[] {
  const scripts = new Set(
    [...locales.keys()].filter((tag) => languageOf(tag) === language).map(scriptOfLocale),
  );
  const companions: PhraseBook[] = [];
  for (const [tag, book] of locales) {
    const script = scriptOfLocale(tag);
    if (scripts.has(script)) continue;
    scripts.add(script);
    companions.push(book);
  }
  return companions;
}

function exactIn(book: PhraseBook): ReadonlyMap<string, Exact> {
  const exact = new Map<string, Exact>();
  for (const { intent, key } of phrasesOf(book)) {
    const meaning: Exact = intent === null ? 'outside' : { intent };
    const before = exact.get(key);
    if (key !== '') exact.set(key, before === undefined || same(before, meaning) ? meaning : 'several');
  }
  return exact;
}

function same(one: Exact, other: Exact): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.intent === other.intent;
}
