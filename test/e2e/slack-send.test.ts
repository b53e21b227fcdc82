import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Adapter,
  Button,
  EncodeTarget,
  OutboundMessage,
  SendContext,
  SendResult,
} from '../../src/model/index.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import type { SlackUser } from '../platforms/slack/user.js';
import type { Channel } from '../platforms/slack/world.js';
import { createRecordingHost } from '../platforms/telegram/recording-host.js';
import { FIRST_TRY } from '../support/first-try.js';

let slack: SlackPlatform;
let adapter: Adapter;
let ann: SlackUser;
let now = Date.now();

beforeEach(async () => {
  now = Date.now();
  slack = await startSlackPlatform({ now: () => now });
  adapter = makeAdapter(slack);
  ann = slack.user();
});

afterEach(async () => {
  await adapter.stop();
  await slack.close();
});

const say = (text: string, buttons: readonly Button[] = []): OutboundMessage => ({
  kind: 'message',
  text,
  buttons,
  keys: [],
  private: false,
});
const direct = (thread?: string): EncodeTarget => ({
  place: thread === undefined ? { channel: ann.id } : { channel: ann.id, thread },
  userId: ann.id,
  visibility: 'direct',
  botHandle: 'lifeline',
});
const inChannel = (channel: Channel, via?: EncodeTarget['replyVia']): EncodeTarget => ({
  place: { channel: channel.id },
  userId: ann.id,
  visibility: 'public',
  botHandle: 'lifeline',
  ...(via === undefined ? {} : { replyVia: via }),
});
const trying = (unclearSince: number | null): SendContext => ({ ...FIRST_TRY, unclearSince, now });

async function send(message: OutboundMessage, to = direct(), context = trying(null)): Promise<SendResult> {
  const results: SendResult[] = [];
  for (const call of adapter.encode(message, to)) results.push(await adapter.send(call, context));
  return results.find(({ kind }) => kind !== 'sent') ?? { kind: 'sent' };
}

const callsOf = (method: string) => slack.calls.filter((call) => call.method === method);

describe('sending', () => {
  it('opens the direct chat once and posts there, words as words', async () => {
    const words = 'a & b <!channel> *bold* <https://evil.example|here> :key: @lifeline\nsecond line';
    expect(await send(say(words))).toEqual({ kind: 'sent' });
    expect(await send(say('more'))).toEqual({ kind: 'sent' });
    expect(ann.hears()).toEqual([words, 'more']);
    expect(ann.sees().flatMap(({ marks }) => marks)).toEqual([]);
    expect(callsOf('conversations.open')).toHaveLength(1);
  });

  it('answers in the thread it was asked in', async () => {
    const thread = ann.says('hello');
    await send(say('hello'), direct(thread));
    expect(ann.sees().at(-1)?.threadTs).toBe(thread);
  });

  it('can try again when no connection comes about', async () => {
    await slack.close();
    expect(await send(say('hello'))).toEqual({ kind: 'retry', code: 'ECONNREFUSED' });
  });

  it('gives up a call that gets no answer', async () => {
    slack.faults.next('chat.postMessage', { kind: 'hold', until: new Promise(() => undefined) });
    const hasty = makeAdapter(slack, { requestMs: 200 });
    const [call] = hasty.encode(say('hello'), direct());
    if (call === undefined) throw new Error('no call');
    expect(await hasty.send(call, FIRST_TRY)).toEqual({ kind: 'unknown-outcome', code: 'timeout' });
  });

  it.each(['cannot_dm_bot', 'channel_not_found', 'is_archived', 'not_in_channel', 'user_disabled'])(
    'knows whom it cannot reach: %s',
    async (code) => {
      slack.faults.refuse('chat.postMessage', code);
      expect(await send(say('hello'))).toEqual({ kind: 'unreachable', code });
    },
  );

  it.each(['account_inactive', 'invalid_auth', 'token_revoked'])(
    'waits for a token that works again: %s',
    async (code) => {
      slack.faults.refuse('chat.postMessage', code);
      expect(await send(say('hello'))).toEqual({ kind: 'retry', code });
    },
  );

  it('tells what Slack will never take', async () => {
    slack.faults.refuse('chat.postMessage', 'invalid_blocks');
    expect(await send(say('hello'))).toEqual({ kind: 'refused', code: 'invalid_blocks' });
  });

  it('waits when the chat cannot be opened, because nothing was posted', async () => {
    slack.faults.next('conversations.open', { kind: 'lose-answer' });
    slack.faults.rateLimit('conversations.open', 2);
    expect(await send(say('hello'))).toMatchObject({ kind: 'retry' });
    expect(await send(say('hello'))).toMatchObject({ kind: 'retry', afterMs: 2000 });
    expect(await send(say('hello'))).toEqual({ kind: 'sent' });
  });
});

describe('an unclear send', () => {
  it.each(['lose-answer', 'drop', 'garbage'] as const)(
    '%s: ends with the message there once',
    async (kind) => {
      slack.faults.next('chat.postMessage', { kind });
      expect(await send(say('hello'))).toMatchObject({ kind: 'unknown-outcome' });
      const again = await send(say('hello'), direct(), trying(now));
      expect(again.kind).toBe(kind === 'drop' ? 'sent' : 'already');
      expect(ann.hears()).toEqual(['hello']);
    },
  );

  it.each([
    ['refuse', { kind: 'refuse', code: 'internal_error' }],
    ['status', { kind: 'status', status: 503 }],
  ] as const)('is also what Slack itself is not sure of: %s', async (_name, fault) => {
    slack.faults.next('chat.postMessage', fault);
    expect(await send(say('hello'))).toMatchObject({ kind: 'unknown-outcome' });
    expect(await send(say('hello'), direct(), trying(now))).toEqual({ kind: 'sent' });
    expect(ann.hears()).toEqual(['hello']);
  });

  it('is looked for in its thread', async () => {
    const thread = ann.says('hello');
    slack.faults.next('chat.postMessage', { kind: 'lose-answer' });
    await send(say('answer'), direct(thread));
    expect(await send(say('answer'), direct(thread), trying(now))).toEqual({ kind: 'already' });
  });

  it('is found below hundreds of newer messages, and not taken for another', async () => {
    slack.faults.next('chat.postMessage', { kind: 'lose-answer' });
    await send(say('hello'));
    for (let i = 0; i < 450; i += 1) ann.says(`line ${i}`);
    const other = { ...trying(now), nonce: 'BBBBBBBBBBBBBBBBBBBBBB' };
    expect(await send(say('hello'), direct(), other)).toEqual({ kind: 'sent' });
    expect(await send(say('hello'), direct(), trying(now))).toEqual({ kind: 'already' });
    expect(callsOf('conversations.history').length).toBeGreaterThan(4);
  });

  it('waits with posting while it cannot be looked for', async () => {
    slack.faults.next('chat.postMessage', { kind: 'lose-answer' });
    await send(say('hello'));
    slack.faults.rateLimit('conversations.history', 60);
    expect(await send(say('hello'), direct(), trying(now))).toEqual({
      kind: 'retry',
      code: '429',
      afterMs: 60_000,
    });
    slack.faults.next('conversations.history', { kind: 'garbage' });
    expect(await send(say('hello'), direct(), trying(now))).toMatchObject({ kind: 'retry' });
    expect(callsOf('chat.postMessage')).toHaveLength(1);
  });
});

describe('in a channel', () => {
  let channel: Channel;

  beforeEach(() => {
    channel = slack.channel();
    channel.members.add(slack.bot.userId);
    ann.joins(channel);
  });

  it('that the bot was taken out of nobody can be reached', async () => {
    channel.members.delete(slack.bot.userId);
    expect(await send(say('hello'), inChannel(channel))).toEqual({
      kind: 'unreachable',
      code: 'not_in_channel',
    });
  });

  it('a message whose answer was lost is posted again, without asking for what cannot be read', async () => {
    slack.faults.next('chat.postMessage', { kind: 'lose-answer' });
    expect(await send(say('hello'), inChannel(channel))).toMatchObject({ kind: 'unknown-outcome' });
    expect(await send(say('hello'), inChannel(channel), trying(now))).toEqual({ kind: 'sent' });
    expect(ann.hears({ in: channel })).toEqual(['hello', 'hello']);
    expect(callsOf('conversations.replies')).toEqual([]);
  });

  /** The way a command in the channel came. */
  async function viaCommand(): Promise<EncodeTarget['replyVia']> {
    const host = createRecordingHost();
    await adapter.start(host);
    ann.slash('I forgot my password', { in: channel });
    await host.until(() => host.committed.length === 1);
    return host.received[0]?.replyVia;
  }

  it('a command is answered through its own address, five times, and then in the direct chat', async () => {
    const via = await viaCommand();
    expect(via?.kind).toBe('slack-response');
    for (let i = 1; i <= 6; i += 1)
      expect(await send(say(`answer ${i}`), inChannel(channel, via))).toEqual({ kind: 'sent' });
    expect(ann.sees({ in: channel }).map(({ isEphemeral }) => isEphemeral)).toEqual(Array(5).fill(true));
    expect(ann.hears()).toEqual(['answer 6']);
  });

  it('an address that expires on the way leads to the direct chat too', async () => {
    const via = await viaCommand();
    now += 31 * 60_000;
    const early = { ...trying(null), now: now - 31 * 60_000 };
    expect(await send(say('hello'), inChannel(channel, via), early)).toEqual({ kind: 'sent' });
    expect(ann.hears()).toEqual(['hello']);
    expect(channel.messages.filter(({ author }) => author === 'bot')).toEqual([]);
  });

  it('an answer that is lost, limited or held up is tried again', async () => {
    const via = await viaCommand();
    slack.faults.rateLimit('response_url', 4);
    slack.faults.next('response_url', { kind: 'status', status: 500 });
    slack.faults.next('response_url', { kind: 'drop' });
    slack.faults.next('response_url', { kind: 'garbage' });
    const to = inChannel(channel, via);
    expect(await send(say('hello'), to)).toEqual({ kind: 'retry', code: '429', afterMs: 4000 });
    for (let i = 0; i < 3; i += 1)
      expect(await send(say('hello'), to)).toMatchObject({ kind: 'unknown-outcome' });
    expect(await send(say('hello'), to)).toEqual({ kind: 'sent' });
    expect(ann.hears()).toEqual([]);
  });

  it('an address of somebody else is never called', async () => {
    const via = {
      kind: 'slack-response',
      token: 'http://127.0.0.1:1/steal',
      expiresAt: now + 60_000,
    } as const;
    expect(await send(say('hello'), inChannel(channel, via))).toEqual({
      kind: 'refused',
      code: 'foreign_response_url',
    });
  });
});
