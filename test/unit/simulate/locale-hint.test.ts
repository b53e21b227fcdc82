import { describe, expect, it } from 'vitest';
import { hintFor, hintsAt } from '../../../src/simulate/locale-hint.js';

describe('hintFor', () => {
  it.each([
    ['telegram', 'zh-CN', 'zh-hans'],
    ['telegram', 'zh-TW', 'zh-hant'],
    ['telegram', 'en', 'en'],
    ['discord', 'en', 'en-US'],
    ['slack', 'zh-TW', 'zh-TW'],
    ['console', 'zh-CN', 'zh-CN'],
  ] as const)('spells as on %s: %s', (platform, locale, hint) => {
    expect(hintFor(platform, locale)).toBe(hint);
  });
});

describe('hintsAt', () => {
  it('is for taps and commands only on Discord', () => {
    expect(hintsAt('discord', 'says')).toBe(false);
    expect(hintsAt('discord', 'taps')).toBe(true);
    expect(hintsAt('discord', 'command')).toBe(true);
    expect(hintsAt('slack', 'says')).toBe(true);
  });
});
