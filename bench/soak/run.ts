import { parseArgs } from 'node:util';
import { z } from 'zod';
import { countEntries } from './count-entries.js';
import { soak } from './soak.js';

const number = z.coerce.number().positive();
const optionsSchema = z.object({
  minutes: number.default(10),
  rate: number.default(100),
  fill: z.coerce.number().int().min(0).default(10_500),
  leak: z.boolean().default(false),
  people: z.coerce.number().int().min(1).optional(),
});

const string = { type: 'string' } as const;
const options = {
  minutes: string,
  rate: string,
  fill: string,
  people: string,
  leak: { type: 'boolean' },
} as const;
const parsed = optionsSchema.safeParse(parseArgs({ options }).values);
if (!parsed.success) {
  process.stderr.write(
    'npm run soak -- [--minutes N] [--rate MESSAGES_A_SECOND] [--fill PEOPLE] [--leak], or --people N to count what they leave behind\n',
  );
  process.exit(2);
}
const { people, ...wanted } = parsed.data;
if (people !== undefined) {
  process.stdout.write(`${JSON.stringify(await countEntries(people))}\n`);
  process.exit(0);
}
const wrongs = await soak(wanted);
for (const wrong of wrongs) process.stdout.write(`WRONG ${wrong}\n`);
process.exit(wrongs.length > 0 ? 1 : 0);
