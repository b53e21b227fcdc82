import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LEAST_EVENTS, type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';

const MINUTE_MS = 60_000;

let slack: SlackPlatform;
let now = 1_700_000_000_000;
let sockets: WebSocket[] = [];

beforeEach(async () => {
  now = 1_700_000_000_000;
  slack = await startSlackPlatform({ now: () => now, rate: { perSecond: 1, burst: 3 } });
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await slack.close();
});

interface Answer {
  readonly ok?: boolean;
  readonly error?: string;
  readonly url?: string;
  readonly channel?: { readonly id: string };
  readonly messages?: readonly { readonly text: string; readonly metadata?: unknown }[];
}

/** A bare call of the Web API, fields as a form. */
async function call(
  method: string,
  fields: Readonly<Record<string, string>> = {},
  token = slack.bot.token,
): Promise<Answer & { readonly status: number }> {
  const headers = { authorization: `Bearer ${token}` };
  const body = new URLSearchParams(fields);
  const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body });
  const text = await response.text();
  return { status: response.status, ...(text === '' ? {} : (JSON.parse(text) as Answer)) };
}

/** Posts into a person's direct chat; each time a second later, so that no limit is in the way. */
async function post(content: Readonly<Record<string, unknown>>): Promise<Answer> {
  now += 1_000;
  const fields = Object.entries(content).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return call('chat.postMessage', { channel: direct(), ...Object.fromEntries(fields) });
}

let known: { readonly platform: SlackPlatform; readonly id: string } | null = null;
function direct(): string {
  if (known?.platform !== slack) known = { platform: slack, id: slack.user().id };
  return known.id;
}

const text = (words: string) => ({ type: 'plain_text', text: words });
const section = (words: string, id = 'a') => ({ type: 'section', block_id: id, text: text(words) });
const button = (label: string, id: string, more: object = {}) => ({
  ...{ type: 'button', text: text(label), action_id: id, value: 'v' },
  ...more,
});
const actions = (...elements: readonly object[]) => ({ type: 'actions', block_id: 'b', elements });

describe('the emulator of Slack, as strict as Slack', () => {
  it.each<readonly [string, object]>([
    ['no words', { text: ' ' }],
    ['too many words', { text: 'x'.repeat(4_001) }],
    ['half of a sign', { blocks: [section('half \ud83d')] }],
    ['a section without words', { blocks: [section('')] }],
    ['a section of 3,001', { blocks: [section('x'.repeat(3_001))] }],
    ['two blocks of one id', { blocks: [section('one'), section('two')] }],
    ['51 blocks', { blocks: Array.from({ length: 51 }, (_, index) => section('x', `s${index}`)) }],
    ['no button in a row of buttons', { blocks: [actions()] }],
    [
      '26 buttons in a row',
      { blocks: [actions(...Array.from({ length: 26 }, (_, i) => button('x', `i${i}`)))] },
    ],
    ['two buttons of one id', { blocks: [actions(button('x', 'i'), button('y', 'i'))] }],
    ['a label of 76', { blocks: [actions(button('x'.repeat(76), 'i'))] }],
    ['a value of 2,001', { blocks: [actions(button('x', 'i', { value: 'x'.repeat(2_001) }))] }],
    ['an address that is none', { blocks: [actions(button('x', 'i', { url: 'javascript:x' }))] }],
    ['a field that nobody knows', { text: 'hello', as_admin: 'true' }],
  ])('refuses %s', async (_what, content) => {
    expect(await post({ ...content })).toMatchObject({ ok: false });
    expect(await post({ text: 'hello' })).toMatchObject({ ok: true });
  });

  it('takes what is just within', async () => {
    const blocks = [
      section('x'.repeat(3_000)),
      actions(...Array.from({ length: 25 }, (_, i) => button('x'.repeat(75), `i${i}`))),
    ];
    expect(await post({ text: 'x'.repeat(4_000), blocks })).toMatchObject({ ok: true });
  });

  it('lets nobody in without the token or the right, and knows no other calls', async () => {
    expect(await call('auth.test', {}, 'xoxb-another')).toMatchObject({ error: 'invalid_auth' });
    expect(await call('chat.delete')).toMatchObject({ error: 'unknown_method' });
    expect(await call('apps.connections.open')).toMatchObject({ error: 'invalid_auth' });
    await slack.close();
    slack = await startSlackPlatform({ now: () => now, scopes: ['im:write'] });
    expect(await post({ text: 'hello' })).toMatchObject({ error: 'missing_scope' });
  });

  it('counts what is posted into a channel, where limits are on', async () => {
    const channel = direct();
    const send = () => call('chat.postMessage', { channel, text: 'hello' });
    for (let count = 0; count < 3; count += 1) expect(await send()).toMatchObject({ ok: true });
    expect(await send()).toMatchObject({ status: 429 });
    now += 1_000;
    expect(await send()).toMatchObject({ ok: true });
    expect(await send()).toMatchObject({ status: 429 });
  });

  it('lets the bot write only where it is, and to nobody who closed their chat', async () => {
    const channel = slack.channel();
    const into = (where: string) => call('chat.postMessage', { channel: where, text: 'hello' });
    expect(await into(channel.id)).toMatchObject({ error: 'not_in_channel' });
    channel.members.add(slack.bot.userId);
    expect(await into(channel.id)).toMatchObject({ ok: true });
    channel.isArchived = true;
    expect(await into(channel.id)).toMatchObject({ error: 'is_archived' });
    const ann = slack.user();
    ann.closesDirect();
    expect(await call('conversations.open', { users: ann.id })).toMatchObject({ error: 'cannot_dm_bot' });
    expect(await into(ann.id)).toMatchObject({ error: 'cannot_dm_bot' });
    expect(await call('conversations.open', { users: 'U0NOBODY' })).toMatchObject({
      error: 'user_not_found',
    });
  });

  it('shows words as words, and markup where it was asked for', async () => {
    const ann = slack.user();
    const send = (more: Readonly<Record<string, string>>) =>
      call('chat.postMessage', { channel: ann.id, ...more });
    await send({ text: '*a* <!here> &lt;b&gt;', mrkdwn: 'false' });
    await send({ text: '*a* <!here>' });
    const [plain, markup] = ann.sees();
    expect(plain?.text).toContain('<b>');
    expect(markup?.marks.length).toBeGreaterThan(0);
  });

  it('gives metadata back to whoever asks for it', async () => {
    const metadata = { event_type: 'row', event_payload: { nonce: 'n' } };
    await post({ text: 'hello', metadata });
    const { channel } = await call('conversations.open', { users: direct() });
    const read = (more: Readonly<Record<string, string>>) =>
      call('conversations.history', { channel: channel?.id ?? '', ...more });
    expect((await read({ include_all_metadata: 'true' })).messages).toMatchObject([{ metadata }]);
    expect((await read({})).messages).not.toMatchObject([{ metadata }]);
  });

  it('takes five answers to a command within 30 minutes, for that person’s eyes', async () => {
    const ann = slack.user();
    const channel = slack.channel();
    ann.joins(channel);
    const addressOf = (): string => String(ann.slash('help', { in: channel }).payload.response_url);
    const answer = async (address: string): Promise<number> => {
      const body = JSON.stringify({ text: 'hello', response_type: 'ephemeral' });
      const response = await fetch(address, { method: 'POST', body });
      await response.arrayBuffer();
      return response.status;
    };
    const address = addressOf();
    for (let count = 0; count < 5; count += 1) expect(await answer(address)).toBe(200);
    expect(await answer(address)).toBe(404);
    expect(ann.sees({ in: channel }).every(({ isEphemeral }) => isEphemeral)).toBe(true);
    const bob = slack.user();
    bob.joins(channel);
    expect(bob.hears({ in: channel })).toEqual([]);
    const late = addressOf();
    now += 30 * MINUTE_MS;
    expect(await answer(late)).toBe(404);
  });
});

describe('its sockets', () => {
  /** A bare client that acknowledges nothing; resolves with what it was sent once it was greeted. */
  async function connect(): Promise<readonly { readonly type: string; readonly retry_attempt?: number }[]> {
    const { url = '' } = await call('apps.connections.open', {}, slack.bot.appToken);
    const socket = new WebSocket(url);
    sockets.push(socket);
    const frames: { type: string }[] = [];
    await new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        frames.push(JSON.parse(String(data)) as { type: string });
        resolve();
      });
    });
    return frames;
  }

  it('are ten at most, each with a ticket of its own', async () => {
    for (let count = 0; count < 10; count += 1) await connect();
    expect(await call('apps.connections.open', {}, slack.bot.appToken)).toMatchObject({
      error: 'too_many_websockets',
    });
    expect(slack.sockets.connections).toBe(10);
  });

  it('send an event again that is not acknowledged, three times, and a command never', async () => {
    const frames = await connect();
    const ann = slack.user();
    ann.says('hello');
    const command = ann.slash('help');
    for (let count = 0; count < 5; count += 1) slack.deliveries.redeliver();
    ann.says('last');
    await slack.until(() => slack.deliveries.all.length === 3);
    const [event] = slack.deliveries.all;
    expect(event?.attempts).toBe(4);
    expect(command.attempts).toBe(1);
    now += 3_001;
    expect(slack.deliveries.stateOf(command)).toBe('failed');
    expect(frames[0]).toMatchObject({ type: 'hello' });
    expect(LEAST_EVENTS).toContain('message.im');
  });
});
