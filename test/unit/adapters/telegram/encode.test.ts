import { describe, expect, it } from 'vitest';
import { encode } from '../../../../adapters/telegram/index.js';
import type { Button, EncodeTarget, OutboundMessage } from '../../../../src/model/index.js';

const direct: EncodeTarget = {
  place: { channel: '42' },
  userId: '42',
  visibility: 'direct',
  botHandle: '@LifelineTestBot',
};
const topic: EncodeTarget = {
  ...direct,
  place: { channel: '-1001234567890', thread: '12' },
  visibility: 'public',
};

const say = (text: string, buttons: readonly Button[] = []): OutboundMessage => ({
  kind: 'message',
  text,
  buttons,
  keys: [],
  private: false,
});
const tap = (label: string, data = '3.0.abc'): Button => ({
  kind: 'tap',
  label,
  data,
  value: 'v',
  numbered: true,
});

function textsOf(message: OutboundMessage): readonly unknown[] {
  return encode(message, direct).map((call) => call.payload.text);
}

function rowsOf(buttons: readonly Button[], to = direct): unknown {
  return encode(say('Which?', buttons), to)[0]?.payload.reply_markup;
}

describe('a message', () => {
  it('is plain text without a link preview', () => {
    expect(encode(say('<b>1 & 2</b> *x*'), direct)).toEqual([
      {
        method: 'sendMessage',
        payload: { chat_id: '42', text: '<b>1 & 2</b> *x*', link_preview_options: { is_disabled: true } },
      },
    ]);
  });

  it('shows more choices than a message holds below further ones, each once', () => {
    const all = Array.from({ length: 230 }, (_, index) =>
      tap(`${index} ${'选'.repeat(index % 40)}`, `1.${index}.mac`),
    );
    const calls = encode(say('Which?', all), direct);
    const keyboards = calls.map(
      ({ payload }) =>
        (payload.reply_markup as { inline_keyboard: { callback_data: string }[][] }).inline_keyboard,
    );
    expect(keyboards.flat(2).map((button) => button.callback_data)).toEqual(
      all.map((button) => (button.kind === 'tap' ? button.data : '')),
    );
    expect(calls.map(({ payload }) => payload.text)).toEqual(['Which?', '…', '…']);
    for (const keyboard of keyboards) {
      expect(keyboard.flat().length).toBeLessThanOrEqual(100);
      expect(Buffer.byteLength(JSON.stringify({ inline_keyboard: keyboard }))).toBeLessThanOrEqual(10_000);
    }
  });

  it('goes into its topic', () => {
    expect(encode(say('hello'), topic)[0]?.payload).toMatchObject({
      chat_id: '-1001234567890',
      message_thread_id: 12,
    });
  });

  it.each([
    [
      'points at the message it answers',
      { kind: 'telegram-message', token: '7' },
      { reply_parameters: { message_id: 7, allow_sending_without_reply: true } },
    ],
    [
      'answers a tap for the eyes of that person only',
      { kind: 'telegram-callback', token: '4382' },
      { ephemeral_message_parameters: { receiver_user_id: 42, callback_query_id: '4382' } },
    ],
    [
      'answers what was for our eyes only likewise',
      { kind: 'telegram-ephemeral', token: '29' },
      {
        ephemeral_message_parameters: { receiver_user_id: 42 },
        reply_parameters: { ephemeral_message_id: 29 },
      },
    ],
    ['stands by itself otherwise', undefined, {}],
  ] as const)('in a group %s', (_how, replyVia, expected) => {
    const to = { ...topic, ...(replyVia === undefined ? {} : { replyVia }) };
    expect(encode(say('hello'), to)).toEqual([
      {
        method: 'sendMessage',
        payload: {
          chat_id: '-1001234567890',
          message_thread_id: 12,
          text: 'hello',
          link_preview_options: { is_disabled: true },
          direct: { user_id: '42', text: 'hello' },
          ...expected,
        },
      },
    ]);
  });

  it('points at it once, whatever its length', () => {
    const to: EncodeTarget = { ...topic, replyVia: { kind: 'telegram-message', token: '7' } };
    const calls = encode(say('字'.repeat(5000)), to);
    expect(calls.map(({ payload }) => 'reply_parameters' in payload)).toEqual([true, false]);
  });

  it('warns of private messages in public only', () => {
    const to: EncodeTarget = { ...topic, publicWarning: 'Nobody writes first.' };
    const directText = (text: string) => encode(say(text), to)[0]?.payload.direct;
    expect(directText('Nobody writes first.\n\nThe fee is low.')).toEqual({
      user_id: '42',
      text: 'The fee is low.',
    });
    expect(directText('Nobody writes first.')).toBeUndefined();
    expect(encode(say('hello'), { ...direct, replyVia: { kind: 'telegram-callback', token: '1' } })).toEqual(
      encode(say('hello'), direct),
    );
  });

  it('is cut at the end of a paragraph, with the buttons below the last part', () => {
    const first = `${'a'.repeat(3000)}\nb\n\n`;
    const calls = encode(say(`${first}${'c'.repeat(2000)}`, [tap('Yes')]), direct);
    expect(calls.map((call) => call.payload.text)).toEqual([first, 'c'.repeat(2000)]);
    expect(calls.map((call) => 'reply_markup' in call.payload)).toEqual([false, true]);
  });

  it('is cut at the end of a line, a sentence, a word, or anywhere, in this order', () => {
    const tail = 'z'.repeat(1500);
    expect(textsOf(say(`${'a'.repeat(3000)}\nb. c ${tail}`))[0]).toBe(`${'a'.repeat(3000)}\n`);
    expect(textsOf(say(`${'字'.repeat(3000)}。b c${tail}`))[0]).toBe(`${'字'.repeat(3000)}。`);
    expect(textsOf(say(`${'a'.repeat(3000)} https://lifeline.example/${tail}`))[0]).toBe(
      `${'a'.repeat(3000)} `,
    );
    expect(textsOf(say('字'.repeat(5000)))).toEqual(['字'.repeat(4096), '字'.repeat(904)]);
  });

  it('is not cut inside a surrogate pair', () => {
    const [first, second] = textsOf(say(`a${'🔑'.repeat(2100)}`));
    expect(first).toBe(`a${'🔑'.repeat(2047)}`);
    expect(second).toBe('🔑'.repeat(53));
  });

  it('has no part of mere white space', () => {
    expect(textsOf(say(`${'a'.repeat(4000)}${' '.repeat(6000)}b`))).toHaveLength(2);
    expect(() => encode(say(' \n '), direct)).toThrow(RangeError);
  });

  it('does not go to a public place when it is private', () => {
    const hidden: OutboundMessage = { kind: 'message', text: 'x', buttons: [], keys: [], private: true };
    expect(() => encode(hidden, topic)).toThrow(RangeError);
    expect(() => encode(hidden, { ...topic, visibility: 'direct' })).toThrow(RangeError);
    expect(encode(hidden, direct)).toHaveLength(1);
  });
});

describe('buttons', () => {
  it('stand two in a row, or one when the label is long', () => {
    expect(
      rowsOf([
        tap('Yes'),
        tap('No'),
        tap('I no longer have that address'),
        tap('是的没有收到邮件'),
        tap('No mail'),
      ]),
    ).toEqual({
      inline_keyboard: [
        [
          { text: 'Yes', callback_data: '3.0.abc' },
          { text: 'No', callback_data: '3.0.abc' },
        ],
        [{ text: 'I no longer have that address', callback_data: '3.0.abc' }],
        [
          { text: '是的没有收到邮件', callback_data: '3.0.abc' },
          { text: 'No mail', callback_data: '3.0.abc' },
        ],
      ],
    });
  });

  it('open links, and our direct chat at a flow', () => {
    const url: Button = {
      kind: 'url',
      label: 'Reset page',
      url: 'https://wallet.example/reset',
      link: 'reset-help',
    };
    const own: Button = { kind: 'private', label: 'In private', flow: 'mail-missing' };
    expect(rowsOf([url, own], topic)).toEqual({
      inline_keyboard: [
        [
          { text: 'Reset page', url: 'https://wallet.example/reset' },
          { text: 'In private', url: 'https://t.me/LifelineTestBot?start=f_mail-missing' },
        ],
      ],
    });
  });

  it('are all there, also where one message has no room for them', () => {
    const calls = encode(
      say(
        'Which?',
        Array.from({ length: 205 }, (_, index) => tap(`${index}`)),
      ),
      direct,
    );
    const labels = calls.map(({ payload }) =>
      (payload.reply_markup as { inline_keyboard: { text: string }[][] }).inline_keyboard
        .flat()
        .map(({ text }) => text),
    );
    expect(labels.map(({ length }) => length)).toEqual([100, 100, 5]);
    expect(labels.flat()).toEqual(Array.from({ length: 205 }, (_, index) => `${index}`));
    expect(calls.map(({ payload }) => payload.text)).toEqual(['Which?', '…', '…']);
  });

  it('carry 1 to 64 bytes', () => {
    expect(() => rowsOf([tap('Yes', '字'.repeat(21))])).not.toThrow();
    expect(() => rowsOf([tap('Yes', '字'.repeat(22))])).toThrow(RangeError);
    expect(() => rowsOf([tap('Yes', '')])).toThrow(RangeError);
  });

  it('lead only to flows that fit a start parameter', () => {
    const to = (flow: string): Button => ({ kind: 'private', label: 'In private', flow });
    expect(() => rowsOf([to('f'.repeat(62))])).not.toThrow();
    expect(() => rowsOf([to('f'.repeat(63))])).toThrow(RangeError);
    expect(() => rowsOf([to('mail missing')])).toThrow(RangeError);
    expect(() => rowsOf([to('')])).toThrow(RangeError);
  });
});

describe('other calls', () => {
  it('delete a message by its id', () => {
    expect(encode({ kind: 'delete', messageRef: '77' }, direct)).toEqual([
      { method: 'deleteMessage', payload: { chat_id: '42', message_id: 77 } },
    ]);
    expect(() => encode({ kind: 'delete', messageRef: 'x' }, direct)).toThrow(RangeError);
  });

  it('answer a tap, with at most 200 units and without empty words', () => {
    const answer = (text: string): unknown =>
      encode({ kind: 'answer-tap', token: '9', text }, direct)[0]?.payload;
    expect(answer('')).toEqual({ callback_query_id: '9' });
    expect(answer('Thanks')).toEqual({ callback_query_id: '9', text: 'Thanks' });
    expect(answer('🔑'.repeat(150))).toEqual({ callback_query_id: '9', text: `${'🔑'.repeat(99)}…` });
  });
});
