import { freePort } from '../../test/support/free-port.js';
import { BUTTON, TAPPED } from '../wire/content.js';
import { gather, settled, untilAll, write } from '../wire/crowd.js';
import { type Line, type LineName, openLine } from '../wire/lines.js';
import { startWorker } from '../wire/start-worker.js';

const LINES: readonly LineName[] = ['telegram webhook', 'discord', 'slack http'];
/** Messages of each person. */
const MESSAGES = 3;

/**
 * What remembers people for a while, by the file that makes it, and how many entries a person may have in it. Each has
 * a limit of its own, which a long soak reaches.
 */
const CACHES: Readonly<Record<string, number>> = {
  'src/runtime/commit-turn.js': 1,
  'src/runtime/buttons.js': MESSAGES + 2,
  'src/guard/outbound/policy.js': MESSAGES + 1,
  'adapters/discord/direct-channels.js': 1,
  'adapters/discord/progress.js': 1,
  'adapters/slack/direct-channels.js': 1,
  'adapters/slack/people.js': 1,
  'adapters/slack/progress.js': 1,
  // Queues of calls by channel, which the client looks through from time to time.
  '@discordjs/collection/dist/index.mjs': 1,
};
/** Entries that may come beside: things that are made when they are first needed, whoever needs them. */
const SPARE = 40;

/** What people left behind who have gone: by the line of the program, and how many entries. */
export type LeftBehind = Readonly<Record<string, number>>;

/**
 * People come, talk and go; then it is counted what maps and sets hold that they did not hold before, but for
 * caches with a limit. Then the same once more with a leak, which must be found.
 */
export async function countEntries(
  people: number,
): Promise<{ readonly left: LeftBehind; readonly leaked: LeftBehind }> {
  const port = await freePort();
  const lines = await Promise.all(LINES.map((name) => openLine(name, port)));
  const orders = lines.map((line) => line.orders);
  const worker = await startWorker({ depth: 'lmdb', port, lines: orders }, { counts: true });
  const visits = (count: number) => Promise.all(lines.map((line) => visit(line, count)));
  await visits(Math.ceil(people / 4));
  const before = await worker.entries();
  await visits(people);
  const after = await worker.entries();
  await worker.leak();
  await visits(people);
  const later = await worker.entries();
  await worker.stop();
  await Promise.all(lines.map((line) => line.close()));
  return { left: grown(before, after, people), leaked: grown(after, later, people) };
}

async function visit(line: Line, count: number): Promise<void> {
  const talkers = await gather(line, count);
  for (let message = 0; message < MESSAGES; message += 1) {
    for (const talker of talkers) write(talker);
    const { lost } = await settled(talkers);
    if (lost > 0) throw new Error(`${lost} messages were never answered`);
  }
  for (const { person } of talkers) person.taps(BUTTON);
  await untilAll(talkers, ({ person }) => person.hears().at(-1) === TAPPED);
}

function grown(before: LeftBehind, after: LeftBehind, people: number): LeftBehind {
  return Object.fromEntries(
    Object.entries(after).flatMap(([line, count]) => {
      const more = count - (before[line] ?? 0);
      const perPerson = CACHES[line.replace(/:\d+$/, '')] ?? 0;
      // All three platforms share what belongs to the runtime.
      return more <= perPerson * people * LINES.length + SPARE ? [] : [[line, more]];
    }),
  );
}
