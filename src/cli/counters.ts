import { withStore } from './tool-store.js';

/**
 * `lifeline counters`: a line for each thing that is counted and belongs to nobody, by name; `--json` as one object.
 * Over all workers, since the store was made. Works beside a running bot.
 */
export async function counters(options: { readonly json: boolean }): Promise<void> {
  const counted = Object.entries(await withStore((store) => store.readCounters())).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  if (options.json) return void process.stdout.write(`${JSON.stringify(Object.fromEntries(counted))}\n`);
  if (counted.length === 0) process.stdout.write('Nothing was counted.\n');
  for (const [name, count] of counted)
    process.stdout.write(`${String(count).padStart(8)}  ${name.split(':').join('  ')}\n`);
}
