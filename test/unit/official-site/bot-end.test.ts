import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, importJWK, type JWK, SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBotClient } from '../../../examples/official-site/bot-client.js';
import { createTokenReader } from '../../../examples/official-site/hand-off-token.js';
import { newPageKey, publicHalf } from '../../../examples/official-site/page-key.js';
import { readPageRequest } from '../../../src/recovery/index.js';

const ORIGIN = 'https://wallet.example';
const ID = 'A'.repeat(22);
const NOW = 1_772_355_600_000;
let servers: Server[] = [];

afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});

/** Something that answers where the bot should; resolves with its origin. */
async function listens(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('asking the bot', () => {
  const asks = async (bot: string, more: { pausesMs?: readonly number[]; key?: JWK } = {}) =>
    createBotClient({
      ...{ bot, origin: ORIGIN, now: () => NOW, timeoutMs: 300, after: async () => undefined },
      key: await newPageKey(),
      ...more,
    });

  it('is signed as the bot reads it', async () => {
    const key = await newPageKey();
    const keys = publicHalf(key) as Parameters<typeof readPageRequest>[1]['keys'];
    const read: unknown[] = [];
    const bot = await listens(async (request, response) => {
      const body = (await request.toArray()).join('');
      read.push(await readPageRequest(body, { keys, issuer: ORIGIN, audience: bot, now: NOW }));
      response.end('{"kind":"noted"}');
    });
    const client = await asks(bot, { key });
    expect(await client.ask({ kind: 'open', id: ID, browser: 'b'.repeat(43) })).toEqual({ kind: 'noted' });
    expect(read).toMatchObject([{ kind: 'question', question: { kind: 'open', id: ID } }]);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['never answers', () => undefined],
    ['answers in the middle of a word', (response) => response.end('{"kind":"op')],
    ['answers what we do not know', (response) => response.end('{"kind":"owned"}')],
    ['answers with a page', (response) => response.end('<html>Sign in</html>')],
    ['is out of order', (response) => response.writeHead(503).end()],
    ['leads elsewhere', (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()],
    ['hangs up', (response) => response.socket?.destroy()],
  ])('is away when it %s', async (_, answer) => {
    const client = await asks(await listens((_request, response) => answer(response)));
    expect(await client.ask({ kind: 'status', id: ID, browser: 'b'.repeat(43) })).toEqual({ kind: 'away' });
  });

  it('tells again what got no answer, under the same name, until it was heard', async () => {
    const names: unknown[] = [];
    const bot = await listens(async (request, response) => {
      const [, claims = ''] = (await request.toArray()).join('').split('.');
      names.push((JSON.parse(Buffer.from(claims, 'base64url').toString()) as { jti: string }).jti);
      response.writeHead(names.length < 3 ? 503 : 200).end('{"kind":"noted"}');
    });
    const client = await asks(bot, { pausesMs: [1, 1, 1, 1] });
    await client.tell({ kind: 'result', id: ID, outcome: 'completed' });
    expect([names.length, new Set(names).size]).toEqual([3, 1]);
  });
});

describe('a token', () => {
  const BOT_TIMES = { iat: NOW / 1000, exp: NOW / 1000 + 900 };

  async function meet() {
    const key = await newPageKey();
    const other = await newPageKey();
    const published = { keys: [key] };
    const bot = await listens((_request, response) => {
      const keys = published.keys.flatMap((each) => (publicHalf(each) as { keys: unknown[] }).keys);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    const sign = async (
      claims: Readonly<Record<string, unknown>> = {},
      header: Readonly<Record<string, string>> = {},
      by: JWK = key,
    ) =>
      new SignJWT({ iss: bot, aud: ORIGIN, jti: ID, ...BOT_TIMES, ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-handoff+jwt', kid: key.kid, ...header })
        .sign((await importJWK(by, 'EdDSA')) as CryptoKey);
    return {
      sign,
      key,
      other,
      published,
      read: createTokenReader({ bot, origin: ORIGIN, now: () => NOW, timeoutMs: 500 }),
    };
  }

  it('of our bot for this page, now, is valid', async () => {
    const { sign, read } = await meet();
    expect(await read(await sign())).toEqual({ kind: 'valid', id: ID });
  });

  it('by a key that was withdrawn is invalid once the keys are four minutes old', async () => {
    const { sign, read, other, published } = await meet();
    const token = await sign();
    // The age of the keys goes by the clock of the machine.
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    try {
      expect(await read(token)).toEqual({ kind: 'valid', id: ID });
      published.keys = [other];
      vi.setSystemTime(NOW + 240_000 - 1);
      expect(await read(token)).toEqual({ kind: 'valid', id: ID });
      // With the ten seconds in which the bot notices, within the five minutes that are promised.
      vi.setSystemTime(NOW + 240_000);
      expect(await read(token)).toEqual({ kind: 'invalid' });
      published.keys = [];
      expect(await read(token)).toEqual({ kind: 'invalid' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('of anybody else, for anybody else, or for another time, is invalid', async () => {
    const { sign, read, other } = await meet();
    const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = encoded({ aud: ORIGIN, jti: ID, ...BOT_TIMES });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const tokens = [
      '',
      'no token',
      'a.b.c',
      await sign({ aud: 'https://other.example' }),
      await sign({ iss: 'https://other.example' }),
      await sign({ exp: NOW / 1000 - 60 }),
      await sign({ iat: NOW / 1000 + 600 }),
      await sign({ jti: 'short' }),
      await sign({ jti: undefined }),
      await sign({}, { typ: 'JWT' }),
      await sign({}, { kid: 'another' }),
      await sign({}, {}, other),
      `${encoded({ alg: 'none', typ: 'recovery-handoff+jwt' })}.${claims}.`,
      await new SignJWT({ aud: ORIGIN }).setProtectedHeader({ alg: 'RS256' }).sign(rsa),
      `${await sign()}x`,
    ];
    expect(new Set((await Promise.all(tokens.map(read))).map(({ kind }) => kind))).toEqual(
      new Set(['invalid']),
    );
  });

  it('cannot be read while the bot does not tell its keys', async () => {
    const { sign } = await meet();
    const bot = await listens((_request, response) => response.writeHead(500).end());
    const read = createTokenReader({ bot, origin: ORIGIN, now: () => NOW, timeoutMs: 300 });
    expect(await read(await sign())).toEqual({ kind: 'away' });
  });
});
