import { describe, expect, it } from 'vitest';
import { decodeWithdrawn } from '../../../../adapters/slack/withdrawn.js';
import type { InboundMessage } from '../../../../src/model/index.js';

const SELF = { userId: 'U0BOT', handle: 'lifeline', commands: [], hooksOrigin: 'https://hooks.slack.com' };
const AT = 1_700_000_060_000;
const BEFORE = { user: 'U0ANN', text: 'abandon &amp; about', ts: '1700000000.000100' };

const event = (fields: object): object => ({
  type: 'event_callback',
  event: { type: 'message', channel: 'D0ANN', channel_type: 'im', ts: '1700000009.000200', ...fields },
});
const deleted = (before: object = BEFORE, fields: object = {}): object =>
  event({ subtype: 'message_deleted', deleted_ts: '1700000000.000100', previous_message: before, ...fields });
const changed = (text: string, message: object = {}): object =>
  event({
    subtype: 'message_changed',
    message: { ...BEFORE, text, edited: { user: 'U0ANN', ts: '1700000009.000000' }, ...message },
    previous_message: BEFORE,
  });

function read(body: object, at = AT): InboundMessage | string {
  const decoded = decodeWithdrawn(body, SELF, at);
  return decoded.kind === 'message' ? decoded.message : decoded.why;
}

describe('what was taken back', () => {
  it.each([
    ['deleted', deleted()],
    ['changed', changed('hello')],
  ])('is told under the id of the message that was %s, so that it counts once', (_how, body) => {
    expect(read(body)).toEqual({
      id: 'slack:D0ANN:1700000000.000100',
      platform: 'slack',
      conversation: 'slack:U0ANN:U0ANN',
      person: 'slack:U0ANN',
      visibility: 'direct',
      content: { kind: 'withdrawn', text: 'abandon & about' },
      sentAt: 1_700_000_000_000,
    });
  });

  it('that was an edit has the id of the edit', () => {
    const before = { ...BEFORE, edited: { user: 'U0ANN', ts: '1700000005.000000' } };
    expect(read(deleted(before))).toMatchObject({ id: 'slack:D0ANN:1700000000.000100:1700000005.000000' });
  });

  it('has all words of the message, file names too', () => {
    expect(
      read(deleted({ ...BEFORE, text: '', files: [{ name: 'seed.txt', title: 'abandon' }] })),
    ).toMatchObject({
      content: { kind: 'withdrawn', text: 'seed.txt\nabandon' },
    });
  });

  it('belongs to its thread', () => {
    expect(read(deleted({ ...BEFORE, thread_ts: '1600000000.000001' }))).toMatchObject({
      conversation: 'slack:U0ANN:1600000000.000001:U0ANN',
    });
  });

  it('in a channel is overheard unless it mentioned us', () => {
    const inChannel = { channel: 'C0TALK', channel_type: 'channel' };
    expect(read(deleted(BEFORE, inChannel))).toMatchObject({ overheard: { name: '' } });
    expect(read(deleted({ ...BEFORE, text: '<@U0BOT> abandon' }, inChannel))).toMatchObject({
      conversation: 'slack:C0TALK:1700000000.000100:U0ANN',
      visibility: 'public',
    });
  });

  it.each([
    ['of a bot', deleted({ ...BEFORE, bot_id: 'B1' }), 'from-a-bot'],
    ['of ours', deleted({ ...BEFORE, user: 'U0BOT' }), 'from-a-bot'],
    ['of nobody', deleted({ text: 'x', ts: BEFORE.ts }), 'no-person'],
    ['without words', deleted({ ...BEFORE, text: '' }), 'withdrawn-without-words'],
    ['that is only a preview', changed('hello', { edited: undefined }), 'not-an-edit'],
    ['that changed no word', changed(BEFORE.text), 'not-an-edit'],
    ['without what was before', event({ subtype: 'message_deleted' }), 'nothing-withdrawn'],
    ['that is new', event({ user: 'U0ANN', text: 'x' }), 'nothing-withdrawn'],
    ['of another kind', { type: 'block_actions' }, 'nothing-withdrawn'],
  ])('%s is not read', (_what, body, why) => {
    expect(read(body)).toBe(why);
  });

  it('after a day is not read: by then it was, or it never will be answered', () => {
    expect(read(deleted(), AT + 23 * 3_600_000)).toMatchObject({ content: { kind: 'withdrawn' } });
    expect(read(deleted(), AT + 24 * 3_600_000)).toBe('too-old');
  });
});
