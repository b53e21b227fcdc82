import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import type {
  Adapter,
  AdapterHost,
  Button,
  EncodeTarget,
  ReplyVia,
  SendResult,
} from '../../src/model/index.js';
import type { Group } from '../platforms/telegram/group.js';
import { createRecordingHost, type RecordingHost } from '../platforms/telegram/recording-host.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User } from '../platforms/telegram/user.js';
import { FIRST_TRY } from '../support/first-try.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;
const DAY_MS = 86_400_000;

let telegram: TelegramPlatform;
let adapter: Adapter;
let host: RecordingHost;
let group: Group;
let ann: User;
let now = 1_700_000_000_000;

beforeEach(() => open());

afterEach(async () => {
  await adapter.stop();
  await telegram.close();
});

async function open(options: { readonly isOld?: boolean } = {}): Promise<void> {
  telegram = await startTelegramPlatform({ now: () => now, ...options });
  const { apiUrl, bot } = telegram;
  const timing = { stopMs: NEVER_MS, rightsMs: NEVER_MS };
  adapter = createTelegramAdapter({ token: bot.token, apiUrl, timing });
  host = openHost();
  ann = telegram.user({ firstName: 'Ann' });
  group = telegram.group({ isForum: true });
  group.addBot(ann);
  ann.joins(group);
}

/** A host that lives in the platform's time. */
function openHost(options: Parameters<typeof createRecordingHost>[0] = {}): RecordingHost {
  const recording = createRecordingHost(options);
  return { ...recording, clock: { ...recording.clock, now: () => now } };
}

const WARNING = 'Nobody writes first.';
const BUTTONS: readonly Button[] = [
  { kind: 'tap', label: 'Yes', data: '1.0.mac', value: 'yes', numbered: true },
  { kind: 'private', label: 'In private', flow: 'menu' },
];

interface Target {
  readonly via?: ReplyVia;
  readonly topic?: number;
  readonly in?: Group;
}

/** Sends words for Ann into the group. */
async function send(text: string, { via, topic, in: where = group }: Target = {}): Promise<SendResult> {
  const target: EncodeTarget = {
    place: { channel: String(where.id), ...(topic === undefined ? {} : { thread: String(topic) }) },
    userId: String(ann.id),
    visibility: 'public',
    botHandle: 'LifelineTestBot',
    publicWarning: WARNING,
    ...(via === undefined ? {} : { replyVia: via }),
  };
  const [call] = adapter.encode(
    { kind: 'message', text: `${WARNING}\n\n${text}`, buttons: BUTTONS, keys: [], private: false },
    target,
  );
  if (call === undefined) throw new Error('no call');
  return adapter.send(call, FIRST_TRY);
}

/** How the last message that was taken in wants to be answered. */
async function lastVia(): Promise<ReplyVia> {
  await host.until(() => host.committed.length > 0 && host.committed.length === host.received.length);
  const via = host.received.at(-1)?.replyVia;
  if (via === undefined) throw new Error('nothing to answer');
  return via;
}

const callsOf = (method: string) => telegram.calls.filter((call) => call.method === method);

describe('an answer in a group', () => {
  it('points at the message, and stands by itself when that is gone', async () => {
    const asked = ann.says('/help', { in: group });
    const via: ReplyVia = { kind: 'telegram-message', token: String(asked) };
    expect(await send('one', { via })).toEqual({ kind: 'sent' });
    ann.deletes(asked, { in: group });
    expect(await send('two', { via })).toEqual({ kind: 'sent' });
    expect(ann.sees({ in: group }).map(({ replyTo }) => replyTo)).toEqual([null, null]);
    expect(callsOf('sendMessage')).toHaveLength(2);
  });

  it('is for the eyes of whoever tapped, and of nobody else', async () => {
    await adapter.start(host);
    const bob = telegram.user({ firstName: 'Bob' });
    bob.joins(group);
    await send('choose');
    ann.taps('Yes', { in: group });
    expect(await send('you said yes', { via: await lastVia() })).toEqual({ kind: 'sent' });
    expect(ann.sees({ in: group }).at(-1)).toMatchObject({ ephemeral: true });
    expect(bob.hears({ in: group })).toHaveLength(1);
    // What only she sees can be tapped too.
    ann.taps('Yes', { in: group });
    await host.until(() => host.committed.length === 2);
    expect(host.received[1]?.conversation).toBe(host.received[0]?.conversation);
  });

  it('goes into the direct chat when a tap is too old, and never into the group', async () => {
    await adapter.start(host);
    await send('choose');
    ann.taps('Yes', { in: group });
    const via = await lastVia();
    now += 16_000;
    expect(await send('you said yes', { via })).toMatchObject({ kind: 'unreachable' });
    ann.starts();
    expect(await send('you said yes', { via })).toEqual({ kind: 'sent' });
    expect(ann.hears({ in: group })).toHaveLength(1);
    const [told] = ann.sees().filter(({ from }) => from === 'bot');
    // There it is not true that nobody writes, and a choice made for the group would be somebody else's.
    expect(told).toMatchObject({ text: 'you said yes', buttons: [{ text: 'In private' }] });
  });

  it('to a command that others do not see is not seen by them either', async () => {
    const commands = [{ locale: 'en', source: true, commands: [{ name: 'help', description: 'Help' }] }];
    host = openHost({ commands });
    await adapter.start(host);
    await host.until(() => host.logged.some(({ event }) => event === 'commands-registered'));
    const bob = telegram.user({ firstName: 'Bob' });
    bob.joins(group);
    ann.command('help', '', { in: group });
    expect(await send('help', { via: await lastVia() })).toEqual({ kind: 'sent' });
    expect(ann.sees({ in: group })).toMatchObject([{ ephemeral: true }, { ephemeral: true }]);
    expect(bob.sees({ in: group })).toEqual([]);
  });

  it('is public where the server knows no other way', async () => {
    await telegram.close();
    await open({ isOld: true });
    await adapter.start(host);
    await send('choose');
    ann.taps('Yes', { in: group });
    const via = await lastVia();
    expect(await send('one', { via })).toEqual({ kind: 'sent' });
    expect(await send('two', { via })).toEqual({ kind: 'sent' });
    expect(ann.hears({ in: group })).toHaveLength(3);
    // Asked once.
    expect(callsOf('deleteEphemeralMessage')).toHaveLength(1);
    expect(JSON.stringify(callsOf('sendMessage'))).not.toContain('ephemeral');
  });

  it('waits until the server can say whether it knows another way', async () => {
    const via: ReplyVia = { kind: 'telegram-callback', token: '1' };
    telegram.faults.next('deleteEphemeralMessage', { kind: 'drop' });
    expect(await send('one', { via })).toMatchObject({ kind: 'unknown-outcome' });
    telegram.faults.rateLimit('deleteEphemeralMessage', 3);
    expect(await send('one', { via })).toMatchObject({ kind: 'retry', afterMs: 3_000 });
    expect(callsOf('sendMessage')).toEqual([]);
  });

  it('follows a group that became a supergroup', async () => {
    const small = telegram.group({ isBasic: true });
    small.addBot(ann);
    const asked = ann.says('/help', { in: small });
    const big = small.migrates();
    const via: ReplyVia = { kind: 'telegram-message', token: String(asked) };
    expect(await send('help', { via, in: small })).toEqual({ kind: 'sent' });
    expect(ann.hears({ in: big })).toHaveLength(1);
    // There another message may have that number.
    const deletion = { method: 'deleteMessage', payload: { chat_id: String(small.id), message_id: asked } };
    expect(await adapter.send(deletion, FIRST_TRY)).toMatchObject({ kind: 'refused' });
  });
});

describe('an answer in a topic', () => {
  it.each(['closed', 'deleted'] as const)(
    'goes into the direct chat when the topic was %s, else into the general one',
    async (how) => {
      const topic = group.openTopic();
      const asked = ann.says('/help', { in: group, topic });
      const via: ReplyVia = { kind: 'telegram-message', token: String(asked) };
      expect(await send('one', { topic, via })).toEqual({ kind: 'sent' });
      expect(ann.hears({ in: group, topic })).toHaveLength(1);
      if (how === 'closed') group.closesTopic(topic);
      else group.deletesTopic(topic);
      expect(await send('two', { topic, via })).toEqual({ kind: 'sent' });
      const general = ann
        .sees({ in: group })
        .filter(({ from, threadId }) => from === 'bot' && threadId === null);
      expect(general).toMatchObject([{ text: `${WARNING}\n\ntwo`, buttons: [{ text: 'In private' }] }]);
      ann.starts();
      expect(await send('three', { topic, via })).toEqual({ kind: 'sent' });
      expect(ann.hears()).toEqual(['three']);
    },
  );

  it('is given up when there is no place left for it', async () => {
    const topic = group.openTopic();
    group.closesTopic(topic);
    group.closesGeneral();
    expect(await send('one', { topic })).toEqual({ kind: 'refused', code: '400-topic-closed' });
  });

  it('is tried again when the direct chat does not answer', async () => {
    const topic = group.openTopic();
    group.closesTopic(topic);
    telegram.faults.next('sendMessage', {
      kind: 'error',
      status: 400,
      description: 'Bad Request: TOPIC_CLOSED',
    });
    telegram.faults.rateLimit('sendMessage', 4);
    expect(await send('one', { topic })).toMatchObject({ kind: 'retry', afterMs: 4_000 });
  });
});

it('goes into the direct chat when only administrators may write in the group', async () => {
  group.mutes();
  expect(await send('one')).toMatchObject({ kind: 'refused' });
  ann.starts();
  expect(await send('one')).toEqual({ kind: 'sent' });
  expect(ann.hears()).toEqual(['one']);
});

describe('what may be deleted', () => {
  /** Whether each message that was taken in can be deleted. */
  const deletable = (): readonly boolean[] => host.received.map(({ messageRef }) => messageRef !== undefined);
  const says = async (text = '/help'): Promise<void> => {
    const before = host.committed.length;
    ann.says(text, { in: group });
    await host.until(() => host.committed.length === before + 1);
  };

  it('in a group is known by what we are there, from the first message on', async () => {
    await adapter.start(host);
    await telegram.until(() => telegram.unconfirmed().length === 0);
    await says();
    group.promotesBot(ann, { canDelete: true });
    await says();
    group.promotesBot(ann);
    await says();
    group.demotesBot(ann);
    await says();
    expect(deletable()).toEqual([false, true, false, false]);
    expect(callsOf('getChatMember')).toEqual([]);
    const statuses = host.logged.filter(({ event }) => event === 'group-membership').map(({ code }) => code);
    expect(statuses).toEqual(['member', 'administrator', 'administrator', 'member']);
  });

  it('is asked for where nothing was heard of it, once a group', async () => {
    group.promotesBot(ann, { canDelete: true });
    await fetch(`${telegram.apiUrl}/bot${telegram.bot.token}/getUpdates?offset=-1`);
    await fetch(`${telegram.apiUrl}/bot${telegram.bot.token}/getUpdates?offset=805612999`);
    await adapter.start(host);
    await says();
    await says();
    expect(deletable()).toEqual([true, true]);
    expect(callsOf('getChatMember')).toHaveLength(1);
  });

  it('is tried where Telegram does not say', async () => {
    await fetch(`${telegram.apiUrl}/bot${telegram.bot.token}/getUpdates?offset=805612999`);
    telegram.faults.next('getChatMember', {
      kind: 'error',
      status: 500,
      description: 'Internal Server Error',
    });
    await adapter.start(host);
    await says();
    expect(deletable()).toEqual([true]);
  });

  it('is nothing that is 48 hours old', async () => {
    ann.says('hello');
    ann.says('/help', { in: group });
    group.promotesBot(ann, { canDelete: true });
    const late: AdapterHost = { ...host, clock: { ...host.clock, now: () => now + 2 * DAY_MS } };
    await adapter.start(late);
    await host.until(() => host.committed.length === 2);
    expect(deletable()).toEqual([false, false]);
  });
});

describe('who cannot be answered', () => {
  it('are administrators who hide, channels, other bots, and whoever speaks to others', async () => {
    const news = telegram.channel();
    news.isDiscussedIn(group);
    group.promotesBot(ann);
    await adapter.start(host);
    ann.says('/help', { in: group, as: 'anonymous' });
    ann.says('@LifelineTestBot hello', { in: group, as: news });
    news.posts('@LifelineTestBot has news');
    ann.says('good morning', { in: group });
    const marks = [{ type: 'bot_command', offset: 0, length: 5 }];
    telegram.inject('message', group.id, {
      message_id: 900,
      from: { id: 77, is_bot: true, first_name: 'Other', username: 'other_bot' },
      chat: { id: group.id, type: 'supergroup' },
      date: 1_700_000_000,
      text: '/help',
      entities: marks,
    });
    ann.says('/help', { in: group });
    await host.until(() => host.committed.length === 2);
    const reasons = host.logged
      .filter(({ event }) => event === 'update-unsupported')
      .map(({ code }) => code)
      .filter((code) => code !== 'group-membership');
    // The first is Telegram, which tells that Ann joined.
    expect(reasons).toEqual([
      ...['not-addressed', 'anonymous-administrator', 'sent-as-a-channel'],
      ...['post-of-the-channel', 'from-a-bot'],
    ]);
  });
});
