import { describe, expect, it } from 'vitest';
import { buttonLines, differenceOf, talkOf } from '../../../src/simulate/transcript.js';

const buttons = [
  { kind: 'tap', label: 'Yes', value: 'yes', data: '1.0.x', numbered: true },
  { kind: 'url', label: 'Page', url: 'https://wallet.example/', link: 'page' },
  { kind: 'private', label: 'Open', flow: 'recover' },
] as const;

describe('talkOf', () => {
  it('names keys, values, links and flows', () => {
    const sight = { kind: 'message', text: 'Well?', keys: ['a.b', 'c.d'], buttons } as const;
    expect(talkOf(sight)).toBe('< a.b + c.d [yes, → page, private recover]');
    expect(talkOf({ ...sight, buttons: [] })).toBe('< a.b + c.d');
    expect(talkOf({ kind: 'removed' })).toBe('< removed');
  });
});

describe('buttonLines', () => {
  it('shows labels, and where links lead', () => {
    expect(buttonLines(buttons)).toEqual(['  [Yes]', '  [Page → https://wallet.example/]', '  [Open]']);
  });
});

describe('differenceOf', () => {
  it('is nothing for the same talk', () => {
    expect(differenceOf(['> a', '< b'], ['> a', '< b'])).toBeNull();
  });

  it('shows both talks and marks where they part', () => {
    expect(differenceOf(['> a', '< b', '< c'], ['> a', '< d'])).toBe(
      `is another talk over the wire
  without a wire:
      > a
    * < b
      < c
  over the wire:
      > a
    * < d`,
    );
  });

  it('sees that one goes on', () => {
    expect(differenceOf(['> a'], ['> a', '< b'])).toContain('* < b');
  });
});
