import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../../adapters/discord/progress.js';

const opened = { id: 's', resumeUrl: 'wss://gateway.example', sequence: 1 };
const channel = (id: string) => ({ id, guild: null });

/** Progress of a session in which everything before it was caught up. */
function openProgress() {
  const progress = createProgress(null);
  progress.opened(opened)();
  return progress;
}

const keptOf = (progress: ReturnType<typeof createProgress>) =>
  JSON.parse(progress.toJson()) as { session: { sequence: number } | null; channels: unknown[] };

describe('the session that is kept', () => {
  it('stands before the first event that is not committed', () => {
    const progress = openProgress();
    const [two, three] = [progress.begin(2), progress.begin(3)];
    expect(keptOf(progress).session?.sequence).toBe(1);
    three();
    expect(keptOf(progress).session?.sequence).toBe(1);
    two();
    expect(keptOf(progress).session?.sequence).toBe(3);
  });

  it('is none while anything of before is in hand', () => {
    const progress = openProgress();
    const two = progress.begin(2);
    const caughtUp = progress.opened({ ...opened, id: 't' });
    expect(keptOf(progress).session).toBeNull();
    caughtUp();
    expect(keptOf(progress).session).toBeNull();
    two();
    expect(keptOf(progress).session).toEqual({ ...opened, id: 't' });
  });

  it('is another than the one this process resumes, which has all of it in hand', () => {
    const progress = openProgress();
    progress.begin(2);
    progress.begin(3);
    expect(progress.session()?.sequence).toBe(3);
  });

  it('survives being written and read', () => {
    const progress = openProgress();
    progress.begin(2)();
    progress.handled(channel('7'), '100', true);
    const read = createProgress(progress.toJson());
    expect(read.session()).toEqual({ ...opened, sequence: 2 });
    expect(read.channels()).toEqual([channel('7')]);
    expect(read.after('7')).toBe('100');
  });
});

describe('the channels that are kept', () => {
  it('are those in which somebody spoke to us, from then on', () => {
    const progress = openProgress();
    progress.handled(channel('7'), '100', false);
    expect(progress.channels()).toEqual([]);
    progress.handled(channel('7'), '101', true);
    progress.handled(channel('7'), '102', false);
    expect(progress.after('7')).toBe('102');
    expect(progress.after('8')).toBeNull();
  });

  it('never go back, though their ids are too long for numbers', () => {
    const progress = openProgress();
    progress.handled(channel('7'), '9223372036854775807', true);
    progress.handled(channel('7'), '9223372036854775806', true);
    progress.handled(channel('7'), '999', true);
    expect(progress.after('7')).toBe('9223372036854775807');
  });

  it('are forgotten when a day has passed since their last message', () => {
    const progress = openProgress();
    const at = (hour: number): string => String(BigInt(hour * 3_600_000) << 22n);
    progress.handled(channel('7'), at(0), true);
    progress.handled(channel('8'), at(1), true);
    progress.handled(channel('9'), at(24.5), true);
    expect(progress.channels().map(({ id }) => id)).toEqual(['8', '9']);
  });

  it('are as many as can be caught up; the least recent goes', () => {
    const progress = openProgress();
    for (let id = 1; id <= 501; id += 1) progress.handled(channel(String(id)), '100', true);
    progress.forgetChannel('500');
    const ids = progress.channels().map(({ id }) => id);
    expect(ids).toHaveLength(499);
    expect(ids).not.toContain('1');
    expect(ids).not.toContain('500');
  });
});
