import { describe, expect, it } from 'vitest';
import { addHealthRoutes, type HealthReport } from '../../../src/infra/health-routes.js';
import type { HttpAnswer, HttpRoute } from '../../../src/model/index.js';

const WELL: HealthReport = {
  ready: true,
  reasons: [],
  status: 'ok',
  store: { status: 'ok', operations: 1, oldestMs: 2 },
  platforms: { telegram: 'running' },
  waiting: 3,
  bundle: 'abc',
};

async function ask(path: string, report: Partial<HealthReport> = {}): Promise<HttpAnswer> {
  const routes: HttpRoute[] = [];
  addHealthRoutes({ add: (route) => void routes.push(route) }, () => ({ ...WELL, ...report }));
  const route = routes.find((one) => one.path === path);
  return route?.answer({ headers: {}, body: Buffer.alloc(0), address: '127.0.0.1' }) ?? { status: 404 };
}

describe('the health routes', () => {
  it('/healthz says that the process is alive, however it does', async () => {
    const alive = { status: 200, json: { status: 'alive' } };
    expect(await ask('/healthz')).toEqual(alive);
    expect(await ask('/healthz', { ready: false, status: 'unwell' })).toEqual(alive);
  });

  it('/readyz says whether to send updates, and everything that is known', async () => {
    expect(await ask('/readyz')).toEqual({ status: 200, json: WELL });
    const stalled = { ready: false, reasons: ['the store is stalled'] };
    expect(await ask('/readyz', stalled)).toEqual({ status: 503, json: { ...WELL, ...stalled } });
  });
});
