import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../../../adapters/discord/markdown.js';

describe('escaping Markdown', () => {
  it.each([
    ['bold and the like', '**a** _b_ ~~c~~ ||d||', '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\|'],
    ['code', '`a` ```b```', '\\`a\\` \\`\\`\\`b\\`\\`\\`'],
    ['a link under words', '[a](b)', '\\[a\\](b)'],
    ['mentions', '<@1> @everyone', '\\<\\@1> \\@everyone'],
    ['a backslash', 'a\\b', 'a\\\\b'],
    ['a head, a quote and a list', '# a\n> b\n - c\n+ d', '\\# a\n\\> b\n \\- c\n\\+ d'],
    ['the same further in', 'a # b > c - d', 'a # b > c - d'],
    ['numbers', '1. a\n2. b', '1. a\n2. b'],
  ])('takes the meaning of %s', (_what, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('leaves addresses as they are, and what follows them is no start of a line', () => {
    expect(escapeMarkdown('go to https://a.example/b_c*d -now\n-x')).toBe(
      'go to https://a.example/b_c*d -now\n\\-x',
    );
    expect(escapeMarkdown('https://a.example\n# b')).toBe('https://a.example\n\\# b');
  });
});
