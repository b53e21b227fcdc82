import { describe, expect, it } from 'vitest';
import type { Button, OutboundMessage } from '../../src/model/index.js';
import type { SeenButton, SeenMessage } from './ground.js';
import { recognise } from './recognise.js';
import type { SentMessage } from './sent.js';

const to = { place: { channel: '1' }, userId: '1', visibility: 'direct', botHandle: '' } as const;
const opensChat = ({ data }: SeenButton, flow: string): boolean => data === `private:${flow}`;

function sent(text: string, buttons: readonly Button[] = []): SentMessage {
  const message: OutboundMessage & { kind: 'message' } = {
    ...{ kind: 'message', text, buttons, keys: ['a.b'], private: false },
  };
  return { message, to };
}

const tap = (value: string): Button => ({
  ...{ kind: 'tap', label: value.toUpperCase(), value, data: `1.${value}`, numbered: true },
});

let lastId = 0;
function seen(text: string, buttons: readonly Partial<SeenButton>[] = []): SeenMessage {
  lastId += 1;
  return {
    ...{ id: String(lastId), from: 'bot', text, isEphemeral: false, isPending: false },
    buttons: buttons.map((button) => ({ label: '', data: null, url: null, inMenu: false, ...button })),
  };
}
const seenTap = (value: string, inMenu = false): Partial<SeenButton> => ({
  ...{ label: value.toUpperCase(), data: `1.${value}`, inMenu },
});

const looks = (found: ReturnType<typeof recognise>): readonly unknown[] | string =>
  typeof found === 'string' ? found : found.map(({ sight }) => sight.looks);

describe('recognise', () => {
  it('finds each message with its buttons', () => {
    const buttons = [tap('yes'), { kind: 'private', label: 'Open', flow: 'menu' } as const];
    const screen = [seen('Hello'), seen('Well?', [seenTap('yes'), { label: 'Open', data: 'private:menu' }])];
    const found = recognise([sent('Hello '), sent('Well?', buttons)], screen, opensChat);
    expect(looks(found)).toEqual(['Hello', 'Well?\n  [YES]\n  [Open]']);
  });

  it('joins a text that was split, and shows both parts', () => {
    const found = recognise([sent('One.\n\nTwo.')], [seen('One.'), seen('Two.')], opensChat);
    expect(looks(found)).toEqual(['One.\n--\nTwo.']);
  });

  it('takes buttons from the messages after a full one, and from menus', () => {
    const buttons = ['a', 'b', 'c'].map(tap);
    const screen = [seen('Which?', [seenTap('a', true), seenTap('b', true)]), seen('…', [seenTap('c')])];
    expect(looks(recognise([sent('Which?', buttons)], screen, opensChat))).toEqual([
      'Which?\n  ▾ [A]\n  ▾ [B]\n--\n…\n  [C]',
    ]);
  });

  it('marks what only one person sees', () => {
    const screen = [{ ...seen('Psst'), isEphemeral: true }];
    expect(looks(recognise([sent('Psst')], screen, opensChat))).toEqual(['(only you can see this)\nPsst']);
  });

  it.each<[string, SentMessage, readonly SeenMessage[], string]>([
    ['nothing', sent('Hello'), [], '"Hello" is not to be seen'],
    ['half of it', sent('One.\n\nTwo.'), [seen('One.')], '"Two." is not to be seen'],
    ['other words', sent('Hello'), [seen('Hallo')], 'should read "Hello", but reads "Hallo"'],
    [
      'more than was sent',
      sent('Hello'),
      [seen('Hello'), seen('You')],
      '"You" is to be seen, and was not sent there',
    ],
    [
      'a button too many',
      sent('Hello'),
      [seen('Hello', [seenTap('x')])],
      'the button "X" is to be seen, and was not sent',
    ],
    ['a button too few', sent('Hello', [tap('a')]), [seen('Hello')], 'the button "A" is not to be seen'],
    [
      'a link instead of a tap',
      sent('Hello', [tap('a')]),
      [seen('Hello', [{ ...seenTap('a'), url: 'https://x.invalid/' }])],
      'the button "A" cannot be tapped for what it says',
    ],
    [
      'a door to elsewhere',
      sent('Hello', [{ kind: 'private', label: 'Open', flow: 'menu' }]),
      [seen('Hello', [{ label: 'Open', data: 'private:help' }])],
      'the button "Open" does not open the chat at menu',
    ],
    [
      'a link without an address',
      sent('Hello', [{ kind: 'url', label: 'Page', url: 'https://a.invalid/', link: 'a' }]),
      [seen('Hello', [{ label: 'Page' }])],
      'the button "Page" leads to nowhere instead of https://a.invalid/',
    ],
    [
      'another order',
      sent('Hello', [tap('a'), tap('b')]),
      [seen('Hello', [seenTap('b'), seenTap('a')])],
      'the choices are in another order than they are counted in',
    ],
  ])('says what is wrong: %s', (_what, one, screen, problem) => {
    const found = recognise([one], screen, opensChat);
    expect(String(found).replace('a.b: ', '')).toBe(problem);
  });
});
