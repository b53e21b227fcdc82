import { describe, expect, it } from 'vitest';
import { createHealth } from '../../../src/runtime/health.js';
import type { StoreHealth } from '../../../src/runtime/watch-store.js';

function setUp() {
  const now: { store: StoreHealth; waiting: number } = {
    store: { status: 'ok', operations: 0, oldestMs: 0 },
    waiting: 0,
  };
  const health = createHealth({
    platforms: ['telegram', 'console'],
    store: () => now.store,
    waiting: () => now.waiting,
    maxWaitingTurns: 10,
    bundle: () => 'abc',
  });
  const started = () => {
    health.mark('telegram', 'running');
    health.mark('console', 'running');
  };
  return { now, health, started };
}

describe('the health of a worker', () => {
  it('is ready once every platform runs', () => {
    const { health } = setUp();
    health.mark('telegram', 'running');
    expect(health.report()).toMatchObject({ status: 'ok', ready: false });
    health.mark('console', 'running');
    expect(health.report()).toEqual({
      status: 'ok',
      ready: true,
      store: { status: 'ok', operations: 0, oldestMs: 0 },
      platforms: { telegram: 'running', console: 'running' },
      waiting: 0,
      bundle: 'abc',
    });
  });

  it.each(['stalled', 'failing'] as const)('is unwell while the store is %s', (status) => {
    const { health, started, now } = setUp();
    started();
    now.store = { status, operations: 3, oldestMs: 9_000 };
    expect(health.report()).toMatchObject({ status: 'unwell', ready: false });
  });

  it('is overloaded, and not ready, while it takes no more in', () => {
    const { health, started, now } = setUp();
    started();
    now.waiting = 10;
    expect(health.report()).toMatchObject({ status: 'overloaded', ready: false, waiting: 10 });
    now.waiting = 9;
    expect(health.report()).toMatchObject({ status: 'ok', ready: true });
  });

  it('is not ready while it stops', () => {
    const { health, started } = setUp();
    started();
    health.stopping();
    expect(health.report()).toMatchObject({ status: 'ok', ready: false });
  });
});
