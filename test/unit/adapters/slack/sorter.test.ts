import { expect, it } from 'vitest';
import { createSorter } from '../../../../adapters/slack/sorter.js';

const event = (ts: string): object => ({ event: { event_ts: ts } });
const tap = (ts: string): object => ({ actions: [{ action_ts: ts }] });

it('hands over what arrives at the same moment in the order in which it was written', async () => {
  const turnOf = createSorter();
  const handled: string[] = [];
  const add = (name: string, body: unknown): Promise<void> =>
    turnOf(body).then(() => void handled.push(name));
  const first = [
    add('ann 2', event('100.000002')),
    add('bob', event('100.000009')),
    add('a tap', tap('100.000003')),
    add('no date', { type: 'hello' }),
    add('ann 1', event('100.000001')),
  ];
  expect(handled).toEqual([]);
  await Promise.all(first);
  expect(handled).toEqual(['ann 1', 'ann 2', 'a tap', 'no date', 'bob']);
  await add('ann 0', event('99.000000'));
  expect(handled.at(-1)).toBe('ann 0');
});

it('waits while more is being read, and not for ever', async () => {
  const turnOf = createSorter();
  const handled: number[] = [];
  const add = (second: number): Promise<void> =>
    turnOf(event(`${second}.000000`)).then(() => void handled.push(second));
  const all = [add(50)];
  for (let round = 0; round < 40; round += 1) {
    await new Promise(setImmediate);
    all.push(add(40 - round));
  }
  await Promise.all(all);
  expect(handled.slice(0, 2)).not.toContain(50);
  expect(handled.length).toBe(41);
  expect(handled.indexOf(50)).toBeLessThan(40);
});
