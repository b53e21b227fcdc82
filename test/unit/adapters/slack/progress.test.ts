import { describe, expect, it } from 'vitest';
import { createProgress, type KnownTalk } from '../../../../adapters/slack/progress.js';

const DAY_S = 86_400;
const talk = (channel: string, thread: string | null = null) => ({ channel, thread });
const ts = (seconds: number): string => `${seconds}.000100`;

const known = (channel: string, after: string, thread: string | null = null): KnownTalk => ({
  channel,
  thread,
  after,
});

describe('what is kept of talks', () => {
  it('is the last message that was handled in each, the most recent first', () => {
    const progress = createProgress();
    progress.handled(talk('D1'), ts(100));
    progress.handled(talk('D1', ts(50)), ts(300));
    progress.handled(talk('D2'), ts(200));
    progress.handled(talk('D1'), ts(101));
    progress.handled(talk('D1'), ts(99));
    expect(progress.talks()).toEqual([
      known('D1', ts(300), ts(50)),
      known('D2', ts(200)),
      known('D1', ts(101)),
    ]);
  });

  it('tells messages of the same second apart', () => {
    const progress = createProgress();
    progress.handled(talk('D1'), '1700000000.000002');
    progress.handled(talk('D1'), '1700000000.000001');
    expect(progress.talks()[0]?.after).toBe('1700000000.000002');
  });

  it('begins shortly before whatever else happened in a talk, and goes no way back for it', () => {
    const progress = createProgress();
    progress.happened(talk('D1'), ts(10_000));
    progress.handled(talk('D2'), ts(10_000));
    progress.happened(talk('D2'), ts(10_001));
    progress.happened(talk('D3'), ts(1));
    expect(progress.talks()).toEqual([
      known('D2', ts(10_000)),
      known('D1', ts(9_400)),
      known('D3', '0.000000'),
    ]);
  });

  it('is bounded in number and age', () => {
    const progress = createProgress();
    progress.heard(2 * DAY_S * 1000);
    for (let index = 0; index < 600; index += 1) progress.handled(talk(`D${index}`), ts(2 * DAY_S + index));
    progress.handled(talk('DOLD'), ts(DAY_S - 1));
    expect(progress.talks()).toHaveLength(500);
    expect(progress.talks()[0]?.channel).toBe('D599');
    expect(JSON.parse(progress.toJson()).talks).toHaveLength(500);
    const later = createProgress();
    later.merge(progress.toJson());
    later.heard((3 * DAY_S + 550) * 1000);
    expect(
      later
        .talks()
        .map(({ channel }) => channel)
        .at(-1),
    ).toBe('D550');
  });

  it('survives being written and read, and is joined with what others kept', () => {
    const one = createProgress();
    one.heard(5_000);
    one.handled(talk('D1'), ts(4));
    one.handled(talk('D2'), ts(3));
    const two = createProgress();
    two.heard(4_000);
    two.handled(talk('D2'), ts(5));
    two.handled(talk('D3', ts(1)), ts(1));
    two.merge(one.toJson());
    expect(two.heardAt()).toBe(5_000);
    expect(two.talks()).toEqual([known('D2', ts(5)), known('D1', ts(4)), known('D3', ts(1), ts(1))]);
  });

  it.each([
    null,
    '',
    '{"talks":',
    '7',
    '{"heardAt":"x","talks":[]}',
    '{"heardAt":1,"talks":[["C1",null,"1.1"]]}',
  ])('is nothing where %j was kept', (kept) => {
    const progress = createProgress();
    progress.merge(kept);
    expect([progress.heardAt(), progress.talks()]).toEqual([null, []]);
  });
});
