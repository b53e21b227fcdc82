import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../../adapters/discord/lanes.js';

/** Tasks that end when they are told to. */
function createTasks() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    task: (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    },
    end: async (name: string) => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

describe('lanes', () => {
  it('run the tasks of one lane in order, and those of others at once', async () => {
    const { begun, task, end } = createTasks();
    const lanes = createLanes();
    for (const name of ['a1', 'a2', 'b1']) lanes.run(name.slice(0, 1), task(name));
    expect(begun).toEqual(['a1', 'b1']);
    expect(lanes.size).toBe(3);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    await end('b1');
    expect([lanes.isBusy('a'), lanes.isBusy('b')]).toEqual([true, false]);
  });

  it('tell when few enough tasks are left, at once where that is so', async () => {
    const { task, end } = createTasks();
    const lanes = createLanes();
    for (const name of ['a', 'b', 'c']) lanes.run(name, task(name));
    const reached: number[] = [];
    for (const count of [0, 1, 3]) void lanes.atMost(count).then(() => reached.push(count));
    await end('b');
    expect(reached).toEqual([3]);
    await end('a');
    expect(reached).toEqual([3, 1]);
    await end('c');
    expect(reached).toEqual([3, 1, 0]);
    expect(lanes.size).toBe(0);
  });
});
