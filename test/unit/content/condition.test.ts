import { describe, expect, it } from 'vitest';
import { comparisonsOf, holds, parseCondition } from '../../../src/content/index.js';

function truth(text: string, values: Readonly<Record<string, string>>): boolean | string {
  const condition = parseCondition(text);
  return 'error' in condition ? condition.error : holds(condition, (name) => values[name]);
}

describe('parseCondition', () => {
  it.each([
    ['a = x', true],
    ['a = y', false],
    ['a != x', false],
    ['a != y', true],
    ['a in [y, x]', true],
    ['a in [y, z]', false],
    ['not a = x', false],
    ['not not a = x', true],
    ['a = x and b = y', true],
    ['a = x and b = z', false],
    ['a = z or b = y', true],
    // `and` binds tighter than `or`, `not` tighter than both.
    ['a = x or a = z and b = z', true],
    ['(a = x or a = z) and b = z', false],
    ['not a = z and b = z', false],
    ['not (a = z and b = z)', true],
    ['  a=x  ', true],
    ['a in[x,y]', true],
    ['locale = zh-CN', true],
  ])('reads "%s" as %s', (text, expected) => {
    expect(truth(text, { a: 'x', b: 'y', locale: 'zh-CN' })).toBe(expected);
  });

  it('lets a slot that nobody set equal nothing', () => {
    expect(['a = x', 'a in [x]', 'a != x', 'not a = x'].map((text) => truth(text, {}))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it.each([
    ['', 'expected a slot but found "the end"'],
    ['a', 'expected =, != or in after "a"'],
    ['a =', 'expected a value but found "the end"'],
    ['a == x', 'expected a value but found "="'],
    ['a = x b', 'did not expect "b" here'],
    ['a in x', 'expected "[" but found "x"'],
    ['a in []', 'expected a value but found "]"'],
    ['a in [x y]', 'expected "]" but found "y"'],
    ['(a = x', 'expected ")" but found "the end"'],
    ['a = x)', 'did not expect ")" here'],
    ['a = x and', 'expected a slot but found "the end"'],
    ['a = "x"', 'cannot read ""x""'],
    ['a > 3', 'cannot read "> 3"'],
    ['口 = x', 'cannot read "口 = x"'],
    [Array.from({ length: 40 }, () => 'a = x').join(' and '), 'is longer than 60 words'],
    ['('.repeat(61), 'is longer than 60 words'],
  ])('says what is wrong with "%s"', (text, error) => {
    expect(parseCondition(text)).toEqual({ error });
  });

  it('names what a condition compares', () => {
    const condition = parseCondition('a = x or not (b in [y, z] and a != w)');
    if ('error' in condition) throw new Error(condition.error);
    expect(comparisonsOf(condition).map(({ name, values }) => [name, values])).toEqual([
      ['a', ['x']],
      ['b', ['y', 'z']],
      ['a', ['w']],
    ]);
  });
});
