import { describe, expect, it } from 'vitest';
import { encode } from '../../../../adapters/discord/index.js';
import type { Button, EncodeTarget, OutboundMessage, ReplyVia } from '../../../../src/model/index.js';

const via: ReplyVia & { kind: 'discord-interaction' } = {
  ...{ kind: 'discord-interaction', token: 'tok', application: '901', expiresAt: 5 },
  ...{ ephemeral: true, thinks: false },
};
const interaction = { application_id: '901', token: 'tok', expires_at: 5 };
const direct: EncodeTarget = {
  ...{ place: { channel: '42' }, userId: '42', visibility: 'direct', botHandle: '' },
  closedNote: 'Open your direct messages.',
};
const server: EncodeTarget = { ...direct, place: { channel: '7' }, visibility: 'public' };

const say = (text: string, buttons: readonly Button[] = []): OutboundMessage => ({
  ...{ kind: 'message', text, buttons, keys: [], private: false },
});
const tap = (label: string, data = '3.0.abc', numbered = true): Button => ({
  ...{ kind: 'tap', label, data, value: 'v', numbered },
});
const taps = (count: number): readonly Button[] =>
  Array.from({ length: count }, (_, index) => tap(`Choice ${index}`, `3.${index}.abc`));

const payloads = (message: OutboundMessage, to = direct) => encode(message, to).map(({ payload }) => payload);
/** What the rows of a message hold: labels of buttons, and how many options a menu has. */
const rowsOf = (buttons: readonly Button[]) =>
  payloads(say('Which?', buttons)).map(({ components = [] }) =>
    (components as { components: { label?: string; options?: unknown[] }[] }[]).map((row) =>
      row.components.map(({ label, options }) => options?.length ?? label),
    ),
  );

describe('a message', () => {
  it('is kept plain, for whoever checks what leaves', () => {
    expect(encode(say('*1* & <2>'), direct)).toEqual([
      { method: 'createDirectMessage', payload: { user_id: '42', text: '*1* & <2>' } },
    ]);
    expect(encode(say('hello'), server)).toEqual([
      { method: 'createMessage', payload: { channel_id: '7', text: 'hello' } },
    ]);
  });

  it('is cut at the end of a paragraph, with the buttons below the last part', () => {
    const first = `${'a'.repeat(1500)}\nb\n\n`;
    const [one, two] = payloads(say(`${first}${'c'.repeat(1000)}`, [tap('Yes')]));
    expect([one?.text, two?.text]).toEqual([first, 'c'.repeat(1000)]);
    expect(one).not.toHaveProperty('components');
    expect(two).toHaveProperty('components');
  });

  it('is cut so that it fits once it is escaped', () => {
    const texts = payloads(say('*'.repeat(2000))).map(({ text }) => String(text));
    expect(texts.join('')).toBe('*'.repeat(2000));
    expect(texts.every((text) => text.length <= 1000)).toBe(true);
  });

  it('without words, or private in a public place, is a fault of the caller', () => {
    expect(() => encode(say(' \n'), direct)).toThrow(RangeError);
    const secret: OutboundMessage = {
      ...say('the page'),
      kind: 'message',
      private: true,
      buttons: [],
      keys: [],
      text: 'x',
    };
    expect(() => encode(secret, server)).toThrow(RangeError);
    // A timer does not know where it fires; the place does.
    expect(() => encode(secret, { ...server, visibility: 'direct' })).toThrow(RangeError);
    expect(() => encode(secret, direct)).not.toThrow();
  });
});

describe('buttons', () => {
  it('stand in rows of five at most', () => {
    expect(rowsOf([...taps(4), tap('Help', '3.9.abc', false), tap('More', '3.8.abc', false)])).toEqual([
      [['Choice 0', 'Choice 1', 'Choice 2', 'Choice 3', 'Help'], ['More']],
    ]);
  });

  it('of more than five choices are a menu, above the others', () => {
    expect(rowsOf([...taps(6), tap('Help', '3.9.abc', false)])).toEqual([[[6], ['Help']]]);
  });

  it('of more than twenty-five choices are several menus, and none is left out', () => {
    expect(rowsOf(taps(60))).toEqual([[[25], [25], [10]]]);
    expect(rowsOf(taps(140))).toEqual([[[25], [25], [25], [25], [25]], [[15]]]);
  });
  it('in several menus are told apart by what stands in each', () => {
    const hints = (buttons: readonly Button[]): readonly unknown[] =>
      payloads(say('Which?', buttons)).flatMap(({ components = [] }) =>
        (components as { components: { placeholder?: string }[] }[]).map(
          (row) => row.components[0]?.placeholder,
        ),
      );
    const named = (count: number) =>
      Array.from({ length: count }, (_, index) => tap(`Topic ${index}`, `3.${index}.a`));
    expect(hints(named(25))).toEqual([undefined]);
    expect(hints(named(30))).toEqual(['Topic 0 … Topic 24', 'Topic 25 … Topic 29']);
    const long = Array.from({ length: 30 }, (_, index) => tap(`${index}${'长'.repeat(100)}`, `3.${index}.a`));
    expect(hints(long).map((hint) => String(hint).length)).toEqual([143, 143]);
  });

  it('say what they are', () => {
    const [payload] = payloads(
      say('Here', [
        { kind: 'url', label: 'Open', url: 'https://wallet.example/', link: 'home' },
        { kind: 'private', label: 'Alone', flow: 'mail-missing' },
        tap('No'),
      ]),
    );
    expect(payload?.components).toEqual([
      {
        type: 1,
        components: [
          { type: 2, style: 5, label: 'Open', url: 'https://wallet.example/' },
          { type: 2, style: 1, label: 'Alone', custom_id: 'private:mail-missing' },
          { type: 2, style: 2, label: 'No', custom_id: '3.0.abc' },
        ],
      },
    ]);
  });

  it('that lead to the same flow are one', () => {
    const alone = (label: string): Button => ({ kind: 'private', label, flow: 'menu' });
    expect(rowsOf([alone('One'), alone('Two')])).toEqual([[['One']]]);
  });

  it('have labels of eighty units at most, and payloads of a hundred', () => {
    const [label] = rowsOf([tap(`${'x'.repeat(79)}🔑`)])[0]?.[0] ?? [];
    expect(label).toBe(`${'x'.repeat(79)}…`);
    expect(() => rowsOf([tap('No', 'd'.repeat(101))])).toThrow(RangeError);
    expect(() => rowsOf([{ kind: 'private', label: 'x', flow: 'f'.repeat(100) }])).toThrow(RangeError);
  });
});

describe('the answer to an interaction', () => {
  it('in a server goes by its token, and knows where else', () => {
    expect(encode(say('hello'), { ...server, replyVia: via })).toEqual([
      {
        method: 'createFollowup',
        payload: { ...interaction, text: 'hello', ephemeral: true, user_id: '42' },
      },
    ]);
  });

  it('to a command in the direct chat takes the place of "thinking …"', () => {
    const to = { ...direct, replyVia: { ...via, ephemeral: false, thinks: true } };
    expect(encode(say('hello'), to)).toMatchObject([
      { method: 'createFollowup', payload: { ephemeral: false } },
    ]);
  });

  it('to a tap in the direct chat is an ordinary message, which can be repeated safely', () => {
    const to = { ...direct, replyVia: { ...via, ephemeral: false } };
    expect(encode(say('hello'), to)).toEqual([
      { method: 'createDirectMessage', payload: { user_id: '42', text: 'hello' } },
    ]);
  });

  it('that was asked for in a server and goes into the direct chat tells there when that is closed', () => {
    expect(encode(say('hello'), { ...direct, replyVia: via })[0]?.payload).toMatchObject({
      closed: { ...interaction, text: 'Open your direct messages.' },
    });
  });

  it('says nothing of its own for a tap, as it is deferred already', () => {
    expect(encode({ kind: 'answer-tap', token: 'tok', text: '✓' }, { ...direct, replyVia: via })).toEqual([]);
    expect(encode({ kind: 'answer-tap', token: 'tok', text: '✓' }, direct)).toEqual([]);
  });

  it('says a note to that person only', () => {
    const note: OutboundMessage = { kind: 'answer-tap', token: 'tok', text: 'Not yours.', note: true };
    expect(encode(note, { ...server, replyVia: via })).toEqual([
      { method: 'createFollowup', payload: { ...interaction, text: 'Not yours.', ephemeral: true } },
    ]);
  });

  it('ends "thinking …" where no message takes its place', () => {
    const to = { ...server, replyVia: { ...via, thinks: true } };
    expect(encode({ kind: 'answer-tap', token: 'tok', text: '' }, to)).toEqual([
      { method: 'deleteOriginal', payload: interaction },
    ]);
    expect(encode({ kind: 'answer-tap', token: 'tok', text: '✓' }, to)).toEqual([]);
  });
});

describe('a deletion', () => {
  it('is tried in a server only', () => {
    expect(encode({ kind: 'delete', messageRef: '99' }, server)).toEqual([
      { method: 'deleteMessage', payload: { channel_id: '7', message_id: '99' } },
    ]);
    expect(encode({ kind: 'delete', messageRef: '99' }, direct)).toEqual([]);
  });
});
