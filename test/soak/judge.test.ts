import { describe, expect, it } from 'vitest';
import { judge, type Reading } from '../../bench/soak/judge.js';

/** Ten minutes at 100 messages a second, looked at every five seconds; `kept` bytes of each message stay. */
function readings(kept: number): readonly Reading[] {
  return Array.from({ length: 120 }, (_, index) => {
    const messages = index * 500;
    const jitter = ((index * 7_919) % 13) * 40_000;
    const heap = 60e6 + jitter + kept * messages;
    const memory = { heap, external: 5e6, rss: 180e6, anonymous: 150e6 + kept * messages, handles: {} };
    return { at: index * 5, messages, memory };
  });
}
const talk = {
  line: 'slack',
  written: 9,
  answered: 9,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  taps: 1,
  tapsAnswered: 1,
};
const few = { TCPSocketWrap: 10, Timeout: 20 };

describe('a soak', () => {
  it('is well when memory is flat, everything was answered and nothing is left open', () => {
    const verdict = judge(readings(0), [talk], few, { ...few, TCPSocketWrap: 12 });
    expect(verdict.wrongs).toEqual([]);
    expect(verdict).toMatchObject({ messages: 59_500, perSecond: 100 });
  });

  it('is not well when every message leaves an entry of a map behind', () => {
    expect(judge(readings(64), [talk], few, few).wrongs).toEqual([
      expect.stringMatching(/^memory is not flat: 6\d(\.\d+)?, /),
    ]);
  });

  it('is not well when the process grows beside its heap', () => {
    const grown = readings(0).map((reading) => ({
      ...reading,
      memory: { ...reading.memory, anonymous: 150e6 + reading.messages * 200 },
    }));
    expect(judge(grown, [talk], few, few).wrongs).toEqual(['the process grew by 11.9 MB']);
  });

  it('is not well when anything is lost, doubled, out of order, or not answered', () => {
    const bad = { ...talk, lost: 1, doubled: 2, outOfOrder: 3, tapsAnswered: 0 };
    expect(judge(readings(0), [talk, bad], few, few).wrongs).toEqual([
      'slack: 1 lost',
      'slack: 2 doubled',
      'slack: 3 out of order',
      'slack: 1 taps, 0 answers',
    ]);
  });

  it('is not well when sockets or timers stay', () => {
    const many = { TCPSocketWrap: 400, Timeout: 20, FSReqPromise: 9 };
    expect(judge(readings(0), [talk], few, many).wrongs).toEqual([
      'TCPSocketWrap: 400, 10 before',
      'FSReqPromise: 9, 0 before',
    ]);
  });
});
