import { readRefusals } from '../authoring/reload/refusals.js';
import { formatFinding } from '../content/index.js';
import { withStore } from './tool-store.js';

/**
 * `lifeline status`: which bundle is live, and what was saved and may not go live, by file and line; exit code 1 for
 * that.
 */
export async function status(options: { readonly json?: boolean }): Promise<void> {
  const { live, refused } = await withStore(async (store) => ({
    live: await store.activeBundle(),
    refused: await readRefusals(store),
  }));
  if (refused.length > 0) process.exitCode = 1;
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ live, refused })}\n`);
    return;
  }
  process.stdout.write(live === null ? 'No content is live yet.\n' : `Live: bundle ${live}.\n`);
  for (const { place, at, count, findings } of refused) {
    process.stdout.write(
      `\nNot live, since ${new Date(at).toISOString()}: what ${place} holds now. The bundle before serves on.\n`,
    );
    for (const finding of findings) process.stdout.write(`  ${formatFinding(finding)}\n`);
    if (count > findings.length) process.stdout.write(`  and ${count - findings.length} more\n`);
  }
  if (refused.length === 0) process.stdout.write('Everything that was saved is live.\n');
}
