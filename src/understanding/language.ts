import { detectLanguage, isCommon, unaccented } from './detect.js';
import { hanBalance } from './fold.js';
import { EVERYWHERE, UNDERSTOOD } from './language-words.js';
import { syllablesIn } from './pinyin.js';
import { scriptOf } from './script.js';

/** Fewer telling words than this never decide for a language written in Latin letters. */
const LEAST_WORDS = 3;
/** Letters that only Vietnamese has, whose words are single syllables: with one of them fewer words tell. */
const OWN_LETTERS = /[ăđơư\u1ea0-\u1ef9]/iu;
/** How far a language must lead for a text to tell it, and for a text to count as one that nobody here understands. */
const LEAST_LEAD = 0.12;
const FOREIGN_LEAD = 0.3;
/** Pinyin is taken for Chinese when so many of its words are syllables and so few are words of any language. */
const PINYIN_WORDS = 3;
const PINYIN_STRANGERS = 0.34;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;
const LETTER = /\p{L}/u;

/** The script of a locale (`zh-CN` and `zh-TW` are both `Han`). Throws `RangeError` for what is no language tag. */
export function scriptOfLocale(tag: string): string {
  const script = new Intl.Locale(tag).maximize().script ?? 'Latn';
  return script === 'Hans' || script === 'Hant' ? 'Han' : script;
}

/** A shipped locale, as far as telling languages apart needs it. */
export interface Written {
  readonly tag: string;
  readonly language: string;
  readonly script: string;
  /** Whether its Chinese is written in Traditional characters. */
  readonly traditional: boolean;
}

/** A locale as {@link Written}. Throws `RangeError` for what is no language tag. */
export function written(tag: string): Written {
  const { language, script } = new Intl.Locale(tag).maximize();
  return { tag, language, script: scriptOfLocale(tag), traditional: script === 'Hant' };
}

/**
 * The likeliest language of a text, however short: the first subtag of BCP 47, or `zh-Hans` and `zh-Hant` where
 * characters tell; `null` when nothing does.
 */
export function languageOfText(text: string): string | null {
  const words = scriptOf(text) === 'Latn' ? tellingWords(text) : [];
  if (scriptOf(text) === 'Latn' && words.length === 0) return null;
  const language = isPinyin(words) ? 'zh' : (detectLanguage(text)?.language ?? null);
  // One or two words look like many languages; only those that are likely here are believed.
  if (words.length > 0 && words.length < LEAST_WORDS && language !== null && !UNDERSTOOD.includes(language))
    return null;
  if (language !== 'zh') return language;
  const balance = hanBalance(text);
  return balance === 0 ? 'zh' : balance > 0 ? 'zh-Hant' : 'zh-Hans';
}

/** Whether a text is surely in a language that none of the shipped locales has. */
export function isForeign(text: string, shipped: readonly Written[]): boolean {
  const language = languageOf(text, FOREIGN_LEAD);
  if (language === null || shipped.some((locale) => locale.language === language)) return false;
  // A few words of Latin letters may be names or misspelt; what no language is known for may be in any.
  return (
    scriptOf(text) !== 'Latn' || tellingWords(text).length > LEAST_WORDS || UNDERSTOOD.includes(language)
  );
}

/**
 * The shipped locale a text is written in, or `null` when it does not tell. Chinese: by characters that only one
 * script has; without any, `null` when `present` is Chinese or not given, else the first Chinese locale. One or two
 * words of Latin letters tell only with letters of one language alone; words such as "ok", "KYC" or "2FA" never do.
 */
export function localeOfText(
  text: string,
  shipped: readonly Written[],
  present: string | null,
): string | null {
  const language = languageOf(text, LEAST_LEAD);
  if (language === null) return null;
  const able = shipped.filter((locale) => locale.language === language);
  if (language === 'zh') return chinese(text, able, present);
  return (able.find(({ tag }) => tag === present) ?? able[0])?.tag ?? null;
}

function languageOf(text: string, lead: number): string | null {
  if (scriptOf(text) === 'Latn') {
    const words = tellingWords(text);
    if (words.length < LEAST_WORDS && !words.some((word) => OWN_LETTERS.test(word))) return null;
    if (isPinyin(words)) return 'zh';
  }
  const detected = detectLanguage(text);
  return detected !== null && detected.lead >= lead ? detected.language : null;
}

function chinese(text: string, able: readonly Written[], present: string | null): string | null {
  const balance = hanBalance(text);
  if (balance === 0) {
    const stays = present === null || able.some((locale) => locale.tag === present);
    return stays ? null : (able[0]?.tag ?? null);
  }
  const same = able.filter((locale) => locale.traditional === balance > 0);
  const staying = same.find((locale) => locale.tag === present);
  return (staying ?? same[0] ?? able[0])?.tag ?? null;
}

/** The words of a text that may tell its language, in lower case. */
function tellingWords(text: string): readonly string[] {
  return (text.toLowerCase().match(WORD) ?? []).filter(
    (word) => LETTER.test(word) && !EVERYWHERE.has(unaccented(word)),
  );
}

function isPinyin(words: readonly string[]): boolean {
  if (words.length < PINYIN_WORDS || !words.every((word) => syllablesIn(word).length > 0)) return false;
  if (words.length > PINYIN_WORDS && words.every((word) => syllablesIn(word).length === 1)) return true;
  const strangers = words.filter(isCommon).length;
  return strangers / words.length < PINYIN_STRANGERS;
}
