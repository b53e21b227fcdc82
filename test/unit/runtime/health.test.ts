import { describe, expect, it } from 'vitest';
import { createHealth } from '../../../src/runtime/health.js';
import type { StoreHealth } from '../../../src/runtime/watch-store.js';

function setUp() {
  const now: { store: StoreHealth; waiting: number; refused: string | null } = {
    refused: null,
    store: { status: 'ok', operations: 0, oldestMs: 0 },
    waiting: 0,
  };
  const health = createHealth({
    platforms: ['telegram', 'discord'],
    store: () => now.store,
    waiting: () => now.waiting,
    maxWaitingTurns: 10,
    bundle: () => 'abc',
    refusedContent: () => now.refused,
  });
  const started = () => {
    health.mark('telegram', 'running');
    health.mark('discord', 'running');
  };
  return { now, health, started };
}

describe('the health of a worker', () => {
  it('is ready once a platform runs, and names those that do not', () => {
    const { health } = setUp();
    expect(health.report()).toMatchObject({
      ready: false,
      reasons: ['telegram is starting', 'discord is starting'],
    });
    health.mark('discord', 'running');
    health.mark('telegram', 'refused', 'Telegram refused getMe: 401-unauthorized');
    expect(health.report()).toEqual({
      ready: true,
      reasons: ['telegram is refused: Telegram refused getMe: 401-unauthorized'],
      status: 'ok',
      store: { status: 'ok', operations: 0, oldestMs: 0 },
      platforms: { telegram: 'refused', discord: 'running' },
      waiting: 0,
      bundle: 'abc',
    });
    health.mark('telegram', 'running');
    expect(health.report()).toMatchObject({ ready: true, reasons: [] });
  });

  it('stays ready with content that may not go live, and says so', () => {
    const { now, health, started } = setUp();
    started();
    now.refused = 'the content is refused';
    expect(health.report()).toMatchObject({ ready: true, reasons: ['the content is refused'] });
  });

  it('is not ready when the last platform is lost', () => {
    const { health, started } = setUp();
    started();
    health.mark('telegram', 'starting');
    expect(health.report().ready).toBe(true);
    health.mark('discord', 'starting');
    expect(health.report().ready).toBe(false);
  });

  it.each(['stalled', 'failing'] as const)('is unwell while the store is %s', (status) => {
    const { health, started, now } = setUp();
    started();
    now.store = { status, operations: 3, oldestMs: 9_000 };
    expect(health.report()).toMatchObject({
      status: 'unwell',
      ready: false,
      reasons: [`the store is ${status}`],
    });
  });

  it('is overloaded, and not ready, while it takes no more in', () => {
    const { health, started, now } = setUp();
    started();
    now.waiting = 10;
    expect(health.report()).toMatchObject({
      status: 'overloaded',
      ready: false,
      reasons: ['10 messages are in hand'],
      waiting: 10,
    });
    now.waiting = 9;
    expect(health.report()).toMatchObject({ status: 'ok', ready: true, reasons: [] });
  });

  it('is not ready while it stops', () => {
    const { health, started } = setUp();
    started();
    health.stopping();
    expect(health.report()).toMatchObject({ status: 'ok', ready: false, reasons: ['it stops'] });
  });
});
