import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../adapters/discord/index.js';
import type {
  Adapter,
  EncodeTarget,
  OutboundMessage,
  PlatformCall,
  ReplyVia,
  SendContext,
  SendResult,
} from '../../src/model/index.js';
import {
  type DiscordPlatform,
  type PlatformOptions,
  startDiscordPlatform,
} from '../platforms/discord/server.js';
import type { User } from '../platforms/discord/user.js';

const MINUTE_MS = 60_000;

let discord: DiscordPlatform;
let adapter: Adapter;
let ann: User;
let now = 1_700_000_000_000;
let nonces = 0;

beforeEach(() => startPlatform({}));
afterEach(() => discord.close());

async function startPlatform(options: PlatformOptions): Promise<void> {
  discord = await startDiscordPlatform({ now: () => now, ...options });
  adapter = makeAdapter({});
  ann = discord.user();
}

function makeAdapter(timing: { readonly requestMs?: number }): Adapter {
  const { apiUrl, bot } = discord;
  return createDiscordAdapter({ token: bot.token, apiUrl, timing });
}

const say = (text: string): OutboundMessage => ({
  kind: 'message',
  text,
  buttons: [],
  keys: [],
  private: false,
});

/** A context of a row that was never tried; each has its own nonce. */
function first(): SendContext {
  nonces += 1;
  return { nonce: `nonce-of-a-row-${nonces}`, unclearSince: null, now };
}

const direct = (user: User): EncodeTarget => ({
  place: { channel: user.id },
  userId: user.id,
  visibility: 'direct',
  botHandle: '',
});

function callOf(message: OutboundMessage, to: EncodeTarget = direct(ann)): PlatformCall {
  const [call] = adapter.encode(message, to);
  if (call === undefined) throw new Error('no call');
  return call;
}

const send = (message: OutboundMessage, context = first(), by = adapter): Promise<SendResult> =>
  by.send(callOf(message), context);

const callsOf = (name: string) => discord.calls.filter((call) => call.name === name);

describe('a message', () => {
  it('asks for the direct chat once', async () => {
    await send(say('one'));
    await send(say('two'));
    expect(ann.hears()).toEqual(['one', 'two']);
    expect(callsOf('openDirect')).toHaveLength(1);
  });

  it('is held back without a call when the limit of its channel is used up', async () => {
    await discord.close();
    await startPlatform({ rateLimit: { calls: 2, perMs: 60_000 } });
    const results = [await send(say('1')), await send(say('2')), await send(say('3'))];
    expect(results).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }, { kind: 'retry', code: '429' }]);
    expect(callsOf('createMessage')).toHaveLength(2);
    const bob = discord.user();
    expect(await adapter.send(callOf(say('4'), direct(bob)), first())).toEqual({ kind: 'sent' });
  });

  it('can be tried again while the token is refused, and the token stays known', async () => {
    discord.faults.next('createMessage', { kind: 'error', status: 401 });
    expect(await send(say('hello'))).toEqual({ kind: 'retry', code: '401' });
    expect(await send(say('hello'))).toEqual({ kind: 'sent' });
  });

  it('can be tried again when no connection comes about', async () => {
    await discord.close();
    expect(await send(say('hello'))).toEqual({ kind: 'retry', code: 'ECONNREFUSED' });
  });

  it('goes to a channel that was opened anew', async () => {
    await send(say('hello'));
    discord.faults.next('createMessage', { kind: 'error', status: 404, code: 10003 });
    expect(await send(say('again'))).toEqual({ kind: 'retry', code: '404-10003' });
    expect(await send(say('again'))).toEqual({ kind: 'sent' });
    expect(callsOf('openDirect')).toHaveLength(2);
  });

  it('is refused when Discord would never take it, or when it is none of ours', async () => {
    const payload = { user_id: ann.id, text: 'a'.repeat(2001) };
    expect(await adapter.send({ method: 'createDirectMessage', payload }, first())).toEqual({
      kind: 'refused',
      code: '400-50035',
    });
    expect(await adapter.send({ method: 'sendMessage', payload }, first())).toEqual({
      kind: 'refused',
      code: 'unknown-call',
    });
  });

  it('cannot reach a person who closed their direct messages or shares no server', async () => {
    ann.closesDirect();
    expect(await send(say('hello'))).toEqual({ kind: 'unreachable', code: '403-50007' });
    ann.opensDirect();
    ann.leaves(discord.home);
    expect(await send(say('hello'))).toEqual({ kind: 'unreachable', code: '403-50278' });
    ann.joins(discord.home);
    expect(await send(say('hello'))).toEqual({ kind: 'sent' });
  });

  it('cannot reach a channel in which the bot may not write', async () => {
    const { channel } = discord.home;
    const to: EncodeTarget = { ...direct(ann), place: { channel: channel.id }, visibility: 'public' };
    channel.isReadOnly = true;
    expect(await adapter.send(callOf(say('hello'), to), first())).toEqual({
      kind: 'unreachable',
      code: '403-50013',
    });
    channel.isReadOnly = false;
    expect(await adapter.send(callOf(say('hello'), to), first())).toEqual({ kind: 'sent' });
  });

  it('cannot reach a server that the bot was removed from', async () => {
    const to: EncodeTarget = {
      ...direct(ann),
      place: { channel: discord.home.channel.id },
      visibility: 'public',
    };
    expect(await adapter.send(callOf(say('hello'), to), first())).toEqual({ kind: 'sent' });
    discord.home.removeBot();
    expect(await adapter.send(callOf(say('hello'), to), first())).toMatchObject({ kind: 'unreachable' });
  });
});

describe('an answer that is lost', () => {
  it('is not taken for another message with the same words', async () => {
    await send(say('hello'));
    discord.faults.next('createMessage', { kind: 'drop' });
    const context = first();
    await send(say('hello'), context);
    now += 30 * MINUTE_MS;
    expect(await send(say('hello'), { ...context, unclearSince: context.now, now })).toEqual({
      kind: 'sent',
    });
    expect(ann.hears()).toEqual(['hello', 'hello']);
  });

  it('leaves it unclear while the channel cannot be read', async () => {
    discord.faults.next('createMessage', { kind: 'lose-answer' });
    const context = first();
    await send(say('hello'), context);
    now += 30 * MINUTE_MS;
    discord.faults.next('getMessages', { kind: 'error', status: 500 });
    const again = { ...context, unclearSince: context.now, now };
    expect(await send(say('hello'), again)).toEqual({ kind: 'retry', code: '500' });
    expect(await send(say('hello'), again)).toEqual({ kind: 'already' });
  });

  it('is given up on in time', async () => {
    await send(say('hello'));
    discord.faults.next('createMessage', { kind: 'hold', until: new Promise<void>(() => undefined) });
    const hasty = makeAdapter({ requestMs: 80 });
    expect(await send(say('again'), first(), hasty)).toEqual({ kind: 'unknown-outcome', code: 'timeout' });
  });
});

describe('the answer to an interaction', () => {
  const via = (interaction: { token: string }): ReplyVia => ({
    ...{ kind: 'discord-interaction', application: discord.bot.applicationId, token: interaction.token },
    ...{ expiresAt: now + 15 * MINUTE_MS, ephemeral: true, thinks: true },
  });
  const inServer = (replyVia: ReplyVia): EncodeTarget => ({
    ...direct(ann),
    place: { channel: discord.home.channel.id },
    visibility: 'public',
    replyVia,
  });

  it('goes there too when Discord does not know the token any more', async () => {
    const call = callOf(say('Here is how.'), inServer(via({ token: 'made-up-token' })));
    expect(await adapter.send(call, first())).toEqual({ kind: 'sent' });
    expect(ann.hears()).toEqual(['Here is how.']);
    expect(callsOf('createFollowup')).toMatchObject([{ status: 404 }]);
  });

  it('that only is a note is dropped then', async () => {
    const note: OutboundMessage = { kind: 'answer-tap', token: '', text: 'Not your button.', note: true };
    const call = callOf(note, inServer(via({ token: 'made-up-token' })));
    expect(await adapter.send(call, first())).toEqual({ kind: 'already' });
    expect(ann.hears()).toEqual([]);
  });

  it('tells no token, whatever goes wrong', async () => {
    const to = inServer(via({ token: 'made-up-token' }));
    const results: SendResult[] = [];
    for (const kind of ['drop', 'lose-answer'] as const) {
      discord.faults.next('createFollowup', { kind });
      results.push(await adapter.send(callOf(say('hello'), to), first()));
    }
    await discord.close();
    results.push(await adapter.send(callOf(say('hello'), to), first()));
    expect(results.every(({ kind }) => kind === 'unknown-outcome' || kind === 'retry')).toBe(true);
    expect(JSON.stringify(results)).not.toMatch(/made-up-token|made-up-for-tests/);
  });
});

describe('deleting', () => {
  const deletion = (messageRef: string): PlatformCall =>
    callOf(
      { kind: 'delete', messageRef },
      { ...direct(ann), place: { channel: discord.home.channel.id }, visibility: 'public' },
    );

  it('takes a message of the person away where the bot may, once or twice', async () => {
    const id = ann.says('my phrase is …', { in: discord.home.channel });
    discord.home.allowDeleting();
    expect(await adapter.send(deletion(id), first())).toEqual({ kind: 'sent' });
    expect(ann.sees({ in: discord.home.channel })).toEqual([]);
    expect(await adapter.send(deletion(id), first())).toEqual({ kind: 'already' });
  });

  it('that is not allowed is refused, and does not count as a person who cannot be reached', async () => {
    const id = ann.says('my phrase is …', { in: discord.home.channel });
    expect(await adapter.send(deletion(id), first())).toEqual({ kind: 'refused', code: '403-50013' });
  });

  it('is not tried in a direct chat', () => {
    expect(adapter.encode({ kind: 'delete', messageRef: '1' }, direct(ann))).toEqual([]);
  });
});
