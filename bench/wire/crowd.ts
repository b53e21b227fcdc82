import { setTimeout as wait } from 'node:timers/promises';
import { OPENING } from './content.js';
import type { Line, Person } from './lines.js';
import { marksIn, nextMark } from './marks.js';

/** Somebody who writes marked messages and reads the answers. */
export interface Talker {
  readonly person: Person;
  /** Marks they wrote, in order. */
  readonly written: string[];
}

/** What came of what was written. */
export interface Tally {
  readonly written: number;
  readonly answered: number;
  readonly lost: number;
  readonly doubled: number;
  /** Answers that came before the answer to something that was written earlier. */
  readonly outOfOrder: number;
}

const LOOK_MS = 20;
/** What has not come after so long, all others being answered, never will (ms). */
const QUIET_MS = 15_000;

/** New people on a line, each with a conversation that says back what it hears. */
export async function gather(line: Line, count: number): Promise<readonly Talker[]> {
  await line.connected();
  const talkers = Array.from({ length: count }, () => ({ person: line.person(), written: [] }));
  for (const { person } of talkers) person.says(OPENING);
  await untilAll(talkers, ({ person }) => person.hears().length > 0);
  return talkers;
}

/** Resolves when it is so for all of them. */
export async function untilAll(talkers: readonly Talker[], isSo: (talker: Talker) => boolean): Promise<void> {
  for (const talker of talkers) while (!isSo(talker)) await wait(LOOK_MS);
}

/** Writes a new marked message; returns its mark. */
export function write({ person, written }: Talker): string {
  const mark = nextMark();
  written.push(mark);
  person.says(mark);
  return mark;
}

/**
 * Waits until everything is answered, or nothing more comes; then compares all that was written with what people see.
 */
export async function settled(talkers: readonly Talker[]): Promise<Tally> {
  let { lost } = tally(talkers);
  let movedAt = performance.now();
  while (lost > 0 && performance.now() - movedAt < QUIET_MS) {
    await wait(LOOK_MS * 10);
    const now = tally(talkers).lost;
    if (now < lost) movedAt = performance.now();
    lost = now;
  }
  return tally(talkers);
}

/** Compares all that was written with all that people see. */
export function tally(talkers: readonly Talker[]): Tally {
  const sum = { written: 0, answered: 0, lost: 0, doubled: 0, outOfOrder: 0 };
  for (const { person, written } of talkers) {
    const heard = person.hears().flatMap(marksIn);
    const first = [...new Set(heard)];
    const placeOf = (mark: string | undefined): number => (mark === undefined ? -1 : written.indexOf(mark));
    sum.written += written.length;
    sum.answered += first.length;
    sum.lost += written.filter((mark) => !first.includes(mark)).length;
    sum.doubled += heard.length - first.length;
    sum.outOfOrder += first.filter((mark, index) => placeOf(mark) < placeOf(first[index - 1])).length;
  }
  return sum;
}
