import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpLimits, type HttpServer } from '../../../src/infra/http-server.js';
import type { HttpRoute, LogFields } from '../../../src/model/index.js';
import { createGate } from '../../support/gate.js';

const servers: HttpServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.stop();
});

const echo = (path: string, more: Partial<HttpRoute> = {}): HttpRoute => ({
  method: 'POST',
  path,
  maxBodyBytes: 1_000,
  answer: ({ body }) => ({ status: 200, json: { body: body.toString('latin1') } }),
  ...more,
});

async function serve(routes: readonly HttpRoute[], limits: Partial<HttpLimits> = {}, port = 0) {
  const lines: LogFields[] = [];
  const keep = (fields: LogFields): void => void lines.push(fields);
  const log = { debug: keep, info: keep, warn: keep, error: keep };
  const server = createHttpServer({ host: '127.0.0.1', port, log, limits: { checkEveryMs: 20, ...limits } });
  servers.push(server);
  for (const route of routes) server.routes.add(route);
  const listening = await server.start();
  const refusals = () => lines.filter(({ event }) => event !== 'http-listening');
  return { server, port: listening, refusals, url: (path: string) => `http://127.0.0.1:${listening}${path}` };
}

const post = (url: string, body: string) => fetch(url, { method: 'POST', body });

/** A connection that writes what it is told; `said` resolves with everything it got once it is closed. */
function talk(port: number, words = ''): { readonly socket: Socket; readonly said: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const chunks: string[] = [];
  socket.on('data', (chunk) => chunks.push(String(chunk)));
  // A connection that is cut while it writes is what some of these tests look for.
  socket.on('error', () => chunks.push('(cut)'));
  socket.write(words);
  const closed = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
  return { socket, said: closed.then(() => chunks.join('')) };
}

const HEAD = 'POST /a HTTP/1.1\r\nHost: x\r\n';

describe('routes', () => {
  it('get the body as it came, up to a limit of their own', async () => {
    const { url, refusals } = await serve([echo('/a'), echo('/b', { maxBodyBytes: 10 })]);
    const body = '\u0000{"no": json\r\n';
    expect(await (await post(url('/a'), body)).json()).toEqual({ body });
    expect((await post(url('/b'), body)).status).toBe(413);
    expect((await post(url('/b'), '0123456789')).status).toBe(200);
    expect((await post(url('/a'), '')).status).toBe(200);
    expect(refusals()).toEqual([{ event: 'http-refused', status: 413, path: '/b' }]);
  });

  it('answer with a status alone, too, and say that nothing of it is to be kept', async () => {
    const { url } = await serve([echo('/a', { answer: () => ({ status: 503 }) })]);
    const answer = await post(url('/a'), 'x');
    expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
      503,
      '',
      'no-store',
    ]);
  });

  it('learn who asks: the last whom a proxy on this machine names, else its peer', async () => {
    const told = echo('/a', { answer: ({ address }) => ({ status: 200, json: address }) });
    const { url } = await serve([told]);
    const ask = async (headers: Record<string, string>) =>
      (await fetch(url('/a'), { method: 'POST', body: 'x', headers })).json();
    expect(await ask({})).toBe('127.0.0.1');
    expect(await ask({ 'x-forwarded-for': '203.0.113.9, 198.51.100.7' })).toBe('198.51.100.7');
  });

  it('may say that an answer can be kept', async () => {
    const kept = echo('/a', {
      answer: () => ({ status: 200, json: 1, headers: { 'cache-control': 'max-age=1' } }),
    });
    const { url } = await serve([kept]);
    expect((await post(url('/a'), 'x')).headers.get('cache-control')).toBe('max-age=1');
  });

  it('that fail are answered 500 without a word of why, and harm no other', async () => {
    const failing = echo('/a', { answer: () => Promise.reject(new Error('a secret')) });
    const { url, refusals } = await serve([failing, echo('/b')]);
    const answer = await post(url('/a'), 'x');
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect((await post(url('/b'), 'x')).status).toBe(200);
    expect(refusals()).toEqual([{ event: 'http-refused', status: 500, path: '/a' }]);
  });

  it('are known by method and exact path', async () => {
    const { url } = await serve([echo('/a'), echo('/c', { method: 'GET' })]);
    for (const path of ['/', '/A', '/a/', '/a/b', '//a'])
      expect((await post(url(path), 'x')).status).toBe(404);
    expect((await fetch(url('/a'))).status).toBe(404);
    expect((await fetch(url('/c'))).status).toBe(200);
    expect((await post(url('/a?x=1'), 'x')).status).toBe(200);
  });

  it('cannot share a path', async () => {
    const { routes } = createHttpServer({ host: '127.0.0.1', port: 0, log: console });
    routes.add(echo('/a'));
    routes.add(echo('/a', { method: 'GET' }));
    expect(() => routes.add(echo('/a'))).toThrow(
      expect.objectContaining({
        code: 'settings-invalid',
        message: 'Two receivers want POST /a: give one another path.',
      }),
    );
  });
});

describe('what is refused before its body', () => {
  const huge = 'Content-Length: 300000000\r\n\r\n';

  it('is told so, and its connection is closed, without a byte of the body', async () => {
    let bodies = 0;
    const guarded = echo('/a', {
      admit: (headers) => (headers['x-key'] === 'right' ? null : 401),
      answer: () => {
        bodies += 1;
        return { status: 200 };
      },
    });
    const { port } = await serve([guarded]);
    expect(await talk(port, `${HEAD}${huge}`).said).toMatch(/^HTTP\/1\.1 401 /);
    expect(await talk(port, `${HEAD}X-Key: right\r\n${huge}`).said).toMatch(/^HTTP\/1\.1 413 /);
    expect(await talk(port, `POST /nowhere HTTP/1.1\r\nHost: x\r\n${huge}`).said).toMatch(/^HTTP\/1\.1 404 /);
    expect(bodies).toBe(0);
    expect(
      await talk(port, `${HEAD}X-Key: right\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx`).said,
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is cut off at the limit when it does not say how long it is', async () => {
    const { port, refusals } = await serve([echo('/a', { maxBodyBytes: 100_000 })]);
    const { socket, said } = talk(port, `${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
    let written = 0;
    while (written < 300_000_000 && !socket.destroyed) {
      written += chunk.length;
      if (socket.write(chunk)) continue;
      const drained = new Promise<void>((resolve) => void socket.once('drain', () => resolve()));
      await Promise.race([drained, said]);
    }
    // The answer itself may be lost: what is unread when a connection ends takes it along.
    expect(await said).toMatch(/^(HTTP\/1\.1 413 |\(cut\)|$)/);
    expect(written).toBeLessThan(30_000_000);
    expect(refusals()).toEqual([{ event: 'http-refused', status: 413, path: '/a' }]);
  });
});

describe('who is slow', () => {
  it.each([
    ['with the headers', HEAD],
    ['with the body', `${HEAD}Content-Length: 10\r\n\r\nx`],
    ['with everything', ''],
  ])('%s is given up', async (_what, words) => {
    const { port, refusals } = await serve([echo('/a')], { headersMs: 100, requestMs: 100 });
    expect(await talk(port, words).said).toMatch(/^HTTP\/1\.1 408 /);
    expect(refusals()).toEqual([{ event: 'http-refused', status: 408 }]);
  });

  it('keeps nobody else waiting', async () => {
    const { port, url } = await serve([echo('/a')]);
    const slow = [HEAD, `${HEAD}Content-Length: 10\r\n\r\nx`, ''].map((words) => talk(port, words).socket);
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    expect((await post(url('/a'), 'x')).status).toBe(200);
  });
});

describe('what is no HTTP', () => {
  it.each([
    [400, 'hello\r\n\r\n'],
    [400, `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`],
    [431, `${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
  ])('is answered %i and told once', async (status, words) => {
    const { port, refusals } = await serve([echo('/a')]);
    expect(await talk(port, words).said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(refusals()).toEqual([{ event: 'http-refused', status }]);
  });
});

describe('connections', () => {
  it('are no more than allowed; one more is closed, and told of once', async () => {
    const { port, url, refusals } = await serve([echo('/a')], { maxConnections: 2 });
    const first = talk(port, HEAD);
    const second = talk(port, HEAD);
    await Promise.all([once(first.socket, 'connect'), once(second.socket, 'connect')]);
    expect(await talk(port, HEAD).said).toMatch(/^(\(cut\))?$/);
    expect(await talk(port, HEAD).said).toMatch(/^(\(cut\))?$/);
    expect(refusals()).toEqual([{ event: 'http-crowded', count: 2 }]);
    first.socket.end('Connection: close\r\nContent-Length: 0\r\n\r\n');
    expect(await first.said).toMatch(/^HTTP\/1\.1 200 /);
    expect((await post(url('/a'), 'x')).status).toBe(200);
  });
});

describe('the address', () => {
  it('that is taken is a setting to change', async () => {
    const { port } = await serve([]);
    await expect(serve([], {}, port)).rejects.toMatchObject({
      code: 'settings-invalid',
      message: `Nothing can listen on port ${port} of 127.0.0.1: set another HTTP_PORT, or end what listens there.`,
    });
  });

  it('is the only one that is listened on', async () => {
    const { port } = await serve([echo('/a')]);
    await expect(post(`http://127.0.0.2:${port}/a`, 'x')).rejects.toThrow(TypeError);
  });
});

describe('stopping', () => {
  it('lets what is in hand be answered, and takes nothing more', async () => {
    const gate = createGate();
    const asked = createGate();
    const slow = echo('/a', {
      answer: async () => {
        asked.open();
        await gate.passed;
        return { status: 200, json: 'done' };
      },
    });
    const { server, url } = await serve([slow]);
    const answer = post(url('/a'), 'x');
    await asked.passed;
    const stopped = server.stop();
    gate.open();
    expect(await (await answer).json()).toBe('done');
    await stopped;
    await expect(post(url('/a'), 'x')).rejects.toThrow(TypeError);
  });

  it('waits for no connection that is kept open, and for no request that does not come', async () => {
    const { server, port, url } = await serve([echo('/a')]);
    await (await post(url('/a'), 'x')).arrayBuffer();
    const half = talk(port, `${HEAD}Content-Length: 10\r\n\r\nx`);
    await once(half.socket, 'connect');
    await server.stop();
    await half.said;
  });

  it('is possible before it has started', async () => {
    await createHttpServer({ host: '127.0.0.1', port: 0, log: console }).stop();
  });
});
