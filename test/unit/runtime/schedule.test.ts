import { describe, expect, it } from 'vitest';
import { conversationId, type DueTimer } from '../../../src/model/index.js';
import { createScheduler } from '../../../src/runtime/schedule.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { keptLog } from '../../support/engine.js';
import { START } from '../../support/talk.js';

const ONE = conversationId('telegram', { channel: '1' }, '1');

describe('createScheduler', () => {
  it('fires every due timer and starts every lane that may be sent', async () => {
    const due: DueTimer = { conversation: ONE, timer: 'a.b', dueAt: START };
    const store = { ...createMemoryStore(), claimTimers: async () => [due], dueLanes: async () => [ONE] };
    const seen: string[] = [];
    const scheduler = createScheduler({
      store,
      clock: createFakeClock(START),
      log: keptLog(),
      kick: (conversation) => seen.push(`kick ${conversation}`),
      fire: async ({ timer }) => seen.push(`fire ${timer}`),
    });
    await scheduler.round();
    expect(seen).toEqual(['kick telegram:1:1', 'fire a.b']);
  });

  it('looks again after a failed look, and logs it', async () => {
    const clock = createFakeClock(START);
    const log = keptLog();
    const store = { ...createMemoryStore(), dueLanes: () => Promise.reject(new TypeError('gone')) };
    const scheduler = createScheduler({
      store,
      clock,
      log,
      kick: () => undefined,
      fire: () => Promise.resolve(),
    });
    scheduler.start();
    clock.moveTo(START);
    await scheduler.stop();
    expect(log.lines).toEqual([{ event: 'schedule-failed', code: 'TypeError' }]);
  });

  it('wakes when a timer that was just set is due, not later', async () => {
    const clock = createFakeClock(START);
    const scheduler = createScheduler({
      store: createMemoryStore(),
      clock,
      log: keptLog(),
      kick: () => undefined,
      fire: () => Promise.resolve(),
    });
    scheduler.start();
    expect(clock.next()).toBe(START);
    scheduler.nudge(START + 60_000);
    expect(clock.next()).toBe(START);
    await scheduler.stop();
    expect(clock.next()).toBeNull();
  });
});
