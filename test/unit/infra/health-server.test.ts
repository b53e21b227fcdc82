import { afterEach, describe, expect, it } from 'vitest';
import { type HealthReport, type HealthServer, startHealthServer } from '../../../src/infra/health-server.js';

const WELL: HealthReport = {
  status: 'ok',
  ready: true,
  store: { status: 'ok', operations: 1, oldestMs: 2 },
  platforms: { telegram: 'running' },
  waiting: 3,
  bundle: 'abc',
};

const servers: HealthServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function ask(path: string, report: Partial<HealthReport> = {}, method = 'GET') {
  const server = await startHealthServer({ port: 0, report: () => ({ ...WELL, ...report }) });
  servers.push(server);
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

describe('startHealthServer', () => {
  it('answers with the report', async () => {
    const { status, headers, body } = await ask('/health');
    expect([status, body]).toEqual([200, WELL]);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['ok', true, 200, 200],
    ['ok', false, 200, 503],
    ['overloaded', false, 200, 503],
    ['unwell', false, 503, 503],
  ] as const)('%s, ready: %s → /health %i, /ready %i', async (status, ready, health, readiness) => {
    expect((await ask('/health', { status, ready })).status).toBe(health);
    expect((await ask('/ready', { status, ready })).status).toBe(readiness);
  });

  it('knows nothing else', async () => {
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/health', {}, 'POST')).status).toBe(404);
  });

  it('listens on one address of this machine only, unless told otherwise', async () => {
    const server = await startHealthServer({ port: 0, report: () => WELL });
    servers.push(server);
    await expect(fetch(`http://127.0.0.2:${server.port}/health`)).rejects.toThrow();
    const open = await startHealthServer({ port: 0, host: '0.0.0.0', report: () => WELL });
    servers.push(open);
    expect((await fetch(`http://127.0.0.1:${open.port}/health`)).status).toBe(200);
  });

  it('says when it cannot listen', async () => {
    const { port } = await startHealthServer({ port: 0, report: () => WELL }).then((server) => {
      servers.push(server);
      return server;
    });
    await expect(startHealthServer({ port, report: () => WELL })).rejects.toMatchObject({
      code: 'settings-invalid',
      message: `The health server cannot listen on port ${port} of 127.0.0.1. Choose another one.`,
    });
  });

  it('stops while a connection is kept open', async () => {
    await ask('/health');
    const [server] = servers.splice(0);
    await server?.stop();
    await expect(fetch(`http://127.0.0.1:${server?.port}/health`)).rejects.toThrow();
  });
});
