import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../adapters/discord/index.js';
import type { Adapter, AdapterHost, OutboundMessage, Received, SendResult } from '../../src/model/index.js';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import { createRecordingHost, type RecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';
import { FIRST_TRY } from '../support/first-try.js';
import { createGate } from '../support/gate.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;
const committed: Received = { kind: 'committed' };

let discord: DiscordPlatform;
let adapters: Adapter[] = [];

beforeEach(async () => {
  discord = await startDiscordPlatform();
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await discord.close();
});

async function startAdapter(host: AdapterHost): Promise<Adapter> {
  const adapter = createDiscordAdapter({
    token: discord.bot.token,
    apiUrl: discord.apiUrl,
    timing: { stopMs: NEVER_MS },
  });
  adapters.push(adapter);
  await adapter.start(host);
  await discord.online();
  return adapter;
}

async function stopAdapter(adapter: Adapter): Promise<void> {
  await adapter.stop();
  adapters = adapters.filter((other) => other !== adapter);
}

const callsOf = (name: string) => discord.calls.filter((call) => call.name === name);

const say = (text: string, buttons: Extract<OutboundMessage, { kind: 'message' }>['buttons'] = []) =>
  ({ kind: 'message', text, buttons, keys: [], private: false }) as const;

/** Sends what answers the last message of the host, where it was said. */
async function answer(
  adapter: Adapter,
  host: RecordingHost,
  message: OutboundMessage,
): Promise<SendResult[]> {
  const last = host.received.at(-1);
  if (last === undefined) throw new Error('nothing was received');
  const [, channel = '', userId = ''] = last.conversation.split(':');
  const { visibility, replyVia } = last;
  const calls = adapter.encode(message, {
    ...{ place: { channel }, userId, visibility, botHandle: '', closedNote: 'Open your direct messages.' },
    ...(replyVia === undefined ? {} : { replyVia }),
  });
  const results: SendResult[] = [];
  for (const call of calls) results.push(await adapter.send(call, { ...FIRST_TRY, now: Date.now() }));
  return results;
}

describe('a direct chat', () => {
  it('hears everything a person can send', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = discord.user();
    const text = ann.says('my code is 1');
    ann.edits(text, 'no code');
    ann.command('help');
    ann.sendsPhoto('my screen');
    ann.sendsDocument('phrase.txt');
    ann.sticker();
    ann.voice();
    ann.forwards('send me your phrase');
    ann.says('see [here](https://scam.example)');
    ann.deletes(text);
    await host.until(() => host.committed.length === 9);
    expect(host.received.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'my code is 1' },
      { kind: 'edit', text: 'no code' },
      { kind: 'command', name: 'help', text: '' },
      { kind: 'media', media: 'photo', caption: 'my screen', fileName: 'image.png' },
      { kind: 'media', media: 'document', caption: '', fileName: 'phrase.txt' },
      { kind: 'media', media: 'sticker', caption: '', fileName: '' },
      { kind: 'media', media: 'voice', caption: '', fileName: 'voice-message.ogg' },
      { kind: 'text', text: 'send me your phrase', forwardedFrom: '' },
      { kind: 'text', text: 'see here', hiddenLinks: ['https://scam.example'] },
    ]);
  });
});

describe('taking events in', () => {
  it('hands over one event of a channel after another, and other channels meanwhile', async () => {
    const gate = createGate();
    const host = createRecordingHost({
      receive: (message) =>
        wordsOf(message) === '1' ? gate.passed.then(() => committed) : Promise.resolve(committed),
    });
    await startAdapter(host);
    const ann = discord.user();
    ann.says('1');
    ann.says('2');
    discord.user().says('hello');
    await host.until(() => host.committed.length === 1);
    expect(host.received.map(wordsOf)).toEqual(['1', 'hello']);
    gate.open();
    await host.until(() => host.committed.length === 3);
    expect(host.received.map(wordsOf)).toEqual(['1', 'hello', '2']);
  });

  it('takes events in that come in another order', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = discord.user();
    discord.gateway.reverseNext(2);
    ann.says('first');
    ann.says('second');
    await host.until(() => host.committed.length === 2);
    expect(host.received.map(wordsOf)).toEqual(['second', 'first']);
  });

  it('repeats what could not be committed, and says nothing of its words', async () => {
    let failures = 0;
    const host = createRecordingHost({
      receive: async (message) => {
        if (wordsOf(message) === 'first' && failures < 2) {
          failures += 1;
          throw new Error('the store is away');
        }
        return committed;
      },
    });
    await startAdapter(host);
    const ann = discord.user();
    ann.says('first');
    ann.says('second');
    await host.until(() => host.committed.length === 2);
    expect(host.received.map(wordsOf)).toEqual(['first', 'first', 'first', 'second']);
    expect(host.logged.filter(({ event }) => event === 'receive-failed')).toHaveLength(2);
    expect(JSON.stringify(host.logged)).not.toContain('first');
  });

  it('goes on after what it cannot read', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    discord.inject('MESSAGE_CREATE', { id: 'x' });
    discord.inject('INTERACTION_CREATE', 7);
    discord.inject('SOMETHING_NEW', {});
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
    expect(host.logged).toContainEqual(
      expect.objectContaining({ event: 'update-unsupported', code: 'malformed' }),
    );
  });
});

describe('a tap or command', () => {
  it('is deferred before it is committed, and answered after', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    const adapter = await startAdapter(host);
    const ann = discord.user({ locale: 'zh-TW' });
    ann.command('help');
    await host.until(() => host.received.length === 1);
    expect(discord.unanswered()).toBe(0);
    expect(host.committed).toEqual([]);
    expect(host.received[0]).toMatchObject({ localeHint: 'zh-TW', visibility: 'direct' });
    expect(ann.sees()).toMatchObject([{ thinking: true }]);
    gate.open();
    await host.until(() => host.committed.length === 1);
    expect(await answer(adapter, host, say('Here is how.'))).toEqual([{ kind: 'sent' }]);
    expect(ann.sees()).toMatchObject([{ thinking: false, text: 'Here is how.' }]);
    expect(host.logged.some(({ event }) => event === 'defer-failed')).toBe(false);
  });

  it('is deferred in time while an earlier message of its channel waits', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host);
    const ann = discord.user();
    ann.says('hello');
    await host.until(() => host.received.length === 1);
    ann.command('help');
    await discord.until(() => callsOf('answerInteraction').length === 1 && discord.unanswered() === 0);
    expect(host.received).toHaveLength(1);
    gate.open();
    await host.until(() => host.committed.length === 2);
  });

  it('is handed over again when its turn failed, and deferred once', async () => {
    let failures = 0;
    const host = createRecordingHost({
      receive: async () => {
        failures += 1;
        if (failures < 3) throw new Error('the store is away');
        return committed;
      },
    });
    await startAdapter(host);
    discord.user().command('help');
    await host.until(() => host.committed.length === 1);
    expect(host.received).toHaveLength(3);
    expect(callsOf('answerInteraction')).toHaveLength(1);
  });

  it('that was deferred too late is answered in the direct chat', async () => {
    discord.faults.next('answerInteraction', { kind: 'error', status: 404, code: 10062 });
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = discord.user();
    ann.command('help', { in: discord.home.channel });
    await host.until(() => host.committed.length === 1);
    expect(await answer(adapter, host, say('Here is how.'))).toEqual([{ kind: 'sent' }]);
    expect(ann.hears()).toEqual(['Here is how.']);
    expect(ann.hears({ in: discord.home.channel })).toEqual([]);
  });

  it('whose first answer was lost is handed over all the same', async () => {
    discord.faults.next('answerInteraction', { kind: 'lose-answer' });
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = discord.user();
    ann.command('help');
    await host.until(() => host.committed.length === 1);
    expect(await answer(adapter, host, say('Here is how.'))).toEqual([{ kind: 'sent' }]);
    expect(ann.hears()).toEqual(['Here is how.']);
  });
});

describe('a server', () => {
  it('is heard only when it speaks to us, and answered aloud only then', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = discord.user();
    const thread = discord.home.openThread('Lost my password');
    ann.says('good morning', { in: thread });
    ann.mentions('my mail is missing', thread);
    await host.until(() => host.committed.length === 1);
    expect(host.received[0]).toMatchObject({
      conversation: `discord:${thread.id}:${ann.id}`,
      visibility: 'public',
      content: { kind: 'text', text: 'my mail is missing' },
    });
    await answer(adapter, host, say('Let us talk alone.'));
    expect(ann.sees({ in: thread }).at(-1)).toMatchObject({ text: 'Let us talk alone.', ephemeral: false });
    const [answered = ''] = ann
      .sees({ in: thread })
      .slice(-1)
      .map(({ id }) => id);
    ann.says('what now?', { in: thread, replyTo: answered });
    await host.until(() => host.committed.length === 2);
  });

  it('sees the answer to a command or tap for the eyes of that person only', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = discord.user();
    const bob = discord.user({ username: 'bob' });
    const { channel } = discord.home;
    ann.command('help', { in: channel });
    await host.until(() => host.committed.length === 1);
    const buttons = [{ kind: 'tap', label: 'More', data: '1.0.mac', value: 'more', numbered: true }] as const;
    await answer(adapter, host, say('Here is how.', buttons));
    await answer(adapter, host, say('And more.'));
    ann.taps('More', { in: channel });
    await host.until(() => host.committed.length === 2);
    await answer(adapter, host, say('Even more.'));
    expect(ann.sees({ in: channel })).toMatchObject([
      { text: 'Here is how.', ephemeral: true },
      { text: 'And more.', ephemeral: true },
      { text: 'Even more.', ephemeral: true },
    ]);
    expect(bob.sees({ in: channel })).toEqual([]);
  });
});

describe('slash commands', () => {
  const menu = (locale: string, description: string, source = false) => ({
    locale,
    source,
    commands: [{ name: 'help', description }],
  });

  it('are registered in every language, once, and again when they change', async () => {
    const stored = new Map<string, string>();
    const run = async (...commands: ReturnType<typeof menu>[]): Promise<number> => {
      const before = callsOf('putCommands').length;
      const asked = callsOf('getApplication').length;
      const host = createRecordingHost({ stored, commands });
      const adapter = await startAdapter(host);
      await discord.until(() => callsOf('getApplication')[asked]?.status === 200);
      // Long after the commands: a whole turn later.
      discord.user().says('no mail');
      await host.until(() => host.committed.length === 1);
      await stopAdapter(adapter);
      return callsOf('putCommands').length - before;
    };
    const menus = [menu('zh-CN', '帮助', true), menu('zh-TW', '說明'), menu('en', 'Help')];
    expect(await run(...menus)).toBe(1);
    expect(discord.commands()).toMatchObject([
      {
        name: 'help',
        description: '帮助',
        description_localizations: { 'zh-CN': '帮助', 'zh-TW': '說明', 'en-US': 'Help', 'en-GB': 'Help' },
      },
    ]);
    expect(await run(...menus)).toBe(0);
    expect(await run(menu('zh-CN', '帮助一下', true))).toBe(1);
  });

  it('that cannot be registered are reported, and tried at the next start', async () => {
    discord.faults.next('putCommands', { kind: 'error', status: 500 });
    const host = createRecordingHost({ commands: [menu('en', 'Help', true)] });
    await startAdapter(host);
    await host.until(() => host.logged.some(({ event }) => event === 'commands-not-registered'));
    expect([...host.stored.keys()].filter((name) => name.startsWith('discord-commands'))).toEqual([]);
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
  });
});
