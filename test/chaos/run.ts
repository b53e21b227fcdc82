import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type ChaosReport, runChaos } from './run-chaos.js';
import { STORES } from './store-env.js';
import { GUARDS } from './weaken.js';

const whole = z.coerce.number().int().min(1);
const optionsSchema = z.object({
  store: z.union([z.enum(STORES), z.enum(['both', 'all'])]).default('both'),
  replies: whole.default(2_000),
  seconds: whole.default(300),
  seed: z.coerce.number().int().default(1),
  without: z.enum(GUARDS).nullable().default(null),
  people: whole.default(240),
  'only-kills': z.boolean().default(false),
});

const string = { type: 'string' } as const;
const options = {
  store: string,
  replies: string,
  seconds: string,
  seed: string,
  without: string,
  people: string,
  'only-kills': { type: 'boolean' },
} as const;
const parsed = optionsSchema.safeParse(parseArgs({ options }).values);
if (!parsed.success) {
  process.stderr.write(
    `npm run chaos -- [--replies N] [--seconds S] [--store both|all|${STORES.join('|')}] [--without ${GUARDS.join('|')}] [--only-kills] [--people N] [--seed N]\n`,
  );
  process.exit(2);
}
const { people, store, 'only-kills': onlyKills, ...wanted } = parsed.data;
const stores = store === 'both' ? (['lmdb', 'redis'] as const) : store === 'all' ? STORES : [store];
const crowd = {
  discord: Math.ceil(people / 2),
  slack: Math.ceil(people / 3),
  telegram: Math.ceil(people / 6),
};

const lines: string[] = [];
for (const name of stores) {
  const report = await runChaos({ ...wanted, onlyKills, store: name, crowd });
  process.stdout.write(describe(name, report));
  const { replies, lost, outOfOrder, doubled, kills, wrongs } = report;
  lines.push(JSON.stringify({ store: name, replies, lost, outOfOrder, doubled, kills }));
  if (wrongs.length > 0) process.exitCode = 1;
}
process.stdout.write(`${lines.join('\n')}\n`);

/** What happened, for people: causes of doubles, starts, and what is wrong. */
function describe(name: string, report: ChaosReport): string {
  const { wrongs, logFile } = report;
  const causes = Object.entries(report.doubledBy).map(([cause, count]) => `${cause} ${count}`);
  return [
    `${name}: ${report.replies} replies, ${report.kills} kills, ${report.storeFaults} faults of the store`,
    `  doubled by cause: ${causes.join(', ')}`,
    `  from a message to its answer: ${spread(report.waitsMs)}`,
    `  from the start of a worker until it was ready: ${spread(report.startedInMs)}`,
    ...wrongs.slice(0, 20).map((wrong) => `  WRONG ${wrong}`),
    ...(wrongs.length > 20 ? [`  and ${wrongs.length - 20} more`] : []),
    ...(wrongs.length > 0 ? [`  the workers' logs: ${logFile}`] : []),
    '',
  ].join('\n');
}

function spread(durationsMs: readonly number[]): string {
  const sorted = [...durationsMs].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return `${at(0.5)} ms (median), ${at(0.99)} ms (p99), ${at(1)} ms (longest)`;
}
