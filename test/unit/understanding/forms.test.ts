import { describe, expect, it } from 'vitest';
import { createMeanings } from '../../../src/understanding/alike.js';
import { questionsIn } from '../../../src/understanding/clauses.js';
import { withoutCourtesy } from '../../../src/understanding/courtesy.js';
import { createFeatures, extractFeatures, KINDS } from '../../../src/understanding/features.js';
import { finish, hashText } from '../../../src/understanding/hash.js';
import { ENGLISH } from './small-books.js';

const CHINESE = {
  ...ENGLISH,
  alike: new Map([
    ['hello', ['你好', '在吗']],
    ['thanks', ['谢谢']],
    ['lose', ['丢了', '没了']],
  ]),
};
const meanings = createMeanings([ENGLISH, CHINESE]);
const meant = (word: string): readonly string[] =>
  meanings.meaningsOf(finish(hashText(word))).map(meanings.nameOf);

describe('createMeanings', () => {
  it('gives words of one meaning, of any language, the same one', () => {
    expect([meant('lost'), meant('gone'), meant('丢了'), meant('table')]).toEqual([
      ['lose'],
      ['lose'],
      ['lose'],
      [],
    ]);
  });
  it('makes texts alike that have no word in common', () => {
    const shared = (one: string, other: string): number => {
      const of = (text: string): ReadonlySet<number> => {
        const features = createFeatures();
        extractFeatures(text, { meanings, sounds: false }, features);
        return new Set(
          [...features.hashes.slice(0, features.count)].filter(
            (_, i) => KINDS[features.kinds[i] ?? 0] === 'meaning',
          ),
        );
      };
      const second = of(other);
      return [...of(one)].filter((hash) => second.has(hash)).length;
    };
    expect(shared('lost', '丢了')).toBe(1);
    expect(shared('lost', 'fees')).toBe(0);
  });
});

describe('withoutCourtesy', () => {
  it.each([
    ['hello my mail is missing please', 'my mail is missing'],
    ['good morning thank you my mail is missing', 'my mail is missing'],
    ['你好我手机丢了谢谢', '我手机丢了'],
    ['你好 在吗 手机丢了', '手机丢了'],
  ])('reads "%s" as what is wanted', (text, bare) => {
    expect(withoutCourtesy(text, meanings)).toBe(bare);
  });
  it('leaves a text of little else as it is', () => {
    for (const text of ['hello', 'thanks pls', '你好', 'thank you bye', ''])
      expect(withoutCourtesy(text, meanings)).toBe(text);
  });
  it.each(['谢谢', '你好请', 'thanks ', 'please hello '])(
    'looks at the ends of a text of nothing but "%s" a few times, however long it is',
    (unit) => {
      let looks = 0;
      const counting: typeof meanings = {
        ...meanings,
        meaningsOf: (hash) => {
          looks += 1;
          return meanings.meaningsOf(hash);
        },
      };
      withoutCourtesy(unit.repeat(4096 / unit.length).trim(), counting);
      expect(looks).toBeGreaterThan(0);
      expect(looks).toBeLessThan(100);
    },
  );
});

describe('questionsIn', () => {
  it.each([
    ['where is my mail? what are the fees', ['where is my mail', 'what are the fees']],
    ['邮件没来，还有手续费多少', ['邮件没来', '手续费多少']],
    ['my phone is lost. also, what is 2fa', ['my phone is lost', ', what is 2fa']],
  ])('finds the questions of "%s"', (text, parts) => {
    expect(questionsIn(text)).toEqual(parts);
  });
  it('finds none in one question, or in what only tells more', () => {
    expect(questionsIn('my phone is lost. it was in a taxi!')).toEqual([]);
    expect(questionsIn('')).toEqual([]);
  });
});
