import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import { createHttpServer, type HttpLimits, type HttpServer } from '../../src/infra/http-server.js';
import type { Adapter, LogFields } from '../../src/model/index.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import { createRecordingHost, type RecordingHost } from '../platforms/telegram/recording-host.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { freePort } from '../support/free-port.js';

const MEGABYTE = 1024 * 1024;
const SECRET = 'made_up-Secret_1';
/** Far less than any of the bodies here, and more than a busy test needs by itself. */
const MOST_GROWN = 96 * MEGABYTE;

let telegram: TelegramPlatform;
let slack: SlackPlatform;
let http: HttpServer;
let host: RecordingHost;
let port: number;
let adapters: readonly Adapter[];
let lines: LogFields[];
const sockets: Socket[] = [];

beforeEach(() => start({}));
afterEach(stop);

/** Both receivers on the one server, as they are in life. */
async function start(limits: Partial<HttpLimits>): Promise<void> {
  [telegram, slack, port] = await Promise.all([startTelegramPlatform(), startSlackPlatform(), freePort()]);
  host = createRecordingHost();
  lines = [];
  const keep = (line: LogFields): void => void lines.push(line);
  const log = { debug: keep, info: keep, warn: keep, error: keep };
  http = createHttpServer({ host: '127.0.0.1', port, log, limits: { checkEveryMs: 20, ...limits } });
  const { routes } = http;
  const { token } = telegram.bot;
  const webhook = { url: `http://127.0.0.1:${port}/telegram`, path: '/telegram', secret: SECRET, routes };
  adapters = [
    createTelegramAdapter({ token, apiUrl: telegram.apiUrl, webhook }),
    makeAdapter(slack, {}, { kind: 'webhook', signingSecret: slack.bot.signingSecret, routes }),
  ];
  await http.start();
  await Promise.all(adapters.map((adapter) => adapter.start(host)));
  slack.pushTo(`http://127.0.0.1:${port}/slack/events`);
}

async function stop(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  await http.stop();
  await Promise.all([telegram.close(), slack.close()]);
}

async function restart(limits: Partial<HttpLimits>): Promise<void> {
  await stop();
  await start(limits);
}

type Headers = Readonly<Record<string, string>>;

/** What each platform sends with a body, and what somebody else may. */
const RECEIVERS = [
  { name: 'Telegram', path: '/telegram', headers: () => ({ 'x-telegram-bot-api-secret-token': SECRET }) },
  { name: 'Slack', path: '/slack/events', headers: signed },
] as const;

function signed(body: Buffer): Headers {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', slack.bot.signingSecret).update(`v0:${timestamp}:`).update(body);
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hmac.digest('hex')}` };
}

async function post(path: string, body: Buffer, headers: Headers, method = 'POST'): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** A connection of its own; `said` resolves with all that it got, once it is closed. */
function talk(words: string): { readonly socket: Socket; readonly said: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const chunks: string[] = [];
  socket.on('data', (chunk) => chunks.push(String(chunk)));
  // Being cut while it writes is what is looked for.
  socket.on('error', () => chunks.push('(cut)'));
  socket.write(words);
  const closed = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
  return { socket, said: closed.then(() => chunks.join('')) };
}

function head(path: string, headers: Headers): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nHost: x\r\n${fields.join('')}`;
}

/** Writes until the other side has enough; how much it took (bytes). */
async function pour(socket: Socket, chunk: Buffer, sizeBytes: number): Promise<number> {
  let written = 0;
  while (written < sizeBytes && !socket.destroyed && socket.writable) {
    written += chunk.length;
    if (socket.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve);
      socket.once('close', () => resolve());
    });
  }
  return written;
}

/**
 * How much the memory of this process has grown at most while `work` ran (bytes); both ends of the sockets are in it.
 */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return Math.max(most, process.memoryUsage.rss()) - before;
}

/** Both still take what is theirs. */
async function areWell(): Promise<void> {
  const before = host.committed.length;
  telegram.user().says('no mail');
  slack.user().says('no mail');
  await host.until(() => host.committed.length === before + 2);
}

const refusals = () => [...lines, ...host.logged].filter(({ event }) => /refused|crowded/.test(event));

describe.each(RECEIVERS)('a body of 300 MB for $name', ({ path, headers }) => {
  const CHUNK = Buffer.alloc(64 * 1024, 'x');
  const SIZE = 300 * MEGABYTE;

  it.each([
    ['that says its length', `Content-Length: ${SIZE}\r\n\r\n`, CHUNK, true],
    [
      'that does not',
      'Transfer-Encoding: chunked\r\n\r\n',
      Buffer.concat([Buffer.from(`${CHUNK.length.toString(16)}\r\n`), CHUNK, Buffer.from('\r\n')]),
      true,
    ],
    ['of somebody without the secret', `Content-Length: ${SIZE}\r\n\r\n`, CHUNK, false],
  ])('%s is not read, and takes no memory', async (_what, length, chunk, isKnown) => {
    let written = 0;
    let answer = '';
    const grown = await growth(async () => {
      const { socket, said } = talk(head(path, isKnown ? headers(CHUNK) : {}) + length);
      written = await pour(socket, chunk, SIZE);
      answer = await said;
    });
    // The answer may be lost: what is unread when a connection ends takes it along.
    expect(answer).toMatch(/^(HTTP\/1\.1 (401|413) |\(cut\)|$)/);
    expect(written).toBeLessThan(30 * MEGABYTE);
    expect(grown).toBeLessThan(MOST_GROWN);
    expect(refusals()).toHaveLength(1);
    await areWell();
  });
});

describe.each(RECEIVERS)('a compressed body for $name', ({ path, headers }) => {
  it('is not unpacked, however much would come out', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE, ' '), { level: 9 });
    expect(bomb.length).toBeLessThan(256 * 1024);
    const grown = await growth(async () => {
      const status = await post(path, bomb, { ...headers(bomb), 'content-encoding': 'gzip' });
      expect(status).toBe(400);
    });
    expect(grown).toBeLessThan(MOST_GROWN);
    expect(refusals()).toMatchObject([{ status: 400 }]);
    await areWell();
  });
});

describe('who is slow', () => {
  it('is cut off in the middle of headers or of a body, and everybody else is served', async () => {
    await restart({ headersMs: 1_000, requestMs: 1_000 });
    const slow = RECEIVERS.flatMap(({ path, headers }) => [
      head(path, {}),
      `${head(path, headers(Buffer.from('{}')))}Content-Length: 100\r\n\r\n{`,
    ]).map((words) => talk(words).said);
    await areWell();
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(refusals().filter(({ status }) => status === 408)).toHaveLength(slow.length);
  });

  it('holds no more connections than there may be, and those not for long', async () => {
    await restart({ headersMs: 1_000, requestMs: 1_000, maxConnections: 64 });
    const grown = await growth(async () => {
      const idle = Array.from({ length: 400 }, () => talk('').said);
      await Promise.all(idle);
    });
    expect(grown).toBeLessThan(MOST_GROWN);
    expect(refusals()[0]).toEqual({ event: 'http-crowded', count: 64 });
    await areWell();
  });
});

describe('a request that is not as it should be', () => {
  it.each(RECEIVERS)('is none of ours by any other method: $name', async ({ path, headers }) => {
    const body = Buffer.from('{}');
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect(await post(path, body, headers(body), method)).toBe(404);
    for (const method of ['TRACE', 'PURGE', 'BREW'])
      expect(await talk(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`).said).toMatch(
        /^HTTP\/1\.1 (400|404) /,
      );
    expect(host.received).toEqual([]);
  });

  it.each(RECEIVERS)('is judged by its body, whatever type it claims: $name', async ({ path, headers }) => {
    const body = Buffer.from('{"update_id":1,"type":"event_callback","event":{"type":"team_join"}}');
    const posted = (type: string) => post(path, body, { ...headers(body), 'content-type': type });
    for (const type of ['application/json', 'text/plain', 'image/png', 'multipart/form-data; boundary=x'])
      expect(await posted(type)).toBe(200);
    expect(await posted('%')).toBe(415);
    const no = Buffer.from(
      '------x\r\nContent-Disposition: form-data; name="payload"\r\n\r\n{}\r\n------x--',
    );
    expect(
      await post(path, no, { ...headers(no), 'content-type': 'multipart/form-data; boundary=----x' }),
    ).toBe(400);
  });

  it('cannot be two: a length and chunks at once end the connection', async () => {
    const words = `${head('/telegram', { 'x-telegram-bot-api-secret-token': SECRET })}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /telegram HTTP/1.1\r\n`;
    expect(await talk(words).said).toMatch(/^HTTP\/1\.1 400 /);
    expect(host.received).toEqual([]);
  });
});

describe('a flood', () => {
  const ROUNDS = 20;
  const AT_ONCE = 50;

  it('of what is not from the platforms is refused, each with one line that holds nothing of it', async () => {
    const body = Buffer.from(
      JSON.stringify({ update_id: 1, message: { text: 'canary' }, pad: 'x'.repeat(10_000) }),
    );
    const statuses = new Map<number, number>();
    const grown = await growth(async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const posts = Array.from({ length: AT_ONCE }, (_, index) => {
          const { path } = RECEIVERS[index % 2] ?? RECEIVERS[0];
          return post(path, body, {
            'x-telegram-bot-api-secret-token': 'canary',
            'x-slack-signature': 'v0=canary',
          });
        });
        for (const status of await Promise.all(posts)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (round % 10 === 0) await areWell();
      }
    });
    expect(Object.fromEntries(statuses)).toEqual({ 401: ROUNDS * AT_ONCE });
    expect(refusals()).toHaveLength(ROUNDS * AT_ONCE);
    expect(JSON.stringify([...lines, ...host.logged])).not.toContain('canary');
    expect(grown).toBeLessThan(MOST_GROWN);
  });
});
