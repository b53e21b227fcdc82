import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  inlineScalar,
  insertAfter,
  insertEntry,
  listEntry,
  removeInline,
  textEntry,
} from '../../../src/authoring/yaml-insert.js';

describe('inserting into YAML', () => {
  it('adds to the end of a file and leaves every other byte alone', () => {
    const text = '# head\nfees:      { say: a }\n\n# part\nlong: { say: b }   # remark';
    expect(insertEntry(text, [], 'new: { say: c }')).toBe(`${text}\nnew: { say: c }\n`);
  });

  it('adds to a map in the middle, at its indentation, before what follows', () => {
    const text = 'intents:\n    a:\n      - one\n      - two # last\n\n# next\noutside:\n  - x\n';
    expect(insertEntry(text, ['intents'], 'b:\n  - three')).toBe(
      'intents:\n    a:\n      - one\n      - two # last\n    b:\n      - three\n\n# next\noutside:\n  - x\n',
    );
  });

  it('adds to a list of maps', () => {
    const text = 'steps:\n  which:\n    buttons:\n      - { label: a, go: b }\n    unclear: x\n';
    const after = insertEntry(text, ['steps', 'which', 'buttons'], '- { label: c, go: d }');
    expect(after).toContain('      - { label: a, go: b }\n      - { label: c, go: d }\n    unclear: x\n');
  });

  it('adds to what stands in one line', () => {
    expect(insertEntry('a: { b: c }\nd: [e]\n', ['a'], 'x: y')).toBe('a: { b: c, x: y }\nd: [e]\n');
    expect(insertEntry('a: {}\nd: [e]\n', ['d'], 'f')).toBe('a: {}\nd: [e, f]\n');
    expect(insertEntry('a: {}\n', ['a'], 'x: y')).toBe('a: { x: y }\n');
  });

  it('keeps line breaks and a mark at the beginning as they are', () => {
    const text = '\uFEFFa: one\r\nb: two\r\n';
    expect(insertEntry(text, [], 'c: |-\n  x\n\n  y')).toBe(`${text}c: |-\r\n  x\r\n\r\n  y\r\n`);
  });

  it('begins a file that holds nothing', () => {
    expect(insertEntry('# nothing yet\n', [], 'a: b')).toBe('# nothing yet\na: b\n');
    expect(insertEntry('', [], 'a: b')).toBe('a: b\n');
  });

  it('adds behind a block of text', () => {
    const text = 'a: |-\n  one\n\n  two\n';
    expect(parse(insertEntry(text, [], 'b: c'))).toEqual({ a: 'one\n\ntwo', b: 'c' });
  });

  it('refuses a place that is not there', () => {
    expect(() => insertEntry('a: b\n', ['c'], 'd: e')).toThrow(TypeError);
    expect(() => insertAfter('a: b\n', 'c', 'd: e')).toThrow(TypeError);
  });

  it('puts a line behind another one, and takes an entry out again', () => {
    const text = 'names: { en: English }\nmust_say:\n  - x\n';
    const one = insertAfter(text, 'names', 'drafts: { fr: Français }');
    expect(one).toBe('names: { en: English }\ndrafts: { fr: Français }\nmust_say:\n  - x\n');
    const two = insertEntry(one, ['drafts'], 'de: Deutsch');
    expect(removeInline(two, 'drafts', 'fr')).toContain('\ndrafts: { de: Deutsch }\n');
    expect(removeInline(one, 'drafts', 'fr')).toBe(text);
    expect(removeInline(text, 'drafts', 'fr')).toBe(text);
  });
});

describe('writing values', () => {
  it.each([
    'plain',
    'with "quotes" and: colons # and hashes',
    '007',
    'yes',
    'two\n\nlines',
    "l''{x} {y}",
    '- dash',
    ' a',
  ])('keeps %j', (text) => {
    expect(parse(textEntry('a.b', text), { schema: 'failsafe' })).toEqual({ 'a.b': text });
    expect(parse(listEntry('a', [text.trim()]), { schema: 'failsafe' })).toEqual({ a: [text.trim()] });
  });

  it.each(['Français', 'a, b', '{x}', 'a: b', '# c', '简体'])('keeps %j within one line', (text) => {
    expect(parse(`a: { b: ${inlineScalar(text)} }`)).toEqual({ a: { b: text } });
  });
});
