import { describe, expect, it } from 'vitest';
import { compareTalks, describeTalks, type Talk, type Talks } from '../../../src/authoring/diff/talk-diff.js';

function talk(name: string, said: readonly string[], failure: string | null = null): Talk {
  return { name, talk: said, lines: said, failure };
}
const played = (...talks: readonly Talk[]): Talks => ({ kind: 'played', talks });
const same = ['hello', 'a', 'b', 'c', 'd'];

describe('compareTalks', () => {
  it('says nothing of conversations that go as before', () => {
    const diff = compareTalks(played(talk('a', same)), played(talk('a', same)));
    expect(diff).toEqual({ kind: 'compared', played: { before: 1, after: 1 }, changed: [] });
    expect(describeTalks(diff)).toBe('');
  });

  it('shows one that goes another way before and after, side by side, without what is the same far from it', () => {
    const before = played(talk('a', [...same, 'old way']), talk('b', same));
    const text = describeTalks(
      compareTalks(before, played(talk('a', [...same, 'new way']), talk('b', same))),
    );
    expect(text).toContain('played before and after: 1 of 2 change\n');
    expect(text).not.toMatch(/^ {2}b$/m);
    expect(text).toMatch(/^ {4}…$/m);
    expect(text).toMatch(/^ {4}d +d$/m);
    expect(text).toMatch(/^ {4}old way +\|$/m);
    expect(text).toMatch(/^ +\| new way$/m);
  });

  it('counts those that are new, gone, and not as written any more', () => {
    const diff = compareTalks(
      played(talk('gone', same), talk('kept', same), talk('bad', same, 'was bad before')),
      played(talk('new', same), talk('kept', same, 'should end at x'), talk('bad', same, 'was bad before')),
    );
    const text = describeTalks(diff);
    expect(text).toContain('1 of 3 change, 1 new, 1 gone, 1 not as written any more');
    expect(text).toContain('kept\n    not as written any more: should end at x');
    expect(text).not.toContain('was bad before');
  });

  it.each([
    [played(), { kind: 'not-played', why: 'x.yaml:1' }, 'after the change: x.yaml:1'],
    [{ kind: 'not-played', why: 'x.yaml:1' }, played(), 'before the change: x.yaml:1'],
  ] as const)('says when one side could not be played', (before, after, why) => {
    expect(describeTalks(compareTalks(before, after))).toBe(
      `The simulated conversations could not be played ${why}\n`,
    );
  });

  it('breaks long lines instead of cutting them', () => {
    const long = 'one two three four '.repeat(8).trim();
    const text = describeTalks(compareTalks(played(talk('a', [long])), played(talk('a', [`${long} five`]))));
    expect(text.match(/three/g)).toHaveLength(16);
    expect(text).toContain('five');
  });
});
