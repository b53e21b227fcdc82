import { describe, expect, it } from 'vitest';
import { decode } from '../../../../adapters/telegram/index.js';
import { type InboundMessage, parseConversationId } from '../../../../src/model/index.js';

const self = { id: '900', username: 'LifelineTestBot' };
const ann = { id: 42, is_bot: false, first_name: 'Ann', username: 'ann', language_code: 'zh-hans' };
const direct = { id: 42, type: 'private', first_name: 'Ann' };
const group = { id: -1001234567890, type: 'supergroup', title: 'Wallet talk' };

const channel = { id: -1009876543210, type: 'channel', title: 'Wallet news' };
/** Who writes for administrators that hide. */
const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

const message = (fields: object): object => ({
  message_id: 7,
  from: ann,
  chat: direct,
  date: 1_700_000_000,
  ...fields,
});
const inGroup = (fields: object): object => message({ chat: group, ...fields });
const mention = { type: 'mention', offset: 0, length: 16 };

function read(type: string, content: object): InboundMessage {
  const decoded = decode({ update_id: 1000, [type]: content }, self);
  if (decoded.kind === 'unsupported') throw new Error(`unsupported: ${decoded.why}`);
  return decoded.message;
}

function reasonFor(update: unknown): string {
  const decoded = decode(update, self);
  return decoded.kind === 'unsupported' ? decoded.why : 'none';
}

describe('a message in a direct chat', () => {
  it('is a text of its person, with the reference for deleting it', () => {
    expect(read('message', message({ text: 'no mail' }))).toEqual({
      id: 'telegram:900:1000',
      platform: 'telegram',
      conversation: 'telegram:42:42',
      person: 'telegram:42',
      visibility: 'direct',
      content: { kind: 'text', text: 'no mail' },
      messageRef: '7',
      handle: 'ann',
      localeHint: 'zh-hans',
      sentAt: 1_700_000_000_000,
    });
  });

  it('keeps ids above 2^32 exact', () => {
    const far = { ...ann, id: 4_503_599_627_370_495 };
    expect(read('message', message({ from: far, text: 'x' })).person).toBe('telegram:4503599627370495');
  });

  it('tells links under other words, those of forwarded buttons too', () => {
    const entities = [{ type: 'text_link', offset: 0, length: 4, url: 'https://scam.example/a' }];
    const reply_markup = {
      inline_keyboard: [[{ text: 'Open', url: 'https://scam.example/b' }, { text: 'No' }]],
    };
    expect(read('message', message({ text: 'here', entities, reply_markup })).content).toEqual({
      kind: 'text',
      text: 'here',
      hiddenLinks: ['https://scam.example/a', 'https://scam.example/b'],
    });
  });

  it.each([-1, 2 ** 53 - 1])('is in no thread that cannot be: %d', (message_thread_id) => {
    const chat = { id: -100, type: 'supergroup', title: 'T', is_forum: true };
    const said = { text: '@LifelineTestBot hello', entities: [{ type: 'mention', offset: 0, length: 16 }] };
    const topic = message({ chat, ...said, is_topic_message: true, message_thread_id });
    expect(parseConversationId(read('message', topic).conversation).place).toEqual({ channel: '-100' });
  });

  it('shows what stands under other words below a picture, and in an edit', () => {
    const marks = [{ type: 'text_link', offset: 0, length: 8, url: 'https://scam.example/a' }];
    const photo = {
      photo: [{ file_id: 'x' }],
      caption: 'our page',
      caption_entities: marks,
      text: undefined,
    };
    expect(read('message', message(photo)).content).toMatchObject({
      kind: 'media',
      caption: 'our page\nhttps://scam.example/a',
    });
    const edited = message({ text: 'our page', entities: marks, edit_date: 2 });
    expect(read('edited_message', edited).content).toEqual({
      kind: 'edit',
      text: 'our page\nhttps://scam.example/a',
    });
  });

  it.each([
    [{ type: 'user', sender_user: { id: 5, first_name: 'Support', username: 'Help_Desk' } }, '@Help_Desk'],
    [{ type: 'user', sender_user: { id: 5, first_name: 'Help', last_name: 'Desk' } }, 'Help Desk'],
    [{ type: 'hidden_user', sender_user_name: 'Wallet Support' }, 'Wallet Support'],
    [{ type: 'channel', chat: { id: -100, type: 'channel', title: 'Wallet News' } }, 'Wallet News'],
    [{ type: 'chat', sender_chat: { id: -100, type: 'supergroup', title: 'T', username: 'talk' } }, '@talk'],
  ])('names where it was forwarded from (%#)', (forward_origin, forwardedFrom) => {
    expect(read('message', message({ text: 'send me your phrase', forward_origin })).content).toEqual({
      kind: 'text',
      text: 'send me your phrase',
      forwardedFrom,
    });
  });

  it('takes a forwarded command for words', () => {
    const forward_origin = { type: 'hidden_user', sender_user_name: 'X' };
    expect(read('message', message({ text: '/start f_menu', forward_origin })).content.kind).toBe('text');
  });

  it('gives the phone number of a contact card', () => {
    const contact = { phone_number: '+4915112345678', first_name: 'Ann' };
    expect(read('message', message({ contact })).content).toEqual({
      kind: 'contact',
      phone: '+4915112345678',
    });
  });

  it.each([
    [{ photo: [] }, 'photo', ''],
    [{ sticker: {} }, 'sticker', ''],
    [{ voice: {} }, 'voice', ''],
    [{ video: { file_name: 'v.mp4' } }, 'video', 'v.mp4'],
    [{ video_note: {} }, 'video', ''],
    [{ animation: { file_name: 'a.gif' }, document: { file_name: 'a.gif' } }, 'video', 'a.gif'],
    [{ document: { file_name: 'my phrase.txt' } }, 'document', 'my phrase.txt'],
    [{ location: {} }, 'location', ''],
    [{ venue: {}, location: {} }, 'location', ''],
    [{ audio: { file_name: 'a.mp3' } }, 'other', 'a.mp3'],
    [{ dice: {} }, 'other', ''],
  ])('names media, caption and file name (%#)', (fields, media, fileName) => {
    expect(read('message', message({ ...fields, caption: 'look' })).content).toEqual({
      kind: 'media',
      media,
      caption: 'look',
      fileName,
    });
  });
});

describe('a command', () => {
  it.each([
    ['/start', { kind: 'start', payload: '' }],
    ['/start f_mail-missing', { kind: 'start', payload: 'mail-missing' }],
    ['/start r_0aZ-9', { kind: 'start', payload: 'r_0aZ-9' }],
    ['/START@lifelinetestbot f_menu', { kind: 'start', payload: 'menu' }],
    ['/help', { kind: 'command', name: 'help', text: '' }],
    ['/ForgetMe  now please', { kind: 'command', name: 'forgetme', text: 'now please' }],
    ['/help@LifelineTestBot', { kind: 'command', name: 'help', text: '' }],
    ['/etc/passwd', { kind: 'text', text: '/etc/passwd' }],
    ['/帮助', { kind: 'text', text: '/帮助' }],
  ])('%s', (text, content) => {
    expect(read('message', message({ text })).content).toEqual(content);
  });

  it('takes words behind /start that are no payload for words', () => {
    const said = read('message', message({ text: '/start I lost my password' }));
    expect(said.content).toEqual({ kind: 'text', text: 'I lost my password' });
  });

  it('is left alone when it names another bot', () => {
    expect(reasonFor({ update_id: 1, message: message({ text: '/help@OtherBot' }) })).toBe(
      'command-for-another-bot',
    );
  });
});

describe('a message in a group', () => {
  it.each([
    ['a mention', { text: '@lifelinetestbot: no mail', entities: [mention] }, 'no mail'],
    ['a mention alone', { text: '@LifelineTestBot', entities: [mention] }, ''],
    [
      'a mention further in',
      { text: 'is @LifelineTestBot real?', entities: [{ ...mention, offset: 3 }] },
      'is @LifelineTestBot real?',
    ],
    [
      'a mention by id',
      {
        text: 'Lifeline no mail',
        entities: [{ type: 'text_mention', offset: 0, length: 8, user: { id: 900 } }],
      },
      'no mail',
    ],
    ['a reply to us', { text: 'no mail', reply_to_message: { from: { id: 900, is_bot: true } } }, 'no mail'],
  ])('is read when it is addressed to us: %s', (_how, fields, text) => {
    const said = read('message', inGroup(fields));
    expect(said.content).toEqual({ kind: 'text', text });
    expect(said.visibility).toBe('public');
    expect(said.conversation).toBe('telegram:-1001234567890:42');
  });

  it('is a command with our name in front or behind', () => {
    const content = { kind: 'command', name: 'help', text: '' };
    expect(read('message', inGroup({ text: '/help' })).content).toEqual(content);
    expect(read('message', inGroup({ text: '@LifelineTestBot /help', entities: [mention] })).content).toEqual(
      content,
    );
  });

  it('is read when its caption addresses us', () => {
    const caption = { caption: '@LifelineTestBot look', caption_entities: [mention] };
    expect(read('message', inGroup({ photo: [{}], ...caption })).content).toEqual({
      kind: 'media',
      media: 'photo',
      caption: 'look',
      fileName: '',
    });
  });

  it.each([
    ['plain talk', { text: 'no mail' }],
    ['another bot', { text: '@OtherTestingBot', entities: [mention] }],
    ['a reply to somebody else', { text: 'no mail', reply_to_message: { from: { id: 5 } } }],
    [
      'a topic that we opened',
      { text: 'no mail', reply_to_message: { from: { id: 900 }, forum_topic_created: { name: 'Help' } } },
    ],
  ])('is only overheard otherwise: %s', (_what, fields) => {
    expect(read('message', inGroup(fields))).toMatchObject({
      content: { kind: 'text', text: fields.text },
      visibility: 'public',
      overheard: { name: 'Ann', handle: 'ann' },
    });
  });

  it('is overheard when it is edited, with its caption, and with links under other words', () => {
    const last_name = 'of Support';
    expect(read('edited_message', inGroup({ text: 'now', edit_date: 5 })).overheard).toBeDefined();
    expect(
      read('message', inGroup({ photo: [{}], caption: 'look', from: { ...ann, last_name } })),
    ).toMatchObject({
      content: { kind: 'media', caption: 'look' },
      overheard: { name: 'Ann of Support' },
    });
    const entities = [{ type: 'text_link', offset: 0, length: 4, url: 'https://scam.example/a' }];
    expect(read('message', inGroup({ text: 'here', entities })).content).toMatchObject({
      hiddenLinks: ['https://scam.example/a'],
    });
  });

  it('is none of ours when it has no words', () => {
    expect(reasonFor({ update_id: 1, message: inGroup({ sticker: {} }) })).toBe('not-addressed');
    expect(read('message', message({ text: 'no mail' })).overheard).toBeUndefined();
    expect(
      read('message', inGroup({ text: '@LifelineTestBot', entities: [mention] })).overheard,
    ).toBeUndefined();
  });

  it.each([
    ['/help', 'help'],
    ['/forget_me@LifelineTestBot', 'forget-me'],
    ['/frobnicate@lifelinetestbot', 'frobnicate'],
  ])('is a command of our menu, or one that names us: %s', (text, name) => {
    const ours = { ...self, commands: ['help', 'start'] };
    const decoded = decode({ update_id: 1, message: inGroup({ text }) }, ours);
    expect(decoded).toMatchObject({ kind: 'message', message: { content: { kind: 'command', name } } });
  });

  it('is not ours when another bot may have been meant', () => {
    const ours = { ...self, commands: ['help', 'start'] };
    const isOverheard = (chat: object) => {
      const decoded = decode({ update_id: 1, message: message({ chat, text: '/roll 6' }) }, ours);
      return decoded.kind === 'message' && decoded.message.overheard !== undefined;
    };
    expect(isOverheard(group)).toBe(true);
    expect(isOverheard(direct)).toBe(false);
  });

  it('says what its answer shall point at, and how to delete it', () => {
    const said = read('message', inGroup({ text: '/help' }));
    expect(said.messageRef).toBe('7');
    expect(said.replyVia).toEqual({ kind: 'telegram-message', token: '7' });
    const edited = read('edited_message', inGroup({ text: '/help me', edit_date: 1 }));
    expect(edited.replyVia).toEqual({ kind: 'telegram-message', token: '7' });
  });

  it('for our eyes only is always ours, and can be neither deleted nor pointed at', () => {
    const only = { message_id: 0, ephemeral_message_id: 29, receiver_user: { id: 900, is_bot: true } };
    const said = read('message', inGroup({ ...only, text: 'no mail' }));
    expect(said.replyVia).toEqual({ kind: 'telegram-ephemeral', token: '29' });
    expect(said).not.toHaveProperty('messageRef');
  });

  it('has its topic in the place, and no thread outside of forums', () => {
    const inTopic = inGroup({ text: '/help', message_thread_id: 12, is_topic_message: true });
    expect(read('message', inTopic).conversation).toBe('telegram:-1001234567890:12:42');
    const inChain = inGroup({ text: '/help', message_thread_id: 12 });
    expect(read('message', inChain).conversation).toBe('telegram:-1001234567890:42');
  });
});

describe('an edit', () => {
  it('has the new words', () => {
    const said = read('edited_message', message({ text: 'no mail yet', edit_date: 1_700_000_001 }));
    expect(said.content).toEqual({ kind: 'edit', text: 'no mail yet' });
    expect(said.messageRef).toBe('7');
  });

  it('has caption and file name of media', () => {
    const edited = message({ document: { file_name: 'phrase.txt' }, caption: 'here' });
    expect(read('edited_message', edited).content).toEqual({ kind: 'edit', text: 'here\nphrase.txt' });
  });

  it('is nothing to us without words', () => {
    expect(reasonFor({ update_id: 1, edited_message: message({ location: {} }) })).toBe('edit-without-words');
  });
});

describe('a tap', () => {
  const tap = {
    id: '4382900001',
    from: ann,
    message: { message_id: 9, chat: direct, date: 1 },
    data: '3.0.abc',
  };

  it('has the data, the way to answer, and no message to delete', () => {
    const said = read('callback_query', tap);
    expect(said.content).toEqual({ kind: 'tap', data: '3.0.abc' });
    expect(said.replyVia).toEqual({ kind: 'telegram-callback', token: '4382900001' });
    expect(said).not.toHaveProperty('messageRef');
  });

  it('belongs to whoever tapped, in the topic of the message', () => {
    const inTopic = { chat: group, message_thread_id: 12, is_topic_message: true };
    const said = read('callback_query', { ...tap, message: inTopic });
    expect(said.conversation).toBe('telegram:-1001234567890:12:42');
    expect(said.visibility).toBe('public');
  });

  it.each([
    ['tap-without-chat', { ...tap, message: undefined }],
    ['tap-without-data', { ...tap, data: undefined }],
    ['from-a-bot', { ...tap, from: { id: 3, is_bot: true } }],
  ])('is not handled: %s', (why, callback_query) => {
    expect(reasonFor({ update_id: 1, callback_query })).toBe(why);
  });
});

describe('a change of membership', () => {
  const member = (chat: object, status: string): object => ({
    chat,
    from: ann,
    date: 1,
    new_chat_member: { status },
  });

  it('tells whether the person can be reached', () => {
    expect(read('my_chat_member', member(direct, 'kicked')).content).toEqual({
      kind: 'reachable',
      reachable: false,
    });
    expect(read('my_chat_member', member(direct, 'member')).content).toEqual({
      kind: 'reachable',
      reachable: true,
    });
  });

  it('is nothing to us in a group', () => {
    expect(reasonFor({ update_id: 1, my_chat_member: member(group, 'member') })).toBe('group-membership');
  });
});

describe('what is not handled', () => {
  it.each([
    ['malformed', 'no object'],
    ['malformed', null],
    ['malformed', { message: message({ text: 'x' }) }],
    ['malformed', { update_id: 1, message: { text: 'x' } }],
    ['malformed', { update_id: 1, message: message({ from: { ...ann, is_bot: 'no' }, text: 'x' }) }],
    ['service-message', { update_id: 1, message: message({ text: 5 }) }],
    ['malformed', { update_id: 1, message: message({ from: { ...ann, id: 1.5 }, text: 'x' }) }],
    ['update-type', { update_id: 1 }],
    ['update-type', { update_id: 1, poll: {} }],
    ['chat-type', { update_id: 1, message: message({ chat: { id: -5, type: 'channel' }, text: 'x' }) }],
    ['no-person', { update_id: 1, message: message({ from: undefined, text: 'x' }) }],
    [
      'anonymous-administrator',
      { update_id: 1, message: inGroup({ from: anonymous, sender_chat: group, text: '/help' }) },
    ],
    ['sent-as-a-channel', { update_id: 1, message: inGroup({ sender_chat: channel, text: '/help' }) }],
    [
      'post-of-the-channel',
      { update_id: 1, message: inGroup({ sender_chat: channel, is_automatic_forward: true, text: '/help' }) },
    ],
    ['from-a-bot', { update_id: 1, message: message({ from: { id: 3, is_bot: true }, text: 'x' }) }],
    ['from-a-bot', { update_id: 1, message: message({ from: { id: 900 }, text: 'x' }) }],
    ['service-message', { update_id: 1, message: message({ pinned_message: {} }) }],
  ])('is "%s" (%#)', (why, update) => {
    expect(reasonFor(update)).toBe(why);
  });
});

describe('parts of a form that is not known', () => {
  it.each([
    [
      'marks',
      { entities: [{ type: 5 }, { type: 'text_link', offset: 0, length: 1, url: 'https://a.example' }] },
    ],
    ['a language', { from: { ...ann, language_code: 5 } }],
    ['a date', { date: 'yesterday' }],
    ['a reply', { reply_to_message: 'the last one' }],
    ['buttons', { reply_markup: { inline_keyboard: 'none' } }],
  ])('do not keep the words from being read: %s', (_what, fields) => {
    expect(read('message', message({ text: 'no mail', ...fields })).content).toMatchObject({
      kind: 'text',
      text: 'no mail',
    });
  });

  it('leave a forward a forward', () => {
    const said = read('message', message({ text: 'no mail', forward_origin: 'somewhere' }));
    expect(said.content).toEqual({ kind: 'text', text: 'no mail', forwardedFrom: '' });
  });
});
