import { describe, expect, it } from 'vitest';
import { type BatchItem, doneBefore, workThrough } from '../../../../adapters/telegram/batch.js';

const item = (number: number, lane: string | null): BatchItem<number> => ({
  number,
  lane,
  content: number,
  isDone: false,
});

describe('working through a batch', () => {
  it('leaves what follows a failure in its lane alone, and goes on elsewhere', async () => {
    const batch = [item(1, 'a'), item(2, 'b'), item(3, 'a'), item(4, 'b'), item(5, null)];
    const worked: number[] = [];
    await workThrough(batch, 4, async (number) => {
      worked.push(number);
      return number !== 1;
    });
    expect(worked.toSorted()).toEqual([1, 2, 4, 5]);
    expect(batch.filter(({ isDone }) => isDone).map(({ number }) => number)).toEqual([2, 4, 5]);
  });

  it('has no more lanes in hand than it may', async () => {
    let inHand = 0;
    let most = 0;
    const batch = Array.from({ length: 12 }, (_, index) => item(index, `lane ${index % 6}`));
    await workThrough(batch, 3, async () => {
      inHand += 1;
      most = Math.max(most, inHand);
      await Promise.resolve();
      inHand -= 1;
      return true;
    });
    expect(most).toBe(3);
  });
});

describe('what may be confirmed', () => {
  const done = (number: number): BatchItem<number> => ({ ...item(number, null), isDone: true });

  it('ends before the first open item, or past the last', () => {
    expect(doneBefore([done(7), item(8, null), done(9)])).toBe(8);
    expect(doneBefore([done(7), done(8)])).toBe(9);
    expect(doneBefore([])).toBeNull();
  });
});
