import type { Store } from '../src/model/index.js';
import { printFigure } from './figure.js';
import { openTalk } from './recovery-talk.js';

const AREA = 'recovery';
const ROUNDS = 5;
const PEOPLE = 400;
/** People who tap at the same time. */
const LEVELS = [1, 8] as const;

/**
 * From the decoded tap to the commit of the turn that hands a person over: challenge, signature, names, limit, audit.
 * Each tap is followed by one bare write to the same Redis, to tell what the machine takes from what we do.
 */
export async function benchIssue(store: Store): Promise<void> {
  const talk = await openTalk(store);
  for (const inFlight of LEVELS) {
    const ours: (readonly number[])[] = [];
    const bare: (readonly number[])[] = [];
    const cpu: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const users = Array.from({ length: PEOPLE }, (_, index) => `${inFlight}${round}${index + 1000}`);
      const taps: (() => Promise<void>)[] = [];
      for (const user of users) {
        await talk.wishes(user);
        taps.push(await talk.button(user, 'page'));
      }
      const times: number[] = [];
      const bareTimes: number[] = [];
      const left = taps.values();
      const lane = async (): Promise<void> => {
        for (const tap of left) {
          times.push(await timeOf(tap));
          bareTimes.push(await timeOf(() => store.setValue('bare', 'x')));
        }
      };
      const before = process.cpuUsage();
      await Promise.all(Array.from({ length: inFlight }, lane));
      const { user, system } = process.cpuUsage(before);
      for (const user of users) await talk.challenge(user);
      // The first round warms up.
      if (round === 0) continue;
      cpu.push((user + system) / 1000 / PEOPLE);
      ours.push(times.toSorted((a, b) => a - b));
      bare.push(bareTimes.toSorted((a, b) => a - b));
    }
    const at = (runs: readonly (readonly number[])[], share: number): readonly number[] =>
      runs.map((times) => times[Math.floor(times.length * share)] ?? Number.NaN);
    const print = (figure: string, runs: readonly number[], more = {}): void =>
      printFigure({ area: AREA, figure: `${inFlight} in flight: ${figure}`, unit: 'ms', runs, ...more });
    print('p50 of issuing a hand-off', at(ours, 0.5));
    const p99 = at(ours, 0.99);
    print('p99 of issuing a hand-off', p99, { aim: 'under 25 ms', met: p99.every((ms) => ms < 25) });
    print('p50 of one bare write to Redis', at(bare, 0.5));
    print('p99 of one bare write to Redis', at(bare, 0.99));
    print('processor time of both', cpu);
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
