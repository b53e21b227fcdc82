import { expect, it } from 'vitest';
import { pause } from '../../../../adapters/shared/pause.js';
import { createFakeClock } from '../../../../src/simulate/fake-clock.js';

it('ends when its time is over, or at once when the signal aborts', async () => {
  const clock = createFakeClock(0);
  const stopping = new AbortController();
  const ended: string[] = [];
  const short = pause(clock, 100, stopping.signal).then(() => ended.push('short'));
  const long = pause(clock, 9_000, stopping.signal).then(() => ended.push('long'));
  clock.moveTo(100);
  await short;
  expect(ended).toEqual(['short']);
  stopping.abort();
  await long;
  expect(ended).toEqual(['short', 'long']);
  expect(clock.next()).toBeNull();
});

it('warns of no leak when many wait for one signal', async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', note);
  const stopping = new AbortController();
  const clock = createFakeClock(0);
  const pauses = Array.from({ length: 50 }, () => pause(clock, 1_000, stopping.signal));
  await new Promise((resolve) => setImmediate(resolve));
  stopping.abort();
  await Promise.all(pauses);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
