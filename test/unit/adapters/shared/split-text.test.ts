import { describe, expect, it } from 'vitest';
import { splitText } from '../../../../adapters/shared/split-text.js';

const ADDRESS = 'https://wallet.example/help/fees?topic=1&lang=en';

describe('splitText', () => {
  it.each(Array.from({ length: ADDRESS.length }, (_, index) => 100 - index))(
    'does not cut an address that begins at %i and ends behind the hundredth sign',
    (at) => {
      const text = `${'字'.repeat(at)}${ADDRESS} 然后`;
      const parts = splitText(text, 100);
      expect(parts.join('')).toBe(text);
      expect(parts.filter((part) => part.includes(ADDRESS))).toHaveLength(1);
      expect(parts.every((part) => part.length <= 100)).toBe(true);
    },
  );

  it('cuts an address that no part could hold', () => {
    const text = `https://wallet.example/${'a'.repeat(200)}`;
    const parts = splitText(text, 100);
    expect(parts.join('')).toBe(text);
    expect(parts.every((part) => part.length <= 100)).toBe(true);
  });

  it.each([
    ['a family', '👩‍👩‍👧'],
    ['a flag', '🇨🇳'],
    ['a letter and its accent', 'e\u0301'],
    ['an emoji with its colour', '👍🏽'],
  ])('does not cut %s', (_name, sign) => {
    for (let before = 90; before <= 100; before += 1) {
      const text = `${'字'.repeat(before)}${sign}${'字'.repeat(50)}`;
      const parts = splitText(text, 100);
      expect(parts.join('')).toBe(text);
      expect(parts.filter((part) => part.includes(sign))).toHaveLength(1);
    }
  });
});
