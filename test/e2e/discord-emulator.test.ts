import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';

const MINUTE_MS = 60_000;

let discord: DiscordPlatform;
let now = 1_700_000_000_000;
let sockets: WebSocket[] = [];

beforeEach(async () => {
  discord = await startDiscordPlatform({ now: () => now });
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await discord.close();
});

interface Answer {
  readonly status: number;
  readonly code?: number;
  readonly id?: string;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = discord.bot.token,
): Promise<Answer> {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, ...(text === '' ? {} : (JSON.parse(text) as object)) };
}

interface Packet {
  readonly op: number;
  readonly t: string | null;
  readonly d: { readonly token?: string; readonly id?: string; readonly content?: string };
}

/** A bare client of the gateway: what it was sent, and the code it was closed with. */
async function connect(intents: number, token = discord.bot.token) {
  const socket = new WebSocket(discord.gateway.url);
  sockets.push(socket);
  const packets: Packet[] = [];
  let closed: number | null = null;
  const waiting: (() => void)[] = [];
  const changed = (): void => {
    for (const look of [...waiting]) look();
  };
  socket.on('message', (data) => {
    const packet = JSON.parse(String(data)) as Packet;
    packets.push(packet);
    if (packet.op === 10) socket.send(JSON.stringify({ op: 2, d: { token, intents, properties: {} } }));
    changed();
  });
  socket.on('close', (code) => {
    closed = code;
    changed();
  });
  const until = (isDone: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isDone()) resolve();
      };
      waiting.push(look);
      look();
    });
  const next = async (type: string): Promise<Packet['d']> => {
    await until(() => packets.some(({ t }) => t === type));
    return packets.findLast(({ t }) => t === type)?.d ?? {};
  };
  return { until, next, closeCode: () => closed };
}

const DIRECT_AND_SERVERS = (1 << 9) | (1 << 12);

/** Uses a command and returns its interaction. */
async function interact(): Promise<{ readonly id: string; readonly token: string }> {
  const client = await connect(DIRECT_AND_SERVERS);
  await client.next('READY');
  discord.user().command('help', { in: discord.home.channel });
  const { id = '', token = '' } = await client.next('INTERACTION_CREATE');
  return { id, token };
}

describe('the emulator of Discord, as strict as Discord', () => {
  it('wants the first answer within three seconds, and one only', async () => {
    const { id, token } = await interact();
    const callback = `/interactions/${id}/${token}/callback`;
    expect(await call('POST', callback, { type: 5 })).toMatchObject({ status: 204 });
    expect(await call('POST', callback, { type: 5 })).toMatchObject({ status: 400, code: 40060 });
    now += 16 * MINUTE_MS;
    expect(await call('POST', `/webhooks/1/${token}`, { content: 'late' })).toMatchObject({ code: 50027 });
  });

  it('knows no interaction that was not answered in time', async () => {
    const { id, token } = await interact();
    now += 3_001;
    expect(await call('POST', `/interactions/${id}/${token}/callback`, { type: 5 })).toMatchObject({
      status: 404,
      code: 10062,
    });
    expect(await call('POST', `/webhooks/1/${token}`, { content: 'late' })).toMatchObject({ code: 10015 });
  });

  it('gives the earlier message for a nonce, for some minutes', async () => {
    const path = `/channels/${discord.user().direct.id}/messages`;
    const send = () => call('POST', path, { content: 'hello', nonce: 'n', enforce_nonce: true });
    const first = await send();
    expect((await send()).id).toBe(first.id);
    now += 6 * MINUTE_MS;
    expect((await send()).id).not.toBe(first.id);
  });

  const button = (more: object) => ({ type: 2, style: 2, label: 'x', custom_id: 'a', ...more });
  const rows = (...components: object[]) => ({ content: 'x', components: [{ type: 1, components }] });
  const option = (value: string) => ({ label: value, value });

  it.each<readonly [string, object, number]>([
    ['no words', { content: ' ' }, 50006],
    ['too many words', { content: 'x'.repeat(2001) }, 50035],
    ['a long nonce', { content: 'x', nonce: 'n'.repeat(26) }, 50035],
    ['a field nobody knows', { content: 'x', text: 'y' }, 50035],
    ['ids that are the same', rows(button({}), button({})), 50035],
    ['a long id', rows(button({ custom_id: 'a'.repeat(101) })), 50035],
    ['a long label', rows(button({ label: 'x'.repeat(81) })), 50035],
    ['a link with an id', rows(button({ style: 5, url: 'https://a.example' })), 50035],
    ['six buttons in a row', rows(...[...'abcdef'].map((id) => button({ custom_id: id }))), 50035],
    [
      '26 options',
      rows({ type: 3, custom_id: 'm', options: [...Array(26).keys()].map((n) => option(`${n}`)) }),
      50035,
    ],
  ])('takes no message with %s', async (_what, body, code) => {
    const answer = await call('POST', `/channels/${discord.user().direct.id}/messages`, body);
    expect(answer).toMatchObject({ status: 400, code });
  });

  it('lets nobody in without the token, and knows no other calls', async () => {
    expect(await call('GET', '/users/@me', undefined, 'another')).toMatchObject({ status: 401 });
    expect(await call('GET', '/guilds/1/audit-logs')).toMatchObject({ status: 404 });
  });

  it('hides words from whoever may not read them', async () => {
    const client = await connect(DIRECT_AND_SERVERS);
    await client.next('READY');
    discord.user().says('good morning', { in: discord.home.channel });
    expect((await client.next('MESSAGE_CREATE')).content).toBe('');
  });

  it.each([
    ['a wrong token', DIRECT_AND_SERVERS, 'another', 4004],
    ['an intent that was not granted', 1 << 15, undefined, 4014],
  ])('closes the gateway to %s', async (_what, intents, token, code) => {
    const client = await connect(intents, token);
    await client.until(() => client.closeCode() !== null);
    expect(client.closeCode()).toBe(code);
  });
});
