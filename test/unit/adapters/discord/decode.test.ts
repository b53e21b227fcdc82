import { describe, expect, it } from 'vitest';
import { decode } from '../../../../adapters/discord/index.js';
import type { Decoded, InboundMessage } from '../../../../src/model/index.js';

const self = { id: '900' };
const ANN = { id: '42', username: 'ann' };
/** 2026-03-01T09:00:00.000Z, by Discord's own counting. */
const ID = String((BigInt(Date.parse('2026-03-01T09:00:00Z')) - 1_420_070_400_000n) << 22n);

type Json = Readonly<Record<string, unknown>>;

const message = (more: Json = {}): Json => ({
  ...{ id: ID, channel_id: '7', type: 0, author: ANN, content: 'hello' },
  ...more,
});
const inServer = (more: Json = {}): Json =>
  message({ guild_id: '5', mentions: [{ id: '900', username: 'Harbor' }], ...more });
const interaction = (more: Json = {}): Json => ({
  ...{ id: ID, application_id: '901', type: 3, token: 'tok', channel_id: '7', user: ANN },
  ...{ data: { custom_id: '3.0.mac', component_type: 2 } },
  ...more,
});

const create = (d: unknown): Decoded => decode({ t: 'MESSAGE_CREATE', s: 1, d }, self);
const update = (d: unknown): Decoded => decode({ t: 'MESSAGE_UPDATE', s: 1, d }, self);
const use = (d: unknown): Decoded => decode({ t: 'INTERACTION_CREATE', s: 1, d }, self);

function heard(decoded: Decoded): InboundMessage {
  if (decoded.kind === 'unsupported') throw new Error(decoded.why);
  return decoded.message;
}
const contentOf = (decoded: Decoded) => heard(decoded).content;
const why = (decoded: Decoded) => (decoded.kind === 'unsupported' ? decoded.why : 'read');

describe('a direct message', () => {
  it('is read, with its person as its place', () => {
    expect(heard(create(message()))).toEqual({
      id: `discord:${ID}`,
      platform: 'discord',
      handle: 'ann',
      conversation: 'discord:42:42',
      person: 'discord:42',
      visibility: 'direct',
      content: { kind: 'text', text: 'hello' },
      messageRef: ID,
      sentAt: Date.parse('2026-03-01T09:00:00Z'),
    });
  });

  it('keeps ids that are too long for a number', () => {
    const author = { id: '9223372036854775807' };
    expect(heard(create(message({ author }))).person).toBe('discord:9223372036854775807');
  });

  it('shows whom it mentions by name, so that they can be looked up', () => {
    const mentions = [{ id: '55', username: 'harbor_help' }];
    expect(contentOf(create(message({ content: 'is <@55> real? <@66>', mentions })))).toEqual({
      kind: 'text',
      text: 'is @harbor_help real? <@66>',
    });
  });

  it('shows what is under other words', () => {
    expect(
      contentOf(create(message({ content: 'see [our page](<https://scam.example/x> "t") now' }))),
    ).toEqual({ kind: 'text', text: 'see our page now', hiddenLinks: ['https://scam.example/x'] });
  });

  it('that was forwarded is read for what it says; whose it was, nobody knows', () => {
    const copy = {
      content: 'Your wallet is locked',
      embeds: [{ title: 'Act now', url: 'https://scam.example' }],
    };
    const forward = { content: '', message_reference: { type: 1 }, message_snapshots: [{ message: copy }] };
    expect(contentOf(create(message(forward)))).toEqual({
      kind: 'text',
      text: 'Your wallet is locked\nAct now\nhttps://scam.example',
      forwardedFrom: '',
    });
  });

  it.each([
    ['an image', 'image/png', 'photo'],
    ['a film', 'video/mp4', 'video'],
    ['a song', 'audio/mpeg', 'other'],
    ['a file', 'application/pdf', 'document'],
    ['a file of no type', undefined, 'document'],
  ])('with %s is media with its words, its names and their descriptions', (_what, type, media) => {
    const attachments = [
      { filename: 'a.bin', content_type: type, title: 'My phrase' },
      { filename: 'b.bin', description: 'words on paper' },
    ];
    expect(contentOf(create(message({ content: 'look', attachments })))).toEqual({
      kind: 'media',
      media,
      caption: 'look',
      fileName: 'a.bin\nMy phrase\nb.bin\nwords on paper',
    });
  });

  it.each([
    ['a sticker', { sticker_items: [{ name: 'Wave' }] }, 'sticker'],
    ['a voice message', { flags: 1 << 13, attachments: [{ filename: 'v.ogg' }] }, 'voice'],
    ['a poll', { poll: { question: { text: 'which?' } } }, 'other'],
  ])('with %s is media', (_what, more, media) => {
    expect(contentOf(create(message({ content: '', ...more })))).toMatchObject({ kind: 'media', media });
  });
});

describe('a message in a server', () => {
  it.each([
    ['mentions us', inServer({ content: '<@900>, hello' })],
    ['mentions us by the old form', inServer({ content: ' <@!900> hello', mentions: [] })],
    ['replies to us', inServer({ type: 19, mentions: [], referenced_message: { author: { id: '900' } } })],
  ])('is read when it %s', (_how, d) => {
    expect(heard(create(d))).toMatchObject({
      conversation: 'discord:7:42',
      visibility: 'public',
      content: { kind: 'text', text: 'hello' },
    });
  });

  it('keeps a mention further in, which may be what it is about', () => {
    expect(contentOf(create(inServer({ content: 'is <@900> real?' })))).toMatchObject({
      text: 'is @Harbor real?',
    });
  });

  it.each([
    ['speaks to nobody', inServer({ mentions: [] })],
    ['speaks to everybody', inServer({ mentions: [], mention_everyone: true, content: '@everyone' })],
    ['replies to somebody else', inServer({ type: 19, mentions: [], referenced_message: { author: ANN } })],
  ])('is left alone when it %s', (_how, d) => {
    expect(why(create(d))).toBe('not-addressed');
  });

  describe('that is not for us, where we may read along,', () => {
    const along = (d: unknown, t = 'MESSAGE_CREATE'): Decoded =>
      decode({ t, s: 1, d }, { ...self, overhears: true });

    it('is overheard, with the name and handle that others see', () => {
      const author = { ...ANN, global_name: 'Ann' };
      const d = inServer({ mentions: [], content: 'the fees are high', author });
      expect(along(d)).toMatchObject({
        message: {
          content: { kind: 'text', text: 'the fees are high' },
          overheard: { name: 'Ann', handle: 'ann' },
          visibility: 'public',
          messageRef: ID,
        },
      });
      expect(along({ ...d, member: { nick: 'Support' } })).toMatchObject({
        message: { overheard: { name: 'Support' } },
      });
      const edited = along({ ...d, edited_timestamp: '2026-03-01T09:05:00.000000+00:00' }, 'MESSAGE_UPDATE');
      expect(edited).toMatchObject({ message: { content: { kind: 'edit' }, overheard: { name: 'Ann' } } });
    });

    it.each([
      ['has no words', inServer({ mentions: [], content: '' })],
      [
        'opens a thread',
        inServer({ type: 21, mentions: [], content: '', referenced_message: { content: 'x' } }),
      ],
    ])('is left alone when it %s', (_how, d) => {
      expect(along(d)).toEqual({ kind: 'unsupported', why: 'not-addressed' });
    });

    it('is no more than that when it is for us', () => {
      expect(along(inServer({}))).not.toHaveProperty('message.overheard');
      expect(along(message({}))).not.toHaveProperty('message.overheard');
    });
  });

  it('that opens a thread says what the thread was made of', () => {
    const starter = { content: '<@900> my phrase is gone', mentions: [{ id: '900' }], author: ANN };
    const d = inServer({ type: 21, content: '', mentions: [], referenced_message: starter });
    expect(contentOf(create(d))).toEqual({ kind: 'text', text: 'my phrase is gone' });
  });
});

describe('an edit', () => {
  const edited_timestamp = '2026-03-01T09:05:00.000000+00:00';

  it('is read with all its words, once for each time it was edited', () => {
    const edited = heard(update(message({ edited_timestamp, attachments: [{ filename: 'phrase.txt' }] })));
    expect(edited.content).toEqual({ kind: 'edit', text: 'hello\nphrase.txt' });
    expect(edited.id).toBe(`discord:${ID}:edit:${Date.parse(edited_timestamp)}`);
    expect(edited.messageRef).toBe(ID);
    expect(edited.sentAt).toBe(Date.parse(edited_timestamp));
  });

  it.each([
    ['a preview that came', message({ edited_timestamp: null }), 'not-edited'],
    ['an update without its author', message({ edited_timestamp, author: undefined }), 'no-person'],
    ['one without words', message({ edited_timestamp, content: '' }), 'edit-without-words'],
    ['one in a server that is not for us', inServer({ edited_timestamp, mentions: [] }), 'not-addressed'],
  ])('%s is none', (_what, d, reason) => {
    expect(why(update(d))).toBe(reason);
  });
});

describe('an interaction', () => {
  it('by a button carries what we put on it, and how it is answered', () => {
    expect(heard(use(interaction({ locale: 'zh-TW' })))).toEqual({
      id: `discord:${ID}`,
      platform: 'discord',
      handle: 'ann',
      conversation: 'discord:42:42',
      person: 'discord:42',
      visibility: 'direct',
      content: { kind: 'tap', data: '3.0.mac' },
      sentAt: Date.parse('2026-03-01T09:00:00Z'),
      localeHint: 'zh-TW',
      replyVia: {
        kind: 'discord-interaction',
        token: 'tok',
        application: '901',
        expiresAt: Date.parse('2026-03-01T09:15:00Z'),
        ephemeral: false,
        thinks: false,
      },
    });
  });

  it('by a menu carries what was chosen', () => {
    const data = { custom_id: 'choose.0', component_type: 3, values: ['3.7.mac'] };
    expect(contentOf(use(interaction({ data })))).toEqual({ kind: 'tap', data: '3.7.mac' });
  });

  it('in a server is answered there, for that person only', () => {
    const d = interaction({ guild_id: '5', user: undefined, member: { user: ANN } });
    expect(heard(use(d))).toMatchObject({
      conversation: 'discord:7:42',
      visibility: 'public',
      replyVia: { ephemeral: true, thinks: false },
    });
  });

  it('by a button into the direct chat arrives there, whoever taps', () => {
    const bob = { user: { id: '43' } };
    const data = { custom_id: 'private:mail-missing', component_type: 2 };
    expect(heard(use(interaction({ guild_id: '5', user: undefined, member: bob, data })))).toMatchObject({
      conversation: 'discord:43:43',
      visibility: 'direct',
      content: { kind: 'start', payload: 'mail-missing' },
      replyVia: { ephemeral: true },
    });
  });

  it('by a command carries its name and all that was typed into it', () => {
    const options = [{ options: [{ value: 'a b' }, { value: 7 }] }, { value: true }];
    const d = interaction({ type: 2, data: { name: 'help', options } });
    expect(contentOf(use(d))).toEqual({ kind: 'command', name: 'help', text: 'a b 7 true' });
    expect(heard(use(d)).replyVia).toMatchObject({ thinks: true });
  });

  it.each([
    ['in somebody else’s chat', interaction({ context: 2 }), 'somebody-elses-chat'],
    ['of another kind', interaction({ type: 5 }), 'interaction-type'],
    ['without a person', interaction({ user: undefined }), 'no-person'],
    ['without a place', interaction({ channel_id: undefined }), 'no-place'],
  ])('%s is left alone', (_what, d, reason) => {
    expect(why(use(d))).toBe(reason);
  });
});

describe('what is none of ours', () => {
  it.each([
    ['our own message', message({ author: { id: '900' } }), 'from-a-bot'],
    ['another bot', message({ author: { id: '44', bot: true } }), 'from-a-bot'],
    ['a webhook', message({ webhook_id: '8' }), 'from-a-bot'],
    ['Discord itself', message({ author: { id: '44', system: true } }), 'from-a-bot'],
    ['a pin', message({ type: 6 }), 'service-message'],
    ['an id that is a number', message({ id: 5 }), 'malformed'],
  ])('%s is left alone', (_what, d, reason) => {
    expect(why(create(d))).toBe(reason);
  });

  it('is every other event', () => {
    expect(why(decode({ t: 'TYPING_START', s: 1, d: {} }, self))).toBe('event-type');
    expect(why(decode('no event', self))).toBe('malformed');
  });
});
