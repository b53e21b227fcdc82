import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import type { Adapter, AdapterHost, InboundMessage, Received } from '../../src/model/index.js';
import { createRecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { FIRST_TRY } from '../support/first-try.js';
import { createGate } from '../support/gate.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;
const committed: Received = { kind: 'committed' };

let telegram: TelegramPlatform;
let adapters: Adapter[] = [];

beforeEach(async () => {
  telegram = await startTelegramPlatform();
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await telegram.close();
});

function makeAdapter(): Adapter {
  const { apiUrl, bot } = telegram;
  const adapter = createTelegramAdapter({ token: bot.token, apiUrl, timing: { stopMs: NEVER_MS } });
  adapters.push(adapter);
  return adapter;
}

async function startAdapter(host: AdapterHost): Promise<Adapter> {
  const adapter = makeAdapter();
  await adapter.start(host);
  return adapter;
}

function never(): never {
  throw new Error('nothing was handed over');
}

const callsOf = (method: string) => telegram.calls.filter((call) => call.method === method);

describe('polling', () => {
  it('carries a talk: what a person writes, what the core answers, what they tap', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = telegram.user({ languageCode: 'en' });
    ann.starts('f_mail-missing');
    await host.until(() => host.committed.length === 1);
    expect(host.received[0]?.content).toEqual({ kind: 'start', payload: 'mail-missing' });

    const to = {
      place: { channel: String(ann.id) },
      userId: String(ann.id),
      visibility: 'direct',
      botHandle: '',
    } as const;
    const buttons = [
      { kind: 'tap', label: 'In spam', data: '1.0.mac', value: 'spam', numbered: true },
    ] as const;
    for (const call of adapter.encode(
      { kind: 'message', text: 'Where did you look?', buttons, keys: [], private: false },
      to,
    )) {
      expect(await adapter.send(call, FIRST_TRY)).toEqual({ kind: 'sent' });
    }
    expect(ann.hears()).toEqual(['Where did you look?']);

    ann.taps('In spam');
    await host.until(() => host.committed.length === 2);
    const tap = host.received[1];
    expect(tap?.content).toEqual({ kind: 'tap', data: '1.0.mac' });
    for (const call of adapter.encode(
      { kind: 'answer-tap', token: tap?.replyVia?.token ?? '', text: 'Noted' },
      to,
    )) {
      expect(await adapter.send(call, FIRST_TRY)).toEqual({ kind: 'sent' });
    }
    expect(ann.toasts()).toEqual(['Noted']);
    expect(telegram.pendingTaps()).toBe(0);
  });

  it('acknowledges only after the commit', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host);
    telegram.user().says('no mail');
    await host.until(() => host.received.length === 1);
    expect(telegram.unconfirmed()).toHaveLength(1);
    gate.open();
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.committed).toHaveLength(1);
  });

  it('repeats what was not committed, and holds the offset back until it is', async () => {
    let failures = 0;
    const host = createRecordingHost({
      receive: async (message) => {
        if (wordsOf(message) === 'first' && failures < 2) {
          failures += 1;
          expect(telegram.unconfirmed()).toHaveLength(3);
          throw new Error('the store is away');
        }
        return committed;
      },
    });
    const ann = telegram.user();
    ann.says('first');
    ann.says('second');
    telegram.user().says('other');
    await startAdapter(host);
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received.map(wordsOf)).toEqual(['first', 'other', 'first', 'first', 'second']);
    expect(host.logged.filter(({ event }) => event === 'receive-failed')).toHaveLength(2);
    expect(JSON.stringify(host.logged)).not.toContain('first');
  });

  it('hands over one update of a chat after another, and other chats meanwhile', async () => {
    const gate = createGate();
    const host = createRecordingHost({
      receive: (message) =>
        wordsOf(message) === '1' ? gate.passed.then(() => committed) : Promise.resolve(committed),
    });
    const ann = telegram.user();
    ann.says('1');
    ann.says('2');
    telegram.user().says('hello');
    await startAdapter(host);
    await host.until(() => host.committed.length === 1);
    expect(host.received.map(wordsOf)).toEqual(['1', 'hello']);
    gate.open();
    await host.until(() => host.committed.length === 3);
    expect(host.received.map(wordsOf)).toEqual(['1', 'hello', '2']);
  });

  it('hands over what a person wrote in its order, in whatever order it comes', async () => {
    const host = createRecordingHost();
    const ann = telegram.user();
    const words = ['1', '2', '3', '4'];
    for (const word of words) ann.says(word);
    telegram.faults.next('getUpdates', { kind: 'reverse' });
    await startAdapter(host);
    await host.until(() => host.committed.length === words.length);
    expect(host.received.map(wordsOf)).toEqual(words);
  });

  it('takes in what others write around one that hangs, and confirms nothing beyond it', async () => {
    const gate = createGate();
    const host = createRecordingHost({
      receive: (message) =>
        wordsOf(message) === 'hangs' ? gate.passed.then(() => committed) : Promise.resolve(committed),
    });
    await startAdapter(host);
    const ann = telegram.user();
    const bob = telegram.user();
    ann.says('hangs');
    await host.until(() => host.logged.some(({ event }) => event === 'updates-set-aside'));
    for (const words of ['1', '2', '3']) {
      bob.says(words);
      await host.until(() => wordsOf(host.received.at(-1) ?? never()) === words);
    }
    ann.says('after it');
    expect(telegram.unconfirmed()).toHaveLength(5);
    gate.open();
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received.map(wordsOf)).toEqual(['hangs', '1', '2', '3', 'after it']);
  });

  it('takes in others however many chats hang at once', async () => {
    const gate = createGate();
    const host = createRecordingHost({
      receive: (message) =>
        wordsOf(message) === 'hangs' ? gate.passed.then(() => committed) : Promise.resolve(committed),
    });
    for (let person = 0; person < 40; person += 1) telegram.user().says('hangs');
    await startAdapter(host);
    await host.until(() => host.received.length === 40);
    telegram.user().says('hello');
    await host.until(() => host.committed.length === 1);
    gate.open();
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received).toHaveLength(41);
  });

  it('says so when nothing more can be taken in before the oldest is committed, and goes on after that', async () => {
    const gate = createGate();
    const connected: boolean[] = [];
    const recording = createRecordingHost({
      receive: (message) =>
        wordsOf(message) === 'hangs' ? gate.passed.then(() => committed) : Promise.resolve(committed),
    });
    const host = Object.assign(recording, { connected: (is: boolean) => void connected.push(is) });
    telegram.user().says('hangs');
    const bob = telegram.user();
    for (let number = 1; number <= 100; number += 1) bob.says(String(number));
    await startAdapter(host);
    await host.until(() => host.logged.some(({ event }) => event === 'intake-full'));
    expect(connected.at(-1)).toBe(false);
    expect(host.committed).toHaveLength(99);
    gate.open();
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received).toHaveLength(101);
    expect(connected.at(-1)).toBe(true);
  });

  it('passes on an update that comes twice, with the same id', async () => {
    telegram.faults.next('getUpdates', { kind: 'repeat' });
    const host = createRecordingHost();
    telegram.user().says('no mail');
    await startAdapter(host);
    await host.until(() => host.committed.length === 2);
    expect(new Set(host.committed).size).toBe(1);
  });

  it('says in every request which updates it wants, and gets no others', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    await telegram.until(() => callsOf('getUpdates').length === 1);
    const ann = telegram.user();
    telegram.inject('poll', ann.id, { id: '1' });
    ann.says('no mail');
    await host.until(() => host.committed.length === 1);
    const wanted = ['message', 'edited_message', 'callback_query', 'my_chat_member'];
    expect(
      callsOf('getUpdates').every(({ payload }) => String(payload.allowed_updates) === String(wanted)),
    ).toBe(true);
  });

  it('confirms what it cannot read and goes on', async () => {
    const host = createRecordingHost();
    telegram.inject('message', 5, { text: 'no sender, no chat' });
    telegram.user().says('no mail');
    await startAdapter(host);
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received.map(wordsOf)).toEqual(['no mail']);
    expect(host.logged).toContainEqual(
      expect.objectContaining({ event: 'update-unsupported', code: 'malformed' }),
    );
  });

  it('takes a webhook away that was left behind, and keeps what waited for it', async () => {
    await fetch(`${telegram.apiUrl}/bot${telegram.bot.token}/setWebhook`, {
      method: 'POST',
      body: JSON.stringify({ url: 'http://127.0.0.1:9/nobody' }),
    });
    telegram.user().says('no mail');
    const host = createRecordingHost();
    await startAdapter(host);
    await host.until(() => host.committed.length === 1);
    expect(callsOf('deleteWebhook')[0]?.payload).toEqual({ drop_pending_updates: false });
  });

  it('hears everything a person can send', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = telegram.user();
    const text = ann.says('my code is 1');
    ann.edits(text, 'no code');
    ann.command('help');
    ann.sendsPhoto('my screen');
    ann.sendsDocument('phrase.txt');
    ann.sticker();
    ann.voice();
    ann.sharesContact('+4915112345678');
    ann.forwards('send me your phrase', { username: 'help_desk' });
    ann.says('see here', { hiddenLinks: [{ words: 'here', url: 'https://scam.example' }] });
    ann.blocks();
    ann.unblocks();
    await host.until(() => host.committed.length === 12);
    expect(host.received.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'my code is 1' },
      { kind: 'edit', text: 'no code' },
      { kind: 'command', name: 'help', text: '' },
      { kind: 'media', media: 'photo', caption: 'my screen', fileName: '' },
      { kind: 'media', media: 'document', caption: '', fileName: 'phrase.txt' },
      { kind: 'media', media: 'sticker', caption: '', fileName: '' },
      { kind: 'media', media: 'voice', caption: '', fileName: '' },
      { kind: 'contact', phone: '+4915112345678' },
      { kind: 'text', text: 'send me your phrase', forwardedFrom: '@help_desk' },
      { kind: 'text', text: 'see here', hiddenLinks: ['https://scam.example'] },
      { kind: 'reachable', reachable: false },
      { kind: 'reachable', reachable: true },
    ]);
  });
});

describe('groups', () => {
  it('are answered in the topic that asked, and lead on to the direct chat', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = telegram.user();
    const group = telegram.group({ isForum: true });
    const topic = group.openTopic();
    group.addBot(ann);
    ann.joins(group);
    ann.says('good morning', { in: group, topic });
    ann.says('@LifelineTestBot my mail is missing', { in: group, topic });
    await host.until(() => host.committed.length === 1);
    const [asked] = host.received;
    expect(asked?.content).toEqual({ kind: 'text', text: 'my mail is missing' });
    expect(asked?.conversation).toBe(`telegram:${group.id}:${topic}:${ann.id}`);

    const to = {
      place: { channel: String(group.id), thread: String(topic) },
      userId: String(ann.id),
      visibility: 'public',
      botHandle: '@LifelineTestBot',
    } as const;
    const buttons = [{ kind: 'private', label: 'Go on in private', flow: 'mail-missing' }] as const;
    const [call] = adapter.encode(
      { kind: 'message', text: 'Let us talk alone.', buttons, keys: [], private: false },
      to,
    );
    expect(call && (await adapter.send(call, FIRST_TRY))).toEqual({ kind: 'sent' });
    expect(ann.hears({ in: group, topic })).toEqual(['Let us talk alone.']);
    ann.taps('Go on in private', { in: group, topic });
    await host.until(() => host.committed.length === 2);
    expect(host.received[1]).toMatchObject({
      visibility: 'direct',
      content: { kind: 'start', payload: 'mail-missing' },
    });
  });

  it('are only overheard without group privacy, unless we are addressed', async () => {
    await telegram.close();
    telegram = await startTelegramPlatform({ hasPrivacy: false });
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = telegram.user();
    const group = telegram.group();
    group.addBot(ann);
    ann.says('good morning', { in: group });
    ann.command('help', '', { in: group });
    await host.until(() => host.committed.length === 2);
    expect(host.received.map(({ content, overheard }) => [content.kind, overheard?.name])).toEqual([
      ['text', expect.any(String)],
      ['command', undefined],
    ]);
  });
});

describe('outages', () => {
  it.each([
    ['an error of Telegram', { kind: 'error', status: 502, description: 'Bad Gateway' }],
    ['a broken connection', { kind: 'drop' }],
    ['a lost answer', { kind: 'lose-answer' }],
    ['a page that is no answer', { kind: 'garbage' }],
  ] as const)('%s is survived, and nothing is lost', async (_what, fault) => {
    telegram.faults.next('getMe', fault);
    telegram.faults.next('deleteWebhook', fault);
    telegram.faults.next('getUpdates', fault, 2);
    const host = createRecordingHost();
    telegram.user().says('no mail');
    await startAdapter(host);
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received.map(wordsOf)).toEqual(['no mail']);
  });

  it('reports another poller and goes on', async () => {
    telegram.faults.conflict(2);
    const host = createRecordingHost();
    telegram.user().says('no mail');
    await startAdapter(host);
    await host.until(() => host.committed.length === 1);
    const conflicts = host.logged.filter(({ event }) => event === 'poll-conflict');
    expect(conflicts.map(({ level }) => level)).toEqual(['error', 'error']);
  });

  it('waits as long as Telegram asks', async () => {
    telegram.faults.rateLimit('getUpdates', 17);
    const host = createRecordingHost();
    telegram.user().says('no mail');
    await startAdapter(host);
    await host.until(() => host.committed.length === 1);
    expect(host.delays).toContain(17_000);
  });

  it('gives up a poll that hangs, and asks again', async () => {
    const gate = createGate();
    telegram.faults.next('getUpdates', { kind: 'hold', until: gate.passed });
    const { apiUrl, bot } = telegram;
    const timing = { requestMs: 50, pollSeconds: 0, stopMs: NEVER_MS };
    const adapter = createTelegramAdapter({ token: bot.token, apiUrl, timing });
    adapters.push(adapter);
    telegram.user().says('no mail');
    const host = createRecordingHost();
    await adapter.start(host);
    await host.until(() => host.committed.length === 1);
    expect(host.logged).toContainEqual(expect.objectContaining({ event: 'poll-failed', code: 'timeout' }));
    gate.open();
  });

  it('refuses to start with a token Telegram does not know, and does not tell the token', async () => {
    const token = '7000000001:AAE-another-made-up-token';
    const adapter = createTelegramAdapter({ token, apiUrl: telegram.apiUrl });
    const host = createRecordingHost();
    const failure = await adapter.start(host).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'LifelineError', code: 'platform-refused' });
    expect(String(failure) + JSON.stringify(host.logged)).not.toContain(token);
  });
});

describe('stopping', () => {
  it('waits for the update in hand, begins no other, and confirms what was committed', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    const ann = telegram.user();
    ann.says('1');
    ann.says('2');
    const adapter = await startAdapter(host);
    await host.until(() => host.received.length === 1);
    const stopped = adapter.stop();
    gate.open();
    await stopped;
    expect(host.received.map(wordsOf)).toEqual(['1']);
    expect(telegram.unconfirmed()).toHaveLength(1);

    const next = createRecordingHost();
    await startAdapter(next);
    await next.until(() => next.committed.length === 1);
    expect(next.received.map(wordsOf)).toEqual(['2']);
  });

  it('leaves what was not committed to the next start', async () => {
    const host = createRecordingHost({ receive: () => Promise.reject(new Error('the store is away')) });
    telegram.user().says('no mail');
    const adapter = await startAdapter(host);
    await host.until(() => host.logged.some(({ event }) => event === 'receive-failed'));
    await adapter.stop();

    const next = createRecordingHost();
    await startAdapter(next);
    await next.until(() => next.committed.length === 1);
    expect(next.committed[0]).toBe(host.received[0]?.id);
  });

  it('confirms the last batch when the poll that would have done so is cut off', async () => {
    const host = createRecordingHost();
    const gate = createGate();
    const adapter = await startAdapter(host);
    await telegram.until(() => callsOf('getUpdates').length === 1);
    telegram.faults.next('getUpdates', { kind: 'hold', until: gate.passed });
    telegram.user().says('no mail');
    await telegram.until(() => callsOf('getUpdates').length === 2);
    expect(telegram.unconfirmed()).toHaveLength(1);
    await adapter.stop();
    expect(telegram.unconfirmed()).toHaveLength(0);
    expect(callsOf('getUpdates').at(-1)?.payload).toMatchObject({ limit: 1, timeout: 0 });
    gate.open();
  });

  it('does not wait for ever', async () => {
    const host = createRecordingHost({
      receive: (_message: InboundMessage) => new Promise<Received>(() => undefined),
    });
    telegram.user().says('no mail');
    const adapter = await startAdapter(host);
    await host.until(() => host.received.length === 1);
    const stopped = adapter.stop();
    await host.until(() => host.delays.includes(NEVER_MS));
    host.passLongTimers();
    await stopped;
    expect(telegram.unconfirmed()).toHaveLength(1);
    expect(host.logged).toContainEqual(expect.objectContaining({ event: 'stop-timed-out' }));
  });

  it('ends a pause that Telegram asked for', async () => {
    telegram.faults.rateLimit('getUpdates', NEVER_MS / 1000);
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    await host.until(() => host.delays.includes(NEVER_MS));
    await adapter.stop();
    expect(callsOf('getUpdates')).toHaveLength(1);
  });

  it('ends a start that waits for Telegram', async () => {
    telegram.faults.next('getMe', { kind: 'hold', until: new Promise<void>(() => undefined) });
    const host = createRecordingHost();
    const adapter = makeAdapter();
    const started = adapter.start(host);
    await telegram.until(() => callsOf('getMe').length === 1);
    await adapter.stop();
    await started;
    expect(callsOf('getUpdates')).toHaveLength(0);
  });

  it('can be followed by another start', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    await adapter.stop();
    telegram.user().says('no mail');
    await adapter.start(host);
    await host.until(() => host.committed.length === 1);
    await expect(adapter.start(host)).rejects.toThrow(TypeError);
  });
});

describe('command menus', () => {
  const menu = (locale: string, description: string, source = false) => ({
    locale,
    source,
    commands: [{ name: 'help', description }],
  });

  it('are registered once, again when they change, and go with their language', async () => {
    const stored = new Map<string, string>();
    const run = async (commands: ReturnType<typeof menu>[]): Promise<number> => {
      const host = createRecordingHost({ stored, commands });
      const before = callsOf('setMyCommands').length;
      const adapter = await startAdapter(host);
      await adapter.stop();
      return callsOf('setMyCommands').length - before;
    };
    const registered = async (commands: ReturnType<typeof menu>[]): Promise<void> => {
      const host = createRecordingHost({ stored, commands });
      const adapter = await startAdapter(host);
      await host.until(() => host.logged.some(({ event }) => event === 'commands-registered'));
      await adapter.stop();
    };
    await registered([menu('zh-CN', '帮助', true), menu('zh-TW', '說明'), menu('en', 'Help')]);
    expect([...telegram.commands.keys()]).toEqual(['', 'zh', 'en']);
    expect(telegram.commands.get('zh')).toEqual([{ command: 'help', description: '帮助' }]);
    expect(await run([menu('zh-CN', '帮助', true), menu('zh-TW', '說明'), menu('en', 'Help')])).toBe(0);
    await registered([menu('zh-CN', '帮助一下', true)]);
    expect([...telegram.commands.keys()]).toEqual(['', 'zh']);
  });

  it('that cannot be registered are reported, and tried at the next start', async () => {
    telegram.faults.next('setMyCommands', {
      kind: 'error',
      status: 500,
      description: 'Internal Server Error',
    });
    const stored = new Map<string, string>();
    const host = createRecordingHost({ stored, commands: [menu('en', 'Help', true)] });
    await startAdapter(host);
    await host.until(() => host.logged.some(({ event }) => event === 'commands-not-registered'));
    expect(stored.size).toBe(0);
    telegram.user().says('no mail');
    await host.until(() => host.committed.length === 1);
  });
});
