import { describe, expect, it } from 'vitest';
import { createWindow, type WindowItem } from '../../../../adapters/telegram/window.js';

const item = (number: number, lane: string | null): WindowItem<number> => ({ number, lane, content: number });

/** Work that ends when it is told to, and what was begun. */
function heldWork() {
  const begun: number[] = [];
  const ends = new Map<number, (isDone: boolean) => void>();
  return {
    begun,
    work: (number: number) =>
      new Promise<boolean>((resolve) => {
        begun.push(number);
        ends.set(number, resolve);
      }),
    end: (number: number, isDone = true) => ends.get(number)?.(isDone),
  };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('working through updates', () => {
  it('leaves what follows a failure in its lane alone, and goes on elsewhere', async () => {
    const worked: number[] = [];
    const window = createWindow<number>(4, async (number) => {
      worked.push(number);
      return number !== 1;
    });
    expect(window.add([item(1, 'a'), item(2, 'b'), item(3, 'a'), item(4, 'b'), item(5, null)])).toBe(5);
    await window.settled();
    expect(worked.toSorted()).toEqual([1, 2, 4, 5]);
    expect(window.doneBefore()).toBe(1);
    expect(window.isOpen).toBe(true);
  });

  it('has no more lanes in hand than it may', async () => {
    let inHand = 0;
    let most = 0;
    const window = createWindow<number>(3, async () => {
      inHand += 1;
      most = Math.max(most, inHand);
      await Promise.resolve();
      inHand -= 1;
      return true;
    });
    window.add(Array.from({ length: 12 }, (_, index) => item(index, `lane ${index % 6}`)));
    await window.ended();
    expect(most).toBe(3);
    expect(window.doneBefore()).toBe(12);
  });

  it('keeps the order of a lane over what comes later', async () => {
    const { begun, work, end } = heldWork();
    const window = createWindow<number>(4, work);
    window.add([item(1, 'a')]);
    window.add([item(2, 'a'), item(3, 'b')]);
    expect(begun).toEqual([1, 3]);
    end(1);
    await turns();
    expect(begun).toEqual([1, 3, 2]);
  });

  it('begins nothing twice that is still here, done or not', async () => {
    const { begun, work, end } = heldWork();
    const window = createWindow<number>(4, work);
    window.add([item(1, 'a'), item(2, 'b')]);
    end(2);
    await turns();
    expect(window.add([item(1, 'a'), item(2, 'b'), item(3, 'c')])).toBe(1);
    expect(begun).toEqual([1, 2, 3]);
  });
});

describe('what is set aside', () => {
  it('takes nobody’s place, and nobody waits for it or for what follows it in its lane', async () => {
    const { begun, work, end } = heldWork();
    const window = createWindow<number>(1, work);
    window.add([item(1, 'a'), item(2, 'a'), item(3, 'b')]);
    expect(begun).toEqual([1]);
    expect(window.setAside()).toBe(1);
    expect(begun).toEqual([1, 3]);
    window.add([item(4, 'a')]);
    end(3);
    await window.settled();
    expect(begun).toEqual([1, 3]);
    expect(window.doneBefore()).toBe(1);
    end(1);
    await turns();
    end(2);
    await turns();
    end(4);
    await window.ended();
    expect(begun).toEqual([1, 3, 2, 4]);
    expect(window.doneBefore()).toBe(5);
  });
});

describe('what may be confirmed', () => {
  it('ends before the first open one, or past the last, and is forgotten afterwards', async () => {
    const { work, end } = heldWork();
    const window = createWindow<number>(4, work);
    expect(window.doneBefore()).toBeNull();
    window.add([item(7, null), item(8, null), item(9, null)]);
    end(7);
    end(9);
    await turns();
    expect(window.doneBefore()).toBe(8);
    window.forget(8);
    end(8);
    await turns();
    expect(window.doneBefore()).toBe(10);
    window.forget(10);
    expect(window.doneBefore()).toBeNull();
    expect(window.isOpen).toBe(false);
  });
});
