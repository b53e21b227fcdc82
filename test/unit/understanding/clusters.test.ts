import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../../src/understanding/index.js';
import { readBooks } from './shipped-books.js';

const books = readBooks();
const asked = (locale: string, ...texts: readonly string[]) => texts.map((text) => ({ text, locale }));
const texts = [
  ...asked(
    'en',
    'how do i stake my coins',
    'can i stake coins here',
    'How do I stake my coins?',
    'write me a poem',
  ),
  ...asked('zh-CN', '怎么质押我的币', '质押币怎么弄'),
  ...asked('zh-TW', '怎麼質押我的幣', '今天天氣如何'),
];
const told = (items: typeof texts) =>
  clusters(items, books).map(({ members }) => members.map((member) => member.items.length));

describe('clusters of questions', () => {
  it('put together what asks the same, one spelling counted once, the commonest first', () => {
    const [staking, poem, chinese, weather] = clusters(texts, books);
    expect(staking?.members.map(({ text, items }) => [text, items.length])).toEqual([
      ['How do I stake my coins?', 2],
      ['can i stake coins here', 1],
    ]);
    expect(poem?.members.map(({ text }) => text)).toEqual(['write me a poem']);
    expect(chinese?.members.map(({ items }) => items.map(({ locale }) => locale).sort())).toEqual([
      ['zh-CN', 'zh-TW'],
      ['zh-CN'],
    ]);
    expect(weather?.language).toBe('zh');
  });

  it('are the same in whatever order the questions came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(texts, { minLength: texts.length }), (shuffled) => {
        expect(told(shuffled)).toEqual(told(texts));
      }),
      { numRuns: 20 },
    );
  });

  it('hold every question once', () => {
    const phrases = [...(books.get('en')?.intents.values() ?? [])].flat().slice(0, 400);
    const found = clusters(asked('en', ...phrases), books);
    const all = found.flatMap(({ members }) => members.flatMap(({ items }) => items.map(({ text }) => text)));
    expect(all.sort()).toEqual([...phrases].sort());
    expect(clusters([], books)).toEqual([]);
  });
});
