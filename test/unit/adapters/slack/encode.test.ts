import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../../adapters/slack/index.js';
import type { Button, EncodeTarget, OutboundMessage } from '../../../../src/model/index.js';

const direct: EncodeTarget = {
  place: { channel: 'U0ANN' },
  userId: 'U0ANN',
  visibility: 'direct',
  botHandle: 'lifeline',
};
const channel: EncodeTarget = {
  ...direct,
  place: { channel: 'C0TALK', thread: '1600000000.000001' },
  visibility: 'public',
};
const via = { kind: 'slack-response', token: 'https://hooks.slack.com/x', expiresAt: 9 } as const;

const say = (text: string, buttons: readonly Button[] = [], isPrivate = false): OutboundMessage => ({
  kind: 'message',
  text,
  buttons,
  keys: [],
  private: isPrivate,
});
const tap = (label: string, data = '3.0.abc'): Button => ({
  kind: 'tap',
  label,
  data,
  value: 'v',
  numbered: true,
});
const url: Button = { kind: 'url', label: 'Open', url: 'https://wallet.example/?a=1&b=2', link: 'reset' };

interface Actions {
  readonly block_id: string;
  readonly elements: readonly { readonly text: { readonly text: string }; readonly value: string }[];
}

/** The block of buttons below a question. */
function actionsOf(buttons: readonly Button[], to = direct): Actions {
  const blocks = encode(say('Which?', buttons), to)[0]?.payload.blocks;
  if (!Array.isArray(blocks)) throw new Error('no blocks');
  return blocks[1];
}

describe('a message', () => {
  it('is escaped plain text without markup, previews or emoji codes', () => {
    const text = '&lt;!channel&gt; &amp; *x*';
    expect(encode(say('<!channel> & *x*'), direct)).toEqual([
      {
        method: 'chat.postMessage',
        payload: {
          channel: 'U0ANN',
          text,
          blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false }, expand: true }],
          mrkdwn: false,
          unfurl_links: false,
          unfurl_media: false,
        },
      },
    ]);
  });

  it('that answers a mention stands in its thread, where others read along', () => {
    expect(encode(say('a <b>'), channel)).toMatchObject([
      {
        method: 'chat.postMessage',
        payload: { channel: 'C0TALK', thread_ts: '1600000000.000001', text: 'a &lt;b&gt;', mrkdwn: false },
      },
    ]);
  });

  it('goes back the way a tap or command came', () => {
    expect(encode(say('hello'), { ...channel, replyVia: via })).toMatchObject([
      {
        method: 'response_url',
        payload: { response_url: via.token, expiresAt: 9, user: 'U0ANN', text: 'hello' },
      },
    ]);
    expect(encode(say('hello'), { ...direct, replyVia: via })[0]?.method).toBe('chat.postMessage');
  });

  it('that is private never goes into a channel, whatever the caller says of it', () => {
    expect(() => encode(say('x', [], true), channel)).toThrow(RangeError);
    expect(() => encode(say('x', [], true), { ...channel, visibility: 'direct' })).toThrow(RangeError);
    expect(() => encode(say('x', [], true), { ...direct, visibility: 'public' })).toThrow(RangeError);
    expect(() => encode(say('x', [], true), { ...channel, replyVia: via })).toThrow(RangeError);
    expect(encode(say('x', [], true), direct)).toHaveLength(1);
  });

  it('without words is a fault of the caller', () => {
    expect(() => encode(say(' \n '), direct)).toThrow(RangeError);
  });

  it('is cut at the end of a paragraph, with the buttons below the last part', () => {
    const first = `${'a'.repeat(2000)}\nb\n\n`;
    const calls = encode(say(`${first}${'c'.repeat(2000)}`, [tap('Yes')]), direct);
    expect(calls.map((call) => call.payload.text)).toEqual([first, 'c'.repeat(2000)]);
    expect(calls.map((call) => (call.payload.blocks as unknown[]).length)).toEqual([1, 2]);
  });
});

describe('buttons', () => {
  it('carry our data, their place, and nothing else', () => {
    const buttons: Button[] = [tap('R & D', '3.1.abc'), url, { kind: 'private', label: 'Go', flow: 'menu' }];
    expect(actionsOf(buttons, channel)).toEqual({
      type: 'actions',
      block_id: 'C0TALK/1600000000.000001#0',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: 'R &amp; D', emoji: false },
          action_id: 'tap-0',
          value: '3.1.abc',
        },
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Open', emoji: false },
          action_id: 'url-1',
          url: url.kind === 'url' ? url.url : '',
        },
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Go', emoji: false },
          action_id: 'private-2',
          value: 'open:menu',
        },
      ],
    });
  });

  it('come back as what they were', () => {
    const self = {
      userId: 'U0BOT',
      handle: 'lifeline',
      commands: [],
      hooksOrigin: 'https://hooks.slack.com',
    };
    const block = actionsOf([tap('Yes', '3.1.abc')], channel);
    const body = {
      type: 'block_actions',
      user: { id: 'U0ANN' },
      actions: [{ action_id: 'tap-0', ...block.elements[0], block_id: block.block_id, action_ts: '1.1' }],
    };
    expect(decode(body, self, 0)).toMatchObject({
      message: {
        conversation: 'slack:C0TALK:1600000000.000001:U0ANN',
        content: { kind: 'tap', data: '3.1.abc' },
      },
    });
  });

  it('are shortened to what fits, counted after escaping', () => {
    const labels = ['a'.repeat(80), '&'.repeat(40), '🔑'.repeat(40)].map(
      (label) => actionsOf([tap(label)]).elements[0]?.text.text,
    );
    expect(labels).toEqual([`${'a'.repeat(74)}…`, `${'&amp;'.repeat(14)}…`, `${'🔑'.repeat(37)}…`]);
  });

  it('with data Slack does not take are a fault of the caller', () => {
    for (const data of ['', 'x'.repeat(2001)])
      expect(() => encode(say('x', [tap('x', data)]), direct)).toThrow(RangeError);
  });
});

it('neither a deletion nor the answer of a tap makes a call', () => {
  expect(encode({ kind: 'delete', messageRef: '1.1' }, direct)).toEqual([]);
  expect(encode({ kind: 'answer-tap', token: 'x', text: 'y' }, direct)).toEqual([]);
});
