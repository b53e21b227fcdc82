import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../src/runtime/lanes.js';
import { createGate } from '../../support/gate.js';

describe('createLanes', () => {
  it('runs tasks of one key in order, also when an early one takes longer', async () => {
    const lanes = createLanes();
    const order: number[] = [];
    const first = createGate();
    const done = [
      lanes.run('a', async () => {
        await first.passed;
        order.push(1);
      }),
      lanes.run('a', async () => {
        order.push(2);
      }),
    ];
    await Promise.resolve();
    expect(order).toEqual([]);
    first.open();
    await Promise.all(done);
    expect(order).toEqual([1, 2]);
  });

  it('runs other keys meanwhile', async () => {
    const lanes = createLanes();
    const first = createGate();
    const waits = lanes.run('a', () => first.passed);
    await expect(lanes.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
    first.open();
    await waits;
  });

  it('goes on after a task that failed, and tells who asked for it', async () => {
    const lanes = createLanes();
    const failed = lanes.run('a', () => Promise.reject(new Error('broken')));
    const next = lanes.run('a', () => Promise.resolve('fine'));
    await expect(failed).rejects.toThrow('broken');
    await expect(next).resolves.toBe('fine');
  });

  it('is idle, and keeps nothing, once all is done', async () => {
    const lanes = createLanes();
    const later: Promise<void>[] = [];
    void lanes.run('a', async () => {
      later.push(lanes.run('b', () => Promise.resolve()));
    });
    await lanes.idle();
    await Promise.all(later);
    expect([later.length, lanes.size]).toEqual([1, 0]);
  });
});
