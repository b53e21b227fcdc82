import { expect, it } from 'vitest';
import { createArrivals } from '../../../../adapters/slack/arrivals.js';

const written = (channel: string, ts: string): object => ({ event: { channel, event_ts: ts } });

it('handles what arrives at the same moment in the order it was written, channel by channel', async () => {
  const arrive = createArrivals();
  const handled: string[] = [];
  const add = (name: string, body: unknown): void => arrive(body, () => handled.push(name));
  add('ann 2', written('D1', '100.000002'));
  add('bob 1', written('D2', '100.000009'));
  add('a tap', { actions: [] });
  add('ann 1', written('D1', '100.000001'));
  add('ann 3', written('D1', '101.000000'));
  expect(handled).toEqual([]);
  await new Promise(setImmediate);
  expect(handled).toEqual(['ann 1', 'bob 1', 'a tap', 'ann 2', 'ann 3']);
  add('ann 0', written('D1', '99.000000'));
  await new Promise(setImmediate);
  expect(handled.at(-1)).toBe('ann 0');
});
