import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Group } from '../platforms/telegram/group.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User } from '../platforms/telegram/user.js';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const EVERYTHING = [
  ...['message', 'edited_message', 'channel_post', 'callback_query'],
  ...['my_chat_member', 'chat_member'],
];

let telegram: TelegramPlatform;
let now = 1_700_000_000_000;
let ann: User;

beforeEach(async () => {
  telegram = await startTelegramPlatform({ now: () => now });
  ann = telegram.user({ username: 'ann' });
});

afterEach(() => telegram.close());

interface Answer {
  readonly ok: boolean;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
  readonly result?: unknown;
}

async function call(method: string, params: object, token = telegram.bot.token): Promise<Answer> {
  const response = await fetch(`${telegram.apiUrl}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  return (await response.json()) as Answer;
}

/** The error of a call, or `ok`. */
async function outcome(method: string, params: object): Promise<string> {
  const { ok, description = '' } = await call(method, params);
  return ok ? 'ok' : description.replace(/^[A-Z][A-Za-z ]*: /, '');
}

const send = (to: { readonly id: number }, params: object): Promise<string> =>
  outcome('sendMessage', { chat_id: to.id, ...params });

interface Update {
  readonly update_id: number;
  readonly [type: string]: unknown;
}

/** Everything that waits, and confirms it. */
async function updates(allowed = EVERYTHING): Promise<readonly Update[]> {
  const { result } = await call('getUpdates', { allowed_updates: allowed });
  const list = result as readonly Update[];
  const last = list.at(-1);
  if (last !== undefined) await call('getUpdates', { offset: last.update_id + 1, allowed_updates: allowed });
  return list;
}

/** What the last update that waits is about; confirms all. */
async function last<Content>(kind: string): Promise<Content> {
  const update = (await updates()).at(-1);
  if (update === undefined || !(kind in update)) throw new Error(`no ${kind}`);
  return update[kind] as Content;
}

/** Kinds of updates, and their words where they have any. */
async function shown(): Promise<readonly string[]> {
  return (await updates()).map((update) => {
    const kind = Object.keys(update).find((name) => name !== 'update_id') ?? '';
    const { text } = update[kind] as { readonly text?: string };
    return text === undefined ? kind : `${kind}: ${text}`;
  });
}

const button = (callback_data: string) => ({ inline_keyboard: [[{ text: 'Go', callback_data }]] });

describe('what the bot sends', () => {
  it('is refused with another token, as another method, with another parameter', async () => {
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({ error_code: 401 });
    expect(await call('sendTelepathy', {})).toMatchObject({ error_code: 404 });
    ann.starts();
    expect(await send(ann, { text: 'hi', txet: 'hi' })).toContain('txet');
  });

  it('reaches nobody who has not opened the chat, has blocked it, or is gone', async () => {
    expect(await send(ann, { text: 'hi' })).toBe("bot can't initiate conversation with a user");
    ann.starts();
    expect(await send(ann, { text: 'hi' })).toBe('ok');
    ann.blocks();
    expect(await send(ann, { text: 'hi' })).toBe('bot was blocked by the user');
    ann.leavesTelegram();
    expect(await send(ann, { text: 'hi' })).toBe('user is deactivated');
    expect(await send({ id: 1 }, { text: 'hi' })).toBe('chat not found');
  });

  it.each([
    [{ text: '' }, 'message text is empty'],
    [{ text: ' \n ' }, 'message text is empty'],
    [{ text: 'a'.repeat(4097) }, 'message is too long'],
    [{ text: 'a'.repeat(4096) }, 'ok'],
    [{ text: `${'&amp;'.repeat(4096)}`, parse_mode: 'HTML' }, 'ok'],
    [{ text: 'x\ud800' }, 'strings must be encoded in UTF-8'],
    [{ text: 'x', reply_markup: button('字'.repeat(21)) }, 'ok'],
    [{ text: 'x', reply_markup: button('字'.repeat(22)) }, 'BUTTON_DATA_INVALID'],
    [
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'Go', url: 'wallet' }]] } },
      'BUTTON_URL_INVALID',
    ],
    [{ text: 'x', message_thread_id: 5 }, 'message thread not found'],
    [{ text: 'x', reply_parameters: { message_id: 999 } }, 'message to be replied not found'],
    [{ text: 'x', reply_parameters: { message_id: 999, allow_sending_without_reply: true } }, 'ok'],
  ])('is held to the rules (%#)', async (params, expected) => {
    ann.starts();
    expect(await send(ann, params)).toBe(expected);
  });

  it.each([
    ['<b>bold <i>both</i></b> &lt;x&gt; &copy; &#65;', 'ok'],
    ['<script>x</script>', `can't parse entities: Unsupported start tag "script" at byte offset 0`],
    ['é<b>x', `can't parse entities: Can't find end tag corresponding to start tag "b"`],
    ['é<b>x</i>', `can't parse entities: Unmatched end tag at byte offset 6, expected "</b>", found "</i>"`],
    ['</b>', `can't parse entities: Unexpected end tag at byte offset 0`],
    ['a < b', `can't parse entities: Unsupported start tag "" at byte offset 2`],
    ['a <b', `can't parse entities: Unclosed start tag at byte offset 2`],
  ])('is read as HTML: %s', async (text, expected) => {
    ann.starts();
    expect(await send(ann, { text, parse_mode: 'HTML' })).toBe(expected);
    if (expected === 'ok') {
      expect(ann.sees().at(-1)).toMatchObject({
        text: 'bold both <x> &copy; A',
        marks: [
          { type: 'bold', offset: 0, length: 9 },
          { type: 'italic', offset: 5, length: 4 },
        ],
      });
    }
  });

  it('shows links, names and commands in plain words too', async () => {
    ann.starts();
    await send(ann, { text: 'see https://scam.example, ask @helper, /start' });
    expect(
      ann
        .sees()
        .at(-1)
        ?.marks.map(({ type }) => type),
    ).toEqual(['url', 'mention', 'bot_command']);
  });

  it('is counted, where limits are on', async () => {
    await telegram.close();
    const rateLimits = { perSecond: 3, perSecondInChat: 1, perMinuteInGroup: 2 };
    telegram = await startTelegramPlatform({ now: () => now, rateLimits });
    const people = [1, 2, 3, 4].map(() => telegram.user());
    const [first] = people;
    if (first === undefined) throw new Error('nobody');
    for (const person of people) person.starts();
    const group = telegram.group();
    group.addBot(first);
    expect(await send(first, { text: '1' })).toBe('ok');
    expect(await call('sendMessage', { chat_id: first.id, text: '2' })).toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    });
    for (const other of people.slice(1, 3)) expect(await send(other, { text: '1' })).toBe('ok');
    expect(await send(people[3] ?? first, { text: '1' })).toBe('retry after 1');
    now += 1_000;
    expect(await send(group, { text: '1' })).toBe('ok');
    now += 1_000;
    expect(await send(group, { text: '2' })).toBe('ok');
    now += 1_000;
    expect(await send(group, { text: '3' })).toBe('retry after 58');
  });
});

describe('what is there already', () => {
  it('can be changed by whoever wrote it, into something else', async () => {
    const own = ann.starts();
    await send(ann, { text: 'one', reply_markup: button('1') });
    const id = ann.sees().at(-1)?.messageId;
    const edit = (message_id: number | undefined, text: string) =>
      outcome('editMessageText', { chat_id: ann.id, message_id, text, reply_markup: button('1') });
    expect(await edit(id, 'one')).toMatch(/^message is not modified/);
    expect(await edit(id, 'two')).toBe('ok');
    expect(await edit(own, 'two')).toBe("message can't be edited");
    expect(await edit(999, 'two')).toBe('message to edit not found');
    expect(ann.sees().at(-1)).toMatchObject({ text: 'two', isEdited: true });
    await outcome('editMessageReplyMarkup', { chat_id: ann.id, message_id: id });
    expect(ann.sees().at(-1)).toMatchObject({ text: 'two', buttons: [] });
  });

  it('can be deleted for 48 hours, of others in groups with that right only', async () => {
    const group = telegram.group();
    group.addBot(ann);
    const there = ann.says('hello', { in: group });
    const here = ann.says('hello');
    const remove = (chat: { readonly id: number }, message_id: number) =>
      outcome('deleteMessage', { chat_id: chat.id, message_id });
    expect(await remove(group, there)).toBe("message can't be deleted");
    group.promotesBot(ann);
    expect(await remove(group, there)).toBe("message can't be deleted");
    group.promotesBot(ann, { canDelete: true });
    expect(await remove(group, there)).toBe('ok');
    expect(await remove(group, there)).toBe('message to delete not found');
    expect(ann.sees({ in: group })).toEqual([]);
    now += 2 * DAY_MS;
    expect(await remove(ann, here)).toBe("message can't be deleted");
    const [old, young] = [here, ann.says('again')];
    expect(await outcome('deleteMessages', { chat_id: ann.id, message_ids: [young, old] })).toBe(
      "message can't be deleted",
    );
    expect(await outcome('deleteMessages', { chat_id: ann.id, message_ids: [young, 999] })).toBe('ok');
    expect(ann.sees().map(({ messageId }) => messageId)).toEqual([old]);
  });

  it('can be tapped; the tap is answered once, and not too late', async () => {
    ann.starts();
    await send(ann, { text: 'one', reply_markup: button('1') });
    const answer = async (text: string): Promise<string> => {
      const { id } = await last<{ readonly id: string }>('callback_query');
      return outcome('answerCallbackQuery', { callback_query_id: id, text });
    };
    ann.taps('Go');
    expect(telegram.pendingTaps()).toBe(1);
    expect(await answer('a'.repeat(201))).toBe('MESSAGE_TOO_LONG');
    ann.taps('Go');
    expect(await answer('yes')).toBe('ok');
    expect(ann.toasts()).toEqual(['yes']);
    ann.taps('Go');
    now += 11 * MINUTE_MS;
    expect(await answer('late')).toMatch(/^query is too old/);
    expect(() => ann.taps('Stop')).toThrow('no button');
  });
});

describe('a group', () => {
  let group: Group;

  beforeEach(async () => {
    group = telegram.group();
    group.addBot(ann);
    await updates();
  });

  it('shows a bot in privacy mode what is for it', async () => {
    const hello = ann.says('hello', { in: group });
    ann.says('@LifelineTestBot hello', { in: group });
    ann.says('Lifeline hello', { in: group, mentionsBotAs: 'Lifeline' });
    ann.says('/help', { in: group });
    ann.says('/help@another_bot', { in: group });
    await send(group, { text: 'yes?' });
    const yes = ann.sees({ in: group }).at(-1)?.messageId ?? 0;
    ann.says('no', { in: group, replyTo: yes });
    ann.says('nor this', { in: group, replyTo: hello });
    ann.sendsPhoto('@LifelineTestBot look', { in: group });
    expect(await shown()).toEqual([
      'message: @LifelineTestBot hello',
      'message: Lifeline hello',
      'message: /help',
      'message: no',
      'message',
    ]);
    group.promotesBot(ann);
    ann.says('hello all', { in: group });
    expect(await shown()).toEqual(['my_chat_member', 'message: hello all']);
  });

  it('tells what was changed, below a photo too', async () => {
    const asked = ann.says('@LifelineTestBot hello', { in: group });
    const photo = ann.sendsPhoto('look @LifelineTestBot', { in: group });
    await updates();
    ann.edits(asked, '@LifelineTestBot bye', { in: group });
    ann.edits(photo, 'look away @LifelineTestBot', { in: group });
    const [words, caption] = (await updates()).map(({ edited_message: edited }) => edited);
    expect(words).toMatchObject({ text: '@LifelineTestBot bye', entities: [{ type: 'mention' }] });
    expect(caption).toMatchObject({
      caption: 'look away @LifelineTestBot',
      caption_entities: [{ offset: 10 }],
    });
  });

  it('tells who comes and goes, and administrators of others', async () => {
    const bob = telegram.user({ firstName: 'Bob' });
    bob.joins(group);
    expect(await shown()).toEqual(['message']);
    group.promotesBot(ann);
    bob.leaves(group);
    group.promotes(ann, { canDelete: true });
    expect(await shown()).toEqual(['my_chat_member', 'chat_member', 'message', 'chat_member']);
    const member = await call('getChatMember', { chat_id: group.id, user_id: ann.id });
    expect(member.result).toMatchObject({ status: 'administrator', can_delete_messages: true });
    group.removes(bob);
    expect(() => bob.says('hello', { in: group })).toThrow('removed');
    group.removeBot(ann);
    expect(await send(group, { text: 'hi' })).toBe('bot was kicked from the supergroup chat');
  });

  it('hides administrators and channels behind bots of Telegram', async () => {
    const news = telegram.channel();
    ann.says('/help', { in: group, as: 'anonymous' });
    ann.says('/help', { in: group, as: news });
    const messages = (await updates()).map(({ message }) => message);
    expect(messages).toMatchObject([
      { from: { username: 'GroupAnonymousBot' }, sender_chat: { id: group.id } },
      { from: { username: 'Channel_Bot' }, sender_chat: { id: news.id } },
    ]);
  });

  it('gets the posts of its channel', async () => {
    const news = telegram.channel();
    news.isDiscussedIn(group);
    group.promotesBot(ann);
    await updates();
    news.posts('We have news');
    expect(await last('message')).toMatchObject({
      is_automatic_forward: true,
      sender_chat: { type: 'channel' },
    });
  });

  it('may be for administrators only', async () => {
    group.mutes();
    expect(await send(group, { text: 'hi' })).toBe('not enough rights to send text messages to the chat');
    expect(() => ann.says('hello', { in: group })).toThrow('only administrators');
  });

  it('becomes a supergroup under another id', async () => {
    const small = telegram.group({ isBasic: true });
    small.addBot(ann);
    await updates();
    const big = small.migrates();
    expect(await call('sendMessage', { chat_id: small.id, text: 'hi' })).toMatchObject({
      error_code: 400,
      parameters: { migrate_to_chat_id: big.id },
    });
    expect(await send(big, { text: 'hi' })).toBe('ok');
    expect((await updates()).map(({ message }) => message)).toMatchObject([
      { migrate_to_chat_id: big.id },
      { migrate_from_chat_id: small.id },
    ]);
  });

  it('has topics that are open, closed or gone', async () => {
    const forum = telegram.group({ isForum: true });
    forum.addBot(ann);
    const topic = forum.openTopic();
    await updates();
    ann.says('/help', { in: forum, topic });
    expect(await last('message')).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
      reply_to_message: { forum_topic_created: { name: 'Help' } },
    });
    const toTopic = () => send(forum, { text: 'hi', message_thread_id: topic });
    expect(await toTopic()).toBe('ok');
    forum.closesTopic(topic);
    expect(await toTopic()).toBe('TOPIC_CLOSED');
    expect(() => ann.says('hello', { in: forum, topic })).toThrow('closed');
    forum.reopensTopic(topic);
    expect(await toTopic()).toBe('ok');
    forum.deletesTopic(topic);
    expect(await toTopic()).toBe('message thread not found');
    expect(ann.sees({ in: forum })).toEqual([]);
  });
});

describe('messages for one member only', () => {
  let group: Group;
  let bob: User;

  beforeEach(() => {
    group = telegram.group();
    bob = telegram.user({ firstName: 'Bob' });
    group.addBot(ann);
    ann.joins(group);
    bob.joins(group);
  });

  const toAnn = (more: object = {}, only: object = {}): Promise<string> =>
    send(group, {
      text: 'for you',
      ephemeral_message_parameters: { receiver_user_id: ann.id, ...only },
      ...more,
    });

  it('are seen by that member alone', async () => {
    group.promotesBot(ann);
    expect(await toAnn({ reply_markup: button('1') })).toBe('ok');
    expect(ann.sees({ in: group })).toMatchObject([{ messageId: 0, ephemeral: true, text: 'for you' }]);
    expect(bob.sees({ in: group })).toEqual([]);
    expect(() => bob.taps('Go', { in: group })).toThrow('no button');
    ann.taps('Go', { in: group });
    const tap = await last<{
      readonly message: { readonly message_id: number; readonly ephemeral_message_id: number };
    }>('callback_query');
    expect(tap.message.message_id).toBe(0);
    const message = {
      ...{ chat_id: group.id, receiver_user_id: ann.id },
      ephemeral_message_id: tap.message.ephemeral_message_id,
    };
    expect(await outcome('editEphemeralMessageText', { ...message, text: 'changed' })).toBe('ok');
    expect(ann.hears({ in: group })).toEqual(['changed']);
    expect(await outcome('deleteEphemeralMessage', message)).toBe('ok');
    expect(await outcome('deleteEphemeralMessage', message)).toBe('MESSAGE_ID_INVALID');
    expect(ann.sees({ in: group })).toEqual([]);
  });

  it('answer a tap or a command of that member, within 15 seconds', async () => {
    expect(await toAnn()).toBe('CHAT_ADMIN_REQUIRED');
    expect(
      await send(ann, { text: 'x', ephemeral_message_parameters: { receiver_user_id: ann.id } }),
    ).not.toBe('ok');
    await send(group, { text: 'choose', reply_markup: button('1') });
    ann.taps('Go', { in: group });
    const { id: tap } = await last<{ readonly id: string }>('callback_query');
    expect(await toAnn({}, { callback_query_id: tap })).toBe('ok');
    expect(await toAnn({}, { receiver_user_id: bob.id, callback_query_id: tap })).toBe('QUERY_ID_INVALID');

    const help = { command: 'help', description: 'Help', is_ephemeral: true };
    await outcome('setMyCommands', { commands: [help], scope: { type: 'all_group_chats' } });
    ann.command('help', '', { in: group });
    expect(bob.sees({ in: group }).map(({ text }) => text)).toEqual(['choose']);
    const message = await last<{ readonly ephemeral_message_id: number }>('message');
    expect(message).toMatchObject({ message_id: 0, text: '/help', receiver_user: { is_bot: true } });
    const { ephemeral_message_id: id } = message;
    const reply = { reply_parameters: { ephemeral_message_id: id } };
    expect(await toAnn(reply)).toBe('ok');
    now += 16_000;
    expect(await toAnn(reply)).toBe('QUERY_ID_INVALID');
    expect(await toAnn({}, { callback_query_id: tap })).toBe('QUERY_ID_INVALID');
  });

  it('are unknown to an old server, which shows them to all', async () => {
    await telegram.close();
    telegram = await startTelegramPlatform({ isOld: true });
    const eve = telegram.user();
    group = telegram.group();
    group.addBot(eve);
    expect(await call('deleteEphemeralMessage', {})).toMatchObject({ error_code: 404 });
    await send(group, { text: 'hi', ephemeral_message_parameters: { receiver_user_id: eve.id } });
    expect(eve.sees({ in: group })).toMatchObject([{ ephemeral: false, text: 'hi' }]);
  });
});

describe('faults', () => {
  it('bring updates twice, in another order, and under ids from anywhere', async () => {
    ann.says('one');
    ann.says('two');
    const words = async (): Promise<readonly unknown[]> => {
      const { result } = await call('getUpdates', {});
      return (result as readonly Update[]).map(({ message }) => (message as { readonly text: string }).text);
    };
    telegram.faults.next('getUpdates', { kind: 'repeat' });
    expect(await words()).toEqual(['one', 'one', 'two', 'two']);
    telegram.faults.next('getUpdates', { kind: 'reverse' });
    expect(await words()).toEqual(['two', 'one']);
    await updates();
    telegram.updateIdsGoOnFrom(1_000);
    ann.says('three');
    expect((await updates()).map(({ update_id: id }) => id)).toEqual([1_000]);
  });

  it('end the first of two pollers', async () => {
    const first = call('getUpdates', { timeout: 30 });
    await telegram.until(() => telegram.calls.some(({ method }) => method === 'getUpdates'));
    const second = call('getUpdates', { timeout: 0 });
    expect(await first).toMatchObject({ error_code: 409 });
    expect(await second).toMatchObject({ ok: true });
  });

  it('take parameters from forms and addresses too', async () => {
    ann.starts();
    const form = new URLSearchParams({ chat_id: String(ann.id), text: '{not json', protect_content: 'true' });
    const url = `${telegram.apiUrl}/bot${telegram.bot.token}/sendMessage`;
    expect(await (await fetch(url, { method: 'POST', body: form })).json()).toMatchObject({ ok: true });
    expect(await (await fetch(`${url}?chat_id=${ann.id}&text=hi`)).json()).toMatchObject({ ok: true });
    expect(ann.hears()).toEqual(['{not json', 'hi']);
  });
});
