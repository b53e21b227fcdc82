import { expect, it } from 'vitest';
import { createArrivals } from '../../../../adapters/slack/arrivals.js';

const written = (channel: string, ts: string): object => ({ event: { channel, event_ts: ts } });

/** A turn of the event loop in which something may come, and one in which nothing does. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}

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
  await settled();
  expect(handled).toEqual(['ann 1', 'bob 1', 'a tap', 'ann 2', 'ann 3']);
  add('ann 0', written('D1', '99.000000'));
  await settled();
  expect(handled.at(-1)).toBe('ann 0');
});

it('keeps a tap between what was written before and after it', async () => {
  const arrive = createArrivals();
  const handled: string[] = [];
  const add = (name: string, body: unknown): void => arrive(body, () => handled.push(name));
  const tap = (ts: string) => ({ channel: { id: 'D1' }, actions: [{ action_ts: ts, value: 'x' }] });
  add('tap', tap('100.000002'));
  add('elsewhere', { channel: { id: 'D2' }, actions: [{ action_ts: '99.000000' }] });
  add('before', written('D1', '100.000001'));
  add('after', written('D1', '100.000003'));
  await settled();
  expect(handled).toEqual(['before', 'elsewhere', 'tap', 'after']);
});

it('waits as long as each turn of the event loop brings something more, but not for ever', async () => {
  const arrive = createArrivals();
  const handled: number[] = [];
  let next = 10_000;
  while (handled.length === 0) {
    const at = next;
    arrive(written('D1', `${at}.000000`), () => handled.push(at));
    next -= 1;
    await new Promise(setImmediate);
  }
  // A crowd that writes at once fills hundreds of turns.
  expect(handled.length).toBeGreaterThan(256);
  expect(handled.length).toBeLessThan(1_000);
  expect(handled).toEqual([...handled].sort((a, b) => a - b));
});
