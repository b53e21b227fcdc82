import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../adapters/discord/api.js';
import { CALL_QUEUES_KEPT_MS } from '../../../../adapters/discord/limits.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('forgets the queues of channels that nobody writes to any more', async () => {
  // Nobody listens there: what counts is which channels were called.
  const { call, rest } = createApi({ token: 'x', apiUrl: 'http://127.0.0.1:1/api', requestMs: 5_000 });
  for (let channel = 0; channel < 5; channel += 1) {
    const path = `/channels/12000000000000000${channel}0/messages` as const;
    expect((await call({ method: 'POST', path, body: {} })).kind).toBe('not-sent');
  }
  expect(rest.handlers.size).toBe(5);
  vi.advanceTimersByTime(CALL_QUEUES_KEPT_MS);
  expect(rest.handlers.size).toBe(0);
});
