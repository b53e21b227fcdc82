import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** The languages of the page, the first one for who has none of them. */
export const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
/** What a language calls itself. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
};

/** A text of the page in a language, with its `{values}` put in. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const texts = z.record(z.string(), z.string());

/** Reads the texts of every language. Throws when one lacks a text that another one has. */
export function readWords(): (locale: Locale) => Words {
  const all = new Map(LOCALES.map((locale) => [locale, read(locale)]));
  const keys = new Set([...all.values()].flatMap((each) => Object.keys(each)));
  for (const [locale, each] of all)
    for (const key of keys)
      if (each[key] === undefined) throw new Error(`locales/${locale}.yaml has no text "${key}"`);
  return (locale) =>
    (key, values = {}) => {
      const text = all.get(locale)?.[key];
      if (text === undefined) throw new Error(`there is no text "${key}"`);
      return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
    };
}

function read(locale: Locale): z.infer<typeof texts> {
  const file = new URL(`locales/${locale}.yaml`, folder());
  return texts.parse(parse(readFileSync(file, 'utf8'), { schema: 'failsafe' }));
}

/** The folder with texts and public files: this one, or the one it was compiled from. */
export function folder(): URL {
  const here = new URL('.', import.meta.url);
  const compiled = /\/dist-(?:demo|bench)\/examples\/official-site\/$/;
  return new URL(here.href.replace(compiled, '/examples/official-site/'));
}

/** The language that was chosen, else the first one of `Accept-Language` that we speak (RFC 9110, section 12.5.4). */
export function localeOf(chosen: string | undefined, accepted: string | undefined): Locale {
  const own = LOCALES.find((locale) => locale === chosen);
  if (own !== undefined) return own;
  const wanted = (accepted ?? '')
    .slice(0, 300)
    .split(',')
    .map((entry, index) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const weight = parameters.map((each) => /^\s*q=([0-9.]+)$/.exec(each)?.[1]).find(Boolean);
      return { tag, weight: Number(weight ?? 1), index };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { tag } of wanted) {
    if (/^zh-(hant|tw|hk|mo)/.test(tag)) return 'zh-TW';
    if (/^zh/.test(tag)) return 'zh-CN';
    if (/^en/.test(tag)) return 'en';
  }
  return 'en';
}
