import { describe, expect, it } from 'vitest';
import { fallbackChain } from '../../../src/content/fallback-chain.js';
import { LOCALES_SCHEMA, nearestLocale } from '../../../src/content/index.js';

function localesOf(tags: readonly string[], fallbacks: Readonly<Record<string, string>> = {}) {
  const names = Object.fromEntries(tags.map((tag) => [tag, tag]));
  return LOCALES_SCHEMA.parse({ source: tags[0], required: [tags[0]], fallbacks, names, must_say: [] });
}

describe('nearestLocale', () => {
  const shipped = ['zh-CN', 'zh-TW', 'en', 'pt-BR', 'es-ES', 'es-419'];

  it.each([
    ['zh-Hant-HK', 'zh-TW'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-MO', 'zh-TW'],
    ['en-AU', 'en'],
    ['pt-PT', 'pt-BR'],
    ['es-MX', 'es-419'],
    ['es', 'es-ES'],
    ['yue-Hant', null],
    ['fr', null],
    ['-', null],
  ])('of %s is %s', (tag, nearest) => {
    expect(nearestLocale(shipped, tag)).toBe(nearest);
    expect(nearestLocale(shipped, tag)).toBe(nearest);
  });
});

describe('fallbackChain', () => {
  it('goes along the fallbacks that are named', () => {
    const locales = localesOf(['zh-CN', 'zh-TW', 'en'], { 'zh-TW': 'zh-CN', 'zh-CN': 'en' });
    expect(fallbackChain(locales, 'zh-TW')).toEqual(['zh-CN', 'en']);
  });

  it('takes the nearest locale of the same language where none is named, and the source at last', () => {
    const locales = localesOf(['en', 'zh-CN', 'zh-TW', 'zh-HK']);
    expect(fallbackChain(locales, 'zh-HK')).toEqual(['zh-TW', 'zh-CN', 'en']);
    expect(fallbackChain(locales, 'fr')).toEqual(['en']);
  });

  it('ends where fallbacks lead in a circle', () => {
    const locales = localesOf(['en', 'zh-CN', 'zh-TW'], { 'zh-CN': 'zh-TW', 'zh-TW': 'zh-CN' });
    expect(fallbackChain(locales, 'zh-TW')).toEqual(['zh-CN', 'en']);
  });
});
