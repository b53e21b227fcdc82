import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watch } from '../../../src/store/redis-watch.js';

describe('the watch over operations', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const never = (): Promise<unknown> => new Promise(() => undefined);

  it('hands on what an operation comes to', async () => {
    const watch = new Watch(6_000);
    await expect(watch.whileInTime(Promise.resolve('done'))).resolves.toBe('done');
    await expect(watch.whileInTime(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('gives up what takes too long, and only that', async () => {
    const watch = new Watch(6_000);
    let ended = 'waits';
    const first = watch.whileInTime(never()).catch((error: Error) => {
      ended = error.message;
    });
    await vi.advanceTimersByTimeAsync(3_000);
    let later = 'waits';
    watch.whileInTime(never()).catch((error: Error) => {
      later = error.message;
    });
    await vi.advanceTimersByTimeAsync(2_900);
    expect(ended).toBe('waits');
    await vi.advanceTimersByTimeAsync(700);
    await first;
    expect([ended, later]).toEqual(['no answer in time', 'waits']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(later).toBe('no answer in time');
  });

  it('watches again after a time without operations', async () => {
    const watch = new Watch(6_000);
    await watch.whileInTime(Promise.resolve());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
    const late = expect(watch.whileInTime(never())).rejects.toThrow('no answer in time');
    await vi.advanceTimersByTimeAsync(7_000);
    await late;
  });
});
