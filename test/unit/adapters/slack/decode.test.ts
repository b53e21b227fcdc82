import { describe, expect, it } from 'vitest';
import { decode } from '../../../../adapters/slack/index.js';
import type { InboundMessage } from '../../../../src/model/index.js';

const self = {
  userId: 'U0BOT',
  handle: 'lifeline',
  commands: ['help', 'language', 'human'],
  hooksOrigin: 'https://hooks.slack.com',
};
const AT = 1_800_000_000_000;
const HOOK = 'https://hooks.slack.com/actions/T1/2/secret';

const event = (content: object): object => ({ type: 'event_callback', event_id: 'Ev1', event: content });
const message = (fields: object): object =>
  event({
    type: 'message',
    channel_type: 'im',
    channel: 'D0ANN',
    user: 'U0ANN',
    ts: '1700000000.000100',
    ...fields,
  });
const mention = (text: string, fields: object = {}): object =>
  event({ type: 'app_mention', channel: 'C0TALK', user: 'U0ANN', text, ts: '1700000000.000100', ...fields });

function read(body: object): InboundMessage {
  const decoded = decode(body, self, AT);
  if (decoded.kind === 'unsupported') throw new Error(`unsupported: ${decoded.why}`);
  return decoded.message;
}

function reasonFor(body: unknown): string {
  const decoded = decode(body, self, AT);
  return decoded.kind === 'unsupported' ? decoded.why : 'none';
}

describe('a direct message', () => {
  it('is a text of its person, in a place that is the person', () => {
    expect(read(message({ text: 'no mail' }))).toEqual({
      id: 'slack:D0ANN:1700000000.000100',
      platform: 'slack',
      conversation: 'slack:U0ANN:U0ANN',
      person: 'slack:U0ANN',
      visibility: 'direct',
      content: { kind: 'text', text: 'no mail' },
      messageRef: '1700000000.000100',
      sentAt: 1_700_000_000_000,
    });
  });

  it('in a thread belongs to that thread', () => {
    expect(read(message({ text: 'x', thread_ts: '1600000000.000001' })).conversation).toBe(
      'slack:U0ANN:1600000000.000001:U0ANN',
    );
  });

  it.each([
    ['a &lt;b&gt; &amp; c', 'a <b> & c', undefined],
    ['&amp;lt;', '&lt;', undefined],
    ['<http://wallet.example|wallet.example>', 'wallet.example', undefined],
    ['<https://wallet.example/|https://wallet.example>', 'https://wallet.example', undefined],
    ['<https://wallet.example/a?b=1&amp;c=2>', 'https://wallet.example/a?b=1&c=2', undefined],
    ['see <https://scam.example/x|wallet.example>', 'see wallet.example', ['https://scam.example/x']],
    ['<https://scam.example/?a=1&amp;b=2|here>', 'here', ['https://scam.example/?a=1&b=2']],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example', undefined],
    ['<mailto:a@b.example|support>', 'support', ['a@b.example']],
    ['<tel:+4912345|+49 12345>', '+49 12345', ['+4912345']],
    ['<https://wallet.example|>', 'https://wallet.example', undefined],
    ['<@U0BOT> hello', 'hello', undefined],
    ['<@U0EVE|eve> and <@U0BOT> and <@U0EVE>', '@eve and @lifeline and @U0EVE', undefined],
    [
      '<#C0TALK|talk> <#C0TALK> <!here> <!here|here> <!subteam^S1|@ops>',
      '#talk #C0TALK @here here @ops',
      undefined,
    ],
    ['<!date^1392734382^{date}|Feb 18>', 'Feb 18', undefined],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2', undefined],
  ])('is read as people see it: %s', (text, seen, hiddenLinks) => {
    expect(read(message({ text })).content).toEqual({
      kind: 'text',
      text: seen,
      ...(hiddenLinks === undefined ? {} : { hiddenLinks }),
    });
  });

  it('with files is media, with every name a person gave', () => {
    const files = [
      { name: 'IMG_1.png', title: 'my phrase', mimetype: 'image/png' },
      { name: 'b.pdf', title: 'b.pdf', mimetype: 'application/pdf' },
    ];
    expect(read(message({ subtype: 'file_share', text: 'look &amp; see', files })).content).toEqual({
      kind: 'media',
      media: 'photo',
      caption: 'look & see',
      fileName: 'IMG_1.png\nmy phrase\nb.pdf',
    });
  });

  it('with a file shows what its words hide', () => {
    const files = [{ name: 'IMG_1.png', mimetype: 'image/png' }];
    const shared = message({ subtype: 'file_share', text: '<https://scam.example|our page>', files });
    expect(read(shared).content).toMatchObject({ caption: 'our page\nhttps://scam.example' });
  });

  it.each([
    [{ mimetype: 'video/mp4' }, 'video'],
    [{ mimetype: 'audio/mp4', subtype: 'slack_audio' }, 'voice'],
    [{ mimetype: 'audio/mpeg' }, 'other'],
    [{ mimetype: 'text/plain' }, 'document'],
    [{}, 'document'],
  ])('knows its kind of file: %o', (file, media) => {
    expect(read(message({ text: '', files: [file] })).content).toMatchObject({ kind: 'media', media });
  });

  it('that shares another one has its words and its author; the preview of a link has neither', () => {
    const shared = { is_share: true, text: 'send me your phrase', author_name: 'Wallet Support' };
    const preview = { from_url: 'https://wallet.example', text: 'Our wallet', author_name: 'Wallet' };
    expect(read(message({ text: 'is this you?', attachments: [shared, preview] })).content).toEqual({
      kind: 'text',
      text: 'is this you?\nsend me your phrase',
      forwardedFrom: 'Wallet Support',
    });
    expect(read(message({ text: 'x', attachments: [preview] })).content).toEqual({ kind: 'text', text: 'x' });
  });

  it.each([
    ['our own', { user: 'U0BOT' }, 'from-a-bot'],
    ['another bot', { bot_id: 'B1' }, 'from-a-bot'],
    ['an old bot', { subtype: 'bot_message', user: undefined }, 'from-a-bot'],
    ['Slackbot', { user: 'USLACKBOT' }, 'from-a-bot'],
    ['nobody', { user: undefined }, 'no-person'],
    ['a change of the channel', { subtype: 'channel_topic' }, 'message-subtype'],
    ['a deletion', { subtype: 'message_deleted', deleted_ts: '1.1' }, 'message-subtype'],
    ['an id that is none', { user: 'U0 ANN' }, 'malformed'],
    ['a time stamp that is none', { ts: 'now' }, 'malformed'],
  ])('of %s is not read', (_name, fields, why) => {
    expect(reasonFor(message({ text: 'x', ...fields }))).toBe(why);
  });
});

describe('an edit', () => {
  const edit = (text: string, before: string, fields: object = {}): object =>
    event({
      type: 'message',
      subtype: 'message_changed',
      channel: 'D0ANN',
      channel_type: 'im',
      ts: '1700000009.000200',
      message: {
        user: 'U0ANN',
        text,
        ts: '1700000000.000100',
        edited: { user: 'U0ANN', ts: '1700000009.000000' },
        ...fields,
      },
      previous_message: { user: 'U0ANN', text: before, ts: '1700000000.000100' },
    });

  it('has all words of the message, and an id of its own', () => {
    expect(
      read(edit('abandon &amp; <https://a.example|about>', 'x', { files: [{ name: 'seed.txt' }] })),
    ).toMatchObject({
      id: 'slack:D0ANN:1700000000.000100:1700000009.000000',
      content: { kind: 'edit', text: 'abandon & about\nhttps://a.example\nseed.txt' },
      messageRef: '1700000000.000100',
    });
  });

  it('is none when only a preview was added', () => {
    expect(reasonFor(edit('x', 'x'))).toBe('not-an-edit');
    expect(reasonFor(edit('y', 'x', { edited: undefined }))).toBe('not-an-edit');
    expect(reasonFor(edit('', 'x'))).toBe('edit-without-words');
    expect(reasonFor(edit('y', 'x', { user: 'U0BOT', bot_id: 'B1' }))).toBe('from-a-bot');
    expect(reasonFor(edit('y', 'x', { subtype: 'assistant_app_thread' }))).toBe('message-subtype');
  });
});

describe('in a channel', () => {
  it.each([
    ['<@U0BOT> no mail', 'no mail'],
    [' <@U0BOT|lifeline>: no mail', 'no mail'],
    ['<@U0BOT>，我忘记密码了', '我忘记密码了'],
    ['hey <@U0BOT> are you real?', 'hey @lifeline are you real?'],
    ['<@U0EVE> ask <@U0BOT>', '@U0EVE ask @lifeline'],
  ])('a mention is for us, its address is taken off: %s', (text, seen) => {
    expect(read(mention(text))).toMatchObject({
      id: 'slack:C0TALK:1700000000.000100',
      conversation: 'slack:C0TALK:1700000000.000100:U0ANN',
      visibility: 'public',
      content: { kind: 'text', text: seen },
    });
  });

  it('a message that mentions us is the mention, under the same id', () => {
    const body = message({ channel: 'C0TALK', channel_type: 'channel', text: '<@U0BOT> x' });
    expect(read(body).id).toBe(read(mention('<@U0BOT> x')).id);
  });

  it('what does not mention us is overheard, and Slack tells no name', () => {
    for (const channel of ['C0TALK', 'G0TALK'])
      expect(read(message({ channel, channel_type: 'channel', text: '@lifeline' }))).toMatchObject({
        content: { kind: 'text', text: '@lifeline' },
        visibility: 'public',
        overheard: { name: '' },
      });
    for (const text of ['<@U0BOT> x', 'x <@U0BOT>'])
      expect(read(message({ channel: 'C0TALK', channel_type: 'channel', text }))).not.toHaveProperty(
        'overheard',
      );
    expect(read(message({}))).not.toHaveProperty('overheard');
  });

  it('a thread is a place of its own, and so is the one that an answer opens', () => {
    expect(read(mention('<@U0BOT> x', { thread_ts: '1600000000.000001' })).conversation).toBe(
      'slack:C0TALK:1600000000.000001:U0ANN',
    );
    expect(read(mention('<@U0BOT> x', { ts: '1600000000.000001' })).conversation).toBe(
      'slack:C0TALK:1600000000.000001:U0ANN',
    );
  });
});

describe('a tap', () => {
  const tap = (action: object, fields: object = {}): object => ({
    type: 'block_actions',
    user: { id: 'U0ANN' },
    channel: { id: 'C0TALK' },
    container: { type: 'message', message_ts: '1.1', channel_id: 'C0TALK', is_ephemeral: true },
    response_url: HOOK,
    actions: [{ action_id: 'tap-0', block_id: 'x', value: '3.0.abc', action_ts: '1700000000.5', ...action }],
    ...fields,
  });

  it("tells the person's own name, where Slack does", () => {
    expect(read(tap({}, { user: { id: 'U0ANN', username: 'ann.lee' } })).handle).toBe('ann.lee');
    expect(read(tap({})).handle).toBeUndefined();
  });

  it('in a channel is answered the way it came, for half an hour', () => {
    expect(read(tap({}))).toEqual({
      id: 'slack:tap:C0TALK:1700000000.5:U0ANN',
      platform: 'slack',
      conversation: 'slack:C0TALK:U0ANN',
      person: 'slack:U0ANN',
      visibility: 'public',
      content: { kind: 'tap', data: '3.0.abc' },
      replyVia: { kind: 'slack-response', token: HOOK, expiresAt: AT + 30 * 60_000 },
      sentAt: 1_700_000_000_500,
    });
  });

  it('belongs to the place in its block id, wherever it was tapped', () => {
    const block_id = 'C0TALK/1600000000.000001#0';
    expect(read(tap({ block_id }, { channel: { id: 'D0ANN' } }))).toMatchObject({
      conversation: 'slack:C0TALK:1600000000.000001:U0ANN',
      visibility: 'public',
    });
  });

  it('in the direct chat needs no way back', () => {
    const direct = read(tap({ block_id: 'U0ANN#0' }, { channel: { id: 'D0ANN' } }));
    expect(direct).toMatchObject({ conversation: 'slack:U0ANN:U0ANN', visibility: 'direct' });
    expect(direct.replyVia).toBeUndefined();
  });

  it('in the place of somebody else is no direct chat', () => {
    expect(read(tap({ block_id: 'U0EVE#0' })).visibility).toBe('public');
  });

  it('on the button into the direct chat opens it there', () => {
    expect(read(tap({ value: 'open:recover-password' }))).toMatchObject({
      conversation: 'slack:U0ANN:U0ANN',
      visibility: 'direct',
      content: { kind: 'start', payload: 'recover-password' },
    });
  });

  it('without data, of our own, or without a channel is not handled', () => {
    expect(reasonFor(tap({ value: undefined }))).toBe('tap-without-data');
    expect(reasonFor(tap({}, { user: { id: 'U0BOT' } }))).toBe('from-a-bot');
    expect(reasonFor(tap({}, { channel: undefined, container: undefined }))).toBe('tap-without-channel');
  });

  it('is never answered at an address that is not of Slack', () => {
    for (const response_url of [
      'https://evil.example/x',
      'http://hooks.slack.com/x',
      'https://hooks.slack.com:1/x',
    ])
      expect(read(tap({}, { response_url })).replyVia).toBeUndefined();
  });
});

describe('a command', () => {
  const slash = (text: string, fields: object = {}): object => ({
    command: '/lifeline',
    text,
    user_id: 'U0ANN',
    channel_id: 'C0TALK',
    trigger_id: '13.900.abc',
    response_url: HOOK,
    ...fields,
  });

  it.each([
    ['', { kind: 'start', payload: '', resume: true }],
    ['  ', { kind: 'start', payload: '', resume: true }],
    ['help', { kind: 'command', name: 'help', text: '' }],
    ['Language zh-TW', { kind: 'command', name: 'language', text: 'zh-TW' }],
    ['help, my wallet is being emptied', { kind: 'text', text: 'help, my wallet is being emptied' }],
    ['help me', { kind: 'text', text: 'help me' }],
    ['我忘记密码了', { kind: 'text', text: '我忘记密码了' }],
    [
      'a &amp; <https://scam.example|b>',
      { kind: 'text', text: 'a & b', hiddenLinks: ['https://scam.example'] },
    ],
  ])('says what is behind it: "%s"', (text, content) => {
    expect(read(slash(text)).content).toEqual(content);
  });

  it('in a channel is answered the way it came, and dated when it arrived', () => {
    expect(read(slash('help'))).toMatchObject({
      id: 'slack:command:13.900.abc',
      conversation: 'slack:C0TALK:U0ANN',
      visibility: 'public',
      replyVia: { kind: 'slack-response', token: HOOK, expiresAt: AT + 30 * 60_000 },
      sentAt: AT,
    });
  });

  it('in a direct chat, also one of two people, is answered in ours', () => {
    const direct = read(slash('help', { channel_id: 'D0OTHER' }));
    expect(direct).toMatchObject({ conversation: 'slack:U0ANN:U0ANN', visibility: 'direct' });
    expect(direct.replyVia).toBeUndefined();
  });
});

describe('everything else', () => {
  it('has a reason', () => {
    expect(reasonFor(event({ type: 'team_join' }))).toBe('event-type');
    expect(reasonFor({ type: 'view_submission', user: { id: 'U0ANN' } })).toBe('payload-type');
    expect(reasonFor({})).toBe('malformed');
    expect(reasonFor(null)).toBe('malformed');
    expect(reasonFor(event({ type: 'assistant_thread_started' }))).toBe('malformed');
    expect(reasonFor(event({ type: 'message', subtype: 'message_changed' }))).toBe('malformed');
  });
});
