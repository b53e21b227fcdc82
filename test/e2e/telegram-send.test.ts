import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import type { Adapter, OutboundMessage, SendResult } from '../../src/model/index.js';
import type { Group } from '../platforms/telegram/group.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User } from '../platforms/telegram/user.js';
import { FIRST_TRY } from '../support/first-try.js';

const DAY_MS = 86_400_000;

let telegram: TelegramPlatform;
let adapter: Adapter;
let ann: User;
let now = 1_700_000_000_000;

beforeEach(async () => {
  telegram = await startTelegramPlatform({ now: () => now });
  adapter = createTelegramAdapter({ token: telegram.bot.token, apiUrl: telegram.apiUrl });
  ann = telegram.user();
});

afterEach(() => telegram.close());

const say = (text: string): OutboundMessage => ({
  kind: 'message',
  text,
  buttons: [],
  keys: [],
  private: false,
});

async function send(message: OutboundMessage, to: User | Group = ann, by = adapter): Promise<SendResult> {
  const target = {
    place: { channel: String(to.id) },
    userId: String(ann.id),
    visibility: to.id < 0 ? 'public' : 'direct',
    botHandle: 'LifelineTestBot',
  } as const;
  const [call] = by.encode(message, target);
  if (call === undefined) throw new Error('no call');
  return by.send(call, FIRST_TRY);
}

describe('sending', () => {
  it('keeps the wait that Telegram asks for', async () => {
    ann.starts();
    telegram.faults.rateLimit('sendMessage', 5);
    expect(await send(say('hello'))).toEqual({ kind: 'retry', afterMs: 5000, code: '429-retry-after' });
    expect(ann.hears()).toEqual([]);
  });

  it('can try again after an error of Telegram', async () => {
    ann.starts();
    telegram.faults.next('sendMessage', { kind: 'error', status: 500, description: 'Internal Server Error' });
    expect(await send(say('hello'))).toMatchObject({ kind: 'retry' });
    expect(await send(say('hello'))).toEqual({ kind: 'sent' });
    expect(ann.hears()).toEqual(['hello']);
  });

  it('can try again when no connection comes about', async () => {
    await telegram.close();
    expect(await send(say('hello'))).toEqual({ kind: 'retry', code: 'ECONNREFUSED' });
  });

  it.each(['lose-answer', 'drop', 'garbage'] as const)('knows that it does not know: %s', async (kind) => {
    ann.starts();
    telegram.faults.next('sendMessage', { kind });
    expect(await send(say('hello'))).toMatchObject({ kind: 'unknown-outcome' });
    expect(ann.hears()).toEqual(kind === 'drop' ? [] : ['hello']);
  });

  it('gives up a call that gets no answer', async () => {
    ann.starts();
    telegram.faults.next('sendMessage', { kind: 'hold', until: new Promise<void>(() => undefined) });
    const { apiUrl, bot } = telegram;
    const hasty = createTelegramAdapter({ token: bot.token, apiUrl, timing: { requestMs: 50 } });
    expect(await send(say('hello'), ann, hasty)).toEqual({ kind: 'unknown-outcome', code: 'timeout' });
  });

  it('cannot reach a person who never opened the chat, blocked it, or left', async () => {
    expect(await send(say('hello'))).toMatchObject({ kind: 'unreachable' });
    ann.starts();
    ann.blocks();
    expect(await send(say('hello'))).toMatchObject({ kind: 'unreachable' });
    ann.unblocks();
    expect(await send(say('hello'))).toEqual({ kind: 'sent' });
    ann.leavesTelegram();
    expect(await send(say('hello'))).toMatchObject({ kind: 'unreachable' });
  });

  it('cannot reach a group that it is not in', async () => {
    const group = telegram.group();
    expect(await send(say('hello'), group)).toMatchObject({ kind: 'unreachable' });
    group.addBot(ann);
    expect(await send(say('hello'), group)).toEqual({ kind: 'sent' });
    group.removeBot(ann);
    expect(await send(say('hello'), group)).toMatchObject({ kind: 'unreachable' });
  });

  it('is told what Telegram never takes', async () => {
    ann.starts();
    const payload = { chat_id: String(ann.id), text: 'a'.repeat(4097) };
    expect(await adapter.send({ method: 'sendMessage', payload }, FIRST_TRY)).toEqual({
      kind: 'refused',
      code: '400-message-is-too-long',
    });
  });

  it('tells no token, whatever goes wrong', async () => {
    const results = [];
    for (const kind of ['drop', 'garbage', 'lose-answer'] as const) {
      telegram.faults.next('sendMessage', { kind });
      results.push(await send(say('hello')));
    }
    await telegram.close();
    results.push(await send(say('hello')));
    expect(JSON.stringify(results)).not.toContain(telegram.bot.token.slice(-8));
  });
});

describe('deleting', () => {
  it('takes a message of the person away, once or twice', async () => {
    const messageId = ann.says('my phrase is …');
    const deletion: OutboundMessage = { kind: 'delete', messageRef: String(messageId) };
    expect(await send(deletion)).toEqual({ kind: 'sent' });
    expect(ann.sees()).toEqual([]);
    expect(await send(deletion)).toEqual({ kind: 'already' });
  });

  it('is refused when it is too late: nobody is told that it happened', async () => {
    const messageId = ann.says('my phrase is …');
    now += 2 * DAY_MS;
    expect(await send({ kind: 'delete', messageRef: String(messageId) })).toMatchObject({ kind: 'refused' });
    expect(ann.sees()).toHaveLength(1);
  });

  it('in a group takes the right to do so', async () => {
    const group = telegram.group();
    group.addBot(ann);
    const messageId = ann.says('my phrase is …', { in: group });
    const deletion: OutboundMessage = { kind: 'delete', messageRef: String(messageId) };
    expect(await send(deletion, group)).toMatchObject({ kind: 'refused' });
    group.promotesBot(ann, { canDelete: true });
    expect(await send(deletion, group)).toEqual({ kind: 'sent' });
    expect(ann.sees({ in: group })).toEqual([]);
  });
});

describe('answering a tap', () => {
  it('is over when the tap is too old', async () => {
    expect(await send({ kind: 'answer-tap', token: '1', text: '' })).toEqual({ kind: 'already' });
  });
});
